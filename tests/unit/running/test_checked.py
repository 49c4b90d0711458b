"""What was found right is not checked again, until any byte of it is another."""

import pytest

from effectstudie.running.checked import Checked

CONFIG = {"raw_dir": "exports", "corrections_file": None, "recodes_file": "lists/codes.csv", "variables_file": 5}


@pytest.fixture
def folder(tmp_path):
    for path in ("config/config.yaml", "config/studies/a.yaml", "resources/texts/a/inleiding.md", "lists/codes.csv",
                 "workflow/effectstudie/shared/words.py", "workflow/schemas/study.schema.yaml", "envs/python.lock",
                 "exports/corrections.csv", "logo.png"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("as it was")
    Checked(CONFIG, tmp_path).keep(["logo.png"])
    return tmp_path


def test_what_is_as_it_was_is_not_checked_again(folder):
    (folder / "workflow/effectstudie/__pycache__").mkdir()
    (folder / "workflow/effectstudie/__pycache__/words.pyc").write_text("of Python")
    (folder / "results").mkdir()
    (folder / "results/report.html").write_text("new")
    assert Checked(CONFIG, folder).found_right


@pytest.mark.parametrize(
    "path",
    ["config/studies/a.yaml", "resources/texts/a/inleiding.md", "lists/codes.csv", "exports/corrections.csv",
     "logo.png", "workflow/effectstudie/shared/words.py", "workflow/schemas/study.schema.yaml", "envs/python.lock"],
)  # fmt: skip
@pytest.mark.parametrize("change", ["edited", "longer", "gone"])
def test_any_other_byte_is_checked_again(folder, path, change):
    if change == "gone":
        (folder / path).unlink()
    else:
        (folder / path).write_text({"edited": "as it is.", "longer": "as it was it"}[change])
    assert not Checked(CONFIG, folder).found_right
    (folder / path).write_text("as it was")
    assert Checked(CONFIG, folder).found_right


@pytest.mark.parametrize("path", ["config/sets/b.yaml", "resources/texts/a/logo.svg", "exports/recodes.csv"])
def test_a_new_file_and_another_name_are_checked(folder, path):
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("")
    assert not Checked(CONFIG, folder).found_right
    (folder / path).unlink()
    (folder / "config/studies/a.yaml").rename(folder / "config/studies/b.yaml")
    assert not Checked(CONFIG, folder).found_right


def test_another_setting_of_the_command_is_checked(folder):
    assert not Checked({**CONFIG, "final": True}, folder).found_right
    assert not Checked({}, folder).found_right


def test_what_was_never_found_right_is_checked(tmp_path):
    assert not Checked(CONFIG, tmp_path).found_right


@pytest.mark.parametrize(
    "kept", ["", "[]", "{}", '{"mark": ""}', '{"mark": "", "beside": {}}', '{"mark": 1, "beside": 2}']
)
def test_a_mark_that_is_broken_counts_for_nothing(folder, kept):
    (folder / ".snakemake/checked.json").write_text(kept)
    assert not Checked(CONFIG, folder).found_right


def test_a_program_that_is_linked_in_is_read_too(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("program") / "norms"
    elsewhere.mkdir()
    (elsewhere / "norm.csv").write_text("1")
    (folder / "resources/norms").symlink_to(elsewhere)
    Checked(CONFIG, folder).keep([])
    assert Checked(CONFIG, folder).found_right
    (elsewhere / "norm.csv").write_text("2")
    assert not Checked(CONFIG, folder).found_right


def test_what_cannot_be_read_or_kept_is_checked_each_time(folder):
    """A link that leads nowhere is no file; a folder in the place of what is kept keeps nothing."""
    (folder / "config/gone.yaml").symlink_to(folder / "nowhere")
    assert Checked(CONFIG, folder).found_right
    (folder / ".snakemake/checked.json").unlink()
    (folder / ".snakemake/checked.json").mkdir()
    Checked(CONFIG, folder).keep([])
    assert not Checked(CONFIG, folder).found_right
