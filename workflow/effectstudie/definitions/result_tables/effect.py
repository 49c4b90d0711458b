"""The tables of the estimates, in analysis/."""

from typing import get_args

from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, YES_NO, ResultTable, measured_in, one_of
from effectstudie.methods.effect.margin import Relevant, Verdict
from effectstudie.methods.estimate import Reason
from effectstudie.shared.vocabulary import COMPARED, UNITS, WAVES

OUTCOME, SD, SHARE = measured_in("outcome"), measured_in("sd"), measured_in("share")
OF_OUTCOME = {"outcome": TEXT, "unit": one_of(UNITS)}
REASON = one_of(filter(None, get_args(Reason)))

ESTIMATES = ResultTable(
    "<studie>/analysis/estimates.csv",
    {**OF_OUTCOME, "estimand": one_of(["persons", "households"])}
    | {"n_approach": COUNT, "n_control": COUNT, "households_approach": COUNT, "households_control": COUNT}
    | {"sets": NUMBER, "sets_whole": NUMBER, "covariates": TEXT, "left_out": TEXT, "by_group": YES_NO}
    | {"value": OUTCOME, "se": OUTCOME, "df": NUMBER, "p": NUMBER, "ci_low": OUTCOME, "ci_high": OUTCOME}
    | {"ci90_low": OUTCOME, "ci90_high": OUTCOME, "margin": OUTCOME, "verdict": one_of(filter(None, get_args(Verdict)))}
    | {"relevant": one_of(filter(None, get_args(Relevant))), "p_not_worse": NUMBER, "p_not_better": NUMBER}
    | {"p_equivalence": NUMBER, "detectable": OUTCOME, "sd_t0": OUTCOME}
    | {"value_without_t0": OUTCOME, "ci_low_without_t0": OUTCOME, "ci_high_without_t0": OUTCOME}
    | {"bracket": one_of(["same", "opposite"]), "share_lost": SHARE, "value_like_others": OUTCOME, "tipping": OUTCOME}
    | {"robustness_value": SHARE, "robustness_value_ci": SHARE, "benchmark": TEXT, "benchmark_group": SHARE}
    | {"benchmark_outcome": SHARE, "max_smd_unweighted": SD, "worst_unweighted": TEXT, "n_unlike_unweighted": COUNT}
    | {"max_smd_weighted": SD, "worst_weighted": TEXT, "n_unlike_weighted": COUNT, "note": TEXT, "reason": REASON},
)

BALANCE_ANALYSED = ResultTable(
    "<studie>/analysis/balance_analysed.csv",
    {**OF_OUTCOME, "covariate": TEXT, "smd_unweighted": SD, "smd_weighted": SD},
)

RELIABLE_CHANGE = ResultTable(
    "<studie>/analysis/reliable_change.csv",
    {**OF_OUTCOME, "group": one_of(COMPARED), "n": COUNT, "recovered": COUNT, "improved": COUNT, "unchanged": COUNT}
    | {"worse": COUNT, "alpha": NUMBER, "sd_start": OUTCOME, "se_difference": OUTCOME, "cutoff": OUTCOME}
    | {"note": TEXT, "reason": REASON},
)

TESTED = {
    **{"value": OUTCOME, "se": OUTCOME, "df": NUMBER, "p": NUMBER, "ci_low": OUTCOME, "ci_high": OUTCOME},
    **{"note": TEXT, "reason": REASON},
}

WITHIN_GROUPS = ResultTable(
    "<studie>/analysis/within_groups.csv",
    {**OF_OUTCOME, "group": one_of(COMPARED), "what": one_of(["change", "norm"]), "wave": one_of(WAVES)}
    | {"analysis": TEXT, "n": COUNT, "households": COUNT, **TESTED},
)

WITHIN_VERDICTS = ResultTable(
    "<studie>/analysis/within_verdicts.csv",
    {**OF_OUTCOME, "group": one_of(COMPARED), "what": one_of(["change", "norm"]), "wave": one_of(WAVES)}
    | {"p": NUMBER, "p_holm": NUMBER, "p_bh": NUMBER}
    | {"verdict": one_of(["holds", "differs", "nowhere", "undefined"]), "against": TEXT},
)

# What goes with an accumulation of risk factors.
OF_RISK = ("level_t0", "change", "difference_between_groups")
BY_RISK = ResultTable(
    "<studie>/analysis/by_risk.csv",
    {**OF_OUTCOME, "what": one_of(OF_RISK), "without_factor": TEXT}
    | {"n": COUNT, "n_smallest": COUNT, "households": COUNT, **TESTED},
)

# Only of a study that asks for imputation.
IMPUTED = ResultTable(
    "<studie>/analysis/imputed.csv",
    {**OF_OUTCOME, "m": COUNT, "value": OUTCOME, "se": OUTCOME, "df": NUMBER, "p": NUMBER, "ci_low": OUTCOME}
    | {"ci_high": OUTCOME, "within": NUMBER, "between": NUMBER, "fmi": SHARE, "n_smallest": COUNT, "note": TEXT}
    | {"reason": one_of([*REASON.ids, "nothing_missing"])},
)

TABLES = {
    "estimates": ESTIMATES,
    "balance_analysed": BALANCE_ANALYSED,
    "reliable_change": RELIABLE_CHANGE,
    "within_groups": WITHIN_GROUPS,
    "within_verdicts": WITHIN_VERDICTS,
    "by_risk": BY_RISK,
}
