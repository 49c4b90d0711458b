"""The invented cohort as SPSS files."""

import pandas as pd
import pyreadstat

from effectstudie.demo.export import write_sav


def test_spss_file_has_the_same_bytes_whenever_it_is_written(tmp_path, cohort, codebooks):
    frame = cohort["T0_jeugd"]
    for name in ("first", "second"):
        write_sav(frame, tmp_path / f"{name}.sav", codebooks["jeugd"], "T0")
    first, second = ((tmp_path / f"{name}.sav").read_bytes() for name in ("first", "second"))
    assert first == second
    assert first[92:109] == b"01 Jan 2000:00:00"


def test_spss_file_of_other_answers_has_other_bytes(tmp_path, cohort, codebooks):
    frame = cohort["T0_jeugd"]
    write_sav(frame, tmp_path / "all.sav", codebooks["jeugd"], "T0")
    write_sav(frame.assign(kidscreen_05=5.0), tmp_path / "other.sav", codebooks["jeugd"], "T0")
    assert (tmp_path / "all.sav").read_bytes() != (tmp_path / "other.sav").read_bytes()


def test_spss_file_carries_labels_missing_codes_and_the_word_synthetic(tmp_path, cohort, codebooks):
    frame = cohort["T1_volwassenen"]
    write_sav(frame, tmp_path / "T1_volwassenen.sav", codebooks["volwassenen"], "T1")
    back, meta = pyreadstat.read_sav(str(tmp_path / "T1_volwassenen.sav"), user_missing=True)
    assert meta.file_label == "synthetische demonstratiecohort"
    assert meta.column_names_to_labels["cts2_01"] == "CTS2 item 1"
    assert meta.variable_value_labels["geslacht"] == {
        1: "man", 2: "vrouw", 98: "niet van toepassing", 99: "weigert of weet niet"
    }  # fmt: skip
    assert {bounds["lo"] for bounds in meta.missing_ranges["cts2_01"]} == {98.0, 99.0}
    pd.testing.assert_series_equal(back["cts2_01"], frame["cts2_01"])
    assert list(pd.to_datetime(back["afnamedatum"])) == list(frame["afnamedatum"])
