"""Exports and corrections are held against what was taken in of them, at whatever later moment."""

import os

import pytest

from effectstudie.definitions.lists import digest_in
from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.shared.errors import InputError
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import LISTS

NOWHERE = dict.fromkeys(LISTS)
FIXES = "file,id,column,old_value,new_value,reason,who,date\nT0_jeugd,K1,sis_01,1,2,typefout,AB,2026-01-02\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("huishoudens.sav", "T0_jeugd.csv"):
        (tmp_path / name).write_text(name)
    return tmp_path


def facts(folder, fixes=b"", recodes=b""):
    return {
        path.stem: {"file": path.name, "sha256": sha256(path), "corrections_sha256": digest_in(fixes, path.stem)}
        | {"recodes_sha256": digest_in(recodes, path.stem)}
        for path in folder.iterdir()
        if path.name not in LISTS.values()
    }


def told(*arguments):
    with pytest.raises(InputError) as error:
        refuse_replaced(*arguments)
    return [problem.split(" was ")[0] for problem in error.value.problems]


def test_what_nobody_touched_is_what_was_taken_in(folder):
    taken_in = facts(folder)
    os.utime(folder / "T0_jeugd.csv", (10**9, 10**9))
    (folder / "notes.docx").touch()
    refuse_replaced(folder, NOWHERE, taken_in)


def test_every_other_file_is_named(folder):
    taken_in = facts(folder)
    (folder / "huishoudens.sav").write_text("huishoudens.sax")
    (folder / "T0_jeugd.csv").rename(folder / "T0_jeugd.xlsx")
    assert told(folder, NOWHERE, taken_in) == ["T0_jeugd.csv:"]
    (folder / "T0_jeugd.xlsx").rename(folder / "T0_jeugd.csv")
    assert told(folder, NOWHERE, taken_in) == ["huishoudens.sav:"]


def test_corrections_that_came_or_went_or_changed_are_named_and_their_form_does_not_count(folder):
    none, some = facts(folder), facts(folder, FIXES.encode())
    assert told(folder, NOWHERE, some) == ["corrections.csv:"]
    (folder / "corrections.csv").write_text(FIXES)
    assert told(folder, NOWHERE, none) == ["corrections.csv:"]
    assert told(folder, {**NOWHERE, "corrections_file": folder / "corrections.csv"}, none) == ["corrections.csv:"]
    (folder / "corrections.csv").write_text(FIXES.replace("typefout", '"typefout"'), encoding="utf-8-sig")
    refuse_replaced(folder, NOWHERE, some)
    refuse_replaced(folder, {**NOWHERE, "corrections_file": folder / "corrections.csv"}, some)


def test_recodes_are_watched_by_export_as_corrections_are(folder):
    recodes = "file;column;old;new;reason\nT0_jeugd;geslacht;0;1;label\n"
    none, some = facts(folder), facts(folder, recodes=recodes.encode())
    assert none["huishoudens"] == some["huishoudens"] and none["T0_jeugd"] != some["T0_jeugd"]
    assert told(folder, NOWHERE, some) == ["recodes.csv:"]
    (folder / "recodes.csv").write_text(recodes.replace(";", ","))
    assert told(folder, NOWHERE, none) == ["recodes.csv:"]
    refuse_replaced(folder, NOWHERE, some)
