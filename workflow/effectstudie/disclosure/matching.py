"""The matching as it may be shown: how many households, how unlike the groups are."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, Count, Matched, Variant
from effectstudie.disclosure.values import rounded_or_missing


def treat_overlap(overlap: pd.DataFrame, minimum_group: int) -> pd.DataFrame:
    """Percentiles of samples that are large enough, to one decimal. `overlap`: result_tables.matching.OVERLAP."""
    large = overlap[overlap["n"] >= minimum_group].reset_index(drop=True)
    return large.drop(columns="n").round(1)


def cap_differences(balance: pd.DataFrame) -> pd.DataFrame:
    """A balance table with `smd` within ±`DIFFERENCE_LIMIT` and without the means.

    A yes/no covariate that nearly all or nearly none have gets a huge difference, from which its share, and
    with the group's size the small count, could be worked out; so it could from more than the two decimals that
    are printed.
    """
    capped = balance["smd"].clip(-DIFFERENCE_LIMIT, DIFFERENCE_LIMIT)
    shown = balance[["covariate", "level", "sample", "variance_ratio"]].assign(smd=capped)
    for column in ("variance_ratio", "smd"):
        shown[column] = [rounded_or_missing(value, 2) for value in shown[column]]
    return shown


def largest_difference(balance: pd.DataFrame) -> float:
    """The largest difference after matching, whatever its sign, at most `DIFFERENCE_LIMIT`."""
    return min(balance.loc[balance["sample"] == "matched", "smd"].abs().max(), DIFFERENCE_LIMIT)


def matched_households(summary: Mapping, limits: Limits) -> Matched:
    """`summary`: summary.json of a strategy."""
    matched, unmatched = summary["n_matched_approach"], summary["n_unmatched_approach"]
    small = limits.is_small(unmatched)
    return Matched(
        pool=summary["n_pool"],
        approach_all=summary["n_approach"],
        approach=_matched(matched, unmatched, limits),
        controls=summary["n_matched_controls"],
        unmatched=Count(limits.minimum_cell, "fewer") if small else Count(unmatched, "exact" if unmatched else "none"),
        # with the number of controls their effective number gives the number of approach households away
        ess=float("nan") if small else summary["ess_controls"],
    )


def _matched(matched: int, unmatched: int, limits: Limits) -> Count:
    """Matched approach households; only more than how many where the number would tell how few have no match."""
    small = limits.is_small(unmatched)
    return Count(matched + unmatched - limits.minimum_cell, "more") if small else Count(matched)


def ways_to_match(variants: pd.DataFrame, limits: Limits) -> dict[str, Variant | None]:
    """`variants`: variants.csv. None for a way that cannot be: the note says why."""
    found: dict[str, Variant | None] = {}
    for row in variants.to_dict("records"):
        if isinstance(row["note"], str) and row["note"]:
            found[row["variant"]] = None
            continue
        found[row["variant"]] = Variant(
            approach=_matched(row["n_approach"], row["n_unmatched"], limits),
            controls=row["n_controls"],
            ess=float("nan") if limits.is_small(row["n_unmatched"]) else row["ess_controls"],
            mean_smd=min(row["mean_smd"], DIFFERENCE_LIMIT),
            max_smd=min(row["max_smd"], DIFFERENCE_LIMIT),
            worst_covariate=row["worst_covariate"],
        )
    return found
