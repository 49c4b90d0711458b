"""Norm tables: which one is used for an instrument, and what it says.

A table stands in resources/norms/<status>/, where <status> is licensed, published or illustrative; the first of these
that has one for an instrument is used. A manifest beside the tables says what they are. No pandas here: every job of a
run reads the configuration, norm tables included.
"""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say

STATUSES = ("licensed", "published", "illustrative")

STRATUM = ["scale", "sex", "age_from", "age_below"]

COLUMNS = {"linear": [*STRATUM, "mean", "sd"], "lookup": [*STRATUM, "raw_from", "raw_to", "value"]}


@dataclass(frozen=True)
class Norm:
    """A norm table with what its manifest says: `kind` linear (mean, sd) or lookup (raw_from, raw_to, value).

    `rows` have the COLUMNS of the kind; None for both sexes, or for ages without a bound.
    """

    name: str
    status: str
    kind: str
    rows: Sequence[Mapping[str, Any]]
    round: str = "none"
    floor: float = -inf
    cap: float = inf
    standardise: Mapping[str, float] | None = None

    def __str__(self) -> str:
        return f"{self.status}/{self.name}"


def norm_file(manifests: Mapping[str, Mapping], instrument: str) -> dict[str, Any] | None:
    """status, path and manifest entry of the norm of an instrument, the licensed one first; None without one."""
    for status in STATUSES:
        entry = manifests.get(status, {}).get(instrument)
        # what is wrong with a manifest is told by its schema, together with what is wrong elsewhere
        if isinstance(entry, Mapping) and "file" in entry:
            return {"status": status, "path": f"resources/norms/{status}/{entry['file']}", "entry": entry}
    return None


def read_norm(path: Path, status: str, instrument: str, entry: Mapping) -> Norm:
    """The table of a norm; ConfigError with all that is wrong with the file."""
    columns = COLUMNS[entry["kind"]]
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise ConfigError(
            [say("{path}: there is no such file; manifest.yaml beside it names it.", path=path)]
        ) from None
    except UnicodeDecodeError:
        raise ConfigError([say("{path}: is not UTF-8 text; save it as UTF-8.", path=path)]) from None
    if "sha256" in entry and hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ConfigError(
            [say("{path}: is not the file whose sha256 stands in manifest.yaml; put the right one there.", path=path)]
        )
    cells = list(csv.reader(line for line in lines if not line.startswith("#") and line.strip()))
    header = cells[0] if cells else []
    if header != columns:
        raise ConfigError(
            [
                say(
                    "{path}: the columns are {header}; allowed: {columns}.",
                    path=path,
                    header=header,
                    columns=columns,
                )
            ]
        )
    rows, wrong = [], []
    for row in cells[1:]:
        if len(row) != len(columns):
            wrong.append(
                say(
                    "{path}: the row '{row}' has {count} cells; allowed: {allowed}.",
                    path=path,
                    row=",".join(row),
                    count=len(row),
                    allowed=len(columns),
                )
            )
            continue
        named = dict(zip(columns, row, strict=True))
        found = {name: _number(text) for name, text in named.items() if name != "scale"}
        may_be_empty = STRATUM[1:]
        wrong += [
            say("{path}: column {name} holds '{value}'; allowed: a number.", path=path, name=name, value=named[name])
            for name, value in found.items()
            if value is None and (named[name].strip() or name not in may_be_empty)
        ]
        rows.append({"scale": named["scale"], **found})
    if wrong:
        raise ConfigError(wrong)
    options = {key: entry[key] for key in ("round", "floor", "cap", "standardise") if key in entry}
    return Norm(instrument, status, entry["kind"], rows, **options)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def age_span(row: Mapping[str, Any]) -> tuple[float, float]:
    """The ages of a row, from the first up to but not including the second."""
    return (
        -inf if row["age_from"] is None else row["age_from"],
        inf if row["age_below"] is None else row["age_below"],
    )
