"""How far a conclusion reaches: what it would take to explain it away, and what this study could have found.

E-value and Rosenbaum bound of a difference between the groups in change; the smallest difference that groups of this
size find with a power of 80 %. Formulae: unmeasured.py and power.py.
"""

from collections.abc import Mapping, Sequence
from math import nan, sqrt

import numpy as np
import pandas as pd

from effectstudie.analysis.pairs import wide
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.analysis import ROBUSTNESS
from effectstudie.methods.clustered.icc import one_way_icc, size_for_design
from effectstudie.methods.power import minimal_detectable_effect
from effectstudie.methods.rounding_error import largest
from effectstudie.methods.unmeasured import EValue, e_value_of_d, rosenbaum_gamma
from effectstudie.shared.vocabulary import ALPHA, COMPARED, WAVES


def robustness_of(
    table: pd.DataFrame,
    matched: pd.DataFrame,
    pairs: pd.DataFrame | None,
    outcomes: Mapping[str, Outcome],
    main: pd.DataFrame,
) -> pd.DataFrame:
    """One row per outcome that is a mean or percentage at both waves (ROBUSTNESS).

    `d`: difference between the groups in change / pooled SD of the change; `e_value`: of means whose interval, as the
    main analysis has it, does not hold 0. A yes/no outcome has none: an SD of -100, 0 and 100 is no measure for it, and
    a difference in change has no risk ratio, only the percentages of one measurement have. `gamma`: Rosenbaum's, of
    outcomes of households that are significant, on `pairs` (a 1:1 matching; None: there is none); `icc` of the change
    within households; `detectable_d` in SDs of one measurement, with that icc and the `correlation` between the waves.
    `main`: the main analysis, by outcome, of the sensitivity analyses.
    """
    rows = []
    for name, outcome in compared_over_time(outcomes).items():
        mine = wide(table, matched, name, outcome.unit).dropna(subset=list(WAVES)).sort_values([*WAVES, "group"])
        change = (mine["follow_up"] - mine["T0"]).to_numpy(dtype=float)
        members = [(mine["group"] == group).to_numpy() for group in COMPARED]
        n = [int(of.sum()) for of in members]
        found = main.loc[name]
        d = float(found["statistic"]) * sqrt(1 / n[0] + 1 / n[1]) if all(n) else nan
        # Hedges & Olkin (1985)
        se = sqrt(1 / n[0] + 1 / n[1] + d**2 / (2 * sum(n))) if not np.isnan(d) else nan
        strength = _e_value(outcome, d, found, n)
        clear = found["p"] < ALPHA
        why = "not significant" if not clear else "of persons" if outcome.unit != "household" else "no 1:1 matching"
        gamma, about = nan, f"{why}: no Rosenbaum bound"
        if clear and outcome.unit == "household" and pairs is not None:
            # one-sided in the direction of the main test, so half the level of the two-sided main test
            bound = rosenbaum_gamma(*_paired_changes(table, pairs, name, outcome.unit), alpha=ALPHA / 2)
            gamma, about = bound.gamma, bound.note
        icc = one_way_icc(change, mine["household"], mine["group"])
        size = size_for_design(mine["household"]) if len(mine) > 2 else 1.0
        r = _correlation(mine)
        least = minimal_detectable_effect(*n, icc=0.0 if np.isnan(icc) else icc, cluster_size=size, correlation=r)
        notes = "; ".join(note for note in (strength.note, about, least.note) if note)
        rows.append([name, outcome.unit, *n, d, se, strength.e, strength.e_ci, gamma, icc, r, least.d, notes])
    return ROBUSTNESS.frame(rows)


def _e_value(outcome: Outcome, d: float, main: pd.Series, n: Sequence[int]) -> EValue:
    """Of `d` and of the limits of `main`, the difference in change, in pooled SDs of the change."""
    if outcome.kind == "percentage":
        return EValue(note="a difference in change of yes/no has no risk ratio: no E-value", reason="input")
    # the error of a difference between two means is their pooled SD times this root
    sd = float(main["se"]) / sqrt(1 / n[0] + 1 / n[1]) if all(n) else nan
    low, high = (float(main[limit]) / sd if sd > 0 else nan for limit in ("ci_low", "ci_high"))
    return e_value_of_d(d, low, high)


def _paired_changes(table: pd.DataFrame, pairs: pd.DataFrame, outcome: str, unit: str) -> tuple[np.ndarray, np.ndarray]:
    """Changes of the approach household and of its control, pair by pair."""
    mine = wide(table, pairs, outcome, unit)
    change = mine.assign(change=mine["follow_up"] - mine["T0"]).pivot(
        index="subclass", columns="group", values="change"
    )
    change = change.reindex(columns=list(COMPARED)).dropna().sort_values(list(COMPARED))
    return change["approach"].to_numpy(dtype=float), change["control"].to_numpy(dtype=float)


def _correlation(mine: pd.DataFrame) -> float:
    """Between T0 and follow-up within the groups; NaN where either does not vary."""
    centred = mine[list(WAVES)] - mine.groupby("group")[list(WAVES)].transform("mean")
    if len(mine) < 3 or (centred.abs().max() <= 1e-12 * max(largest(mine[list(WAVES)].to_numpy()), 1e-300)).any():
        return nan
    a, b = (centred[wave].to_numpy(dtype=float) for wave in WAVES)
    return float(a @ b / sqrt((a @ a) * (b @ b)))
