"""Answers of one export that may be true but look odd: they never stop a run."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.codebook import Column

# A straight line through fewer questions happens to people who do read them.
STRAIGHT_LINE_FROM = 10


def odd_answers(table: pd.DataFrame, columns: Mapping[str, Column], file: str) -> list[dict]:
    """Straight lines and extremes that never occur, of an ingested table: file, column, what and count.

    A straight line is one answer to all of ten or more questions, other than the lowest, which may well be true
    ("never" to everything). A lowest or highest code that nobody gave to any question of a questionnaire hints
    at an export that was recoded.
    """
    questionnaires: dict[tuple, list[str]] = {}
    for name, column in columns.items():
        codes = _codes(column)
        if column.kind == "code" and len(codes) > 2:
            questionnaires.setdefault((column.questionnaire, codes), []).append(name)
    found = []
    for (questionnaire, codes), names in questionnaires.items():
        answers = table[names].where(table[names] >= 0)
        if len(names) < STRAIGHT_LINE_FROM or answers.isna().all(axis=None):
            continue
        lines = answers.notna().all(axis=1) & (answers.min(axis=1) == answers.max(axis=1))
        lines &= answers[names[0]] != codes[0]
        if lines.any():
            what = f"the same answer to all {len(names)} questions of {questionnaire}"
            found.append({"file": file, "column": names[0], "what": what, "count": int(lines.sum())})
        for code in (codes[0], codes[-1]):
            if not (answers == code).any(axis=None):
                what = f"nobody gave the answer {code} to any question of {questionnaire}"
                found.append({"file": file, "column": names[0], "what": what, "count": len(table)})
    return found


def _codes(column: Column) -> tuple[int, ...]:
    if column.values is not None:
        return tuple(sorted(column.values))
    return tuple(range(int(column.low), int(column.high) + 1)) if column.low is not None else ()
