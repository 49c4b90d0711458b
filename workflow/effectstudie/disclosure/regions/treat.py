"""The door of a set: its result tables and limits in, what may be shown out."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.regions.costs import are_near, shown_costs
from effectstudie.disclosure.regions.shown import ESTIMATE, JUDGED, ONCE, Cost, ShownRegions
from effectstudie.disclosure.values import rounded_or_missing

# What `treat_regions` takes, each a file of results/<set>/analysis/.
TABLES = ("regions", "together", "controls", "placebo", "placebo_spread")
# Of so many estimates fewer than this are hidden, their mean and spread would tell them.
UNKNOWNS = 3
NAN = float("nan")


def treat_regions(
    tables: Mapping[str, pd.DataFrame],
    outcomes: Mapping[str, Outcome],
    public: Mapping[str, Mapping[str, str]],
    limits: Limits,
) -> ShownRegions:
    """`tables`: TABLES, as `analyse_regions` writes them; `public`:
    study → `n_approach`, `n_controls` and `unmatched` as its own report prints them.
    """
    decimals = {name: outcome.decimals for name, outcome in outcomes.items()}
    costs = shown_costs(tables["controls"], public, limits)
    dots, spread = _placebo(tables["placebo"], tables["placebo_spread"], outcomes, limits)
    return ShownRegions(
        regions=_regions(tables["regions"], decimals),
        together=_together(tables["together"], decimals, costs, are_near(tables["controls"], limits)),
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
