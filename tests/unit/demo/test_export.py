"""The invented cohort as SPSS files."""

from effectstudie.demo.export import write_sav


def test_spss_file_of_other_answers_has_other_bytes(tmp_path, cohort, codebooks):
    frame = cohort["T0_jeugd"]
    write_sav(frame, tmp_path / "all.sav", codebooks["jeugd"], "T0")
    write_sav(frame.assign(kidscreen_05=5.0), tmp_path / "other.sav", codebooks["jeugd"], "T0")
    assert (tmp_path / "all.sav").read_bytes() != (tmp_path / "other.sav").read_bytes()
