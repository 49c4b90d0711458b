"""A plan is frozen once, and every later version stands behind the earlier ones."""

from datetime import UTC, datetime

import pytest
from given.project_files import Project

from effectstudie.definitions.plans.versions import first_broken, versions_of
from effectstudie.running.freeze_plan import freeze, main
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

PATH, FROZEN = "config/plans/groningen.yaml", "config/plans/groningen.frozen.yaml"
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def project(tmp_path):
    """A project with a plan that was not frozen, and an empty folder for exports."""
    project = Project(tmp_path / "project")
    (project.folder / FROZEN).unlink()
    (tmp_path / "exports").mkdir()
    project.config["raw_dir"] = str(tmp_path / "exports")
    return project


def frozen(project, reason="", study="groningen"):
    return freeze(project.load(), study, reason, NOW, project.folder)


def problem(project, reason="", study="groningen"):
    with pytest.raises(ConfigError) as error:
        frozen(project, reason, study)
    return str(error.value)


def test_a_plan_is_frozen_with_its_date_and_whether_follow_up_was_there(project):
    exports = project.folder.parent / "exports"
    for name in ("huishoudens.sav", "T0_kinderen.sav", "t0_jeugd.csv", "notities_T1.txt"):
        (exports / name).touch()
    version = frozen(project)
    assert (version.version, version.frozen_at, version.exports) == (1, "2026-03-01T09:30:00Z", "none")
    assert read_yaml(project.folder / FROZEN)["versions"] == [version.plain()]
    assert project.load().frozen["groningen"]["versions"][0]["sha256"] == version.digest
    assert str(project.folder.parent) not in (project.folder / FROZEN).read_text(encoding="utf-8")


def test_a_later_version_asks_for_a_change_and_a_reason_and_no_version_is_lost(project):
    first = frozen(project)
    assert problem(project) == f"{PATH}: is as version 1 froze it on 2026-03-01; nothing is new."
    project.edit(PATH, "primary: [total_violence, ", "primary: [")
    assert problem(project) == (
        f'{FROZEN}: holds a version already; say why there is a new one with REASON="…", for the report.'
    )
    exports = project.folder.parent / "exports"
    for name in ("T1_kinderen.SAV", "t2_jeugd.csv", "T7_volwassenen.xlsx", "huishoudens.sav"):
        (exports / name).touch()
    second = frozen(project, "te veel uitkomsten")
    assert (second.version, second.before, second.reason) == (2, first.sha256, "te veel uitkomsten")
    assert second.exports == "there"
    assert second.files == ("T1_kinderen.SAV", "T7_volwassenen.xlsx", "t2_jeugd.csv")
    versions = versions_of(read_yaml(project.folder / FROZEN))
    assert versions == (first, second)
    assert first_broken(versions) is None


def test_a_plan_for_the_demonstration_says_that_it_is_for_synthetic_data(project):
    project.config["raw_dir"] = None
    assert (frozen(project).exports, frozen_files(project)) == ("synthetic", [])


def frozen_files(project):
    return read_yaml(project.folder / FROZEN)["versions"][0]["files"]


def test_what_cannot_be_frozen_is_told_and_nothing_is_written(project):
    assert problem(project, study="gronigen") == "There is no study 'gronigen'; the studies are: groningen."
    project.edit(PATH, "estimand: persons", "estimand: households")
    assert problem(project).endswith("has persons (estimand); make them the same.")
    project.edit(PATH, "estimand: households", "estimand: persons")
    project.config["raw_dir"] = "/nergens/exports"
    assert problem(project).startswith("/nergens/exports: there is no such folder")
    (project.folder / PATH).unlink()
    assert problem(project).startswith(f"{PATH}: there is no such file; write the plan there first")
    assert not (project.folder / FROZEN).exists()


def test_the_screen_says_in_dutch_what_was_frozen_or_why_nothing_was(project, monkeypatch, capsys):
    monkeypatch.chdir(project.folder)
    assert main(["gronigen"]) == 1
    assert capsys.readouterr().err == "Er is geen studie 'gronigen'; de studies zijn: groningen.\n"
    assert main(["groningen"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{FROZEN}: versie 1, ")
    assert second.startswith("Toen het plan werd vastgelegd, was raw_dir null")
