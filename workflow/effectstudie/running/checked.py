"""Whether what people wrote is as it was when it was last found right: then a start does not check it again."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from effectstudie.shared.storage import sha256, write_json
from effectstudie.shared.vocabulary import LISTS

# All that a check reads, or is made of.
_FOLDERS = ("config", "resources", "workflow/schemas", "workflow/effectstudie", "envs")


class Checked:
    """What was found right, in .snakemake of the folder of the run: a mark of every byte of it and of what checks it.

    `config`: as given to `load`; `project`: that folder. A file that is new, gone, renamed or edited makes another.
    """

    def __init__(self, config: Mapping[str, Any], project: Path):
        self._project, self._kept = project, project / ".snakemake/checked.json"
        self._mark = ""
        with suppress(OSError):  # what cannot be read is checked, and told
            self._mark = _mark(config, project)

    @property
    def found_right(self) -> bool:
        """Whether it is all as it was when `keep` was called."""
        try:
            kept = json.loads(self._kept.read_text(encoding="utf-8"))
            return bool(self._mark) and kept == {"mark": self._mark, "beside": self._beside(kept["beside"])}
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def keep(self, beside: Iterable[str]) -> None:
        """Everything was found right; `beside`: files elsewhere that were looked at too."""
        with suppress(OSError):  # where nothing can be kept everything is checked again
            self._kept.parent.mkdir(exist_ok=True)
            write_json({"mark": self._mark, "beside": self._beside(beside)}, self._kept)

    def _beside(self, paths: Iterable[str]) -> dict[str, str]:
        return {path: sha256(self._project / path) for path in paths}


def _mark(config: Mapping[str, Any], project: Path) -> str:
    digest = hashlib.sha256(f"{sys.version}\n{json.dumps(config, sort_keys=True, default=str)}\n".encode())
    for path in [*_in_folders(project), *_elsewhere(config, project)]:
        content = path.read_bytes()
        digest.update(os.fsencode(path) + f" {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _in_folders(project: Path) -> Iterator[Path]:
    for top in _FOLDERS:
        # of a run in a folder of its own the program is linked into it (place/deployed.py)
        for folder, inner, names in os.walk(project / top, followlinks=True):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            yield from (path for name in sorted(names) if (path := Path(folder, name)).is_file())


def _elsewhere(config: Mapping[str, Any], project: Path) -> Iterator[Path]:
    """Lists that the configuration names, or that stand beside the exports."""
    named = [config.get(key) for key in (*LISTS, "variables_file")]
    beside = [f"{config.get('raw_dir')}/{name}" for name in LISTS.values()]
    found = (project / os.path.expanduser(place) for place in [*named, *beside] if isinstance(place, str))
    yield from (path for path in found if path.is_file())
