"""The estimate of one outcome: ATT with the weights of the matching, T0 and covariates; and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.adjustment import Adjustment, adjustment
from effectstudie.analysis.effect.analysed import Analysed
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.effect.att import att
from effectstudie.methods.effect.loss import TippingPoint, staying_weights, tipping_point
from effectstudie.methods.effect.robustness_value import Strongest, least_squares_t, strongest_covariate
from effectstudie.methods.estimate import Estimate


@dataclass(frozen=True, eq=False)
class EffectEstimate:
    """`att`, of whom and with what: `of` has both measurements.

    `staying`: weights of the matching times those for staying; `tipping`: see `tipping_point`. `strongest` and
    `plain_t` (with its df): of least squares, for the robustness value. `sets` and `whole`: of
    the matching, and those of which a unit of either group has both measurements; None where households were weighted.
    """

    of: Analysed
    adjusted: Adjustment
    att: Estimate
    staying: Estimate
    tipping: TippingPoint
    strongest: Strongest | None
    plain_t: tuple[float, float]
    sets: int | None
    whole: int | None


def adjusted_att(of: Analysed, order: Sequence[str]) -> tuple[Adjustment, Estimate]:
    """What is adjusted for, and the estimate. `of`: units with both measurements; `order`: see `adjustment`."""
    if of.smallest == 0:
        nothing = Estimate(n=len(of.before), note="a group has no complete cases", reason="pairs")
        return Adjustment((), (), False), nothing
    adjusted = adjustment(of, order)
    return adjusted, att(of.change, of.treated, adjusted.columns(of), of.matched_set, of.weight, adjusted.by_group)


def effect_estimate(started: Analysed, order: Sequence[str]) -> EffectEstimate:
    """Estimate an outcome. `started`: units with a T0; `order`: names of covariates, see `adjustment`."""
    of = started.complete
    sets = _sets(started)
    adjusted, estimate = adjusted_att(of, order)
    if of.smallest == 0:
        why = TippingPoint(note=estimate.note, reason=estimate.reason)
        return EffectEstimate(of, adjusted, estimate, estimate, why, None, (nan, nan), sets, sets and 0)
    columns = adjusted.columns(of)
    strongest = strongest_covariate(of.change, of.treated, columns, of.weight) if adjusted.kept else None
    return EffectEstimate(
        of=of,
        adjusted=adjusted,
        att=estimate,
        staying=_staying(started),
        tipping=tipping_point(started.before, started.after, started.treated, started.weight),
        strongest=strongest,
        plain_t=least_squares_t(of.change, of.treated, columns, of.weight),
        sets=sets,
        whole=None if sets is None else _whole(of),
    )


def _staying(started: Analysed) -> Estimate:
    """The difference in change with weights for staying."""
    stayed = ~np.isnan(started.after)
    weighing = staying_weights(stayed, started.treated, started.before)
    if weighing.weights is None:
        return Estimate(n=int(stayed.sum()), note=weighing.note, reason=weighing.reason)
    of = started.complete
    design = np.column_stack([np.ones(len(of.before)), of.treated])
    return cr2(of.change, design, of.matched_set, 1, of.weight * weighing.weights[stayed])


def _sets(started: Analysed) -> int | None:
    """Matched sets with a T0 of both groups; None where no set has a household of both."""
    found = _whole(started)
    return found or None


def _whole(of: Analysed) -> int:
    both = pd.Series(of.treated).groupby(of.matched_set).nunique()
    return int((both == 2).sum())
