"""The table of score/ that is not of persons."""

from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, ResultTable

RELIABILITY = ResultTable(
    "cohort/score/<vragenlijst>_reliability.csv",
    {"instrument": TEXT, "scale": TEXT, "label": TEXT, "form": TEXT, "wave": TEXT, "n": COUNT, "items": COUNT}
    | {"alpha": NUMBER, "ci_low": NUMBER, "ci_high": NUMBER, "published": NUMBER, "note": TEXT},
)

TABLES = {"reliability": RELIABILITY}
