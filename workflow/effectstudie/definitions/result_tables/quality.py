"""The tables of the data-quality page."""

from effectstudie.definitions.result_tables.table import COUNT, TEXT, ResultTable

WARNINGS = ResultTable(
    "cohort/check/warnings.csv",
    {"kind": TEXT, "file": TEXT, "column": TEXT, "about": TEXT, "count": COUNT, "rows": TEXT},
)

# Kinds of warnings that tell how cells were read, and say nothing against the data behind an outcome; for the log.
HOW_READ = {
    "id_signs": "{count} ids of column {column} have signs that are not seen or of a spreadsheet; read without",
    "id_capitals": "{count} ids of column {column} differ in capitals from {about}; read as the same",
    "id_zeros": "{count} ids of column {column} differ in zeros in front from {about}; read as the same",
    "id_thousands": "{count} ids of column {column} differ in marks for thousands from {about}; read as the same",
    "id_correction": "{count} corrections have an id in another spelling than the export; they are made",
    "no_answer_word": "{count} cells hold {about}; read as no answer",
    "no_approach": "{count} cells of column {column} say that there is no approach; read as empty",
}

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
