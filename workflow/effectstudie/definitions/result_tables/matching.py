"""The tables of matching/."""

from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, YES_NO, ResultTable, measured_in, one_of

COVARIATE, SD, LOGIT = measured_in("covariate"), measured_in("sd"), measured_in("logit")

BALANCE = ResultTable(
    "<studie>/matching/<strategie>/balance.csv",
    {"covariate": TEXT, "level": TEXT, "of_shares": YES_NO, "of_counts": YES_NO}
    | {"sample": one_of(["all", "matched", "matched_unweighted"])}
    | {"mean_approach": COVARIATE, "mean_control": COVARIATE, "smd": SD, "variance_ratio": NUMBER}
    | {"ecdf_mean": NUMBER, "ecdf_max": NUMBER},
)

OVERLAP = ResultTable(
    "<studie>/matching/<strategie>/overlap.csv",
    {"sample": one_of(["approach_all", "pool", "approach_matched", "control_matched"]), "n": COUNT}
    | dict.fromkeys(("p10", "p25", "p50", "p75", "p90"), LOGIT),
)

UNMATCHED = ResultTable(
    "<studie>/matching/<strategie>/unmatched.csv",
    {"covariate": TEXT, "n_matched": COUNT, "mean_matched": COVARIATE}
    | {"n_unmatched": COUNT, "mean_unmatched": COVARIATE, "smd": SD},
)

VARIANTS = ResultTable(
    "<studie>/matching/variants.csv",
    {"variant": TEXT, "ratio": COUNT, "caliper": SD, "order": one_of(["largest", "smallest"]), "n_approach": COUNT}
    | {"n_unmatched": COUNT, "n_controls": COUNT, "apart_approach": COUNT, "apart_controls": COUNT}
    | {"ess_controls": NUMBER, "mean_smd": SD, "max_smd": SD}
    | {"worst_covariate": TEXT, "note": TEXT},
)

TABLES = {"balance": BALANCE, "overlap": OVERLAP, "unmatched": UNMATCHED, "variants": VARIANTS}
