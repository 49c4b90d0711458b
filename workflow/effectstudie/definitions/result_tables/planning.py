"""The tables of the planning, in power/. They hold what the door let through, so a number may be missing."""

from effectstudie.definitions.result_tables.effect import OF_OUTCOME, OUTCOME, SD, SHARE
from effectstudie.definitions.result_tables.table import COUNT, NUMBER, ResultTable, one_of

# Where a correlation and a loss come from: the study's file, the cohort, or what holds without either.
SOURCES = ("setting", "cohort", "default")
# Whose families say how many values a household has.
BASES = ("approach", "all")

START = ResultTable(
    "<studie>/power/start.csv",
    {**OF_OUTCOME, "hidden": one_of(["few"]), "households": NUMBER, "n": NUMBER, "sd": OUTCOME}
    | {"basis": one_of(BASES), "per_household": NUMBER, "cluster_size": NUMBER, "icc": NUMBER}
    | {"sd_follow_up": OUTCOME, "sd_follow_up_from": one_of(SOURCES)}
    | {"correlation": NUMBER, "correlation_from": one_of(SOURCES), "lost": SHARE, "lost_from": one_of(SOURCES)}
    | {"margin": OUTCOME, "needed": NUMBER, "needed_change": NUMBER},
)

DETECTABLE = ResultTable(
    "<studie>/power/power.csv",
    {**OF_OUTCOME, "households": COUNT, "n_approach": NUMBER, "n_control": NUMBER}
    | {"difference": OUTCOME, "difference_sd": SD, "change": OUTCOME, "change_sd": SD},
)

TABLES = {"power_start": START, "power": DETECTABLE}
