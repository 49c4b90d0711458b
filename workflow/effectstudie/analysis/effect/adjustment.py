"""Which covariates an estimate adjusts for: no more than the households carry."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import Analysed
from effectstudie.matching.score_model import independent_columns

# Households that differ from the most frequent value, below which a covariate tells of single households.
FEWEST_APART = 5
HOUSEHOLDS_PER_COVARIATE = 5
# From this many households per covariate, in both groups, each group gets coefficients of its own, where it has them:
# covariates may follow from each other in one group alone.
FOR_EACH_GROUP = 10


@dataclass(frozen=True)
class Adjustment:
    """`kept`: names of covariates, `T0` for the first measurement. `left_out`: name and rule.

    Rules: constant; few (in a group all but a few households have one value); dependent (follows from the group and
    the covariates before it); limit (the households carry no more). `by_group`: each group has coefficients of its own.
    """

    kept: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    by_group: bool

    def columns(self, of: Analysed) -> np.ndarray:
        """The covariates kept, one column each."""
        named = _named(of, self.kept)
        return np.column_stack(list(named.values())) if named else np.empty((len(of.before), 0))

    def __str__(self) -> str:
        return " ".join(self.kept)


def adjustment(of: Analysed, order: Sequence[str]) -> Adjustment:
    """Choose, of T0 and then the covariates in this order, what the units (all complete) carry.

    `order`: the covariates of the matching, those first that it left most unlike. At most a covariate for each five
    households of the approach, and at least one.
    """
    most = max(of.households_of(True) // HOUSEHOLDS_PER_COVARIATE, 1)
    kept: list[str] = []
    left_out: list[tuple[str, str]] = []
    group = pd.DataFrame({"group": of.treated.astype(float)})
    for name in ("T0", *order):
        rule = _rule(_named(of, [name])[name], of)
        if not rule and not _are_independent(group.assign(**_named(of, [*kept, name]))):
            rule = "dependent"
        if not rule and len(kept) == most:
            rule = "limit"
        if rule:
            left_out.append((name, rule))
        else:
            kept.append(name)
    fewest = min(of.households_of(True), of.households_of(False))
    used = pd.DataFrame(_named(of, kept))
    in_each = kept and all(_are_independent(used[of.treated == group]) for group in (True, False))
    by_group = bool(in_each) and fewest >= FOR_EACH_GROUP * len(kept)
    return Adjustment(tuple(kept), tuple(left_out), by_group)


def _rule(column: np.ndarray, of: Analysed) -> str:
    if np.ptp(column) <= 1e-12 * max(np.abs(column).max(), 1e-300):
        return "constant"
    for group in (True, False):
        mine = of.treated == group
        means = pd.Series(column[mine]).groupby(of.household[mine]).mean().round(9)
        if len(means) - means.value_counts().iloc[0] < FEWEST_APART:
            return "few"
    return ""


def _named(of: Analysed, names: Sequence[str]) -> dict[str, np.ndarray]:
    return {name: of.before if name == "T0" else of.covariates[name].to_numpy(dtype=float) for name in names}


def _are_independent(columns: pd.DataFrame) -> bool:
    """Whether none is constant or follows from those before it, as the score model has it."""
    return independent_columns(columns)[0].shape[1] == columns.shape[1]
