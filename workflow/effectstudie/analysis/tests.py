"""The tests of one study: from the person-level table and the matching to `tests.csv`.

Table: long, columns unit, unit_id, household, role, outcome, wave, value (others are ignored), percentages as
0 or 100, classes as their code. The rows of the result follow the order of the outcomes and then a fixed order,
whatever the order of the input.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import isnan, nan
from types import MappingProxyType
from typing import Any

import pandas as pd

from effectstudie.analysis.outcome_values import tally, valid_values, values_at
from effectstudie.analysis.size_words import size_word
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import TESTS
from effectstudie.methods.anova import mixed_anova, partial_eta_squared
from effectstudie.methods.counts import CountTest, compare_counts, marginal_change
from effectstudie.methods.means import one_sample_t, paired_t, t_test
from effectstudie.shared.vocabulary import COMPARED, GROUPS, WAVES

Row = dict[str, Any]


def _t_row(test: Any, **where: Any) -> Row:
    low, high = test.d_ci95
    return {
        **where, "statistic": "t", "value": test.t, "df1": test.df, "p": test.p, "effect_size": "cohen_d",
        "effect_value": test.cohen_d, "ci_low": low, "ci_high": high, "n": test.n, "note": test.note,
        "reason": test.reason,
    }  # fmt: skip


def _count_row(test: CountTest, **where: Any) -> Row:
    size = {} if isnan(test.cramers_v) else {"effect_size": "cramers_v", "effect_value": test.cramers_v}
    ranked = {} if isnan(test.statistic) else {"statistic": "chi2", "value": test.statistic, "df1": test.df}
    why = {"note": test.note, "reason": test.reason}
    return {**where, "analysis": test.analysis, **ranked, "p": test.p, **size, "n": test.n, **why}


def _difference(
    values: pd.DataFrame, outcome: Outcome, wave: str, fisher_for: str, groups: Sequence[str] = COMPARED
) -> Row:
    """Two groups at one wave: t test of a mean, otherwise a test of counts."""
    first, second = (values_at(values, group, wave) for group in groups)
    where = {"effect": "group", "wave": wave}
    if outcome.kind == "mean":
        return _t_row(t_test(first, second), analysis="t_test", **where)
    return _count_row(compare_counts([tally(x, outcome.codes) for x in (first, second)], fisher_for), **where)


def _change_rows(wide: pd.DataFrame, thresholds: Mapping[str, Mapping[str, float]]) -> list[Row]:
    """Mixed ANOVA over both waves, the difference it tests, and the change within each group: t test and size."""
    rows = []
    result = mixed_anova(wide, "unit_id", "group", WAVES)
    for name in ("time", "group", "interaction"):
        effect = result.effects[name]
        kind = "between" if name == "group" else "repeated"
        rows.append({
            "analysis": "mixed_anova", "effect": name, "statistic": "F", "value": effect.f, "df1": effect.df1,
            "df2": effect.df2, "p": effect.p, "effect_size": "partial_eta_squared",
            "effect_value": effect.partial_eta_squared, "ci_low": effect.ci90[0], "ci_high": effect.ci90[1],
            "size_word": size_word(effect.partial_eta_squared, kind, thresholds), "ges": effect.ges, "n": result.n,
            "note": "; ".join(note for note in (result.note, effect.note) if note), "reason": effect.reason,
        })  # fmt: skip
    pairs = wide.dropna(subset=list(WAVES))
    levels = pairs[list(WAVES)].mean(axis=1)
    apart = t_test(*(levels[pairs["group"] == group] for group in COMPARED))
    rows.append({
        "analysis": "mean_difference", "effect": "group", "effect_size": "mean_difference", "effect_value": apart.mean,
        "ci_low": apart.ci95[0], "ci_high": apart.ci95[1], "n": apart.n, "note": apart.note,
        "reason": apart.reason,
    })  # fmt: skip
    for group in COMPARED:
        mine = wide[wide["group"] == group]
        change = paired_t(mine["T0"], mine["follow_up"])
        eta = (nan, nan, nan) if isnan(change.t) else partial_eta_squared(change.t**2, 1, change.df)
        where = {"effect": "time", "group": group, "n": change.n, "note": change.note, "reason": change.reason}
        rows.append({
            **where, "analysis": "paired_t", "statistic": "t", "value": change.t, "df1": change.df, "p": change.p,
            "effect_size": "partial_eta_squared", "effect_value": eta[0], "ci_low": eta[1], "ci_high": eta[2],
            "size_word": size_word(eta[0], "repeated", thresholds),
        })  # fmt: skip
        rows.append({
            **where, "analysis": "mean_change", "effect_size": "mean_change", "effect_value": change.mean,
            "ci_low": change.ci95[0], "ci_high": change.ci95[1],
        })  # fmt: skip
    return rows


def _problem_rows(values: pd.DataFrame, rest: pd.DataFrame, outcome: Outcome, fisher_for: str) -> list[Row]:
    """Each two of the groups, the rest of the cohort among them, at T0; `group` names the two."""
    values = pd.concat([values, rest.dropna(subset=["value"]).sort_values("unit_id")])
    return [
        _difference(values, outcome, WAVES[0], fisher_for, pair) | {"effect": "problem", "group": "|".join(pair)}
        for pair in combinations(GROUPS, 2)
    ]


def _wide(values: pd.DataFrame) -> pd.DataFrame:
    """One row per unit of the compared groups: unit_id, group (both as categories), T0, follow_up."""
    compared = values[values["group"].isin(COMPARED)]
    wide = compared.pivot(index=["unit_id", "group"], columns="wave", values="value").reindex(columns=WAVES)
    wide = wide.astype(float).reset_index()
    return wide.assign(group=pd.Categorical(wide["group"], COMPARED))


def outcome_tests_of(
    table: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    thresholds: Mapping[str, Mapping[str, float]],
    fisher_for: str = "all",
    problems: Sequence[str] = (),
    rest: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> pd.DataFrame:
    """The tests of the outcomes, not of the appendix (TESTS); undefined figures are missing, `reason`
    and `note` say why.

    One wave: difference between the groups. Classes at both waves: difference at each wave on all units with a
    value, and change within each group on complete pairs. Means and percentages at both waves: mixed ANOVA on
    complete pairs, with the difference of the person means that its group effect tests (`mean_difference`, approach
    minus control, 95 % interval), change within each group (`paired_t`, partial eta squared; `mean_change`, 95 %),
    and with a norm each group and wave against it. `thresholds`: bounds of the size words, see `size_word`;
    interactions count as repeated. `fisher_for`: see `compare_counts`. `problems`: outcomes of which also each two of
    the groups, the rest of the cohort among them, are compared at T0 (`effect` problem, `group` first|second); `rest`:
    of these the values of the rest, of describe_cohort.
    """
    rows: list[Row] = []
    for name, values in valid_values(table, outcomes).items():
        outcome = outcomes[name]
        if outcome.section == "appendix":
            continue
        made: list[Row] = []
        if not outcome.over_time:
            made += [_difference(values, outcome, wave, fisher_for) for wave in outcome.waves]
        if outcome.kind == "class" and not outcome.measured:
            made += [_class_change(values, outcome, group) for group in COMPARED]
        if outcome.over_time:
            made += _change_rows(_wide(values), thresholds)
        if outcome.norm:
            norm = outcome.norm.value
            made += [
                _t_row(one_sample_t(values_at(values, g, w), norm), analysis="one_sample_t", group=g, wave=w)
                for g in COMPARED
                for w in outcome.waves
            ]
        if name in problems:
            made += _problem_rows(values, rest.get(name, values.iloc[:0]), outcome, fisher_for)
        rows += [{"outcome": name, "unit": outcome.unit, **row} for row in made]
    return TESTS.typed(rows)


def _class_change(values: pd.DataFrame, outcome: Outcome, group: str) -> Row:
    """The change of a group over the classes of an outcome, on complete pairs."""
    wide, codes = _wide(values), outcome.codes
    pairs = wide[wide["group"] == group]
    square = [tally(pairs.loc[pairs["T0"] == code, "follow_up"].to_numpy(), codes) for code in codes]
    return _count_row(marginal_change(square), effect="time", group=group)
