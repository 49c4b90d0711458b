import os

import pytest

from effectstudie.running.place.deployed import link_program
from effectstudie.shared.errors import EffectstudieError

PROGRAM = (
    *(
        "Snakefile",
        "workflow/rules/a.smk",
        "workflow/effectstudie/a.py",
        "envs/python.lock",
        "config/config.yaml",
        "results/old.csv",
    ),
    *("resources/norms/illustrative/a.csv", "resources/instruments/a.yaml", "resources/words/a.yaml"),
    *("resources/texts/_general/a.md", "resources/texts/groningen/a.md"),
)
OWN = ("config/config.yaml", "resources/texts/groningen/b.md", "resources/norms/licensed/b.csv")


def fill(folder, names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(str(folder))
    return folder


def names(folder):
    walks = os.walk(folder, followlinks=True)
    return {os.path.relpath(os.path.join(place, name), folder) for place, _, files in walks for name in files}


@pytest.fixture
def program(tmp_path):
    return fill(tmp_path / "program", PROGRAM)


@pytest.fixture
def study(tmp_path):
    return fill(tmp_path / "study", OWN)


def test_a_study_has_its_own_files_and_what_it_lacks_of_the_program(program, study):
    link_program(program, study, snakefile=True)
    of_program = {
        "Snakefile",
        "workflow/rules/a.smk",
        "workflow/effectstudie/a.py",
        "envs/python.lock",
        "resources/norms/illustrative/a.csv",
    }
    of_program |= {"resources/instruments/a.yaml", "resources/words/a.yaml", "resources/texts/_general/a.md"}
    assert names(study) == {*OWN, *of_program}
    assert {name for name in names(study) if (study / name).read_text() == str(program)} == of_program


def test_the_general_texts_are_there_for_a_study_without_texts(program, tmp_path):
    study = fill(tmp_path / "study", ["config/config.yaml"])
    link_program(program, study, snakefile=True)
    assert {name for name in names(study) if "texts" in name} == {"resources/texts/_general/a.md"}


def test_a_workflow_around_the_program_keeps_its_place(program, study):
    fill(study, ["workflow/Snakefile"])
    link_program(program, study, snakefile=False)
    assert "Snakefile" not in names(study)
    assert {"workflow/Snakefile", "workflow/rules/a.smk"} <= names(study)


def test_a_second_time_changes_nothing_and_another_program_takes_the_place_of_the_first(program, study, tmp_path):
    link_program(program, study, snakefile=True)
    once = names(study)
    link_program(program, study, snakefile=True)
    assert names(study) == once
    newer = fill(tmp_path / "newer", PROGRAM)
    link_program(newer, study, snakefile=True)
    assert names(study) == once
    assert {(study / name).read_text() for name in once - {*OWN}} == {str(newer)}


def test_a_program_that_was_moved_is_found_again(program, study, tmp_path):
    link_program(program, study, snakefile=True)
    once = names(study)
    moved = program.rename(tmp_path / "moved")
    link_program(moved, study, snakefile=True)
    assert names(study) == once


def test_a_link_of_ones_own_stays(program, study, tmp_path):
    (study / "resources/instruments").symlink_to(fill(tmp_path / "mine", ["c.yaml"]))
    link_program(program, study, snakefile=True)
    assert {name for name in names(study) if "instruments" in name} == {"resources/instruments/c.yaml"}


def test_nothing_is_linked_where_the_program_itself_is_run(program):
    before = names(program)
    link_program(program, program, snakefile=True)
    assert names(program) == before


def test_a_folder_without_configuration_is_refused_and_left_as_it_is(program, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(
        EffectstudieError, match="empty: has no config/config.yaml; copy the folder config of .*program"
    ):
        link_program(program, tmp_path / "empty", snakefile=True)
    assert names(tmp_path / "empty") == set()


def test_a_folder_that_may_not_be_written_to_is_named(program, study, monkeypatch):
    def refuse(place, target):
        raise PermissionError(13, "Permission denied", str(target), None, str(place))

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    with pytest.raises(EffectstudieError, match="study/docs|study/envs.*cannot be linked.*Permission denied"):
        link_program(program, study, snakefile=True)
