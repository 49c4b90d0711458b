"""The other analyses that may be shown."""

from collections.abc import Collection

import pandas as pd


def visible(sensitivity: pd.DataFrame, shown: Collection[str], minimum_group: int) -> pd.DataFrame:
    """The analyses that may be shown: of outcomes in `shown`, with enough units in either group."""
    enough = sensitivity["n_smallest"] >= minimum_group
    return sensitivity[sensitivity["outcome"].isin(shown) & enough & sensitivity["p"].notna()]
