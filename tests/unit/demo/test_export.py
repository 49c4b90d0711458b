"""The invented cohort as SPSS files."""

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
