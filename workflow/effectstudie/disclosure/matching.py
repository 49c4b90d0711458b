"""The matching as it may be shown: how many households, how unlike the groups are."""

from collections.abc import Collection, Mapping
from functools import partial

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, STEPS, Count, Matched, Variant
from effectstudie.disclosure.values import rounded_or_missing


def treat_overlap(overlap: pd.DataFrame, minimum_group: int) -> pd.DataFrame:
    """Percentiles of samples that are large enough, to one decimal. `overlap`: result_tables.matching.OVERLAP."""
    large = overlap[overlap["n"] >= minimum_group].reset_index(drop=True)
    return large.drop(columns="n").round(1)


def treat_balance(balance: pd.DataFrame, summary: Mapping, limits: Limits) -> pd.DataFrame:
    """A balance table without the means: covariate, level, sample, variance_ratio, smd, step and more.

    `smd` to the two decimals that are printed, within ±`DIFFERENCE_LIMIT`: beyond it a share could be worked out. Of a
    covariate `of_shares` that few have, or few have not, in one of the groups before or after matching, only `step` (of
    STEPS) and whether the approach has `more`: with the size of the group the difference tells the few. Before matching
    this holds for all such covariates where few households are without a control, for then the difference before and
    after tells what these are like. `summary`: summary.json of the strategy.
    """
    shown = balance[["covariate", "level", "sample", "variance_ratio"]].assign(
        smd=balance["smd"].clip(-DIFFERENCE_LIMIT, DIFFERENCE_LIMIT), step="", more=balance["smd"] > 0
    )
    hide = _few_have(balance, summary, limits)
    if limits.is_small(summary["n_unmatched_approach"]):
        hide |= balance["of_shares"].astype(bool) & balance["sample"].eq("all")
    shown.loc[hide, "step"] = shown.loc[hide, "smd"].map(step_of)
    shown.loc[hide, ["smd", "variance_ratio"]] = float("nan")
    for column in ("variance_ratio", "smd"):
        shown[column] = [rounded_or_missing(value, 2) for value in shown[column]]
    return shown


def _few_have(balance: pd.DataFrame, summary: Mapping, limits: Limits) -> pd.Series:
    """Of which rows the covariate is one that few have, or have not, in a group of any sample."""
    groups = {
        "all": (summary["n_approach"], summary["n_pool"]),
        "matched_unweighted": (summary["n_matched_approach"], summary["n_matched_controls"]),
    }
    balance, few = balance.assign(level=balance["level"].astype(object).fillna("")), set()
    for row in balance[balance["of_shares"].astype(bool) & balance["sample"].isin(list(groups))].to_dict("records"):
        largest = 1 if max(row["mean_approach"], row["mean_control"]) <= 1 else 100
        for mean, n in zip((row["mean_approach"], row["mean_control"]), groups[row["sample"]], strict=True):
            count = mean * n / largest
            # half a person is somebody in a household of two
            if 0 < count < limits.minimum_cell - 0.5 or 0 < n - count < limits.minimum_cell - 0.5:
                few.add((row["covariate"], row["level"]))
    return pd.Series([key in few for key in zip(balance["covariate"], balance["level"], strict=True)], balance.index)


def step_of(smd: float) -> str:
    """Which of STEPS a standardised difference is in, whatever its sign; empty where it is undefined."""
    if pd.isna(smd):
        return ""
    return next((name for name, (_, high) in STEPS.items() if abs(smd) < high), "over")


def largest_difference(balance: pd.DataFrame, sample: str = "matched") -> float:
    """The largest difference after matching, whatever its sign, at most `DIFFERENCE_LIMIT`."""
    return min(balance.loc[balance["sample"] == sample, "smd"].abs().max(), DIFFERENCE_LIMIT)


def treat_cohort(counts: Mapping[str, int], limits: Limits, withheld: Collection[str]) -> dict[str, int]:
    """All households of the cohort, and those with another approach (cohort.json), without those withheld."""
    keys = {"cohort": "size/cohort/all", "other_approach": "size/other/cohort"}
    return {
        name: counts[name] for name, key in keys.items() if key not in withheld and not limits.is_small(counts[name])
    }


def matched_households(strategy: str, summary: Mapping, limits: Limits, withheld: Collection[str]) -> Matched:
    """`summary`: summary.json of a strategy; `withheld`: keys of `audit.sizes`."""
    matched, unmatched = summary["n_matched_approach"], summary["n_unmatched_approach"]
    small = limits.is_small(unmatched)
    asked, found = "size/asked/approach" not in withheld, f"size/matched/{strategy}" not in withheld
    beside = partial(_beside, limits)
    # of few with a control the others are almost all
    most = Count(matched + unmatched - limits.minimum_cell, "more") if limits.is_small(matched) and asked else None
    lacking = [name for name, number in summary["missing"].items() if sum(number.values())]
    in_score = summary["score_model"]["coefficients"]
    return Matched(
        pool=summary["n_pool"],
        approach_all=beside(
            summary["n_approach"],
            asked,
            Count(matched, "more") if small and found and not limits.is_small(matched) else None,
        ),
        approach=beside(
            matched, found, Count(matched + unmatched - limits.minimum_cell, "more") if small and asked else None
        ),
        controls=beside(summary["n_matched_controls"], f"size/controls/{strategy}" not in withheld),
        unmatched=Count(limits.minimum_cell, "fewer")
        if small
        else most or beside(unmatched, f"size/unmatched/{strategy}" not in withheld),
        # with the number of controls their effective number gives the number of approach households away
        ess=float("nan")
        if small or not found or limits.is_small(min(matched, summary["n_matched_controls"]))
        else summary["ess_controls"],
        marked=tuple(name for name in lacking if f"{name}_missing" in in_score),
        unmarked=tuple(name for name in lacking if f"{name}_missing" not in in_score),
    )


def _beside(limits: Limits, number: int, shown: bool, otherwise: Count | None = None) -> Count:
    """A number that is shown, or what may be said of it: with that few are without a control, no more than that."""
    if limits.is_small(number):
        return Count(limits.minimum_cell, "fewer")
    return Count(number, "exact" if number else "none") if shown else otherwise or Count(0, "hidden")


def ways_to_match(
    variants: pd.DataFrame, of_shares: Collection[str], limits: Limits, withheld: Collection[str]
) -> dict[str, Variant | None]:
    """`variants`: variants.csv. None for a way that cannot be: the note says why. `of_shares`: covariates of which only
    the step of the largest difference may be said; `withheld`: keys of `audit.sizes`.
    """
    found: dict[str, Variant | None] = {}
    for row in variants.to_dict("records"):
        if isinstance(row["note"], str) and row["note"]:
            found[row["variant"]] = None
            continue
        found[row["variant"]] = Variant(
            approach=_beside(limits, row["n_approach"], shown := f"size/variant/{row['variant']}" not in withheld),
            controls=_beside(limits, row["n_controls"], shown),
            ess=row["ess_controls"]
            if shown and not any(limits.is_small(row[n]) for n in ("n_unmatched", "n_approach", "n_controls"))
            else float("nan"),
            mean_smd=min(row["mean_smd"], DIFFERENCE_LIMIT),
            max_smd=float("nan") if row["worst_covariate"] in of_shares else min(row["max_smd"], DIFFERENCE_LIMIT),
            max_step=step_of(row["max_smd"]) if row["worst_covariate"] in of_shares else "",
            worst_covariate=row["worst_covariate"],
        )
    return found
