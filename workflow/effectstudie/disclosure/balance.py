"""Balance and overlap as they may be shown: differences capped, small samples left out."""

import pandas as pd

from effectstudie.disclosure.values import rounded_or_missing


def treat_overlap(overlap: pd.DataFrame, minimum_group: int) -> pd.DataFrame:
    """Percentiles of samples that are large enough, to one decimal. `overlap`: balance.OVERLAP_COLUMNS."""
    large = overlap[overlap["n"] >= minimum_group].reset_index(drop=True)
    return large.drop(columns="n").round(1)


# Standardised differences from here on are shown as "this or more".
DIFFERENCE_LIMIT = 1.2


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
