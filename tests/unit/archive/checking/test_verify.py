"""An archive is checked by itself: what was done to it is named."""

import random
import runpy
import subprocess
import sys
import tempfile

import pytest
from given.bags import bagged, flipped, unpacked
from given.paths import ROOT
from given.small_run import packed, small_run

from effectstudie.archive.bag import Finding, content_id, zipped
from effectstudie.archive.checking.exports import require_folder
from effectstudie.archive.checking.reading import unzipped
from effectstudie.archive.checking.verify import check, table
from effectstudie.shared.errors import EffectstudieError


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return packed(small_run(tmp_path_factory.mktemp("run") / "project"))


@pytest.fixture
def file(archive, tmp_path):
    path = tmp_path / f"{archive.name}.zip"
    path.write_bytes(archive.content)
    return path


@pytest.fixture
def folder(archive, tmp_path):
    return unpacked(unzipped(archive.content)[1], tmp_path / archive.name)


def test_an_archive_as_it_was_made_is_right(file, folder, archive):
    for path in (file, folder):
        checked = check(path)
        assert (checked.findings, checked.identifier) == ([], archive.identifier)
    assert table(checked.files, "run/raw_files.csv")[0]["file"] == "T0_jeugd.csv"


def test_200_changed_bytes_of_an_archive_are_all_found(file, archive):
    places = random.Random(3)
    for _ in range(200):
        place, bit = places.randrange(len(archive.content)), places.randrange(8)
        file.write_bytes(flipped(archive.content, place, bit))
        assert check(file).findings, (place, bit)


def test_a_changed_file_inside_the_zip_file_is_named(file, archive):
    place = archive.content.index(b"112 naar")
    file.write_bytes(flipped(archive.content, place, 0))
    assert check(file).findings == [Finding("data/results/zeeland/report/zeeland.html", "unreadable")]


def test_a_changed_a_missing_and_an_extra_file_of_the_folder_are_named(folder):
    (folder / "data/results/zeeland/render/table_1.csv").write_text("Uitkomst,n\nVeiligheid,3\n")
    (folder / "data/code/Snakefile").unlink()
    (folder / "data/extra.txt").write_text("")
    assert check(folder).findings == [
        Finding("data/code/Snakefile", "missing"),
        Finding("data/extra.txt", "extra"),
        Finding("data/results/zeeland/render/table_1.csv", "changed"),
    ]


def test_another_archive_under_this_name_is_found(file, archive, tmp_path):
    run = small_run(tmp_path / "project", seed=8)
    file.write_bytes(packed(run).content)
    assert check(file).findings == [Finding(file.name, "name")]
    files = unzipped(packed(run).content)[1]
    file.write_bytes(zipped(archive.name, files))
    assert check(file).findings == [Finding(file.name, "name"), Finding(archive.name, "name")]


def test_an_archive_may_get_another_name(file):
    assert check(file.rename(file.with_name("archief-2026.zip"))).findings == []


def test_a_cut_off_file_is_unreadable(file, archive):
    file.write_bytes(archive.content[: len(archive.content) // 2])
    found = check(file).findings
    assert Finding("", "unreadable") in found and Finding("bagit.txt", "missing") in found


@pytest.fixture(scope="module")
def command():
    return runpy.run_path(str(ROOT / "workflow/scripts/verify.py"))["main"]


def test_what_cannot_be_checked_is_told_in_dutch(tmp_path, command, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["verify", str(tmp_path / "nowhere.zip")])
    assert command() == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}/nowhere.zip: dit archief is er niet; geef het zipbestand, of de map waarin het is uitgepakt.\n"
    )


UP = f"code/{'../' * 20}tmp/escaped.txt"
HOSTILE = {
    "climbs out": {UP: b"x"},
    "absolute": {"/tmp/escaped.txt": b"x"},
    "codes of a terminal": {"results/\x1b[2J\x1b[31mIn orde": b"x"},
    "no form of ours": {"run/raw_files.csv": b"file,sha256\n../../x,\n"},
}


@pytest.mark.parametrize("more", [[], ["--raw", "exports"]], ids=["alone", "raw"])
@pytest.mark.parametrize("what", HOSTILE)
def test_of_a_hostile_archive_nothing_is_run_or_written_but_the_page(
    archive, tmp_path, command, monkeypatch, capsys, what, more
):
    files = {**unzipped(archive.content)[1]}
    payload = {path.removeprefix("data/"): text for path, text in files.items() if path.startswith("data/")}
    members = bagged({**payload, **HOSTILE[what]})
    path = tmp_path / f"hostile_{content_id(members)[:16]}.zip"
    path.write_bytes(zipped(path.stem, members))
    (tmp_path / "exports").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["verify.py", str(path), *more])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "exports"))
    monkeypatch.setattr(subprocess, "run", None)
    before = set(tmp_path.rglob("*"))
    assert command() == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("NIET in orde.") and printed.err == ""
    assert all(line.isprintable() for line in printed.out.splitlines())
    assert set(tmp_path.rglob("*")) - before == {path.with_suffix(".controle.html")}


def test_a_path_that_is_not_printed_stands_as_codes_in_a_sentence(tmp_path):
    odd = tmp_path / "a\u202e\x1b[2J"
    for told in ("there is no such archive", "is a folder without an archive in it"):
        with pytest.raises(EffectstudieError, match=told) as error:
            check(odd)
        assert str(error.value).startswith(f"{tmp_path}/a\\u202e\\x1b[2J: ")
        odd.mkdir(exist_ok=True)
    with pytest.raises(EffectstudieError) as error:
        require_folder(odd / "exports\x07")
    assert str(error.value).startswith(f"{tmp_path}/a\\u202e\\x1b[2J/exports\\x07: there is no such folder")


def test_an_archive_that_is_not_there_is_told(tmp_path):
    with pytest.raises(EffectstudieError) as error:
        check(tmp_path / "none.zip")
    assert str(error.value) == (
        f"{tmp_path / 'none.zip'}: there is no such archive; give the zip file, or the folder it was unpacked in."
    )


def test_a_folder_that_is_no_archive_is_told_and_not_searched(tmp_path):
    (tmp_path / "workflow").mkdir()
    with pytest.raises(EffectstudieError, match="is a folder without an archive in it; give the zip file"):
        check(tmp_path)


def test_a_misspelt_folder_of_exports_is_told_before_anything(file, command, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["verify.py", str(file), "--raw", str(file.parent / "exprots")])
    assert command() == 1
    printed = capsys.readouterr()
    assert "exprots: deze map is er niet; RAW is de map met de ruwe exports." in printed.err
    assert printed.out == "" and not list(file.parent.glob("*.html"))
