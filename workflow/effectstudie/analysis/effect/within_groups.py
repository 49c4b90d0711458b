"""Change over time and distance from a norm: as published, and by analyses that could find something else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isnan, sqrt
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from effectstudie.analysis.effect.order import in_order
from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.analysis.verdicts import verdicts
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.effect import WITHIN_GROUPS, WITHIN_VERDICTS
from effectstudie.methods.anova import mixed_anova
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.household_means import household_means
from effectstudie.methods.clustered.random_intercept import random_intercept
from effectstudie.methods.estimate import Estimate
from effectstudie.methods.means import one_sample_t
from effectstudie.shared.vocabulary import COMPARED, WAVES

NOBODY = "a group has no complete cases"


def within_groups(pairs: Mapping[str, pd.DataFrame], outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Mean change of the groups together and apart, and each mean less the norm (WITHIN_GROUPS).

    `main` as published: paired and one-sample t tests, and together the effect of time of the mixed ANOVA, which is of
    the mean of the two mean changes. Beside it each household as one mean, households as clusters (`cr2`), a random
    intercept per household, and the weights of the matching with what is matched together as clusters. `pairs`: by
    outcome, pairs.wide. Of the change the units with both measurements, of the norm all with a value at that wave.
    """
    rows = []
    for name, outcome in outcomes.items():
        of = pairs[name]
        asked: list[tuple[dict[str, Any], pd.DataFrame, pd.Series]] = [({"what": "change"}, of, _change(of))]
        for group in COMPARED:
            mine = of[of["group"] == group]
            asked.append(({"group": group, "what": "change"}, mine, _change(mine)))
            if outcome.norm is not None:
                distances = {wave: mine[wave] - outcome.norm.value for wave in WAVES}
                asked += [
                    ({"group": group, "what": "norm", "wave": wave}, mine, far) for wave, far in distances.items()
                ]
        for where, units, values in asked:
            for analysis, estimate in _tried(units, values, together="group" not in where):
                counts = {"n": estimate.n, "households": estimate.clusters}
                rows.append({"outcome": name, "unit": outcome.unit, **where, "analysis": analysis, **counts,
                             **estimate_columns(estimate)})  # fmt: skip
    return WITHIN_GROUPS.typed(rows)


def within_verdicts(table: pd.DataFrame, families: Mapping[str, str]) -> pd.DataFrame:
    """Whether each conclusion of within_groups holds in its other analyses (WITHIN_VERDICTS), as verdicts.verdicts.

    p is adjusted for the outcomes of which the same is asked: of the same group or of both, and of the same wave.
    """
    parts = []
    for (group, what, wave), rows in table.groupby(["group", "what", "wave"], dropna=False, sort=False):
        parts.append(verdicts(rows, families).assign(group=group, what=what, wave=wave))
    return WITHIN_VERDICTS.typed(pd.concat(parts)[WITHIN_VERDICTS.names].to_dict("records") if parts else [])


def _change(units: pd.DataFrame) -> pd.Series:
    return units["follow_up"] - units["T0"]


def _tried(units: pd.DataFrame, values: pd.Series, together: bool) -> Iterator[tuple[str, Estimate]]:
    """Every analysis of the mean of the values that are known; `together`: of the mean of the means of both groups."""
    known = units.assign(value=values.astype(float), side=np.where(units["group"] == COMPARED[0], 1.0, -1.0))
    known = in_order(known.dropna(subset=["value"]), ["value", "side", "weight"])
    y, side, household = known["value"].to_numpy(), known["side"].to_numpy(), pd.factorize(known["household"])[0]
    empty = Estimate(n=len(known), note=NOBODY, reason="pairs")
    enough = known["side"].nunique() == (2 if together else 1)
    x = np.column_stack([np.ones(len(y)), *([side] if together else [])])
    sets, weights = pd.factorize(known["subclass"])[0], known["weight"].to_numpy(dtype=float)
    homes = int(known["household"].nunique())
    analyses = {
        "main": lambda: replace(_time(known) if together else _one_mean(y), clusters=homes),
        "household_means": lambda: _of_households(y, side, household) if together else _one_home(y, household, homes),
        "cr2": lambda: cr2(y, x, household, 0),
        "random_intercept": lambda: random_intercept(y, x, household, 0),
        "matching_weights": lambda: replace(cr2(y, x, sets, 0, weights), clusters=homes),
    }
    for name, made in analyses.items():
        yield name, made() if enough else empty


def _one_mean(y: np.ndarray) -> Estimate:
    test = one_sample_t(y, 0.0)
    se = test.sd / sqrt(test.n) if test.n > 1 and test.sd > 0 else float("nan")
    return Estimate(test.mean, se, test.df, test.t, test.p, test.ci95, test.n, 0, test.note, test.reason)


def _one_home(y: np.ndarray, household: np.ndarray, homes: int) -> Estimate:
    """The mean of the means of the households, by a t test of these."""
    means = np.bincount(household, y) / np.bincount(household)
    return replace(_one_mean(means), n=len(y), clusters=homes)


def _of_households(y: np.ndarray, side: np.ndarray, household: np.ndarray) -> Estimate:
    """Half the sum of the means of both groups: their difference, with the sign of one of them turned."""
    whole = household_means(y * side, (side > 0).astype(int), household)
    low, high = whole.ci95
    return replace(whole, value=whole.value / 2, se=whole.se / 2, ci95=(low / 2, high / 2))


def _time(known: pd.DataFrame) -> Estimate:
    """The effect of time of the published mixed ANOVA, on the mean of the two mean changes."""
    sizes = [int((known["side"] == sign).sum()) for sign in (1, -1)]
    value = float(np.mean([known.loc[known["side"] == sign, "value"].mean() for sign in (1, -1)]))
    table = known.assign(row=range(len(known)), group=pd.Categorical(known["group"], COMPARED))
    result = mixed_anova(table, "row", "group", WAVES)
    effect = result.effects["time"]
    if isnan(effect.f):
        return Estimate(value, n=len(known), note=effect.note or result.note, reason=effect.reason)
    # the error of time is that of the change divided by the square root of 2, and the value a mean of two
    se = float(np.sqrt(2 * effect.ss_error / effect.df2 * (1 / sizes[0] + 1 / sizes[1]))) / 2
    half = float(stats.t.ppf(0.975, effect.df2)) * se
    t = value / se
    return Estimate(value, se, effect.df2, t, effect.p, (value - half, value + half), len(known), 0, effect.note)
