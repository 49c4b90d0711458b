"""The other answer to regression to the mean: the difference in change without matching or adjusting on T0.

Matched or adjusted on T0 an effect is right where families come in at a peak, and biased where their usual level is
higher; compared without T0 it is the other way round (Daw and Hatfield 2018; Ding and Li 2019). Both are a bracket.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import Estimand
from effectstudie.analysis.effect.order import in_order
from effectstudie.analysis.groups import by_outcome
from effectstudie.definitions.outcomes import Outcome
from effectstudie.methods.balance import effective_sample_size
from effectstudie.methods.balancing_weights import entropy_weights
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.estimate import Estimate
from effectstudie.shared.persons.blocks import together
from effectstudie.shared.vocabulary import WAVES

# Weights that count as fewer households, or give one a larger share, are refused. Wider than for a design: this is one
# end of a bracket, and its interval tells how little it rests on.
SMALLEST_ESS, LARGEST_SHARE = 10, 0.20


@dataclass(frozen=True)
class WithoutStart:
    """The estimate, and how many units the smaller group has."""

    estimate: Estimate
    n_smallest: int


@dataclass(frozen=True, eq=False)
class Pool:
    """Everyone of the pool, and the approach: `values` gives the analysis table some rows at a time, for pool_changes.

    `candidates`: by household role, stratum and the covariates of the matching; `matched`: the approach households that
    found a control. All with ids of the same kind.
    """

    candidates: pd.DataFrame
    matched: Collection
    values: Callable[[], Iterable[pd.DataFrame]]

    def without_start(
        self, outcomes: Mapping[str, Outcome], contain: Mapping[str, Collection[str]], estimand: Estimand
    ) -> dict[str, WithoutStart]:
        """The estimate of each outcome; `contain`: by outcome the covariates that hold its T0."""
        changes = pool_changes(self.values(), outcomes, estimand)
        return {
            name: without_start(changes[name], self.candidates, self.matched, contain.get(name, ()))
            for name in outcomes
            if name in changes
        }


def pool_changes(
    parts: Iterable[pd.DataFrame], outcomes: Mapping[str, Outcome], estimand: Estimand
) -> dict[str, pd.DataFrame]:
    """Units of the whole pool with both measurements: outcome -> household, T0, follow_up.

    `parts`: household, unit, unit_id, outcome, wave and value, the analysis table some rows at a time. With
    `households` a row is a household, with the means of its members.
    """
    kept: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        part = part[part["value"].notna() & part["outcome"].isin(list(outcomes))]
        for name, rows in by_outcome(part.astype({"outcome": "category"})):
            mine = rows.loc[rows["unit"] == outcomes[name].unit, ["household", "unit_id", "wave", "value"]]
            kept.setdefault(name, []).append(mine)
    # an outcome at a time, so that a whole pool is in memory once
    changes = ((name, _changes(together(kept.pop(name)), estimand)) for name in outcomes if name in kept)
    return {name: rows for name, rows in changes if len(rows)}


def _changes(table: pd.DataFrame, estimand: Estimand) -> pd.DataFrame:
    key = ["household", "unit_id"]
    first, last = (table.loc[table["wave"] == wave, [*key, "value"]].rename(columns={"value": wave}) for wave in WAVES)
    both = first.merge(last, on=key).drop(columns="unit_id")
    if estimand == "households":
        # by value: the last digit of a mean must not depend on the order of pseudonyms
        both = both.sort_values(list(WAVES)).groupby("household", as_index=False, sort=False).mean()
    return both[["household", *WAVES]]


def without_start(
    persons: pd.DataFrame, candidates: pd.DataFrame, matched: Collection, contain: Collection[str]
) -> WithoutStart:
    """Approach minus control in change, the controls weighted to be like the approach on all but T0 of the outcome.

    `persons`: of pool_changes; `candidates`: by household role, stratum and the covariates of the matching; `matched`:
    the approach households that found a control; `contain`: covariates that hold the outcome's T0, and do not count.
    Controls: everyone of the pool in a stratum of theirs. Entropy balancing (ATT), household as cluster.
    """
    rows = persons.join(candidates, on="household", how="inner")
    approach = (rows["role"] == "approach") & rows["household"].isin(list(matched))
    strata = rows.loc[approach, "stratum"].unique()
    rows = rows[approach | ((rows["role"] == "pool") & rows["stratum"].isin(strata))]
    names = [
        name
        for name in candidates.columns.difference(["role", "stratum"], sort=False)
        if name.removesuffix("_missing") not in contain
    ]
    rows = in_order(rows, [*WAVES, "role", *names])
    treated = (rows["role"] == "approach").to_numpy()
    smallest = int(min(treated.sum(), (~treated).sum()))
    if smallest == 0:
        nothing = Estimate(n=len(rows), note="a group has no complete cases", reason="pairs")
        return WithoutStart(nothing, 0)
    weight = np.ones(len(rows))
    household = rows["household"].to_numpy()
    if names:
        x = rows[names].to_numpy(dtype=float)
        found = entropy_weights(x[~treated], x[treated].mean(axis=0))
        weight[~treated] = found.weights
        why = _refusal(found.converged, found.weights, household[~treated])
        if why:
            return WithoutStart(Estimate(n=len(rows), note=why, reason="fit"), smallest)
    change = (rows["follow_up"] - rows["T0"]).to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(rows)), treated])
    return WithoutStart(cr2(change, design, household, 1, weight), smallest)


def _refusal(converged: bool, weights: np.ndarray, household: np.ndarray) -> str:
    """Why weights are not used; empty where they are."""
    if not converged:
        return "no weights make the pool like the approach"
    of_household = np.bincount(household, weights)
    size, share = effective_sample_size(of_household), float(of_household.max() / of_household.sum())
    if size < SMALLEST_ESS:
        return f"the weighted pool counts as {size:.1f} households; {SMALLEST_ESS} are needed"
    if share > LARGEST_SHARE:
        return f"one household has {100 * share:.0f} % of the weight of the pool"
    return ""
