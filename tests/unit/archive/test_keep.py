"""Archives are kept: none is lost or written over, and a confidential one only its owner can read."""

import stat

import pytest
from given.small_run import packed, small_run

from effectstudie.archive.keep import keep
from effectstudie.shared.errors import EffectstudieError


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "project")


def test_archives_are_kept_beside_each_other(run, tmp_path):
    first = keep(packed(run), tmp_path / "kept", private=False)
    (run.project / "Snakefile").write_text("# other\n")
    second = keep(packed(run), tmp_path / "kept", private=False)
    assert first != second and first.is_file() and second.is_file()


def test_the_same_archive_is_written_once(run, tmp_path):
    archive = packed(run)
    path = keep(archive, tmp_path, private=False)
    before = path.stat().st_mtime_ns
    assert keep(archive, tmp_path, private=False) == path and path.stat().st_mtime_ns == before


def test_a_damaged_archive_is_not_written_over(run, tmp_path):
    archive = packed(run)
    path = keep(archive, tmp_path, private=False)
    path.write_bytes(archive.content[:-1])
    with pytest.raises(EffectstudieError) as error:
        keep(archive, tmp_path, private=False)
    assert str(error.value) == f"{path}: was changed after it was made; move it out of this folder and look why."
    assert path.read_bytes() == archive.content[:-1]


def test_half_of_an_archive_that_has_another_name_by_now_does_not_stay(run, tmp_path):
    (tmp_path / ".zeeland_abc_0123456789abcdef.zip.0123abcd.part").write_bytes(b"PK")
    path = keep(packed(run), tmp_path, private=False)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]


def test_only_its_owner_can_read_an_internal_archive(run, tmp_path):
    path = keep(packed(run, internal=True), tmp_path / "archive_intern", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
