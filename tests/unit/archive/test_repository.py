"""What git says of a project, and what is said where there is no git."""

import subprocess

import pytest
from given.small_run import TEXTS, commit

from effectstudie.archive.repository import changes, label_of, version_of


@pytest.fixture
def project(tmp_path):
    (tmp_path / "code.py").write_text("one\n")
    (tmp_path / "tekst é.md").write_text("een\n")
    return tmp_path


def label(version):
    return label_of(version, TEXTS["labels"])


def everything(path):
    return True


def test_a_clean_project_has_its_commit_and_no_changes(project):
    made = commit(project)
    found = version_of(project, everything)
    assert (found.commit, found.changed, label(found)) == (made, (), made[:10])


def test_changed_deleted_and_new_files_are_named(project):
    made = commit(project)
    (project / "code.py").write_text("two\n")
    (project / "tekst é.md").unlink()
    (project / "new.py").write_text("")
    found = version_of(project, everything)
    assert found.changed == ("code.py", "new.py", "tekst é.md") and found.new == ("new.py",)
    assert label(found) == f"{made[:10]}-gewijzigd"


def test_files_that_do_not_count_change_nothing(project):
    commit(project)
    (project / "tekst é.md").write_text("twee\n")
    assert version_of(project, lambda path: path.endswith(".py")).changed == ()


def test_the_changes_of_the_named_files_can_be_taken_back(project):
    commit(project)
    (project / "code.py").write_text("two\n")
    (project / "tekst é.md").write_text("twee\n")
    patch = changes(project, ["code.py"])
    assert b"+two" in patch and b"twee" not in patch
    subprocess.run(["git", "apply", "--reverse"], cwd=project, input=patch, check=True)
    assert (project / "code.py").read_text() == "one\n"


def test_nobodys_settings_of_git_change_the_changes(project):
    commit(project)
    (project / "code.py").write_text("two\n")
    patch = changes(project, ["code.py"])
    for setting in (
        ["diff.noprefix", "true"],
        ["color.ui", "always"],
        ["diff.external", "false"],
        ["diff.context", "0"],
    ):
        subprocess.run(["git", "config", *setting], cwd=project, check=True)
    assert changes(project, ["code.py"]) == patch


def test_without_changes_there_is_no_patch(project):
    assert changes(project, []) == b""


def test_a_copy_without_git_has_no_commit_and_says_why(project):
    found = version_of(project, everything)
    assert (found.commit, label(found)) == (None, "zonder-commit")
    assert found.why == "no_commit"


def test_a_copy_inside_another_git_folder_does_not_take_its_commit(project):
    inner = project / "unpacked"
    inner.mkdir()
    commit(project)
    assert version_of(inner, everything).why == "no_repository"


def test_a_machine_without_git_says_so(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert version_of(project, everything).why == "no_git"
