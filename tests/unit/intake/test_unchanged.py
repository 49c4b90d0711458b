"""Exports and corrections are held against what was taken in of them, at whatever later moment."""

import os

import pytest

from effectstudie.definitions.corrections import digest_in
from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.shared.errors import InputError
from effectstudie.shared.storage import sha256

FIXES = "file,id,column,old_value,new_value,reason,who,date\nT0_jeugd,K1,sis_01,1,2,typefout,AB,2026-01-02\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("huishoudens.sav", "T0_jeugd.csv"):
        (tmp_path / name).write_text(name)
    return tmp_path


def facts(folder, fixes=b""):
    return {
        path.stem: {"file": path.name, "sha256": sha256(path), "corrections_sha256": digest_in(fixes, path.stem)}
        for path in folder.iterdir()
        if path.name != "corrections.csv"
    }


def told(*arguments):
    with pytest.raises(InputError) as error:
        refuse_replaced(*arguments)
    return [problem.split(" was ")[0] for problem in error.value.problems]


def test_what_nobody_touched_is_what_was_taken_in(folder):
    taken_in = facts(folder)
    os.utime(folder / "T0_jeugd.csv", (10**9, 10**9))
    (folder / "notes.docx").touch()
    refuse_replaced(folder, None, taken_in)


def test_every_other_file_is_named(folder):
    taken_in = facts(folder)
    (folder / "huishoudens.sav").write_text("huishoudens.sax")
    (folder / "T0_jeugd.csv").rename(folder / "T0_jeugd.xlsx")
    assert told(folder, None, taken_in) == ["T0_jeugd.csv:"]
    (folder / "T0_jeugd.xlsx").rename(folder / "T0_jeugd.csv")
    assert told(folder, None, taken_in) == ["huishoudens.sav:"]


def test_corrections_that_came_or_went_or_changed_are_named_and_their_form_does_not_count(folder):
    none, some = facts(folder), facts(folder, FIXES.encode())
    assert told(folder, None, some) == ["corrections.csv:"]
    (folder / "corrections.csv").write_text(FIXES)
    assert told(folder, None, none) == ["corrections.csv:"]
    assert told(folder, folder / "corrections.csv", none) == ["corrections.csv:"]
    (folder / "corrections.csv").write_text(FIXES.replace("typefout", '"typefout"'), encoding="utf-8-sig")
    refuse_replaced(folder, None, some)
    refuse_replaced(folder, folder / "corrections.csv", some)
