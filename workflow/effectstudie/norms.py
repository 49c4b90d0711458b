"""Norm tables: from raw scores to T scores by sex and age, and the illustrative tables of the demonstration.

A table stands in resources/norms/<status>/, where <status> is licensed, published or illustrative; the first of
these that has one for an instrument is used. A manifest beside the tables says what they are.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.config import read_yaml
from effectstudie.errors import ConfigError
from effectstudie.instruments import definition_paths, score_range
from effectstudie.storage import replace_file

STATUSES = ("licensed", "published", "illustrative")
STRATUM = ["scale", "sex", "age_from", "age_below"]
COLUMNS = {"linear": [*STRATUM, "mean", "sd"], "lookup": [*STRATUM, "raw_from", "raw_to", "value"]}
ILLUSTRATIVE_MARK = "# ILLUSTRATIVE - NOT A NORM: made from the range of the scores, to be replaced"
# Where an illustrative mean lies in the range of a scale, from its favourable end, and its standard deviation.
ILLUSTRATIVE_MEAN, ILLUSTRATIVE_SD = 0.30, 0.18


@dataclass(frozen=True)
class Norm:
    """A norm table with what its manifest says: `kind` linear (mean, sd) or lookup (raw_from, raw_to, value)."""

    name: str
    status: str
    kind: str
    table: pd.DataFrame
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
        if entry:
            return {"status": status, "path": f"resources/norms/{status}/{entry['file']}", "entry": entry}
    return None


def read_norm(path: Path, status: str, instrument: str, entry: Mapping) -> Norm:
    """The table of a norm; ConfigError with all that is wrong with the file."""
    expected = COLUMNS[entry["kind"]]
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError([f"{path}: there is no such file; manifest.yaml beside it names it."]) from None
    if "sha256" in entry and hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ConfigError([f"{path}: is not the file whose sha256 stands in manifest.yaml; put the right one there."])
    try:
        table = pd.read_csv(path, comment="#", dtype={"scale": str}, encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError):
        raise ConfigError([f"{path}: is not a CSV table; its columns are {', '.join(expected)}."]) from None
    if list(table.columns) != expected:
        raise ConfigError([f"{path}: the columns are {', '.join(table.columns)}; allowed: {', '.join(expected)}."])
    wrong = [
        f"{path}: column {name} holds '{value}'; allowed: a number."
        for name in expected[1:]
        for value in table[name][pd.to_numeric(table[name], errors="coerce").isna() & table[name].notna()]
    ]
    if wrong:
        raise ConfigError(wrong)
    options = {key: entry[key] for key in ("round", "floor", "cap", "standardise") if key in entry}
    return Norm(instrument, status, entry["kind"], table, **options)


def norm_problems(path: str, norm: Norm, scales: Sequence[str], ages: Mapping[str, float] | None) -> list[str]:
    """A norm table against the definition: scales, strata that overlap or leave ages of the instrument out."""
    table, problems = norm.table, []
    for scale in scales:
        rows = table[table["scale"] == scale]
        if rows.empty:
            problems.append(f"{path}: has no rows for the scale {scale}.")
        for sex in (1, 2):
            strata = rows[rows["sex"].isna() | (rows["sex"] == sex)]
            spans = sorted({(low, high) for low, high in zip(*_ages(strata), strict=True)})
            problems += _span_problems(f"{path}: scale {scale}, sex {sex}", spans, ages)
    unknown = sorted(set(table["scale"]) - set(scales))
    problems += [f"{path}: names the scale '{name}', which the instrument has no norm for." for name in unknown]
    if norm.kind == "linear" and (table["sd"] <= 0).any():
        problems.append(f"{path}: column sd must be above 0.")
    return problems


def _ages(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return rows["age_from"].fillna(-inf), rows["age_below"].fillna(inf)


def _span_problems(where: str, spans: list[tuple[float, float]], ages: Mapping[str, float] | None) -> list[str]:
    problems = [
        f"{where}: the ages {a[0]:g} to {a[1]:g} and {b[0]:g} to {b[1]:g} overlap."
        for a, b in zip(spans, spans[1:], strict=False)
        if b[0] < a[1]
    ]
    if spans and ages:
        gaps = [f"{a[1]:g} to {b[0]:g}" for a, b in zip(spans, spans[1:], strict=False) if b[0] > a[1]]
        gaps += [f"from {ages['from']:g}"] if spans[0][0] > ages.get("from", -inf) else []
        gaps += [f"to {ages['below']:g}"] if spans[-1][1] < ages.get("below", inf) else []
        problems += [f"{where}: the table leaves out the ages {gap} of the instrument." for gap in gaps]
    return problems


def t_scores(norm: Norm, scale: str, raw: np.ndarray, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """T scores (mean 50, SD 10 in the norm group) of raw scores; NaN outside the table, never the nearest stratum.

    Formula: T = 50 + 10 (raw - mean) / sd, or the value that the table gives; `standardise` turns such a value
    (a person parameter) into T first. Then rounded and kept between floor and cap, as the manifest says.
    """
    found = np.where(np.isneginf(raw), -np.inf, np.nan)
    rows = norm.table[norm.table["scale"] == scale]
    for row in rows.itertuples():
        inside = np.isfinite(raw)
        if not np.isnan(row.sex):
            inside &= sex == row.sex
        if not np.isnan(row.age_from):
            inside &= age >= row.age_from
        if not np.isnan(row.age_below):
            inside &= age < row.age_below
        if norm.kind == "linear":
            found[inside] = 50 + 10 * (raw[inside] - row.mean) / row.sd
        else:
            inside &= (raw >= row.raw_from) & (raw <= row.raw_to)
            found[inside] = row.value
    known = np.isfinite(found)
    if norm.standardise:
        found[known] = 50 + 10 * (found[known] - norm.standardise["mean"]) / norm.standardise["sd"]
    if norm.round == "half_up":
        found[known] = np.floor(found[known] + 0.5 + 1e-9)
    found[known] = np.clip(found[known], norm.floor, norm.cap)
    return found


def illustrative_table(definition: Mapping) -> str:
    """The text of an illustrative norm table: a pooled stratum a scale, from the range of its scores only."""
    lines = [ILLUSTRATIVE_MARK, ",".join(COLUMNS["linear"])]
    for name in definition["norm_scales"]:
        low, high = score_range(definition, name)
        share = ILLUSTRATIVE_MEAN if definition["scales"][name]["better"] == "lower" else 1 - ILLUSTRATIVE_MEAN
        lines.append(f"{name},,,,{low + share * (high - low):.6g},{ILLUSTRATIVE_SD * (high - low):.6g}")
    return "\n".join(lines) + "\n"


def illustrative_files(definitions: Mapping[str, Mapping]) -> dict[str, str]:
    """The files of resources/norms/illustrative/: a table for each instrument that has norms, and the manifest."""
    named = {name: f"{name}_illustrative.csv" for name, one in sorted(definitions.items()) if "norm_scales" in one}
    manifest = ["# Made by `make norms` from the definitions in resources/instruments/. No norm of anyone."]
    for name, file in named.items():
        manifest += [
            f"{name}:",
            f"  file: {file}",
            "  kind: linear",
            "  source: geen norm, gemaakt uit het bereik van de score",
        ]
    tables = {file: illustrative_table(definitions[name]) for name, file in named.items()}
    return {**tables, "manifest.yaml": "\n".join(manifest) + "\n"}


def write_illustrative(resources: str | Path) -> None:
    """Write resources/norms/illustrative/ anew."""
    definitions = {name: read_yaml(path) for name, path in definition_paths(Path(resources) / "instruments").items()}
    for name, text in illustrative_files(definitions).items():
        replace_file(Path(resources) / "norms" / "illustrative" / name, lambda part, text=text: part.write_text(text))
