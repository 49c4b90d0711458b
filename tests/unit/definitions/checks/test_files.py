"""Files that are missing, and mistakes in the two lists."""

import pytest
from given.project_files import STUDY, correct

HEADER = "file,id,column,old_value,new_value,reason,who,date"


def test_a_definition_file_that_is_missing_is_named(project):
    (project.folder / "config/outcomes.yaml").unlink()
    assert project.problem() == "config/outcomes.yaml: there is no such file."


def test_a_project_without_studies_is_told_where_to_add_one(project):
    (project.folder / STUDY).unlink()
    assert project.problem() == "config/studies: holds no .yaml file; add one."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("file;id;column\n", f": the first line must be {HEADER}."),
        ("", f": the first line must be {HEADER}."),
        (
            f"{HEADER}\nT0_jeugdd,K1,sis_01,1,2,typefout,AB,2026-01-02\n",
            ", line 2: column file is 'T0_jeugdd'; allowed: huishoudens, T0_volwassenen, ",
        ),
        (
            f"{HEADER}\nT0_jeugd,K1,sis_01,1,2,typefout,,2026-01-02\n",
            ", line 2: column who is empty; only old_value and new_value of a correction may be.",
        ),
        (
            f"{HEADER}\nT0_jeugd,K1,sis_01,1,2,typefout,AB,januari\n",
            ", line 2: column date is 'januari'; allowed: year-month-day or day-month-year.",
        ),
        (f"{HEADER}\nT0_jeugd,K1\n", ", line 2: must have 8 cells, as the first line has."),
        (
            f"{HEADER}\nT0_jeugd,K1,sis_01,1,2,tikfout, dubbel,AB,2026-01-02\n",
            ", line 2: must have 8 cells, as the first line has.",
        ),
    ],
)
def test_a_mistake_in_the_corrections_is_one_sentence(project, text, sentence):
    path = correct(project, text)
    assert project.problem().startswith(f"{path}{sentence}")


def test_corrections_that_are_no_text_are_refused(project):
    path = correct(project, b"PK\x03\x04\x81\x8d")
    assert project.problem() == f"{path}: cannot be read as CSV; save it as CSV UTF-8."


def test_corrections_stand_beside_the_exports_and_never_in_the_project(project):
    raw = project.folder.with_name("raw")
    raw.mkdir()
    project.config["raw_dir"] = str(raw)
    assert project.load().config["corrections_file"] is None
    (raw / "corrections.csv").write_text(f"{HEADER}\nT0_jeugd,K1,sis_01,1,2,typefout,AB,2026-01-02\n")
    assert len(project.load().corrections) == 1
    project.config["corrections_file"] = "config/corrections.csv"
    assert project.problem() == (
        "config/config.yaml: key corrections_file is config/corrections.csv, inside the project; corrections hold ids: "
        "put the file beside the exports."
    )


def test_a_list_that_is_missing_gets_its_header_told(project):
    (project.folder / "config/variables.csv").unlink()
    assert project.problem() == (
        "config/variables.csv: there is no such file; make it with the header file,raw_name,canonical_name."
    )
