"""Does the conclusion of each outcome hold when the analysis is another one?

The conclusion is about the difference between the groups in change from T0 to follow-up: the interaction of the main
analysis. Beside it: analyses that respect that persons of a household are alike, that use the weights of the matching,
that adjust for T0, a model for yes/no outcomes and counts, all measurements, and the other rule of follow-up. Where a
method comes from is said in the module that computes it.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isnan

import numpy as np
import pandas as pd
from scipy import stats

from effectstudie.analysis.effect.estimate import EffectEstimate
from effectstudie.analysis.effect.order import in_order
from effectstudie.analysis.effect.without_start import WithoutStart
from effectstudie.analysis.pairs import by_wave, of_matched, other_follow_up, wide
from effectstudie.definitions.follow_up import FIRST, LAST, NEAREST
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.analysis import SENSITIVITY
from effectstudie.methods.anova import mixed_anova
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.gee import gee, interaction_design
from effectstudie.methods.clustered.household_means import household_means
from effectstudie.methods.clustered.random_intercept import random_intercept
from effectstudie.methods.effect.all_waves import all_waves as every_wave
from effectstudie.methods.estimate import Estimate
from effectstudie.shared.vocabulary import COMPARED, WAVES

# Analyses with matched sets as clusters, and not households.
CLUSTERS_ARE_SETS = ("matching_weights", "att", "staying_weights")


def sensitivity(
    pairs: Mapping[str, pd.DataFrame],
    others: Mapping[str, pd.DataFrame],
    all_waves: Mapping[str, pd.DataFrame],
    outcomes: Mapping[str, Outcome],
    waves: Sequence[str],
    variants: Mapping[str, Mapping[str, pd.DataFrame]],
    effects: Mapping[str, EffectEstimate],
    without_t0: Mapping[str, WithoutStart],
    weighted: bool,
) -> pd.DataFrame:
    """Every analysis of every outcome (SENSITIVITY); `value`: approach minus control in change, in its unit.

    `n_smallest`: units in the smaller group.
    `gee` gives a log odds ratio or log rate ratio instead, `all_waves` only an F. `pairs`: outcome -> one row per unit
    with unit_id, household, group, weight, T0 and follow_up; `others`: the same by the other rule of follow-up;
    `all_waves`: one column per wave of `waves`; `variants`: name of another matching -> outcome -> its pairs.
    `effects` and `without_t0`: the estimates of effect/, by outcome, as far as they were made; `weighted`: whether the
    groups of the other matchings are alike only with their weights.
    """
    rows = []
    for name, outcome in outcomes.items():
        of_pairs = _smallest(pairs[name], WAVES)
        households = _complete(pairs[name])["household"].nunique()
        results = {analysis: (result, of_pairs) for analysis, result in _of_changes(pairs[name], outcome).items()}
        of_waves = all_waves[name]
        if len(waves) > len(WAVES):  # else it is the main analysis
            results["all_waves"] = (_all_waves(of_waves, waves), _smallest(of_waves, waves))
        results["all_waves_reml"] = (_anyone(of_waves, waves), _smallest(of_waves.dropna(subset=waves[:1]), waves[:1]))
        again = {"other_follow_up": (_main, others[name])} if name in others else {}
        way = _weighted if weighted else _main
        again |= {f"matching_{variant}": (way, of[name]) for variant, of in variants.items()}
        results |= {
            analysis: (made(_complete(table)), _smallest(table, WAVES)) for analysis, (made, table) in again.items()
        }
        if effect := effects.get(name):
            results |= {
                "att": (effect.att, effect.of.smallest),
                "staying_weights": (effect.staying, effect.of.smallest),
            }
        if other := without_t0.get(name):
            results["without_t0"] = (other.estimate, other.n_smallest)
        for analysis, (result, n_smallest) in results.items():
            facts = _row(result) if isinstance(result, Estimate) else result
            if analysis in CLUSTERS_ARE_SETS and facts["households"]:
                facts["households"] = households
            rows.append(
                {"outcome": name, "unit": outcome.unit, "analysis": analysis, **facts, "n_smallest": n_smallest}
            )
    return SENSITIVITY.frame(rows)


def _complete(table: pd.DataFrame) -> pd.DataFrame:
    """Units with both measurements, in an order that depends on their values and not on pseudonyms."""
    return _in_order(table.dropna(subset=list(WAVES)), WAVES)


def _in_order(table: pd.DataFrame, waves: Sequence[str]) -> pd.DataFrame:
    labels = [label for label in ("household", "subclass") if label in table]
    return in_order(table, [*waves, "group", "weight"], labels)


def _smallest(table: pd.DataFrame, waves: Sequence[str]) -> int:
    sizes = table.dropna(subset=list(waves))["group"].value_counts()
    return int(min(sizes.get(group, 0) for group in COMPARED))


def _of_changes(table: pd.DataFrame, outcome: Outcome) -> dict[str, Estimate]:
    table = _complete(table)
    change = (table["follow_up"] - table["T0"]).to_numpy(dtype=float)
    group = (table["group"] == "approach").to_numpy().astype(float)
    household = codes_of(table["household"])
    before = table["T0"].to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(table)), group])
    adjusted = np.column_stack([design, before - before.mean() if len(before) else before])
    after = table["follow_up"].to_numpy(dtype=float)
    estimates = {
        "main": _main(table),
        "household_means": _tried(household_means, change, group.astype(int), household),
        "cr2": _tried(cr2, change, design, household, 1),
        "random_intercept": _tried(random_intercept, change, design, household, 1),
        "matching_weights": _weighted(table),
        "ancova": _tried(cr2, after, adjusted, household, 1),
    }
    family = "binomial" if outcome.kind == "percentage" else "poisson" if outcome.counts else None
    if family:
        y = np.concatenate([before, after]) / (100 if family == "binomial" else 1)
        wave = np.repeat([0, 1], len(table))
        x, column, cells = interaction_design(np.tile(group, 2), wave)
        estimates["gee"] = _tried(gee, y, x, np.tile(household, 2), column, family, cells=cells)
    return estimates


def codes_of(labels: pd.Series) -> np.ndarray:
    return pd.factorize(labels)[0]


def _tried(method: Callable[..., Estimate], *given, **options) -> Estimate:
    """The estimate, or an undefined one where a group is empty."""
    if not len(given[0]) or len(np.unique(given[1] if given[1].ndim == 1 else given[1][:, 1])) < 2:
        return Estimate(n=len(given[0]), note="a group has no complete cases", reason="pairs")
    return method(*given, **options)


def _weighted(table: pd.DataFrame) -> Estimate:
    """The difference with the weights of the matching; what is matched together, or weighed alone, is a cluster."""
    change = (table["follow_up"] - table["T0"]).to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(table)), (table["group"] == "approach").to_numpy().astype(float)])
    return _tried(cr2, change, design, codes_of(table["subclass"]), 1, table["weight"].to_numpy(dtype=float))


def _main(table: pd.DataFrame) -> Estimate:
    """The published analysis: the interaction of the mixed ANOVA, which is the pooled t test of two mean changes."""
    change = table["follow_up"] - table["T0"]
    group = (table["group"] == "approach").to_numpy()
    result = mixed_anova(
        table.assign(row=range(len(table)), group=pd.Categorical(table["group"], COMPARED)),
        "row",
        "group",
        WAVES,
    ).effects["interaction"]
    if isnan(result.f):
        return Estimate(n=len(table), clusters=table["household"].nunique(), note=result.note, reason=result.reason)
    difference = float(change[group].mean() - change[~group].mean())
    t = float(np.sign(difference) * np.sqrt(result.f))
    # the error of the interaction is that of the change divided by the square root of 2
    se = float(np.sqrt(2 * result.ss_error / result.df2 * (1 / group.sum() + 1 / (~group).sum())))
    half = float(stats.t.ppf(0.975, result.df2)) * se
    return Estimate(
        difference, se, result.df2, t, result.p, (difference - half, difference + half), len(table),
        table["household"].nunique(), result.note,
    )  # fmt: skip


def _all_waves(table: pd.DataFrame, waves: Sequence[str]) -> dict:
    table = _in_order(table, waves)
    table = table.assign(row=range(len(table)), group=pd.Categorical(table["group"], COMPARED))
    result = mixed_anova(table, "row", "group", waves)
    effect = result.effects["interaction"]
    notes = [note for note in (effect.note, result.note) if note]
    eps = 1.0 if isnan(result.eps_gg) else result.eps_gg
    p = effect.p if isnan(effect.p_gg) else effect.p_gg
    complete = table.dropna(subset=list(waves))
    return {"statistic": effect.f, "df1": effect.df1 * eps, "df2": effect.df2 * eps, "p": p, "n": result.n,
            "households": complete["household"].nunique(), "note": "; ".join(notes),
            "reason": effect.reason}  # fmt: skip


def _anyone(table: pd.DataFrame, waves: Sequence[str]) -> Estimate:
    """Everyone with any measurement: the change from the first wave to the mean of the later ones."""
    table = _in_order(table, waves)
    group = (table["group"] == "approach").to_numpy().astype(float)
    return every_wave(table[list(waves)].to_numpy(dtype=float), group, codes_of(table["household"]))


def _row(estimate: Estimate) -> dict:
    return {"value": estimate.value, "se": estimate.se, "statistic": estimate.t, "df1": estimate.df, "p": estimate.p,
            "ci_low": estimate.ci95[0], "ci_high": estimate.ci95[1], "n": estimate.n, "households": estimate.clusters,
            "note": estimate.note, "reason": estimate.reason}  # fmt: skip


def _same_households(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    """Whether two matchings compare the same households: a test of persons is then the same test."""
    members = [set(zip(of["household"], of["group"].astype(str), strict=True)) for of in (first, second)]
    return members[0] == members[1]


def _by_other_rule(
    table: pd.DataFrame, waves_table: pd.DataFrame, follow_up: Sequence[str], rule: str, first_wave: str
) -> pd.DataFrame:
    if rule != NEAREST:
        order = list(follow_up) if rule == LAST else list(reversed(follow_up))
        return other_follow_up(waves_table, order, first_wave)
    later = table[(table["outcome"] == "participation") & (table["wave"] == WAVES[1])]
    return other_follow_up(waves_table, follow_up, first_wave, later[["unit", "unit_id", "measured_at"]])


def sensitivity_of(
    table: pd.DataFrame,
    waves_table: pd.DataFrame,
    matched: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    follow_up: Sequence[str],
    waves: Sequence[str],
    variants: Mapping[str, pd.DataFrame] | None = None,
    effects: Mapping[str, EffectEstimate] | None = None,
    without_t0: Mapping[str, WithoutStart] | None = None,
    rule: str = FIRST,
    weighted: bool = False,
) -> pd.DataFrame:
    """The sensitivity table of a study's outcomes that are means or percentages at both waves.

    `table`: the long table of the selection; `waves_table`: select.WAVE_COLUMNS;
    `follow_up`: the study's waves of follow-up in order; `waves`: all, in order of time; `variants`:
    name -> matched households of another way to match (variants.MATCHED_COLUMNS); ways that compare the households of
    `matched` are left out, unless they are `weighted`: their groups are alike only with weights. `effects`,
    `without_t0`: see `sensitivity`. `rule`: of the study's follow-up. The other follow-up is the last where that is the
    first, the first where it is the last, and where it is the nearest another than that.
    """
    chosen = compared_over_time(outcomes)
    other = _by_other_rule(table, waves_table, follow_up, rule, waves[0]) if len(follow_up) > 1 else None
    # once for all ways to match: most of the time goes into this
    values = {name: by_wave(table, name, outcome.unit) for name, outcome in chosen.items()}
    return sensitivity(
        {name: of_matched(of_outcome, matched) for name, of_outcome in values.items()},
        {} if other is None else {name: wide(other, matched, name, outcome.unit) for name, outcome in chosen.items()},
        {name: wide(waves_table, matched, name, outcome.unit, waves) for name, outcome in chosen.items()},
        chosen,
        waves,
        {
            variant: {name: of_matched(of_outcome, households) for name, of_outcome in values.items()}
            for variant, households in (variants or {}).items()
            if (weighted and variant != "as_chosen") or not _same_households(households, matched)
        },
        effects or {},
        without_t0 or {},
        weighted,
    )
