"""All codes of a column are recoded at once, with what SPSS says of them, and corrected cells stay as corrected."""

import pandas as pd
import pytest
from given.raw_rows import fixes, ingest, problems_of, rows

from effectstudie.intake.cells import REFUSED
from effectstudie.intake.files.readers import Export
from effectstudie.shared.errors import InputError
from effectstudie.shared.vocabulary import RECODE_FIELDS


def recodes(*changes, file="T0_volwassenen"):
    """Recodes of (column, old, new), on lines 2, 3, ..."""
    return pd.DataFrame([[file, *change, "andere codes"] for change in changes], columns=RECODE_FIELDS)


EXCHANGED = (("geslacht", "1", "2"), ("geslacht", "2", "1"))


def test_codes_are_exchanged_at_once_and_counted():
    found = ingest(rows(geslacht=["1", 2.0, "2,0"]), recodes=recodes(*EXCHANGED))
    assert found.table["geslacht"].tolist() == [2, 1, 1]
    assert found.recodes == [
        {"column": "geslacht", "old": old, "new": new, "reason": "andere codes", "count": count}
        for (_, old, new), count in zip(EXCHANGED, (1, 2), strict=True)
    ]
    assert ingest(rows()).recodes == []


def test_numbers_stay_numbers_and_no_other_column_is_touched():
    raw = Export(rows(tsi_1=[4.0, float("nan"), 0.0]).frame)
    found = ingest(raw, recodes=recodes(("tsi_1", "4", "3"), ("tsi_1", "0", "-9")))
    assert found.table["tsi_1"].fillna(7).tolist() == [3, 7, REFUSED]
    assert found.table["geslacht"].tolist() == [1, 2, 2]


def test_a_correction_looks_at_the_export_and_its_cell_is_not_recoded():
    raw, exchange = rows(geslacht=["1", "2", "0"]), recodes(*EXCHANGED, ("geslacht", "0", "1"))
    found = ingest(raw, recodes=exchange, corrections=fixes(("R3", "geslacht", "0", "2")))
    assert found.table["geslacht"].tolist() == [2, 1, 2]
    assert [one["row"] for one in found.corrections] == [3]
    [problem] = problems_of(raw, recodes=exchange, corrections=fixes(("R3", "geslacht", "1", "2")))
    assert "does not hold the old value" in problem


def test_labels_are_recoded_along():
    labels = {"geslacht": {0.0: "man", 1.0: "vrouw"}}
    raw = Export(rows(geslacht=[0.0, 1.0, 1.0]).frame, labels=labels)
    found = ingest(raw, recodes=recodes(("geslacht", "0", "1"), ("geslacht", "1", "2")))
    assert found.labels == {"geslacht": {"1": "man", "2": "vrouw"}}
    assert found.table["geslacht"].tolist() == [1, 2, 2]


def test_a_code_that_several_become_keeps_its_label():
    labels = {"tsi_1": {1.0: "soms", 4.0: "af en toe", 5.0: "zelden"}}
    raw = Export(rows(tsi_1=[1.0, 4.0, 5.0]).frame, labels=labels)
    found = ingest(raw, recodes=recodes(("tsi_1", "4", "1"), ("tsi_1", "5", "1")))
    assert found.labels == {"tsi_1": {"1": "soms"}} and found.table["tsi_1"].tolist() == [1, 1, 1]


def test_what_spss_calls_missing_moves_along_and_a_recoded_answer_is_not_lost_in_it():
    raw = rows(geslacht=[1.0, 0.0, 9.0]).frame
    change = (("geslacht", "0", "1"), ("geslacht", "1", "2"))
    found = ingest(Export(raw, user_missing={"geslacht": [(1, 1), (9, 9)]}), recodes=recodes(*change))
    assert found.table["geslacht"].fillna(7).tolist() == [2, 1, 7]
    [problem] = problems_of(Export(raw, user_missing={"geslacht": [(1, 9)]}), recodes=recodes(change[0]))
    assert problem == (
        "recodes.csv, line 2 (T0_volwassenen.csv, column geslacht): 1 is declared missing in the export, and its own "
        "cells would stay so; recode those too, to a code for no answer."
    )


def test_a_recode_of_a_column_that_the_export_lacks_is_refused():
    assert problems_of(rows(), recodes=recodes(("cijfer", "0", "1"))) == [
        "recodes.csv, line 2 (T0_volwassenen.csv, column cijfer): the export has no such column; take the line out."
    ]


def test_which_codes_are_there_is_told_on_the_screen_only():
    with pytest.raises(InputError) as error:
        ingest(rows(), recodes=recodes(("uren", "1", "2")))
    assert str(error.value).endswith("never holds 1 (but 0, 7.5, 36); has it been recoded already?")
    assert error.value.for_log.endswith("never holds 1; has it been recoded already?")
