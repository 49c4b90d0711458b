"""Are the files of an archive what an archive has, and can each be read as what it is?

Asked before anything is made of them: an archive of somebody else may be right in every checksum and lie in the rest.
"""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import yaml

from effectstudie.archive import bag
from effectstudie.archive.bag import Finding
from effectstudie.archive.contents import METADATA, always, has_place
from effectstudie.archive.left_out import BARE, EARLIER, KEYED, LICENCE, PERSONS, SMALL, TOGETHER
from effectstudie.runs.file_names import refused
from effectstudie.shared.storage import csv_rows
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS

# Bytes of one file that is taken apart, and of all of a kind: of YAML, which is slow, fewer.
MOST = 16 << 20
MOST_OF_ALL = {".csv": 128 << 20, ".html": 128 << 20, ".json": 128 << 20, ".yaml": 4 << 20}
# Parts of a YAML file, with those that it names again as often as it does.
MOST_NODES = 200_000
DEEPEST, MOST_COLUMNS = 50, 100
# What a JSON file holds, where something is read from it: types, of lists and objects those of what is in them.
_TEXTS = {str: str}
_SHAPES = {
    "run/environment.json": {"machine": _TEXTS, "software": _TEXTS},
    "run/steps.json": [{"job": str, "rule": str, "inputs": [str], "outputs": [str]}],
    "run/version.json": {"commit": (str, None), "changed": [str], "new": [str], "dirty": (bool, None)},
    METADATA: {"@context": (str, list), "@graph": [{"@id": str, "@type": (str, [str])}]},
}
# The heads that a table may have.
_HEADS = {
    "run/raw_files.csv": (("file", BARE), ("file", KEYED, "key")),
    "run/not_included.csv": (("file", BARE, "why"), ("file", KEYED, "why")),
    "run/variables.csv": (COLUMN_NAME_FIELDS,),
}
_SUM, _MARK = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{8}")


def study_of(files: Mapping[str, bytes]) -> str | None:
    """The study of an archive; None where there is none, or more than one."""
    found = {match[1] for path in files if (match := re.fullmatch(r"data/results/(\w+)/report/\1\.html", path))}
    return found.pop() if len(found) == 1 else None


def findings(files: Mapping[str, bytes]) -> list[Finding]:
    """Files that an archive does not have or lacks, and those that are not what they are called.

    `files`: path → content, of an archive in which `bag.findings` finds nothing wrong.
    """
    study = study_of(files) or "STUDIE"
    inside = {path.removeprefix(bag.PAYLOAD): text for path, text in files.items() if path.startswith(bag.PAYLOAD)}
    wrong = [Finding(path, "missing") for path in always(study) if path not in inside]
    wrong += [Finding(path, "extra") for path in inside if not has_place(path, study)]
    room = dict(MOST_OF_ALL)
    for path, content in sorted(inside.items()):
        kind = PurePosixPath(path).suffix
        if kind not in room or path.startswith("code/") and kind != ".yaml":
            continue  # of the program only settings are looked at: it reads the rest by rules of its own
        room[kind] -= len(content)
        if len(content) > MOST or room[kind] < 0:
            wrong.append(Finding(path, "large"))
        elif not _is_right(path, content):
            wrong.append(Finding(path, "content"))
    return [finding._replace(file=f"{bag.PAYLOAD}{finding.file}") for finding in wrong]


def _is_right(path: str, content: bytes) -> bool:
    check = {".yaml": _yaml, ".json": _json, ".csv": _table, ".html": _page}[PurePosixPath(path).suffix]
    try:
        return check(path, content)
    except (ValueError, RecursionError, csv.Error, yaml.YAMLError):  # depth without end is an error of its own
        return False


def _page(path: str, content: bytes) -> bool:
    return bool(content.decode().strip())


def _json(path: str, content: bytes) -> bool:
    return _fits(json.loads(content.decode()), _SHAPES.get(path, object))


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value has one of these types, and what is in it too."""
    if isinstance(shape, tuple):
        return any(_fits(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(one, shape[0]) for one in value)
    if shape is _TEXTS:
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(key in value and _fits(value[key], one) for key, one in shape.items())
    return value is None if shape is None else isinstance(value, shape)


def _table(path: str, content: bytes) -> bool:
    rows = csv_rows(content.decode())
    head = tuple(next(rows, ()))
    if head not in _HEADS.get(path, (head,)) or not 0 < len(head) <= MOST_COLUMNS:
        return False
    right = {"run/raw_files.csv": _is_raw, "run/not_included.csv": _is_left_out}.get(path, lambda *_: True)
    keys, together, small = set(), 0, False
    for row in rows:
        if len(row) != len(head) or not right(*row):
            return False
        if path == "run/raw_files.csv":
            keys.add(tuple(row[2:]))
        if path == "run/not_included.csv":
            together, small = together + (row[0] == TOGETHER), small or row[2] == SMALL
    # one key for all exports, and one checksum for all small tables
    return (path != "run/raw_files.csv" or len(keys) == 1) and together == small


def _is_raw(file: str, checksum: str, mark: str = "0" * 8) -> bool:
    plain = "/" not in file and not refused([file])
    return bool(plain and _SUM.fullmatch(checksum) and _MARK.fullmatch(mark))


def _is_left_out(file: str, checksum: str, why: str) -> bool:
    alone = why == SMALL and file != TOGETHER
    right = checksum == "" if alone else _SUM.fullmatch(checksum)
    reasons = (SMALL,) if file == TOGETHER else (PERSONS, LICENCE, EARLIER, SMALL)
    return bool(right and why in reasons and not refused([file]))


def _yaml(path: str, content: bytes) -> bool:
    """Not a file that stands for far more than it says, by names for parts of itself, or one without end in depth."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sizes: dict[str | None, int] = {}
    nodes, open_ones = 0, []
    for event in yaml.parse(content.decode(), Loader=loader):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((anchor, nodes))
        elif isinstance(event, yaml.CollectionEndEvent):
            name, before = open_ones.pop()
            sizes[name] = nodes - before + 1
        elif isinstance(event, yaml.AliasEvent):
            nodes += sizes.get(anchor, MOST_NODES)
        elif isinstance(event, yaml.ScalarEvent):
            sizes[anchor] = 1
        nodes += 1
        if nodes > MOST_NODES or len(open_ones) > DEEPEST:
            return False
    return nodes > 0


def undescribed(files: Mapping[str, bytes]) -> list[Finding]:
    """Files of an archive that its metadata do not describe as they are, and those that they promise and are not there.

    Of an archive in which nothing else is wrong; `files` as for `findings`.
    """
    inside = {path.removeprefix(bag.PAYLOAD): text for path, text in files.items() if path.startswith(bag.PAYLOAD)}
    graph: Sequence[Mapping[str, Any]] = json.loads(inside[METADATA])["@graph"]
    described = [entity for entity in graph if "File" in (entity["@type"], *entity["@type"])]
    told = {entity["@id"]: (entity.get("contentSize"), entity.get("sha256")) for entity in described}
    facts = {path: (str(len(content)), bag.sha256(content)) for path, content in inside.items() if path != METADATA}
    wrong = [Finding(f"{bag.PAYLOAD}{path}", "missing") for path in sorted(told.keys() - facts.keys())]
    wrong += [Finding(f"{bag.PAYLOAD}{path}", "extra") for path in sorted(facts.keys() - told.keys())]
    if not wrong and (len(described) > len(told) or told != facts):
        wrong = [Finding(f"{bag.PAYLOAD}{METADATA}", "content")]
    return wrong
