"""The result tables of the estimates: one row per outcome, and how alike those are who were analysed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import Analysed, Estimand, analysed
from effectstudie.analysis.effect.balance import analysed_balance, matched_balance, spread_of_approach
from effectstudie.analysis.effect.estimate import EffectEstimate, effect_estimate
from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.effect import BALANCE_ANALYSED, ESTIMATES
from effectstudie.methods.effect.margin import Judged, judge
from effectstudie.methods.effect.robustness_value import robustness_value
from effectstudie.methods.estimate import Estimate
from effectstudie.methods.power import detectable_errors
from effectstudie.shared.vocabulary import ALPHA, LARGE_DIFFERENCE


@dataclass(frozen=True, eq=False)
class Effects:
    """The estimates of a study: `of` by outcome, and the tables ESTIMATES and BALANCE_ANALYSED."""

    of: Mapping[str, EffectEstimate]
    estimates: pd.DataFrame
    balance: pd.DataFrame


def effects_of(
    pairs: Mapping[str, pd.DataFrame],
    candidates: pd.DataFrame,
    matched: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    without_t0: Mapping[str, Estimate],
    estimand: Estimand,
) -> Effects:
    """Estimate each outcome that is compared over time.

    `pairs`: by outcome, pairs.wide; `candidates`: role and covariates by household, as the matching filled them;
    `matched`: matching's matched.parquet; `without_t0`: by outcome the estimate that does not adjust for its T0.
    """
    order = matched_balance(candidates, matched.set_index("household")["weight"])
    spread = spread_of_approach(candidates)
    covariates = candidates.drop(columns="role")
    found, rows, balances = {}, [], []
    for name, outcome in outcomes.items():
        started = analysed(pairs[name], covariates, estimand)
        effect = effect_estimate(started, list(order.index))
        balance = analysed_balance(effect.of, spread)
        found[name] = effect
        rows.append({
            "outcome": name, "unit": outcome.unit, "estimand": estimand,
            **_facts(effect, outcome), **_bracket(effect.att, without_t0.get(name)), **_worst(balance),
        })  # fmt: skip
        balances.append(balance.assign(outcome=name, unit=outcome.unit))
    of_all = pd.concat(balances)[BALANCE_ANALYSED.names] if balances else []
    return Effects(found, ESTIMATES.typed(rows), BALANCE_ANALYSED.typed(of_all))


def _facts(effect: EffectEstimate, outcome: Outcome) -> dict[str, Any]:
    of, estimate = effect.of, effect.att
    better = outcome.better or None
    judged = Judged() if better is None else judge(estimate.value, estimate.se, estimate.df, better, outcome.margin)
    tested = not np.isnan(estimate.p)
    used = effect.adjusted
    holds_none = tested and estimate.ci95[0] <= 0 <= estimate.ci95[1]
    strongest = effect.strongest
    return {
        "n_approach": int(of.treated.sum()), "n_control": int((~of.treated).sum()),
        "households_approach": of.households_of(True), "households_control": of.households_of(False),
        "sets": effect.sets, "sets_whole": effect.whole,
        "covariates": str(used), "left_out": " ".join(f"{name}:{rule}" for name, rule in used.left_out),
        "by_group": used.by_group,
        **estimate_columns(estimate), "ci90_low": judged.ci90[0], "ci90_high": judged.ci90[1],
        "margin": nan if outcome.margin is None else outcome.margin,
        "verdict": judged.verdict, "relevant": judged.relevant, "p_not_worse": judged.p_not_worse,
        "p_not_better": judged.p_not_better, "p_equivalence": judged.p_equivalence,
        "detectable": detectable_errors(estimate.df) * estimate.se if tested else nan, "sd_t0": spread_at_start(of),
        "share_lost": effect.tipping.share, "value_like_others": effect.tipping.value, "tipping": effect.tipping.shift,
        "robustness_value": robustness_value(*effect.plain_t) if tested else nan,
        "robustness_value_ci": (0.0 if holds_none else robustness_value(*effect.plain_t, ALPHA))
        if tested else nan,
        "benchmark": used.kept[strongest.column] if strongest else "",
        "benchmark_group": strongest.with_treatment if strongest else nan,
        "benchmark_outcome": strongest.with_outcome if strongest else nan,
    }  # fmt: skip


def spread_at_start(of: Analysed) -> float:
    """SD at T0 within the groups, pooled over their degrees of freedom: the yardstick for effects of unlike units."""
    groups = [of.before[of.treated == treated] for treated in (True, False)]
    free = [len(values) - 1 for values in groups]
    if min(free) < 1:
        return nan
    return float(np.sqrt(sum(df * values.var(ddof=1) for df, values in zip(free, groups, strict=True)) / sum(free)))


def _bracket(adjusted: Estimate, unadjusted: Estimate | None) -> dict[str, Any]:
    """Both answers to regression to the mean, and whether they say the same of the direction."""
    other = unadjusted or Estimate()
    values = (adjusted.value, other.value)
    same = "" if any(np.isnan(values)) or 0 in values else "same" if values[0] * values[1] > 0 else "opposite"
    return {
        "value_without_t0": other.value, "ci_low_without_t0": other.ci95[0], "ci_high_without_t0": other.ci95[1],
        "bracket": same,
    }  # fmt: skip


def _worst(balance: pd.DataFrame) -> dict[str, Any]:
    """The largest difference among the analysed, weighted and not, and of which covariate."""
    facts: dict[str, Any] = {}
    for kind in ("unweighted", "weighted"):
        sizes = balance.set_index("covariate")[f"smd_{kind}"].abs()
        known = sizes.notna().any()
        facts[f"max_smd_{kind}"] = sizes.max() if known else nan
        facts[f"worst_{kind}"] = sizes.idxmax() if known else ""
        facts[f"n_unlike_{kind}"] = int((sizes > LARGE_DIFFERENCE).sum())
    return facts
