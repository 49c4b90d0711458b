"""Named ways in which fifteen years of survey software have broken exports, and what must be said of each."""

from given.broken import (
    answers,
    cells,
    columns,
    corrections,
    csv_files,
    excel_files,
    files,
    naming,
    people,
    recodes,
    spss_files,
    waves,
)

PARTS = (
    cells,
    answers,
    people,
    waves,
    columns,
    files,
    csv_files,
    spss_files,
    excel_files,
    naming,
    corrections,
    recodes,
)
BROKEN = {name: case for part in PARTS for name, case in part.CASES.seen.items()}
HARMLESS = {name: case for part in PARTS for name, case in part.CASES.passed.items()}
