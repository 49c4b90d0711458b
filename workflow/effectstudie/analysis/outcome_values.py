"""The values of an outcome in an analysis table: those that count, and what they may be."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say


def valid_values(table: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> dict[str, pd.DataFrame]:
    """The valid values of each outcome, sorted; raises InputError for codes that are no class, or not 0 or 100."""
    values, problems = {}, []
    ordered = table.dropna(subset=["value"]).sort_values(["unit_id", "wave"])
    parts, nobody = dict(list(ordered.groupby(["outcome", "unit"], sort=False))), ordered.iloc[:0]
    for name, outcome in outcomes.items():
        values[name] = parts.get((name, outcome.unit), nobody)
        if outcome.kind == "mean":
            continue
        strange = sorted(set(values[name]["value"].astype(float).unique()) - set(outcome.codes))
        if strange:
            problems.append(
                say(
                    "Outcome {outcome}: value {strange} occurs; allowed are {codes}. Correct the classification or the "
                    "definition.",
                    outcome=name,
                    strange=[f"{value:g}" for value in strange],
                    codes=[f"{code:g}" for code in outcome.codes],
                )
            )
    if problems:
        raise InputError(problems)
    return values


def values_at(values: pd.DataFrame, group: str, wave: str) -> np.ndarray:
    chosen = (values["group"] == group) & (values["wave"] == wave)
    return values["value"][chosen].to_numpy(dtype=float)


def tally(x: np.ndarray, codes: Sequence[float]) -> list[int]:
    return [int((x == code).sum()) for code in codes]
