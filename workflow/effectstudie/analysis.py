"""The analyses of one study: from the person-level table and the matching to the two result tables.

Table: long, columns unit, unit_id, household, role, outcome, wave, value (others are ignored), percentages as
0 or 100, classes as their code. Outcomes: id -> definition (config/outcomes.yaml). The rows of both results follow the
order of the definitions and then a fixed order, whatever the order of the input.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import isnan, nan
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.anova import mixed_anova, partial_eta_squared
from effectstudie.crosstabs import CountTest, compare_counts, marginal_change
from effectstudie.errors import InputError
from effectstudie.persons import together
from effectstudie.statistics import mean_ci, one_sample_t, paired_t, percentage_ci, size_word, t_test

COMPARED = ("approach", "control")
GROUPS = (*COMPARED, "rest")
WAVES = ("T0", "follow_up")
UNITS = ("household", "adult", "child", "youth")
DESCRIPTIVE_COLUMNS = ["outcome", "unit", "group", "wave", "n", "mean", "sd", "ci_low", "ci_high"]
TEST_COLUMNS = [
    "outcome", "unit", "analysis", "effect", "group", "wave", "statistic", "value", "df1", "df2", "p",
    "effect_size", "effect_value", "ci_low", "ci_high", "size_word", "ges", "n", "note",
]  # fmt: skip
TEXT_COLUMNS = ["outcome", "unit", "analysis", "effect", "group", "wave", "statistic", "effect_size", "size_word"]

Definition = Mapping[str, Any]
Row = dict[str, Any]


def assign_groups(analysis: pd.DataFrame, matched: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The table with a column `group`, and how many approach households have no match and are left out.

    Matched households get the group of the matching, others of role `pool` are the rest of the cohort. Raises
    InputError when the matching does not fit the table, or a unit has two values of an outcome at one wave.
    """
    role = analysis.drop_duplicates("household").set_index("household")["role"]
    group = matched.set_index("household")["group"]
    problems = []
    if twice := int(group.index.duplicated().sum()):
        problems.append(f"Matching: {twice} households occur twice; each may be matched once. Match again.")
    if unknown := int((~group.index.isin(role.index)).sum()):
        problems.append(
            f"Matching: {unknown} matched households are not in the analysis table; both must come from the same "
            "selection. Match again."
        )
    expected = group.map({"approach": "approach", "control": "pool"})
    if swapped := int((role.reindex(group.index).dropna() != expected[group.index.isin(role.index)]).sum()):
        problems.append(
            f"Matching: {swapped} households have a group that is not their role; allowed are approach for role "
            "approach and control for role pool. Match again."
        )
    key = ["unit", "unit_id", "outcome", "wave"]
    repeated = analysis[analysis.duplicated(key)].groupby("outcome").size()
    problems += [
        f"Analysis table: outcome {outcome} has {count} second values of one unit at one wave; one is allowed. "
        "Correct the selection."
        for outcome, count in repeated.items()
    ]
    if problems:
        raise InputError(problems)
    group = group.reindex(role.index).where(lambda g: g.notna(), role.map({"pool": "rest"}))
    table = analysis.assign(group=analysis["household"].map(group)).dropna(subset=["group"])
    return table, int(group.isna().sum())


def in_groups(parts: Iterable[pd.DataFrame], matched: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The values of one kind of unit by outcome, with the group of each: outcome -> unit_id, wave, group, value.

    `parts`: household, unit_id, role, outcome, wave, value, the analysis table in its own order some rows at a time;
    `matched`: household and group, ids as they are in the parts.
    """
    found = []
    place = pd.Index(matched["household"])
    of_matched = pd.Categorical(matched["group"], GROUPS).codes
    for part in parts:
        at = place.get_indexer(part["household"])
        group = np.where(at >= 0, of_matched[at], np.where(part["role"] == "pool", GROUPS.index("rest"), -1))
        part = part.assign(group=pd.Categorical.from_codes(group, GROUPS))
        found.append(part.loc[group >= 0, ["unit_id", "outcome", "wave", "group", "value"]])
    if not found:
        return {}
    table = together(found)
    del found
    order = np.argsort(table["outcome"].cat.codes.to_numpy(), kind="stable")
    ends = np.cumsum(np.bincount(table["outcome"].cat.codes, minlength=len(table["outcome"].cat.categories)))
    names = table["outcome"].cat.categories
    table = table.drop(columns="outcome")
    return {name: table.take(rows) for name, rows in zip(names, np.split(order, ends[:-1]), strict=True)}


def _waves(definition: Definition) -> tuple[str, ...]:
    return (definition["measured"],) if "measured" in definition else WAVES


def _codes(definition: Definition) -> list[float]:
    return [float(code) for code in definition.get("classes", (0, 100))]


def _split(table: pd.DataFrame, outcomes: Mapping[str, Definition]) -> dict[str, pd.DataFrame]:
    """The valid values of each outcome, sorted; raises InputError for codes that are no class, or not 0 or 100."""
    values, problems = {}, []
    ordered = table.dropna(subset=["value"]).sort_values(["unit_id", "wave"])
    parts, nobody = dict(list(ordered.groupby(["outcome", "unit"], sort=False))), ordered.iloc[:0]
    for outcome, definition in outcomes.items():
        values[outcome] = parts.get((outcome, definition["unit"]), nobody)
        if definition["kind"] == "mean":
            continue
        codes = _codes(definition)
        strange = sorted(set(values[outcome]["value"].astype(float).unique()) - set(codes))
        if strange:
            problems.append(
                f"Outcome {outcome}: value {', '.join(f'{v:g}' for v in strange)} occurs; allowed are "
                f"{', '.join(f'{c:g}' for c in codes)}. Correct the classification or the definition."
            )
    if problems:
        raise InputError(problems)
    return values


def _at(values: pd.DataFrame, group: str, wave: str) -> np.ndarray:
    chosen = (values["group"] == group) & (values["wave"] == wave)
    return values["value"][chosen].to_numpy(dtype=float)


def _tally(x: np.ndarray, codes: Sequence[float]) -> list[int]:
    return [int((x == code).sum()) for code in codes]


def describe_outcomes(table: pd.DataFrame, outcomes: Mapping[str, Definition]) -> pd.DataFrame:
    """Descriptives of every group, on all units with a value at that wave (columns DESCRIPTIVE_COLUMNS).

    Means: 95 % t interval. Percentages and classes (a row each, `outcome.class`): 95 % Wilson interval, which
    stays within 0-100. `participation` counts units, before everything else.
    """
    rows = []
    took_part = table[(table["outcome"] == "participation") & table["value"].notna()]
    counts = took_part.groupby(["unit", "group", "wave"]).size()
    if len(took_part):
        places = [(unit, group, wave) for unit in UNITS for group in GROUPS for wave in WAVES]
        rows += [("participation", *place, int(counts.get(place, 0)), nan, nan, nan, nan) for place in places]
    for outcome, values in _split(table, outcomes).items():
        definition = outcomes[outcome]
        for wave in _waves(definition):
            for group in GROUPS:
                place, x = (definition["unit"], group, wave), _at(values, group, wave)
                if definition["kind"] == "class":
                    names = [f"{outcome}.{known['id']}" for known in definition["classes"].values()]
                    for name, count in zip(names, _tally(x, _codes(definition)), strict=True):
                        share = 100 * count / len(x) if len(x) else nan
                        rows.append((name, *place, len(x), share, nan, *percentage_ci(count, len(x))))
                    continue
                found = mean_ci(x)
                limits = (found.low, found.high)
                if definition["kind"] == "percentage":
                    limits = percentage_ci(int((x == 100).sum()), len(x))
                rows.append((outcome, *place, found.n, found.mean, found.sd, *limits))
    return pd.DataFrame(rows, columns=DESCRIPTIVE_COLUMNS)


def describe_cohort(
    units: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outcomes: Mapping[str, Definition],
    problems: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """describe_outcomes of a cohort, one kind of unit after the other; and of `problems` the rest of the cohort at T0.

    `units`: a kind of unit with its in_groups. The second table is as assign_groups gives it, without household.
    """
    nobody = pd.DataFrame(columns=["unit_id", "wave", "group", "value", "unit", "outcome"])
    found = {name: describe_outcomes(nobody, {name: spec}) for name, spec in outcomes.items()}
    counts, rest = [], [nobody]
    for unit, tables in units:
        for outcome, values in tables.items():
            table = values.assign(unit=unit, outcome=outcome)
            if outcome == "participation":
                counts.append(describe_outcomes(table, {}))
            elif outcome in outcomes and outcomes[outcome]["unit"] == unit:
                found[outcome] = describe_outcomes(table, {outcome: outcomes[outcome]})
                if outcome in problems:
                    rest.append(table[(table["group"] == "rest") & (table["wave"] == WAVES[0])])
    taking_part = [counts[0].assign(n=sum(one["n"] for one in counts))] if counts else []
    return pd.concat([*taking_part, *found.values()], ignore_index=True), together(rest)


def _t_row(found: Any, **where: Any) -> Row:
    low, high = found.d_ci95
    return {
        **where, "statistic": "t", "value": found.t, "df1": found.df, "p": found.p, "effect_size": "cohen_d",
        "effect_value": found.cohen_d, "ci_low": low, "ci_high": high, "n": found.n, "note": found.note,
    }  # fmt: skip


def _count_row(found: CountTest, **where: Any) -> Row:
    size = {} if isnan(found.cramers_v) else {"effect_size": "cramers_v", "effect_value": found.cramers_v}
    ranked = {} if isnan(found.statistic) else {"statistic": "chi2", "value": found.statistic, "df1": found.df}
    return {**where, "analysis": found.analysis, **ranked, "p": found.p, **size, "n": found.n, "note": found.note}


def _difference(
    values: pd.DataFrame, definition: Definition, wave: str, fisher_for: str, groups: Sequence[str] = COMPARED
) -> Row:
    """Two groups at one wave: t test of a mean, otherwise a test of counts."""
    first, second = (_at(values, group, wave) for group in groups)
    where = {"effect": "group", "wave": wave}
    if definition["kind"] == "mean":
        return _t_row(t_test(first, second), analysis="t_test", **where)
    codes = _codes(definition)
    return _count_row(compare_counts([_tally(first, codes), _tally(second, codes)], fisher_for), **where)


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
            "note": "; ".join(note for note in (result.note, effect.note) if note),
        })  # fmt: skip
    pairs = wide.dropna(subset=list(WAVES))
    levels = pairs[list(WAVES)].mean(axis=1)
    apart = t_test(*(levels[pairs["group"] == group] for group in COMPARED))
    rows.append({
        "analysis": "mean_difference", "effect": "group", "effect_size": "mean_difference", "effect_value": apart.mean,
        "ci_low": apart.ci95[0], "ci_high": apart.ci95[1], "n": apart.n, "note": apart.note,
    })  # fmt: skip
    for group in COMPARED:
        mine = wide[wide["group"] == group]
        found = paired_t(mine["T0"], mine["follow_up"])
        eta = (nan, nan, nan) if isnan(found.t) else partial_eta_squared(found.t**2, 1, found.df)
        where = {"effect": "time", "group": group, "n": found.n, "note": found.note}
        rows.append({
            **where, "analysis": "paired_t", "statistic": "t", "value": found.t, "df1": found.df, "p": found.p,
            "effect_size": "partial_eta_squared", "effect_value": eta[0], "ci_low": eta[1], "ci_high": eta[2],
            "size_word": size_word(eta[0], "repeated", thresholds),
        })  # fmt: skip
        rows.append({
            **where, "analysis": "mean_change", "effect_size": "mean_change", "effect_value": found.mean,
            "ci_low": found.ci95[0], "ci_high": found.ci95[1],
        })  # fmt: skip
    return rows


def _problem_rows(values: pd.DataFrame, definition: Definition, fisher_for: str) -> list[Row]:
    """Each two of the groups, the rest of the cohort among them, at T0; `group` names the two."""
    return [
        _difference(values, definition, WAVES[0], fisher_for, pair) | {"effect": "problem", "group": "|".join(pair)}
        for pair in combinations(GROUPS, 2)
    ]


def _wide(values: pd.DataFrame) -> pd.DataFrame:
    """A row a unit of the compared groups: unit_id, group (both as categories), T0, follow_up."""
    compared = values[values["group"].isin(COMPARED)]
    wide = compared.pivot(index=["unit_id", "group"], columns="wave", values="value").reindex(columns=WAVES)
    wide = wide.astype(float).reset_index()
    return wide.assign(group=pd.Categorical(wide["group"], COMPARED))


def test_outcomes(
    table: pd.DataFrame,
    outcomes: Mapping[str, Definition],
    thresholds: Mapping[str, Mapping[str, float]],
    fisher_for: str = "all",
    problems: Sequence[str] = (),
) -> pd.DataFrame:
    """The tests of the outcomes, not of the appendix (TEST_COLUMNS); undefined figures are missing, `note` says why.

    One wave: difference between the groups. Classes at both waves: difference at each wave on all units with a
    value, and change within each group on complete pairs. Means and percentages at both waves: mixed ANOVA on
    complete pairs, with the difference of the person means that its group effect tests (`mean_difference`, approach
    minus control, 95 % interval), change within each group (`paired_t`, partial eta squared; `mean_change`, 95 %),
    and with a norm each group and wave against it. `thresholds`: bounds of the size words, see `size_word`;
    interactions count as repeated. `fisher_for`: see `compare_counts`. `problems`: outcomes of which also each two of
    the groups, the rest of the cohort among them, are compared at T0 (`effect` problem, `group` first|second).
    """
    rows: list[Row] = []
    for outcome, values in _split(table, outcomes).items():
        definition = outcomes[outcome]
        if definition["section"] == "appendix":
            continue
        waves, found = _waves(definition), []
        if len(waves) == 1 or definition["kind"] == "class":
            found += [_difference(values, definition, wave, fisher_for) for wave in waves]
        if len(waves) == 2 and definition["kind"] == "class":
            wide, codes = _wide(values), _codes(definition)
            for group in COMPARED:
                pairs = wide[wide["group"] == group]
                square = [_tally(pairs.loc[pairs["T0"] == code, "follow_up"].to_numpy(), codes) for code in codes]
                found.append(_count_row(marginal_change(square), effect="time", group=group))
        elif len(waves) == 2:
            found += _change_rows(_wide(values), thresholds)
        if "norm" in definition:
            norm = definition["norm"]["value"]
            found += [
                _t_row(one_sample_t(_at(values, g, w), norm), analysis="one_sample_t", group=g, wave=w)
                for g in COMPARED
                for w in waves
            ]
        if outcome in problems:
            found += _problem_rows(values, definition, fisher_for)
        rows += [{"outcome": outcome, "unit": definition["unit"], **row} for row in found]
    return _result(rows)


def _result(rows: Sequence[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=TEST_COLUMNS)
    texts = [*TEXT_COLUMNS, "note"]
    frame[texts] = frame[texts].astype(object).where(frame[texts].notna() & (frame[texts] != ""), None)
    numbers = [column for column in TEST_COLUMNS if column not in (*texts, "n")]
    return frame.astype({**dict.fromkeys(texts, "str"), **dict.fromkeys(numbers, float), "n": "int64"})
