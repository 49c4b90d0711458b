"""The regions of a set together, as far as they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import step_of
from effectstudie.disclosure.shown import Count
from effectstudie.disclosure.values import rounded_or_missing
from effectstudie.shared import formats

# Of a set: the matching of each study's own report, and matching in which no household serves two studies.
OWN, ONCE = "shared", "once"
ESTIMATE = ("value", "ci_low", "ci_high")
JUDGED = ("verdict", "relevant")
# Of so many estimates fewer than this are hidden, their mean and spread would tell them.
UNKNOWNS = 3
NAN = float("nan")


@dataclass(frozen=True)
class Cost:
    """What a choice of controls costs a study: households with and without controls, controls, those of them that
    serve another study too; `step`: of `shown.STEPS`, the largest difference that is left, of covariate `worst`.
    """

    controls: str
    study: str
    approach: Count
    unmatched: Count
    control: Count
    shared: Count
    step: str
    worst: str


@dataclass(frozen=True, eq=False)
class ShownRegions:
    """Everything of a set that may be shown; what is hidden is NaN or None, or is not there. Rounded as printed.

    `regions`: outcome, study, ESTIMATE (in units of the outcome), JUDGED, share (percent of the mean); all but the
    first two missing where it may not be shown. `together`: controls, outcome, n_studies, ESTIMATE, tau, next_low,
    next_high, JUDGED, q_p, correlation, and in SDs at T0 `sd_value`, `sd_low`, `sd_high`, `sd_margin`; only of two
    studies or more. `placebo`: outcome, region, value; `spread`: outcome, n_regions, mean, sd, tau, of regions without
    an approach. `costs`: see `Cost`. `limits`: for printing only.
    """

    regions: pd.DataFrame
    together: pd.DataFrame
    placebo: pd.DataFrame
    spread: pd.DataFrame
    costs: tuple[Cost, ...]
    limits: Mapping[str, int]


def treat_regions(
    tables: Mapping[str, pd.DataFrame],
    outcomes: Mapping[str, Outcome],
    public: Mapping[str, Mapping[str, str]],
    limits: Limits,
) -> ShownRegions:
    """`tables`: regions, together, controls, placebo and placebo_spread, as `analyse_regions` writes them; `public`:
    study → `n_approach`, `n_controls` and `unmatched` as its own report prints them.
    """
    decimals = {name: outcome.decimals for name, outcome in outcomes.items()}
    costs = _costs(tables["controls"], public, limits)
    dots, spread = _placebo(tables["placebo"], tables["placebo_spread"], outcomes, limits)
    return ShownRegions(
        regions=_regions(tables["regions"], decimals),
        together=_together(tables["together"], decimals, costs, _near(tables["controls"], limits)),
        placebo=dots,
        spread=spread,
        costs=costs,
        limits=limits.said(),
    )


def _rounded(table: pd.DataFrame, columns: tuple[str, ...], decimals: Mapping[str, int]) -> pd.DataFrame:
    places = [decimals[name] for name in table["outcome"]]
    done = {
        column: [rounded_or_missing(value, at) for value, at in zip(table[column], places, strict=True)]
        for column in columns
    }
    return table.assign(**done)


def _regions(table: pd.DataFrame, decimals: Mapping[str, int]) -> pd.DataFrame:
    columns = [*ESTIMATE, *JUDGED, "share"]
    shown = table[["outcome", "study", *columns]].assign(share=(100 * table["share"]).round())
    hide = ~(table["shown"].astype(bool) & table[list(ESTIMATE)].notna().all(axis=1))
    shown = _rounded(shown, ESTIMATE, decimals)
    shown[list(JUDGED)] = _none(shown[list(JUDGED)])
    shown[columns] = shown[columns].mask(hide)
    return shown.reset_index(drop=True)


def _none(texts: pd.DataFrame) -> pd.DataFrame:
    return texts.astype(object).where(texts.notna() & (texts != ""), None)


def _together(table: pd.DataFrame, decimals: Mapping[str, int], costs: tuple[Cost, ...], near: bool) -> pd.DataFrame:
    """The means of two studies or more. Those of matching once go where hardly a household differs from the other."""
    known = table[(table["n_studies"] >= 2) & table[list(ESTIMATE)].notna().all(axis=1)]
    known = known[(known["controls"] != ONCE) | (not near)]
    in_sd = {f"sd_{end}": known[f"{start}{end}"] / known["sd_t0"] for start, end in
             (("", "value"), ("ci_", "low"), ("ci_", "high"), ("", "margin"))}  # fmt: skip
    shown = known.assign(**{name: ratio.where(known["sd_t0"] > 0).round(2) + 0.0 for name, ratio in in_sd.items()})
    # a correlation comes from the households that two studies share
    few = any(cost.shared.kind not in ("exact", "none") for cost in costs)
    shown["correlation"] = NAN if few else shown["correlation"].round(2)
    shown[list(JUDGED)] = _none(shown[list(JUDGED)])
    natural = (*ESTIMATE, "tau", "next_low", "next_high")
    columns = ["controls", "outcome", "n_studies", *natural, *JUDGED, "q_p", "correlation", *in_sd]
    return _rounded(shown[columns], natural, decimals).reset_index(drop=True)


def _placebo(
    placebo: pd.DataFrame, spread: pd.DataFrame, outcomes: Mapping[str, Outcome], limits: Limits
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Means of large groups, each by itself; of all together the spread.

    Where only one or two are hidden, mean and spread are of those that are shown, for else they would tell the others.
    """
    decimals = {name: outcome.decimals for name, outcome in outcomes.items()}
    large = placebo[["n_approach", "n_control"]].min(axis=1) >= limits.minimum_group
    means = [outcomes[name].kind == "mean" for name in placebo["outcome"]]
    dots = _rounded(placebo[large & pd.Series(means, placebo.index, dtype=bool) & placebo["value"].notna()], ("value",),
                    decimals)  # fmt: skip
    rows = []
    for row in spread[spread["n_regions"] >= UNKNOWNS].to_dict("records"):
        own = dots.loc[dots["outcome"] == row["outcome"], "value"]
        if 0 < row["n_regions"] - len(own) < UNKNOWNS and not limits.hide_nothing:
            if len(own) < UNKNOWNS:
                dots = dots[dots["outcome"] != row["outcome"]]
                continue
            row |= {"n_regions": len(own), "mean": own.mean(), "sd": own.std(ddof=1), "tau": NAN}
        rows.append({name: row[name] for name in ("outcome", "n_regions", "mean", "sd", "tau")})
    told = pd.DataFrame(rows, columns=["outcome", "n_regions", "mean", "sd", "tau"])
    return (
        dots[["outcome", "region", "value"]].reset_index(drop=True),
        _rounded(told.astype({"mean": float, "sd": float, "tau": float}), ("mean", "sd", "tau"), decimals),
    )


def _near(controls: pd.DataFrame, limits: Limits) -> bool:
    """Whether the two choices differ, but by so few households that together they would tell of these."""
    wide = controls.pivot(index="study", columns="controls", values=["households_approach", "households_control"])
    return all(name in controls["controls"].values for name in (OWN, ONCE)) and limits.is_small(
        sum((wide[size][ONCE] - wide[size][OWN]).abs().sum() for size in ("households_approach", "households_control"))
    )


def _costs(controls: pd.DataFrame, public: Mapping[str, Mapping[str, str]], limits: Limits) -> tuple[Cost, ...]:
    own = {row["study"]: row for row in controls[controls["controls"] == OWN].to_dict("records")}
    costs = [_cost(row, own.get(row["study"]), public[row["study"]], limits) for row in controls.to_dict("records")]
    # with one number of shared households hidden the others could tell it
    few = any(cost.shared.kind in ("fewer", "hidden") for cost in costs)
    return tuple(
        replace(cost, shared=Count(0, "hidden")) if few and cost.shared.kind == "exact" else cost for cost in costs
    )


def _cost(row: Mapping, own: Mapping | None, public: Mapping[str, str], limits: Limits) -> Cost:
    sizes = {"n_approach": "households_approach", "n_controls": "households_control"}
    shown = {}
    for name, column in sizes.items():
        # what the report keeps to itself, and what is near to what it prints
        told = own is None or public[name] == formats.number(own[column])
        shown[name] = limits.hide_nothing or (told and not (own and limits.is_small(abs(row[column] - own[column]))))
    approach, unmatched = row["households_approach"], row["unmatched_approach"]
    few = limits.is_small(unmatched)
    shared, alone = row["shared"], row["households_control"] - row["shared"]
    return Cost(
        controls=row["controls"],
        study=row["study"],
        approach=_count(approach, shown["n_approach"] and not few, limits),
        unmatched=_count(unmatched, shown["n_approach"] or few, limits),
        control=_count(row["households_control"], shown["n_controls"], limits),
        shared=_count(shared, limits.is_small(shared) or not limits.is_small(alone), limits),
        step=step_of(row["max_smd"]),
        worst=row["worst"] if isinstance(row["worst"], str) else "",
    )


def _count(number: float, shown: bool, limits: Limits) -> Count:
    if not shown:
        return Count(0, "hidden")
    if limits.is_small(number):
        return Count(limits.minimum_cell, "fewer")
    return Count(int(number), "exact" if number else "none")
