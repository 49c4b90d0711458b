"""Odd rows of one export: hardly answered, the same answer throughout, the same answers as another row."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.warnings import warning

# A straight line through fewer questions happens to people who do read them.
STRAIGHT_LINE_FROM = 10
# More lines than this in a questionnaire are a questionnaire that was not read.
MANY_LINES = 0.05
# The same person twice has the same answers to this many questions, not all alike.
SAME_ANSWERS_FROM = 20
# A question with one and the same answer from this many people, other than the lowest, was not asked.
ONE_ANSWER_FROM = 20
AGE_COLUMNS = ("leeftijd", "kind_leeftijd")
AT_A_TIME = 50_000


def odd_rows(table: pd.DataFrame, columns: Mapping[str, Column], file: str) -> list[dict]:
    """Straight lines, and two rows with the same answers, of one ingested table with raw or new ids."""
    odd = []
    rows = table["row"]
    lines = pd.Series(0, index=table.index)
    for (questionnaire, codes), names in questionnaires(columns, table).items():
        if len(names) < STRAIGHT_LINE_FROM:
            continue
        complete, alike = _of_rows(
            table, names, lambda answers: (~np.isnan(answers).any(axis=1), answers.min(axis=1) == answers.max(axis=1))
        )
        # one lowest answer to everything may well be true: never, no complaint
        line = complete & alike & (table[names[0]] != codes[0])
        lines += line
        if line.sum() > max(MANY_LINES * complete.sum(), 2):
            odd.append(warning("lines", file, names[0], questionnaire, rows[line]))
    if (lines > 1).any():
        odd.append(warning("line", file, "", "", rows[lines > 1]))
    return odd + _same_answers(table, columns, file) + _unanswered(table, columns, file)


def _unanswered(table: pd.DataFrame, columns: Mapping[str, Column], file: str) -> list[dict]:
    """Rows and columns without an answer, or with one answer only."""
    odd = []
    for name, column in columns.items():
        if column.kind == "date" and name in table and (absent := table[name].isna()).any():
            odd.append(warning("no_date", file, name, "", table.loc[absent, "row"]))
        if name in AGE_COLUMNS and name in table and (absent := ~(table[name] >= 0)).any():
            odd.append(warning("no_age", file, name, "", table.loc[absent, "row"]))
    items = [name for name, column in columns.items() if column.kind == "code" and name in table]
    if len(items) > 1:
        (empty,) = _of_rows(table, items, lambda answers: ((~np.isnan(answers)).sum(axis=1) < 2,))
        if empty.any():
            odd.append(warning("no_answers", file, "", "", table.loc[empty, "row"]))
    for name in items:
        column = table[name].to_numpy(dtype=float)
        column = column[column >= 0]
        codes = _codes(columns[name])
        if not len(column) and len(table) >= ONE_ANSWER_FROM:
            odd.append(warning("no_answer", file, name, "", len(table)))
        elif (
            len(codes) > 2 and len(column) >= ONE_ANSWER_FROM and (column == column[0]).all() and column[0] != codes[0]
        ):
            odd.append(warning("one_answer", file, name, "", len(column)))
    return odd


def _same_answers(table: pd.DataFrame, columns: Mapping[str, Column], file: str) -> list[dict]:
    names = [name for names in questionnaires(columns, table).values() for name in names]
    if not names:
        return []
    factors = np.random.default_rng(0).integers(2**63, size=len(names), dtype=np.uint64)

    def facts(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lowest, highest = (reduce(answers, axis=1)[:, None] for reduce in (np.fmin.reduce, np.fmax.reduce))
        several = ((answers > lowest) & (answers < highest)).any(axis=1)  # more than two different ones
        varied = several & ((~np.isnan(answers)).sum(axis=1) >= SAME_ANSWERS_FROM)
        return varied, np.where(np.isnan(answers), 0, answers + 1).astype(np.uint64) @ factors

    varied, digest = _of_rows(table, names, facts)
    # rows of one digest are compared in full
    alike = table.loc[varied & pd.Series(digest, table.index).where(varied).duplicated(keep=False), names]
    twice = alike.where(alike >= 0).duplicated(keep=False)
    twins = table.loc[twice.index[twice], "row"]
    return [warning("same_answers", file, "", "", twins)] if len(twins) else []


def _of_rows(table: pd.DataFrame, names: Sequence[str], facts: Callable[[np.ndarray], tuple]) -> list[np.ndarray]:
    """What `facts` says of each row, from its answers (NaN for none); some rows at a time, for memory's sake."""
    found = []
    for start in range(0, max(len(table), 1), AT_A_TIME):
        answers = table[names].iloc[start : start + AT_A_TIME].to_numpy(dtype=float, copy=True)
        answers[~(answers >= 0)] = np.nan
        found.append(facts(answers))
    return [np.concatenate(parts) for parts in zip(*found, strict=True)]


def questionnaires(columns: Mapping[str, Column], table: pd.DataFrame) -> dict[tuple[str, tuple], list[str]]:
    """(questionnaire, its codes) → columns of the table, for questions with three codes or more."""
    found: dict[tuple, list[str]] = {}
    for name, column in columns.items():
        codes = _codes(column)
        if column.kind == "code" and len(codes) > 2 and name in table:
            found.setdefault((column.questionnaire, codes), []).append(name)
    return found


def _codes(column: Column) -> tuple[int, ...]:
    if column.values is not None:
        return tuple(sorted(column.values))
    return tuple(range(int(column.low), int(column.high) + 1)) if column.low is not None else ()
