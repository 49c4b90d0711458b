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
    ("path", "called"),
    [
        ("config/studies/twente.yml", "twente"),
        ("config/studies/Twente.YAML", "Twente"),
        ("config/studies/twente.yaml.txt", "twente"),
        ("config/plans/twente.yml", "twente"),
        ("resources/instruments/mansa2.yml", "mansa2"),
    ],
)
def test_a_file_that_would_not_be_read_for_its_ending_is_told(project, path, called):
    (project.folder / path).write_text("study: twente\n")
    told = f"{path}: is not read, for only names that end in .yaml are; call it {called}.yaml, or take it out of the "
    assert project.problem() == f"{told}folder."


def test_what_an_editor_leaves_beside_a_study_is_no_study(project):
    for name in (".twente.yaml.swp", "twente.yaml~", "notities.txt"):
        (project.folder / "config/studies" / name).touch()
    assert list(project.load().studies) == ["groningen"]


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
            f"{HEADER}\n\nT0_jeugd,K1,sis_01,1,2,typefout,AB,2-13-2026\n",
            ", line 3: column date is '2026-13-02'; allowed: year-month-day or day-month-year.",
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


def test_corrections_in_another_encoding_are_refused(project):
    path = correct(project, f"{HEADER}\n".encode() + b"\x81")
    assert project.problem() == f"{path}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["", ";;"])
def test_lists_may_be_as_a_dutch_excel_saves_them(project, encoding, end):
    lines = [HEADER.replace(",", ";") + end, f"T0_jeugd;K1;sis_01;1;2;één fout;AB;2-1-2026{end}", ";;;;;;;"]
    correct(project, "\r\n".join(lines).encode(encoding))
    [row] = project.load().corrections
    assert (row["reason"], row["date"]) == ("één fout", "2026-01-02")


def test_a_line_that_a_spreadsheet_took_for_one_cell_is_a_line(project):
    correct(project, f'{HEADER}\n"T0_jeugd,K1,sis_01,1,2,""typefout, zie mail"",AB,2026-01-02"\n')
    [row] = project.load().corrections
    assert row["reason"] == "typefout, zie mail"


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
