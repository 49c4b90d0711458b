import os
import shutil
from types import SimpleNamespace

import pytest

from effectstudie.running.place.machine import check_place, close_to_others
from effectstudie.shared.errors import EffectstudieError


def test_a_folder_with_room_is_fine(tmp_path):
    assert check_place(tmp_path, room=1) is None


def test_a_full_disk_is_told_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=12_300_000))
    with pytest.raises(EffectstudieError, match="its disk has 12 MB left and a run needs 300; make room"):
        check_place(tmp_path)


def test_closed_folders_are_all_named(tmp_path, monkeypatch):
    (tmp_path / "results").mkdir()
    (tmp_path / ".snakemake").mkdir()
    monkeypatch.setattr(os, "access", lambda folder, mode: folder.name != "results")
    with pytest.raises(EffectstudieError) as raised:
        check_place(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path}/results: may not be written to by you")


def test_what_others_may_do_is_taken_from_all_in_a_folder_and_the_group_keeps_its_own(tmp_path):
    for name, mode in {"log": 0o777, "log/a.log": 0o664, "own": 0o700, "own/b": 0o600, "conda": 0o755}.items():
        path = tmp_path / ".snakemake" / name
        path.mkdir(parents=True) if "." not in name and name != "own/b" else path.touch()
        path.chmod(mode)
    (tmp_path / "elsewhere").touch(0o644)
    (tmp_path / ".snakemake/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".snakemake").chmod(0o755)
    close_to_others(tmp_path / ".snakemake")
    close_to_others(tmp_path / "not there")
    found = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    modes = {".snakemake": 0o750, "log": 0o770, "a.log": 0o660, "own": 0o700, "b": 0o600, "conda": 0o750}
    assert {name: found[name] for name in modes} == modes and found["elsewhere"] == 0o644
