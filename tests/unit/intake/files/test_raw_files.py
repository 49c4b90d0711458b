import pytest

from effectstudie.intake.files.raw_files import check_folder, exports_after, find_export
from effectstudie.privacy.recognisers.readable import words
from effectstudie.shared.errors import InputError


@pytest.mark.parametrize("name", ["T0_jeugd.sav", "T0_jeugd.zsav", "T0_jeugd.csv", "T0_jeugd.XLSX"])
def test_an_export_is_found_by_its_stem(tmp_path, name):
    (tmp_path / name).touch()
    (tmp_path / "T0_jeugd.docx").touch()
    (tmp_path / "T0_jeugd_oud.csv").touch()
    assert find_export(tmp_path, "T0_jeugd") == tmp_path / name


def test_a_missing_export_is_named(tmp_path):
    with pytest.raises(
        InputError, match=r"T0_jeugd\.sav: there is no such export, nor T0_jeugd\.csv or T0_jeugd\.xlsx"
    ):
        find_export(tmp_path, "T0_jeugd")


def test_two_files_of_one_stem_are_refused(tmp_path):
    (tmp_path / "T0_jeugd.sav").touch()
    (tmp_path / "T0_jeugd.csv").touch()
    with pytest.raises(InputError, match=r"T0_jeugd\.csv, T0_jeugd\.sav have one stem; keep only"):
        find_export(tmp_path, "T0_jeugd")


def test_all_missing_exports_of_a_folder_are_named_at_once(tmp_path):
    (tmp_path / "huishoudens.csv").touch()
    with pytest.raises(InputError) as error:
        check_folder(tmp_path, ["huishoudens", "T0_jeugd", "T1_jeugd"])
    assert [problem.split(":")[0].rsplit("/")[-1] for problem in error.value.problems] == [
        "T0_jeugd.sav",
        "T1_jeugd.sav",
    ]


def test_files_that_seem_of_another_wave_are_found_and_names_of_copies_say_no_more_than_that(tmp_path):
    there = ("T1_jeugd.SAV", "t2_kinderen.csv", "T9_jeugd.xlsx", "T1_jeugd van Jansen.csv", "T1_jeugd_2.csv")
    other = ("T0_jeugd.sav", "t0_kinderen oud.csv", "Jansen_jeugd.csv", "T1_jeugd.docx", "T1_notities.csv")
    for name in (*there, *other):
        (tmp_path / name).touch()
    (tmp_path / "T3_jeugd.sav").mkdir()
    expected = ["T1_jeugd.SAV", "T1_jeugd….csv", "T9_jeugd.xlsx", "t2_kinderen.csv"]
    assert exports_after(tmp_path, "T0", ["kinderen", "jeugd"]) == expected


COMPANIONS = words(
    """
    ~$T0_jeugd.xlsx ~$T9_jeugd.xlsx ._T0_jeugd.csv ._T9_jeugd.sav .~lock.T0_jeugd.xlsx# .#T0_jeugd.csv #T0_jeugd.csv#
    ~T0_jeugd.tmp T0_jeugd.csv.tmp T0_jeugd.csv.part T0_jeugd.csv~ .T0_jeugd.csv.swp .DS_Store Thumbs.db desktop.ini
    """
)


@pytest.mark.parametrize("name", sorted(COMPANIONS))
def test_what_programs_and_systems_put_beside_an_export_is_none(tmp_path, name):
    for export in ("T0_jeugd.csv", name):
        (tmp_path / export).touch()
    check_folder(tmp_path, ["T0_jeugd"])
    assert find_export(tmp_path, "T0_jeugd") == tmp_path / "T0_jeugd.csv"
    assert exports_after(tmp_path, "T0", ["jeugd"]) == []


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(InputError) as error:
        check_folder(tmp_path / "exprots", ["huishoudens", "T0_jeugd"])
    assert error.value.problems == [
        f"{tmp_path / 'exprots'}: there is no such folder; raw_dir must say where the exports are."
    ]


def test_an_export_of_a_table_that_the_cohort_has_not_is_told(tmp_path):
    for name in ("huishoudens.csv", "T0_volwassenen.csv", "T0_jeugd.csv"):
        (tmp_path / name).touch()
    with pytest.raises(InputError) as error:
        check_folder(tmp_path, ["huishoudens", "T0_volwassenen"])
    assert error.value.problems == [
        f"{tmp_path / 'T0_jeugd.csv'}: is of a table that config/config.yaml does not name; add it to tables there, or "
        "take the file out."
    ]
