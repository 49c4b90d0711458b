"""Who an estimate is of: persons or households, with the weight and the covariates of their household."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.order import in_order
from effectstudie.shared.vocabulary import WAVES

Estimand = Literal["persons", "households"]


@dataclass(frozen=True, eq=False)
class Analysed:
    """Units of one outcome, one element each, in an order that depends on their values and not on pseudonyms.

    `before`; `after`, NaN for those without a follow-up; `treated` (approach); `household` and `matched_set`: codes;
    `known_as`: the id of the household; `weight` of the matching; `covariates`: a column each, as the matching filled
    them.
    """

    before: np.ndarray
    after: np.ndarray
    treated: np.ndarray
    household: np.ndarray
    matched_set: np.ndarray
    known_as: np.ndarray
    weight: np.ndarray
    covariates: pd.DataFrame

    @property
    def change(self) -> np.ndarray:
        return self.after - self.before

    def take(self, chosen: np.ndarray) -> "Analysed":
        """Some of the units, by a mask."""
        arrays = {name: value[chosen] for name, value in vars(self).items() if name != "covariates"}
        return Analysed(**arrays, covariates=self.covariates[chosen].reset_index(drop=True))

    @property
    def complete(self) -> "Analysed":
        """The units with both measurements."""
        return self.take(~np.isnan(self.after))

    @property
    def smallest(self) -> int:
        """Units in the smaller group."""
        return int(min(self.treated.sum(), (~self.treated).sum()))

    def households_of(self, treated: bool) -> int:
        """How many households of one group the units are of."""
        return len(np.unique(self.household[self.treated == treated]))


def analysed(pairs: pd.DataFrame, covariates: pd.DataFrame, estimand: Estimand) -> Analysed:
    """The units of an outcome that have a T0.

    `pairs`: pairs.wide; `covariates`: one row per household, by its id, one column per covariate. With `households` a
    row is a household, with the means of its members with both measurements, or, where none has, of all with a T0.
    """
    known = pairs.dropna(subset=["T0"])
    if estimand == "households":
        complete = known["follow_up"].notna()
        any_complete = complete.groupby(known["household"]).transform("any")
        kept = known[complete | ~any_complete]
        keys = ["household", "group", "weight", "subclass"]
        # by value: the last digit of a mean must not depend on the order of pseudonyms
        known = kept.sort_values(list(WAVES)).groupby(keys, as_index=False, sort=False)[list(WAVES)].mean()
    names = list(covariates)
    rows = known.join(covariates, on="household").assign(known_as=known["household"])
    rows = in_order(rows, [*WAVES, "group", "weight", *names], ["household", "subclass"])
    return Analysed(
        before=rows["T0"].to_numpy(dtype=float),
        after=rows["follow_up"].to_numpy(dtype=float),
        treated=(rows["group"] == "approach").to_numpy(),
        household=rows["household"].to_numpy(),
        matched_set=rows["subclass"].to_numpy(),
        known_as=rows["known_as"].to_numpy(),
        weight=rows["weight"].to_numpy(dtype=float),
        covariates=rows[names],
    )
