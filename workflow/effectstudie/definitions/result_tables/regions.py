"""The tables of a set of studies, in results/<set>/analysis/."""

from typing import get_args

from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, YES_NO, ResultTable, measured_in, one_of
from effectstudie.methods.effect.margin import Relevant, Verdict
from effectstudie.methods.estimate import Reason
from effectstudie.shared.vocabulary import UNITS

OUTCOME, SD, SHARE = measured_in("outcome"), measured_in("sd"), measured_in("share")
# How the studies of a set come by their controls.
CHOICES = ("shared", "once")
OF_OUTCOME = {"outcome": TEXT, "unit": one_of(UNITS)}
SIZES = {"n_approach": COUNT, "n_control": COUNT, "households_approach": COUNT, "households_control": COUNT}
ESTIMATED = {
    **{"value": OUTCOME, "se": OUTCOME, "df": NUMBER, "p": NUMBER, "ci_low": OUTCOME, "ci_high": OUTCOME},
    **{"note": TEXT, "reason": one_of(filter(None, get_args(Reason)))},
}
JUDGED = {
    "margin": OUTCOME,
    "verdict": one_of(filter(None, get_args(Verdict))),
    "relevant": one_of(filter(None, get_args(Relevant))),
}

REGIONS = ResultTable(
    "<set>/analysis/regions.csv",
    {**OF_OUTCOME, "study": TEXT, "shown": YES_NO, **SIZES, **ESTIMATED, "sd_t0": OUTCOME, **JUDGED, "share": SHARE},
)

TOGETHER = ResultTable(
    "<set>/analysis/together.csv",
    {"controls": one_of(CHOICES), **OF_OUTCOME, "n_studies": COUNT, **ESTIMATED, "tau": OUTCOME}
    | {"next_low": OUTCOME, "next_high": OUTCOME, "q": NUMBER, "q_p": NUMBER, "correlation": NUMBER, "sd_t0": OUTCOME}
    | JUDGED,
)

CONTROLS = ResultTable(
    "<set>/analysis/controls.csv",
    {"controls": one_of(CHOICES), "study": TEXT, "households_approach": COUNT, "unmatched_approach": COUNT}
    | {"households_control": COUNT, "shared": COUNT, "ess_controls": NUMBER, "max_smd": SD, "worst": TEXT},
)

PLACEBO = ResultTable("<set>/analysis/placebo.csv", {**OF_OUTCOME, "region": TEXT, **SIZES, **ESTIMATED})

PLACEBO_SPREAD = ResultTable(
    "<set>/analysis/placebo_spread.csv",
    {**OF_OUTCOME, "like": TEXT, "n_regions": COUNT, "mean": OUTCOME, "sd": OUTCOME, "tau": OUTCOME}
    | {"lowest": OUTCOME, "highest": OUTCOME},
)

TABLES = {
    "regions": REGIONS,
    "together": TOGETHER,
    "controls": CONTROLS,
    "placebo": PLACEBO,
    "placebo_spread": PLACEBO_SPREAD,
}
