"""The values of an outcome in an analysis table: those that count, and what they may be."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.shared.errors import InputError
from effectstudie.shared.vocabulary import WAVES

Definition = Mapping[str, Any]


def waves_of(definition: Definition) -> tuple[str, ...]:
    return (definition["measured"],) if "measured" in definition else WAVES


def codes_of(definition: Definition) -> list[float]:
    return [float(code) for code in definition.get("classes", (0, 100))]


def valid_values(table: pd.DataFrame, outcomes: Mapping[str, Definition]) -> dict[str, pd.DataFrame]:
    """The valid values of each outcome, sorted; raises InputError for codes that are no class, or not 0 or 100."""
    values, problems = {}, []
    ordered = table.dropna(subset=["value"]).sort_values(["unit_id", "wave"])
    parts, nobody = dict(list(ordered.groupby(["outcome", "unit"], sort=False))), ordered.iloc[:0]
    for outcome, definition in outcomes.items():
        values[outcome] = parts.get((outcome, definition["unit"]), nobody)
        if definition["kind"] == "mean":
            continue
        codes = codes_of(definition)
        strange = sorted(set(values[outcome]["value"].astype(float).unique()) - set(codes))
        if strange:
            problems.append(
                f"Outcome {outcome}: value {', '.join(f'{v:g}' for v in strange)} occurs; allowed are "
                f"{', '.join(f'{c:g}' for c in codes)}. Correct the classification or the definition."
            )
    if problems:
        raise InputError(problems)
    return values


def values_at(values: pd.DataFrame, group: str, wave: str) -> np.ndarray:
    chosen = (values["group"] == group) & (values["wave"] == wave)
    return values["value"][chosen].to_numpy(dtype=float)


def tally(x: np.ndarray, codes: Sequence[float]) -> list[int]:
    return [int((x == code).sum()) for code in codes]
