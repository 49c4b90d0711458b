"""Levels and change of those with both measurements: what the tests of change are of, and so what the words are of."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.outcome_values import tally
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import LEVELS
from effectstudie.methods.means import mean_ci, percentage_ci
from effectstudie.shared.vocabulary import COMPARED, ENDS, WAVES


def levels_of(pairs: Mapping[str, pd.DataFrame], outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """LEVELS of outcomes that are measured twice, a row a group; of a class outcome a row a class and group.

    `pairs`: by outcome, pairs.wide. Means have t intervals, percentages and classes (0-100) Wilson's; the change is
    that of the same people, with a t interval, as the tests of it take it.
    """
    rows = []
    for name, outcome in outcomes.items():
        complete = pairs[name].dropna(subset=list(WAVES))
        for group in COMPARED:
            values = complete[complete["group"] == group]
            start, end = (values[wave].to_numpy(dtype=float) for wave in WAVES)
            of = {"outcome": name, "unit": outcome.unit, "group": group}
            if outcome.kind == "class":
                tallies = [tally(x, outcome.codes) for x in (start, end)]
                for known, *counts in zip(outcome.classes.values(), *tallies, strict=True):
                    rows.append(of | {"outcome": f"{name}.{known.id}"} | _shares(counts, len(start)))
            elif outcome.kind == "percentage":
                counts = [int((x == 100).sum()) for x in (start, end)]
                rows.append(of | _shares(counts, len(start)) | _change(start, end))
            else:
                rows.append(of | _means(start, end) | _change(start, end))
    return LEVELS.typed(rows)


def _shares(counts: list[int], n: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"n": n}
    for end, count in zip(ENDS.values(), counts, strict=True):
        share = 100 * count / n if n else np.nan
        low, high = percentage_ci(count, n)
        # of yes and no as 0 and 100, with the divisor n - 1
        sd = np.sqrt(share * (100 - share) * n / (n - 1)) if n > 1 else np.nan
        facts |= {f"mean_{end}": share, f"sd_{end}": sd, f"ci_low_{end}": low, f"ci_high_{end}": high}
    return facts


def _means(start: np.ndarray, end: np.ndarray) -> dict[str, Any]:
    facts: dict[str, Any] = {"n": len(start)}
    for name, values in zip(ENDS.values(), (start, end), strict=True):
        found = mean_ci(values)
        numbers = {"mean": found.mean, "sd": found.sd, "ci_low": found.low, "ci_high": found.high}
        facts |= {f"{number}_{name}": value for number, value in numbers.items()}
    return facts


def _change(start: np.ndarray, end: np.ndarray) -> dict[str, Any]:
    found = mean_ci(end - start)
    return {"change": found.mean, "ci_low_change": found.low, "ci_high_change": found.high}
