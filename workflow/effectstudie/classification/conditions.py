"""Three-valued conditions on scores: true, false, or unknown where answers are missing.

A condition is `{score: …, from: 65}`, or `{scores: [...], from: 65}` for any of several, or any/all of a list of
conditions. What does not apply, or was not asked, is left out of an `any` and makes an `all` false.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.scoring.rules import DOES_NOT_APPLY

ROW = ["household", "unit_id", "wave"]
OPERATORS = ("equals", "below", "from", "above")


def holds(values: pd.Series, condition: Mapping) -> pd.Series:
    """Whether values meet a condition: equals, below, from (at least) or above a number."""
    ((operator, number),) = [(key, condition[key]) for key in OPERATORS if key in condition]
    return {"equals": values.eq, "below": values.lt, "from": values.ge, "above": values.gt}[operator](number)


def truth(condition: Mapping, scores: pd.DataFrame) -> pd.Series:
    """1, 0, NaN (unknown) or DOES_NOT_APPLY per household, unit and wave.

    `scores` is score_tables.SCORE_COLUMNS of one kind of unit.
    """
    if "score" in condition or "scores" in condition:
        names = condition.get("scores", [condition.get("score")])
        return _any([_leaf(scores[scores["score"] == name], condition) for name in names])
    if "any" in condition:
        return _any([truth(part, scores) for part in condition["any"]])
    return _all([truth(part, scores) for part in condition["all"]])


def _leaf(rows: pd.DataFrame, condition: Mapping) -> pd.Series:
    rows = rows.set_index(ROW)
    value = holds(rows["value"], condition).astype(float).mask(rows["value"].isna())
    return value.mask(rows["status"] == "not_applicable", DOES_NOT_APPLY)


def side_by_side(parts: Sequence[pd.Series]) -> pd.DataFrame:
    """The truths of several conditions as columns 0, 1, …; where one has no row it was not asked."""
    index = parts[0].index
    for part in parts[1:]:
        index = index.union(part.index)
    return pd.DataFrame({i: part.reindex(index, fill_value=DOES_NOT_APPLY) for i, part in enumerate(parts)})


def _any(parts: list[pd.Series]) -> pd.Series:
    table = side_by_side(parts)
    known = table.replace(DOES_NOT_APPLY, 0.0)
    value = known.max(axis=1, skipna=False).mask((known == 1).any(axis=1), 1.0)
    return value.mask((table == DOES_NOT_APPLY).all(axis=1), DOES_NOT_APPLY)


def _all(parts: list[pd.Series]) -> pd.Series:
    table = side_by_side(parts)
    known = table.replace(DOES_NOT_APPLY, 0.0)
    value = known.min(axis=1, skipna=False).mask((known == 0).any(axis=1), 0.0)
    return value.mask((table == DOES_NOT_APPLY).all(axis=1), DOES_NOT_APPLY)
