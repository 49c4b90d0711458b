"""T scores by sex and age from a norm table, and the illustrative tables of the demonstration."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from effectstudie.config import read_yaml
from effectstudie.instruments import definition_paths, score_range
from effectstudie.norm_tables import COLUMNS, Norm, age_span
from effectstudie.storage import replace_file

ILLUSTRATIVE_MARK = "# ILLUSTRATIVE - NOT A NORM: made from the range of the scores, to be replaced"
# Where an illustrative mean lies in the range of a scale, from its favourable end, and its standard deviation.
ILLUSTRATIVE_MEAN, ILLUSTRATIVE_SD = 0.30, 0.18


def t_scores(norm: Norm, scale: str, raw: np.ndarray, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """T scores (mean 50, SD 10 in the norm group) of raw scores; NaN outside the table, never the nearest stratum.

    Formula: T = 50 + 10 (raw - mean) / sd, or the value that the table gives; `standardise` turns such a value
    (a person parameter) into T first. Then rounded and kept between floor and cap, as the manifest says.
    """
    found = np.where(np.isneginf(raw), -np.inf, np.nan)
    strata: dict[tuple, list[Mapping]] = {}
    for row in norm.rows:
        if row["scale"] == scale:
            strata.setdefault((row["sex"], *age_span(row)), []).append(row)
    for (of_sex, youngest, too_old), rows in strata.items():
        inside = np.isfinite(raw)
        if of_sex is not None:
            inside &= sex == of_sex
        if np.isfinite([youngest, too_old]).any():
            inside &= (age >= youngest) & (age < too_old)
        if norm.kind == "linear":
            found[inside] = 50 + 10 * (raw[inside] - rows[0]["mean"]) / rows[0]["sd"]
        else:
            found[inside] = _looked_up(raw[inside], rows)
    known = np.isfinite(found)
    if norm.standardise:
        found[known] = 50 + 10 * (found[known] - norm.standardise["mean"]) / norm.standardise["sd"]
    if norm.round == "half_up":
        found[known] = np.floor(found[known] + 0.5 + 1e-9)
    found[known] = np.clip(found[known], norm.floor, norm.cap)
    return found


def _looked_up(raw: np.ndarray, rows: list[Mapping]) -> np.ndarray:
    """The value of the row whose span of raw scores holds each score; NaN where none does."""
    low, high, value = np.array(sorted((row["raw_from"], row["raw_to"], row["value"]) for row in rows)).T
    place = np.searchsorted(low, raw, side="right") - 1
    return np.where((place >= 0) & (raw <= high[place]), value[place], np.nan)


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
