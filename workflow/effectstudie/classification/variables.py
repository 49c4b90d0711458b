"""Yes/no variables and bands of a score, as resources/classification/variables.yaml defines them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.classification.conditions import ROW, holds, side_by_side, truth
from effectstudie.classification.rows import household_rows, pick
from effectstudie.scoring.rules import DOES_NOT_APPLY


def make_variable(
    scores: pd.DataFrame, name: str, spec: Mapping, others: Mapping[str, Mapping] | None = None
) -> pd.DataFrame:
    """A variable of resources/classification/variables.yaml: yes/no (0 or 100), or classes.

    `others`: the definitions that `any_of` may name.
    """
    if "any_of" in spec:
        return _any_in_household(scores, name, others[spec["any_of"]])
    if "when" not in spec and "classes" not in spec:
        return yes_no_or_bands(scores, name, spec)
    of_unit = scores[scores["unit"] == spec["unit"]]
    value = truth(spec["when"], of_unit) * 100 if "when" in spec else _first_class(of_unit, spec["classes"])
    value = value[np.isfinite(value)]
    return value.rename("value").reset_index().assign(unit=spec["unit"], variable=name)


def _any_in_household(scores: pd.DataFrame, name: str, spec: Mapping) -> pd.DataFrame:
    """Yes where any person of the household has it; no where each of whom it can be said has not; else unknown."""
    condition = spec["when"] if "when" in spec else {"score": spec["score"], **spec["yes_when"]}
    known = truth(condition, scores[scores["unit"] == spec["unit"]])
    of_household = known[known != DOES_NOT_APPLY].groupby(level=["household", "wave"])
    value = of_household.max() * 100
    value = value.mask((value == 0) & (of_household.count() < of_household.size()))
    return household_rows(value.dropna(), name)


def _first_class(scores: pd.DataFrame, classes: Sequence[Mapping]) -> pd.Series:
    """The code of the first class whose condition holds; unknown where one before it is unknown."""
    conditions = {known["code"]: truth(known["when"], scores) for known in classes if "when" in known}
    table = side_by_side(list(conditions.values())).set_axis(list(conditions), axis=1).sort_index()
    value = pd.Series(np.nan, index=table.index)
    open_ = (table != DOES_NOT_APPLY).any(axis=1)  # nothing applies: no class
    for known in classes:
        truths = table[known["code"]].replace(DOES_NOT_APPLY, 0.0) if "when" in known else 1.0
        met = pd.Series(truths, index=table.index)
        value = value.mask(open_ & (met == 1), float(known["code"]))
        open_ &= met == 0
    return value.rename_axis(ROW)


def yes_no_or_bands(scores: pd.DataFrame, name: str, spec: Mapping) -> pd.DataFrame:
    """A yes/no variable (0 or 100) or classes, from the valid values of one score."""
    source = pick(scores, spec["score"], spec["unit"])
    source = source[source["status"] == "ok"]
    if "bands" in spec:
        bounds = [np.inf if bound is None else bound for bound, _ in spec["bands"]]
        codes = np.array([code for _, code in spec["bands"]], dtype=float)
        value = codes[np.searchsorted(bounds, source["value"], side="right")]
    else:
        value = np.where(holds(source["value"], spec["yes_when"]), 100.0, 0.0)
    return source.assign(variable=name, value=value)
