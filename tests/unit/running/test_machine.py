import os
import shutil
from types import SimpleNamespace

import pytest

from effectstudie.running.machine import check_place
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
