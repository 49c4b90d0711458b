"""An export becomes the table of its codebook."""

import datetime
import tracemalloc

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from given.raw_rows import ADULTS, MISSING, ROWS, fixes, ingest, problems_of, rows
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED
from effectstudie.intake.files.readers import Export, read_export
from effectstudie.intake.ingest import ingest_table, shuffled_order
from effectstudie.shared.errors import InputError

# --- answers


def test_capitals_in_a_name_make_no_difference():
    raw = Export(rows().frame.rename(columns={"geslacht": "GESLACHT", "tsi_1": "TSI_1"}))
    assert ingest(raw).table["geslacht"].tolist() == [1, 2, 2]


def test_answers_that_spss_was_told_are_none_are_odd():
    raw = Export(rows().frame, {"tsi_1": [(3, 9)]})
    found = ingest(raw)
    assert found.table["tsi_1"].isna().tolist() == [False, True, False]
    assert [(one["kind"], one["column"], one["about"]) for one in found.warnings] == [("declared", "tsi_1", "3")]


def test_answers_are_on_the_screen_and_not_in_the_log():
    with pytest.raises(InputError) as raised:
        ingest(rows(uren=["36", "geheim", "0"]))
    assert "value 'geheim'" in str(raised.value)
    assert raised.value.for_log.startswith("T0_volwassenen.csv, row 2, column uren: must be a number from 0 to 120;")


def test_every_problem_of_a_file_comes_at_once():
    wrong = {"respondent_id": ["R1", "R1", None], "geslacht": ["3", "x", "1"], "afnamedatum": ["?", None, None]}
    raw = rows(without=["tsi_1"], **wrong)
    found = problems_of(raw, corrections=fixes(("R9", "uren", "1", "2")))
    assert [problem.split(":")[0] for problem in found] == [
        "",
        "corrections, line 2 (T0_volwassenen.csv, column uren)",
        ", row 1, column afnamedatum, value '?'",
        ", rows 1, 2, column geslacht, values '3', 'x'",
        ", row 3, column respondent_id",
        ", row 2, column respondent_id",
    ]


# --- columns


def test_the_table_has_the_codebook_s_columns_in_its_order_and_the_case_number():
    table = ingest(Export(rows(toelichting=["a", "b", "c"]).frame[::-1][["toelichting", *reversed(ROWS)]])).table
    assert list(table.columns) == [*ROWS, "cijfer", "row"]
    assert table["row"].tolist() == [1, 2, 3]
    assert table["respondent_id"].tolist() == ["R3", "R2", "R1"]
    assert table["cijfer"].isna().all()


def test_unknown_columns_are_reported_and_left_out():
    result = ingest(rows(duur=[1, 2, 3], opmerking=["", "", ""]))
    assert result.unmapped == ["duur", "opmerking"]
    assert "duur" not in result.table


def test_names_of_the_export_become_those_of_the_codebook():
    raw = rows()
    renamed = Export(raw.frame.rename(columns={"tsi_1": "V12_1_T1"}), {"V12_1_T1": [(3.0, 3.0)]})
    result = ingest(renamed, names={"V12_1_T1": "tsi_1", "V13": "not_there"})
    assert result.table["tsi_1"].tolist()[::2] == [0, 1]
    assert pd.isna(result.table["tsi_1"][1])
    assert result.unmapped == []


# --- the same from every format


def test_spss_csv_and_excel_give_the_same_table(tmp_path):
    days = [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 6)]
    frame = pd.DataFrame(
        {
            "respondent_id": ["007", "008", "009"],
            "huishouden_id": [1.0, 2.0, 2.0],
            "afnamedatum": days,
            "geslacht": [1.0, 2.0, 99.0],
            "uren": [7.5, 98.5, None],
            "tsi_1": [3.0, 98.0, -9.0],
            "toelichting": ["één; twee", "", "drie"],
        }
    )
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), missing_ranges={"geslacht": [98, 99], "tsi_1": [98, 99]})
    texts = {
        "utf-8.csv": (frame.to_csv(index=False, float_format="%g"), "utf-8"),
        "bom.csv": (frame.to_csv(index=False, sep=";"), "utf-8-sig"),
        "dutch.csv": (frame.to_csv(index=False, sep=";", decimal=",").replace("2016-03-04", "4-3-2016"), "cp1252"),
    }
    for name, (text, encoding) in texts.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    records = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    records[0][5] = "3"  # Excel people type text
    write_xlsx(tmp_path / "a.xlsx", [list(frame.columns), *records])
    tables = {
        path.name: ingest(read_export(path, ADULTS)).table for path in sorted(tmp_path.iterdir()) if path.is_file()
    }
    expected = tables.pop("a.sav")
    assert expected["huishouden_id"].tolist() == ["1", "2", "2"]
    assert expected["geslacht"].tolist() == [1, 2, REFUSED]
    assert expected["tsi_1"].tolist() == [3, NOT_APPLICABLE, REFUSED]
    assert len(tables) == 4
    for table in tables.values():
        pd.testing.assert_frame_equal(table, expected)


# --- the shuffle


def test_the_shuffle_hangs_on_the_seed_and_the_ids_not_on_the_rows():
    ids = pd.Series(["H1", "H2", "H3", "H2"])
    order = shuffled_order(ids, seed=1)
    assert sorted(order.drop(3)) == [1, 2, 3]
    assert order[1] == order[3]
    assert shuffled_order(ids[::-1], seed=1).sort_index().tolist() == order.tolist()
    assert len({tuple(shuffled_order(ids, seed)) for seed in range(20)}) > 1


# --- a large export


@pytest.mark.parametrize("corrections", [None, fixes(("R1", "q_1", "1", "2"))], ids=["as it is", "with a correction"])
def test_a_large_export_is_not_in_memory_twice(corrections):
    people, questions = 2_000, 120
    names = [f"q_{number}" for number in range(1, questions + 1)]
    codebook = {
        "respondent_id": {"type": "id"},
        **{name: {"type": "code", "values": {1: "a", 2: "b"}} for name in names},
    }
    ids = {"respondent_id": [f"R{number}" for number in range(1, people + 1)]}
    tracemalloc.start()
    try:
        raw = Export(pd.DataFrame({**ids, **{name: np.ones(people) for name in names}}, copy=False))
        found = ingest_table(
            raw, "T0_volwassenen.sav", columns_of({"columns": codebook}), ["respondent_id"], MISSING,
            corrections=corrections,
        )  # fmt: skip
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.table) == people
    # the answers once, some columns and the ids; with the raw answers beside what is made of them it is 2.5 and more
    assert peak < 2.3 * people * questions * 8
