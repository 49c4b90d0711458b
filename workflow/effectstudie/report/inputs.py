"""All that a report is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effectstudie.disclosure.shown import Shown

WITHOUT_ZERO, WITH_ZERO = "p < ,001", "p < 0,001"


@dataclass(frozen=True, kw_only=True, eq=False)
class ReportInputs:
    """`study`: config/studies/<study>.yaml; `outcomes`: `Settings.outcomes_of` it; `shown`: what its results may say.

    `instruments`: definition files in order; `norms`: instrument → norm_tables.norm_file, where T scores are reported;
    `covariates`, `violence`, `risk_factors`: files of resources/classification; `choices`: `{point, choice}`;
    `effect_sizes`: of config/config.yaml; `synthetic`: of an invented cohort; `corrections`: how many were made;
    `versions`: program → version; `texts`: the words of the report; `run`: provenance.run_mark; `p_style`: WITHOUT_ZERO
    or WITH_ZERO.
    """

    study: Mapping[str, Any]
    outcomes: Mapping[str, Mapping]
    shown: Shown
    instruments: Sequence[Mapping]
    norms: Mapping[str, Mapping]
    covariates: Mapping[str, Mapping]
    violence: Mapping[str, Mapping[str, int]]
    risk_factors: Mapping[str, Mapping]
    choices: Sequence[Mapping[str, str]]
    effect_sizes: Mapping[str, Mapping[str, float]]
    synthetic: bool
    corrections: int
    versions: Mapping[str, str]
    texts: Mapping[str, Any]
    run: str
    p_style: str = WITHOUT_ZERO
