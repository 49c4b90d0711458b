from itertools import product

import pandas as pd
import pytest
from given.paths import ROOT

from effectstudie.disclosure.shown import Count
from effectstudie.report.table import ABSENT, Column, Figure, Number, Phrase, Table, block_rows, in_csv
from effectstudie.report.values import count_cell, difference_cell, interval, size_id
from effectstudie.shared.formats import MINUS, NBSP, with_zeros
from effectstudie.shared.storage import csv_rows
from effectstudie.shared.templates import environment

NAN = float("nan")


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Number(1234.5, decimals=1), "1.234,5"),
        (Number(45.04, "percent", 1), "45,0%"),
        (Number(0.281, "coefficient", 2), ",28"),
        (Number(0.0004, "p"), "<,001"),
        (Number(0.0004, "p_spaced"), f"<{NBSP},001"),
        (Number(NAN, "p"), "–"),
        (interval(0.12, 0.41), f"[,12;{NBSP},41]"),
        (interval(NAN, 0.41), "–"),
        (Phrase("{change} ({n})", {"change": ABSENT, "n": Number(13)}), "– (13)"),
    ],
)
def test_a_number_has_its_form_when_it_is_printed(number, printed):
    assert str(number) == printed


def test_a_difference_keeps_its_side_of_the_rule_of_thumb():
    differences = (0.0996, 0.1, -0.0996, -0.001, -1.2, NAN, None)
    shown = [str(difference_cell(smd, {"or_more": "{number} of meer"})) for smd in differences]
    assert shown == ["0,0996", "0,10", "−0,0996", "0,00", "1,2 of meer", "–", "–"]


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (Count(0, "none"), "geen"),
        (Count(5, "fewer"), "minder dan 5"),
        (Count(46, "more"), "> 46"),
        (Count(1200), "1.200"),
    ],
)
def test_a_count_is_printed_as_it_may_be_said(count, printed):
    assert str(count_cell(count, {"none": "geen", "fewer": "minder dan {number}", "more": "> {number}"})) == printed


def test_no_size_word_reads_as_empty():
    assert size_id({"size_word": NAN}) == ""
    assert size_id({"size_word": "large"}) == "large"


TABLE = Table(
    [Column("Uitkomst"), Column("Groep"), Column("M", "number")],
    [["Geweld", "A", Number(0.5, "coefficient", 2)], ["Geweld, ernstig", "A", Number(NAN)]],
    number="B2",
)


def test_a_table_keeps_its_numbers_and_prints_them_at_the_end():
    assert TABLE.rows[0][2].value == 0.5
    assert TABLE.csv().decode() == "\ufeffUitkomst;Groep;M\nGeweld;A;0,50\nGeweld, ernstig;A;–\n"
    assert TABLE.printed(zeros=True)[0][2] == "0,50"
    record = TABLE.record()
    assert (record["numeric"], record["csv"]) == ([False, False, True], "table_b2.csv")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Number(-1234.56, decimals=1), "-1234,6"),
        (Number(45.04, "percent", 1), "45,0%"),
        (Number(-0.281, "coefficient", 2), "-0,28"),
        (Number(0.0004, "p"), "<0,001"),
        (Number(NAN), "–"),
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("@a", "'@a"),
        ("-x", "'-x"),
        ("\tx", "'\tx"),
        ("−12 (19)", "−12 (19)"),
    ],
)
def test_a_spreadsheet_reads_numbers_as_numbers_and_never_a_formula(cell, written):
    assert in_csv(cell) == written


VALUES = (0.0004, 0.0496, 0.05, 0.9999)
FORMS = ("number", "percent", "coefficient")


@pytest.mark.parametrize(("form", "value"), [*product(FORMS, (*VALUES, 12.345, -3.0)), *product(("p",), VALUES)])
def test_a_number_leaves_no_more_exact_than_it_is_printed(value, form):
    number = Number(value, form, 2)
    exact = number.exact
    if exact is None:
        assert str(number)[0] in "<>"
        return
    shown = str(number).replace(MINUS, "-")
    assert str(exact) == (with_zeros(shown) if not shown.startswith("-,") else shown.replace("-,", "-0,"))


def test_data_of_a_figure_is_for_a_dutch_spreadsheet():
    data = pd.DataFrame({"label": ["=1", "a"], "value": [-0.5, NAN]})
    figure = Figure(svg=b"", caption="", alt="", notes=[], data=data)
    assert figure.csv().decode() == "\ufefflabel;value\n'=1;-0,5\na;\n"
    assert [*csv_rows(figure.csv().decode())] == [["label", "value"], ["'=1", "-0,5"], ["a", ""]]


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "@a", "-x"])
def test_no_head_of_a_table_or_of_the_data_of_a_figure_is_a_formula(text):
    table = Table([Column(text), Column("M", "number")], [[text, Number(-0.5, "coefficient", 1)]])
    assert [*csv_rows(table.csv().decode())] == [[f"'{text}", "M"], [f"'{text}", "-0,5"]]
    figure = Figure(svg=b"", caption="", alt="", notes=[], data=pd.DataFrame({text: [text], "M": [-0.5]}))
    assert [*csv_rows(figure.csv().decode())] == [[f"'{text}", "M"], [f"'{text}", "-0,5"]]


def test_a_table_of_blocks_names_them_in_its_first_column():
    record = Table(TABLE.columns, TABLE.rows, blocks=True).record()
    assert (record["head"], record["numeric"]) == (["Uitkomst", "M"], [False, True])
    assert record["rows"][0] == {"kind": "row", "cells": ["Geweld, A", ",50"]}


def test_a_figure_prints_notes_that_say_something():
    figure = Figure(
        b"", "leeftijd 25-34 jaar", "alt", ["", "Zie tabel 1", "Zo."], pd.DataFrame(), name="age", number="2"
    )
    record = figure.record()
    assert record["notes"] == ["Zie tabel 1.", "Zo."] and record["caption"] == "Leeftijd 25–34 jaar"
    assert (record["svg"], record["csv"]) == ("figure_age.svg", "figure_age.csv")


def test_block_rows_lift_what_holds_for_the_whole_block():
    rows = [["Leeftijd", "jong", "40%", "p < ,05"], ["Leeftijd", "oud", "60%", ""], ["Aantal", "", "51", ""]]
    assert block_rows(rows) == [
        {"kind": "block", "cells": ["Leeftijd", "", "p < ,05"]},
        {"kind": "class", "cells": ["jong", "40%", ""]},
        {"kind": "class", "cells": ["oud", "60%", ""]},
        {"kind": "row", "cells": ["Aantal", "51", ""]},
    ]


def test_a_table_without_rows_keeps_its_columns_and_says_that_there_is_nothing():
    record = Table(TABLE.columns, [], number="B2").record()
    assert (record["rows"], record["numeric"]) == ([], [False, False, True])
    macros = environment(ROOT / "resources/pages/report").get_template("macros.html.j2").make_module({"run": "1a2b"})
    assert '<th scope="row">Niets te tonen</th><td></td><td></td>' in macros.table(record)
