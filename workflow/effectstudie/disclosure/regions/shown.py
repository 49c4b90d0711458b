"""What may be shown of a set of studies."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from effectstudie.disclosure.shown import Count

# Of a set: the matching of each study's own report, and matching in which no household serves two studies.
OWN, ONCE = "shared", "once"
ESTIMATE = ("value", "ci_low", "ci_high")
JUDGED = ("verdict", "relevant")


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
