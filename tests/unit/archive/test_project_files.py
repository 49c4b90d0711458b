import shutil

import pytest
from given.paths import ROOT

from effectstudie.archive.project_files import (
    belonging_to,
    files_of_study,
    may_be_of_project,
    project_files,
    studies_beside,
)
from effectstudie.definitions.load import load
from effectstudie.shared.yaml_files import read_yaml
from effectstudie.texts.check import check_texts

PLANS = ("config/plans/zeeland.yaml", "config/plans/zeeland.frozen.yaml")


def test_the_plan_that_a_report_was_made_with_belongs_to_the_run_and_no_other():
    belongs = belonging_to("zeeland", used=PLANS, variables_file="config/variables.csv", internal=False)
    assert all(map(belongs, (*PLANS, "config/studies/zeeland.yaml", "config/cleared.yaml")))
    assert not any(map(belongs, ("config/plans/drenthe.yaml", "config/plans/drenthe.frozen.yaml")))


def test_what_a_study_has_by_a_link_is_of_its_run_too(tmp_path):
    (tmp_path / "program/resources/words").mkdir(parents=True)
    (tmp_path / "program/resources/words/a.yaml").write_text("x")
    (tmp_path / "study/resources").mkdir(parents=True)
    (tmp_path / "study/resources/words").symlink_to("../../program/resources/words")
    assert project_files(tmp_path / "study") == ["resources/words/a.yaml"]


def test_pictures_and_literature_of_the_texts_belong_to_the_run_that_used_them(tmp_path):
    texts = ("resources/texts/zeeland/kaart.png", "resources/texts/_general/literatuur.bib", "config/logo.svg")
    for name in (*texts, "docs/images/report.png", "config/house_style.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = project_files(tmp_path)
    assert found == sorted([*texts, "config/house_style.yaml"])
    belongs = belonging_to("zeeland", used=texts[:2], variables_file="config/variables.csv", internal=False)
    assert [name for name in found if not belongs(name)] == ["config/logo.svg"]


@pytest.mark.parametrize(("study", "beside"), [("groningen", []), ("haaglanden", ["groningen"])])
def test_what_an_archive_has_of_the_project_is_enough_to_begin_a_run_of_its_study(tmp_path, study, beside):
    """Or it could not be run again."""
    assert studies_beside(read_yaml(ROOT / f"config/studies/{study}.yaml"), ROOT) == beside
    used = set().union(*(files_of_study(name, ROOT) for name in (study, *beside)))
    belongs = belonging_to(study, used, "config/variables.csv", internal=False)
    for name in filter(belongs, project_files(ROOT)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    settings = load(read_yaml(tmp_path / "config/config.yaml"), tmp_path)
    assert sorted(settings.studies) == sorted([study, *beside]) and settings.rating
    check_texts(settings.studies, settings.outcomes, tmp_path / "resources/texts", settings.house["logo"])


def test_studies_that_go_out_before_each_other_are_found_once(tmp_path):
    (tmp_path / "config/studies").mkdir(parents=True)
    for name, beside in {"a": "[b, c]", "b": "[c]", "c": "[a]"}.items():
        (tmp_path / f"config/studies/{name}.yaml").write_text(f"published_beside: {beside}\n")
    assert studies_beside({"published_beside": ["b"]}, tmp_path) == ["a", "b", "c"]


@pytest.mark.parametrize("internal", [False, True])
def test_the_invented_cohort_is_in_no_archive_of_a_run_of_other_exports(internal):
    """Beside real people its small counts would be taken for theirs."""
    path = "resources/demo/cohort.yaml"
    told = [belonging_to("zeeland", [path], "config/variables.csv", internal, own)(path) for own in (False, True)]
    assert told == [True, False]


def test_the_register_stays_inside():
    path = "config/releases/zeeland_1.json"
    assert may_be_of_project(path) and not may_be_of_project("config/notes.json")
    assert [belonging_to("zeeland", [path], "config/variables.csv", internal)(path) for internal in (True, False)] == [
        True,
        False,
    ]
