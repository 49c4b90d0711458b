"""All that a report is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.registered import Registered
from effectstudie.disclosure.shown import Count, Shown

WITHOUT_ZERO, WITH_ZERO = "p < ,001", "p < 0,001"


@dataclass(frozen=True, kw_only=True, eq=False)
class ReportInputs:
    """`study`: config/studies/<study>.yaml; `outcomes`: by id, all that it names; `shown`: what its results may say.

    `cohort`: its measurements and tables; `wave_times`: how long after T0 each was, of config/config.yaml;
    `instruments`: definition files in order; `norms`: instrument → norm_tables.norm_file, where T scores are reported;
    `covariates`, `violence`, `risk_factors`: files of resources/classification; `choices`: `{point, choice}`;
    `effect_sizes`: of config/config.yaml; `synthetic`: of an invented cohort; `corrections`: how many, as may be said;
    `recoded`: columns of exports that were; `versions`: program → version; `matchit`: what it was given, of
    summary.json; `texts`: the words of the report; `house`: config/house_style.yaml; `figure_titles`: outcome → the
    title that people gave its figure; `final`: it leaves the house; `plan`: the frozen one that is followed; `rating`:
    config/rating.yaml; `invented`: outcomes that rest on an invented key or norm; `data_warnings`: sentences on what
    was odd in the data behind the outcomes; `p_style`: WITHOUT_ZERO or WITH_ZERO.
    """

    study: Mapping[str, Any]
    outcomes: Mapping[str, Outcome]
    shown: Shown
    cohort: Cohort = Cohort(("T0", "T1", "T2"))
    wave_times: Mapping[str, str] = field(default_factory=dict)
    instruments: Sequence[Mapping]
    norms: Mapping[str, Mapping]
    covariates: Mapping[str, Mapping]
    violence: Mapping[str, Mapping[str, int]]
    risk_factors: Mapping[str, Mapping]
    choices: Sequence[Mapping[str, str]]
    effect_sizes: Mapping[str, Mapping[str, float]]
    synthetic: bool
    corrections: Count
    recoded: int
    versions: Mapping[str, str]
    matchit: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Any]
    rating: Mapping[str, Any]
    house: Mapping[str, Any]
    figure_titles: Mapping[str, str] = field(default_factory=dict)
    invented: Sequence[str] = ()
    final: bool = False
    data_warnings: Sequence[str] = ()
    plan: Registered | None = None
    p_style: str = WITHOUT_ZERO

    @property
    def primary(self) -> list[str]:
        """The primary outcomes of the plan that the study follows, as far as it reports them."""
        return [name for name in self.plan.plan["primary"] if name in self.study["outcomes"]] if self.plan else []
