"""The tables of analysis/."""

from itertools import combinations
from typing import get_args

from effectstudie.definitions.result_tables import effect
from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, YES_NO, ResultTable, measured_in, one_of
from effectstudie.methods.estimate import Reason
from effectstudie.shared.vocabulary import COMPARED, ENDS, GROUPS, UNITS, WAVES

SIZES = ("small", "small_to_medium", "medium", "medium_to_large", "large")

UNIT, GROUP, WAVE, REASON = one_of(UNITS), one_of(GROUPS), one_of(WAVES), one_of(filter(None, get_args(Reason)))
# One group, or two that are compared.
IN_GROUPS = one_of([*GROUPS, *("|".join(pair) for pair in combinations(GROUPS, 2))])
OUTCOME, SD = measured_in("outcome"), measured_in("sd")
INTERVAL = {"ci_low": OUTCOME, "ci_high": OUTCOME}
OF_OUTCOME = {"outcome": TEXT, "unit": UNIT}

DESCRIPTIVES = ResultTable(
    "<studie>/analysis/descriptives.csv",
    {**OF_OUTCOME, "group": GROUP, "wave": WAVE, "n": COUNT, "mean": OUTCOME, "sd": OUTCOME, **INTERVAL},
)

# Whether people change of class: with the percentages of both measurements p tells how many do.
OF_CHANGE = ("stuart_maxwell", "stuart_maxwell_exact", "bowker", "bowker_exact", "mcnemar", "mcnemar_exact")
ANALYSES = one_of([
    *("mixed_anova", "mean_difference", "paired_t", "mean_change", "t_test", "one_sample_t", "chi_squared"),
    *("fisher_exact", *OF_CHANGE),
])  # fmt: skip
EFFECT_SIZES = one_of(["partial_eta_squared", "cohen_d", "cramers_v", "mean_difference", "mean_change"])

TESTS = ResultTable(
    "<studie>/analysis/tests.csv",
    {**OF_OUTCOME, "analysis": ANALYSES, "effect": one_of(["time", "group", "interaction", "problem"])}
    | {"group": IN_GROUPS, "wave": WAVE, "statistic": one_of(["F", "t", "chi2"]), "value": NUMBER, "df1": NUMBER}
    | {"df2": NUMBER, "p": NUMBER, "effect_size": EFFECT_SIZES, "effect_value": NUMBER, "ci_low": NUMBER}
    | {"ci_high": NUMBER, "size_word": one_of(SIZES), "ges": NUMBER, "n": COUNT, "note": TEXT, "reason": REASON},
)

SENSITIVITY = ResultTable(
    "<studie>/analysis/sensitivity.csv",
    {**OF_OUTCOME, "analysis": TEXT, "value": OUTCOME, "se": OUTCOME, "statistic": NUMBER, "df1": NUMBER}
    | {"df2": NUMBER, "p": NUMBER, **INTERVAL, "n": COUNT, "n_smallest": COUNT, "households": COUNT}
    | {"note": TEXT, "reason": REASON},
)

# Analyses of another question: another course, another moment, and the other end of the bracket of T0.
OTHER_QUESTIONS = ("all_waves", "all_waves_reml", "other_follow_up", "without_t0")

VERDICTS = ResultTable(
    "<studie>/analysis/verdicts.csv",
    {**OF_OUTCOME, "p": NUMBER, "p_holm": NUMBER, "p_primary": NUMBER, "p_bh": NUMBER}
    | {"verdict": one_of(["holds", "differs", "nowhere", "undefined"]), "against": TEXT},
)

ROBUSTNESS = ResultTable(
    "<studie>/analysis/robustness.csv",
    {**OF_OUTCOME, "n_approach": COUNT, "n_control": COUNT, "d": SD, "se_d": SD, "e_value": NUMBER}
    | {"e_value_ci": NUMBER, "gamma": NUMBER, "icc": NUMBER, "correlation": NUMBER, "detectable_d": SD, "note": TEXT},
)

MODERATION = ResultTable(
    "<studie>/analysis/moderation.csv",
    {**OF_OUTCOME, "effect": one_of(["group", "risk", "group_x_risk"]), "f": NUMBER, "df1": NUMBER, "df2": NUMBER}
    | {"p": NUMBER, "partial_eta_squared": NUMBER, "ci_low": NUMBER, "ci_high": NUMBER, "n": COUNT, "note": TEXT},
)

MODERATION_CELLS = ResultTable(
    "<studie>/analysis/moderation_cells.csv",
    {**OF_OUTCOME, "group": GROUP, "risk": YES_NO, "n": COUNT, "change": OUTCOME, "sd": OUTCOME},
)

LEVELS = ResultTable(
    "<studie>/analysis/levels.csv",
    {**OF_OUTCOME, "group": GROUP, "n": COUNT}
    | {f"{name}_{end}": OUTCOME for end in ENDS.values() for name in ("mean", "sd", "ci_low", "ci_high")}
    | {"change": OUTCOME, "ci_low_change": OUTCOME, "ci_high_change": OUTCOME},
)

FOLLOW_UP_WAVES = ResultTable(
    "<studie>/analysis/follow_up_waves.csv", {"unit": UNIT, "group": one_of(COMPARED), "wave": TEXT, "n": COUNT}
)

ATTRITION = ResultTable(
    "<studie>/analysis/attrition.csv",
    {"analysis": one_of(["loss", "differential_loss", "baseline"]), "unit": UNIT, "outcome": TEXT, "group": GROUP}
    | {"n": COUNT, "n_stayed": COUNT, "n_lost": COUNT, "percentage_lost": measured_in("percent")}
    | {"mean_stayed": OUTCOME, "sd_stayed": OUTCOME, "mean_lost": OUTCOME, "sd_lost": OUTCOME, "smd": SD}
    | {"test": one_of(["chi_squared", "fisher_exact", "welch_t"]), "t": NUMBER, "chi2": NUMBER, "df": NUMBER}
    | {"p": NUMBER, "note": TEXT},
)

TABLES = {
    "descriptives": DESCRIPTIVES,
    "tests": TESTS,
    "levels": LEVELS,
    "sensitivity": SENSITIVITY,
    "verdicts": VERDICTS,
    "robustness": ROBUSTNESS,
    "moderation": MODERATION,
    "moderation_cells": MODERATION_CELLS,
    "attrition": ATTRITION,
    "follow_up_waves": FOLLOW_UP_WAVES,
    **effect.TABLES,
}
