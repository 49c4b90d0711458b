"""Exports as SPSS files."""

import datetime

import pandas as pd
import pyreadstat
import pytest

from effectstudie.intake.files.readers import read_export


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "T0_volwassenen.sav"
    frame = pd.DataFrame(
        {
            "respondent_id": [1.0, 2.0, 3.0],
            "regio": ["Twente", "", "NVT"],
            "cijfer": [2.0, 8.0, 99.0],
            "afnamedatum": [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)],
        }
    )
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"cijfer": "Cijfer voor de hulp"},
        variable_value_labels={"cijfer": {2.0: "slecht"}},
        missing_ranges={"cijfer": [{"lo": 7, "hi": 9}, 99], "regio": ["NVT"]},
    )
    return path


def test_spss_values_stay_codes_and_declared_missing_values_are_handed_on(labelled):
    export = read_export(labelled)
    assert export.frame["cijfer"].tolist() == [2.0, 8.0, 99.0]
    assert export.frame["regio"].tolist() == ["Twente", None, "NVT"]
    assert export.frame["afnamedatum"].tolist() == [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)]
    assert export.user_missing == {"cijfer": [(7.0, 9.0), (99.0, 99.0)], "regio": [("NVT", "NVT")]}


def test_reading_leaves_the_export_untouched(labelled):
    before = labelled.read_bytes()
    read_export(labelled)
    assert labelled.read_bytes() == before
