import pandas as pd
import pytest

from effectstudie.disclosure.shown import Count
from effectstudie.report.table import ABSENT, Column, Figure, Number, Phrase, Table, block_rows
from effectstudie.report.values import count_cell, difference_cell, interval, size_id
from effectstudie.shared.formats import NBSP

NAN = float("nan")


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Number(1234.5, decimals=1), "1.234,5"),
        (Number(45.04, "percent", 1), "45,0%"),
        (Number(0.281, "coefficient", 2), ",28"),
        (Number(0.0004, "p"), "<,001"),
        (Number(0.0004, "p_spaced"), f"<{NBSP},001"),
        (Number(0.004, "p_class"), "p<.01"),
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
    shown = [str(difference_cell(smd, "{number} of meer")) for smd in differences]
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
    assert TABLE.csv().decode() == 'Uitkomst,Groep,M\nGeweld,A,",50"\n"Geweld, ernstig",A,–\n'
    assert TABLE.printed(zeros=True)[0][2] == "0,50"
    record = TABLE.record()
    assert (record["numeric"], record["csv"]) == ([False, False, True], "table_b2.csv")


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
    rows = [["Leeftijd", "jong", "40%", "p<.05"], ["Leeftijd", "oud", "60%", ""], ["Aantal", "", "51", ""]]
    assert block_rows(rows) == [
        {"kind": "block", "cells": ["Leeftijd", "", "p<.05"]},
        {"kind": "class", "cells": ["jong", "40%", ""]},
        {"kind": "class", "cells": ["oud", "60%", ""]},
        {"kind": "row", "cells": ["Aantal", "51", ""]},
    ]
