"""The estimates as far as they may be shown: of groups that are large enough, without counts of a few."""

from collections.abc import Collection, Mapping

import pandas as pd

from effectstudie.disclosure.cells import blank_cells
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import step_of
from effectstudie.disclosure.shown import CHANGES, DIFFERENCE_LIMIT
from effectstudie.disclosure.values import everyone_is_shown, rounded_or_missing

NAN = float("nan")
ESTIMATE_COLUMNS = (
    *("outcome", "value", "ci_low", "ci_high", "margin", "verdict", "relevant", "detectable", "sd_t0"),
    *("value_without_t0", "ci_low_without_t0", "ci_high_without_t0", "bracket", "value_like_others", "tipping"),
    *("robustness_value", "robustness_value_ci", "benchmark", "benchmark_group", "benchmark_outcome"),
    *("max_smd_unweighted", "max_step_unweighted", "worst_unweighted"),
    *("max_smd_weighted", "max_step_weighted", "worst_weighted"),
)


def shown_estimates(
    estimates: pd.DataFrame,
    compared: Collection[str],
    limits: Limits,
    exact: Collection[str],
    decimals: Mapping[str, int],
    unseen: Collection[str] = (),
    shares: Collection[str] = (),
    hidden: Collection[str] = (),
) -> pd.DataFrame:
    """ESTIMATE_COLUMNS of outcomes in `compared`, in its order, of which both groups are large.

    Of those that are not in `exact` only the verdict: their numbers would give hidden counts back. Of percentages
    (`shares`) the effect with its interval, and what to measure it in, and no other number: each is one more equation
    over whole households.

    What the lost may do rests on their T0: it is hidden where a small group was lost, or where everyone's T0 is hidden
    (`unseen`). The tipping point is the printed difference by the share that was lost, and so says no more than that
    difference. `decimals`: by outcome, of what is printed. Of how unlike those who were analysed are, only the step is
    told (`max_step_…`, see `matching.step_of`): they are few less than those who were matched, and than those of
    another outcome. It is a coarse one where a covariate is `hidden` (`matching.treat_balances`).
    """
    table = estimates.set_index("outcome", drop=False)
    enough = table[["n_approach", "n_control"]].min(axis=1) >= limits.minimum_group
    table = table[enough & table["value"].notna()].reindex([name for name in compared if name in table.index])
    table = table.dropna(subset=["outcome"])
    lost = table["n_approach"] * table["share_lost"] / (1 - table["share_lost"])
    few = pd.Series([0 < round(n) < limits.minimum_group if n == n else True for n in lost], table.index, dtype=bool)
    if not limits.hide_nothing:
        few |= table["outcome"].isin(list(unseen))
        places = table["outcome"].map(decimals).fillna(0)
        printed = [rounded_or_missing(value, at) for value, at in zip(table["value_like_others"], places, strict=True)]
        table["tipping"] = (-pd.Series(printed, table.index) / table["share_lost"]).where(table["tipping"].notna())
    table.loc[few, ["value_like_others", "tipping"]] = NAN
    for kind in ("unweighted", "weighted"):
        size = table[f"max_smd_{kind}"].clip(upper=DIFFERENCE_LIMIT)
        table[f"max_step_{kind}"] = "" if limits.hide_nothing else [step_of(smd, bool(hidden)) for smd in size]
        table[f"max_smd_{kind}"] = [rounded_or_missing(value, 2) if limits.hide_nothing else NAN for value in size]
    numbers = [name for name in ESTIMATE_COLUMNS if name not in ("outcome", "margin", "verdict", "relevant")]
    shown = table[list(ESTIMATE_COLUMNS)].reset_index(drop=True)
    shown[numbers] = shown[numbers].where(shown["outcome"].isin(list(exact)))
    beside = [name for name in numbers if name not in ("value", "ci_low", "ci_high", "sd_t0")]
    shown[beside] = shown[beside].mask(shown["outcome"].isin(list(shares)))
    return shown.fillna({"max_step_unweighted": "", "max_step_weighted": ""})


def shown_changes(table: pd.DataFrame, compared: Collection[str], limits: Limits) -> pd.DataFrame:
    """How many changed reliably: outcome, group and CHANGES, missing where a count is small or gives one away."""
    rows = []
    known = table[table["outcome"].isin(list(compared)) & table["recovered"].notna()]
    for _, of_outcome in known.groupby("outcome", sort=False):
        if (of_outcome["n"] < limits.minimum_group).any():
            continue
        for row in of_outcome.to_dict("records"):
            # without a norm with its spread nobody can be told to have recovered
            names = CHANGES if row["cutoff"] == row["cutoff"] else CHANGES[1:]
            counts = [int(row[name]) for name in names]
            marks = blank_cells(counts, limits.minimum_cell)
            shown = {name: NAN if mark else count for name, count, mark in zip(names, counts, marks, strict=True)}
            rows.append([row["outcome"], row["group"], *(shown.get(name, NAN) for name in CHANGES)])
    return pd.DataFrame(rows, columns=["outcome", "group", *CHANGES])


def shown_within(table: pd.DataFrame, compared: Collection[str], limits: Limits, values: pd.DataFrame) -> pd.DataFrame:
    """Change over time and distance from a norm with households as clusters (WITHIN_GROUPS, `cr2`), of outcomes of
    which every group there is large. A distance from a norm is the mean of everyone, and goes where that is hidden in
    `values` (see `Treated`), or of how many people it is: its interval would tell.
    """
    known = table[table["outcome"].isin(list(compared)) & table["p"].notna() & (table["analysis"] == "cr2")]
    large = known.groupby("outcome")["n"].transform("min") >= limits.minimum_group
    told = known["what"].ne("norm") | everyone_is_shown(known, values[values["n"].notna()])
    columns = ["outcome", "group", "what", "wave", "value", "ci_low", "ci_high", "p"]
    return known.loc[large & told, columns].reset_index(drop=True)


def shown_verdicts(verdicts: pd.DataFrame, within: pd.DataFrame) -> pd.DataFrame:
    """Whether what `shown_within` tells of time and norms holds in other analyses (WITHIN_VERDICTS): `verdict`."""
    keys = ["outcome", "group", "what", "wave"]
    seen = set(map(tuple, within[keys].fillna("").values))
    known = [key in seen for key in map(tuple, verdicts[keys].fillna("").values)]
    return verdicts.loc[known, [*keys, "verdict"]].reset_index(drop=True)


def shown_imputed(table: pd.DataFrame, compared: Collection[str], limits: Limits) -> pd.DataFrame:
    """The effect with missing covariates imputed, of outcomes in `compared`, in its order, of which both groups are
    large in every imputation. `share`: of the variance, what is between imputations.
    """
    known = table[(table["n_smallest"] >= limits.minimum_group) & table["value"].notna()].set_index("outcome")
    known = known.loc[[name for name in compared if name in known.index]]
    known["share"] = 1 - known["within"] / known["se"] ** 2
    for column in ("share", "fmi"):
        known[column] = [rounded_or_missing(share, 2) for share in known[column]]
    return known[["value", "ci_low", "ci_high", "share", "fmi"]].reset_index()


def shown_by_risk(
    table: pd.DataFrame, levels: pd.DataFrame, compared: Collection[str], coarse: Collection[str], limits: Limits
) -> pd.DataFrame:
    """What goes with risk at the start (BY_RISK): the level and the change where enough are at risk and enough are not,
    for these are means of groups, and the effect where each of the four groups of it is large: with the changes of both
    groups, these two give the change of each. Not the effect of outcomes in `coarse` (`certainty.by_risk`), and none
    of so few (`levels`: LEVELS as measured) that it follows how many are at risk.
    """
    enough = table["n_smallest"] >= limits.minimum_group
    apart = table["what"].eq("difference_between_groups")
    sizes = levels.groupby("outcome")["n"]
    few = table["outcome"].map(sizes.min()).where(apart, table["outcome"].map(sizes.sum())).map(limits.is_split)
    told = ~(apart & table["outcome"].isin(list(coarse))) & ~few
    known = table[table["outcome"].isin(list(compared)) & table["p"].notna() & enough & told]
    return known[["outcome", "what", "without_factor", "value", "ci_low", "ci_high", "p"]].reset_index(drop=True)
