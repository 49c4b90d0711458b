"""The tables of the data-quality page."""

from effectstudie.definitions.result_tables.table import COUNT, TEXT, ResultTable

WARNINGS = ResultTable(
    "cohort/check/warnings.csv",
    {"kind": TEXT, "file": TEXT, "column": TEXT, "about": TEXT, "count": COUNT, "rows": TEXT},
)

NEVER_GIVEN = ResultTable(
    "cohort/check/never_given.csv",
    {"file": TEXT, "questionnaire": TEXT, "questions": TEXT, "codes": TEXT, "labels": TEXT}
    | {"lowest": COUNT, "highest": COUNT, "answers": COUNT},
)

ANSWERS = ResultTable(
    "cohort/check/answers.csv",
    {"file": TEXT, "questionnaire": TEXT, "regio": TEXT, "aanpak": TEXT, "forms": COUNT, "empty": COUNT}
    | {"asked": COUNT, "answered": COUNT, "refused": COUNT, "not_applicable": COUNT},
)

CORRECTIONS = ResultTable(
    "cohort/check/corrections.csv",
    {"file": TEXT, "row": COUNT, "column": TEXT, "regio": TEXT, "aanpak": TEXT, "reason": TEXT, "who": TEXT}
    | {"date": TEXT},
)

RECODES = ResultTable(
    "cohort/check/recodes.csv",
    {"file": TEXT, "column": TEXT, "old": TEXT, "new": TEXT, "count": COUNT, "reason": TEXT},
)

TABLES = {"warnings": WARNINGS, "never_given": NEVER_GIVEN, "answers": ANSWERS, "corrections": CORRECTIONS}
TABLES |= {"recodes": RECODES}
