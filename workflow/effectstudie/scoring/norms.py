"""T scores by sex and age from a norm table."""

from collections.abc import Mapping

import numpy as np

from effectstudie.definitions.norm_tables import Norm, age_span
from effectstudie.scoring.rules import DOES_NOT_APPLY


def t_scores(norm: Norm, scale: str, raw: np.ndarray, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """T scores (mean 50, SD 10 in the norm group) of raw scores; NaN outside the table, never the nearest stratum.

    Formula: T = 50 + 10 (raw - mean) / sd, or the value that the table gives; `standardise` turns such a value
    (a person parameter) into T first. Then rounded and kept between floor and cap, as the manifest says.
    """
    t = np.where(raw == DOES_NOT_APPLY, DOES_NOT_APPLY, np.nan)
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
            t[inside] = 50 + 10 * (raw[inside] - rows[0]["mean"]) / rows[0]["sd"]
        else:
            t[inside] = _looked_up(raw[inside], rows)
    known = np.isfinite(t)
    if norm.standardise:
        t[known] = 50 + 10 * (t[known] - norm.standardise["mean"]) / norm.standardise["sd"]
    if norm.round == "half_up":
        t[known] = np.floor(t[known] + 0.5 + 1e-9)
    t[known] = np.clip(t[known], norm.floor, norm.cap)
    return t


def _looked_up(raw: np.ndarray, rows: list[Mapping]) -> np.ndarray:
    """The value of the row whose span of raw scores holds each score; NaN where none does."""
    low, high, value = np.array(sorted((row["raw_from"], row["raw_to"], row["value"]) for row in rows)).T
    place = np.searchsorted(low, raw, side="right") - 1
    return np.where((place >= 0) & (raw <= high[place]), value[place], np.nan)
