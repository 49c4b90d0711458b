"""Corrections: data fixes with a reason, applied to an export in the order of their file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import THOUSANDS, as_date, as_number
from effectstudie.intake.spelling.ids import as_id, loose, no_id
from effectstudie.intake.spelling.letters import as_typed
from effectstudie.shared.messages.sentences import say


def apply_corrections(
    frame: pd.DataFrame, file: str, columns: Mapping[str, Column], key: list[str], corrections: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[dict], list[str], int]:
    """Apply the data fixes; a fix that hits no row, or whose old value differs, is a problem.

    An id that no row has is that of the one row that has it but for capitals, zeros in front or marks for thousands, as
    spreadsheets lose them; the last of the result is how many were found so.
    """
    if corrections is None or corrections.empty:
        return frame, [], [], 0
    frame = frame.astype({name: object for name in frame if name in set(corrections["column"])})
    ids = [[as_id(cell) or "" for cell in row] for row in zip(*(frame[name] for name in key), strict=True)]
    exactly, loosely = (_rows_by_id(ids, spelled) for spelled in (str, loose))
    applied: list[dict] = []
    problems, otherwise = [], 0
    for line, fix in corrections.iterrows():
        name = fix["column"]
        where = say("corrections, line {line} ({file}, column {name})", line=line + 2, file=file, name=name)
        own = [as_id(part) or "" for part in fix["id"].split("|")]
        rows = exactly.get(tuple(own), [])
        is_otherwise = not rows
        rows = rows or loosely.get(tuple(map(loose, own)), [])
        if name not in frame.columns:
            problems.append(
                say("{where}: the export has no such column; the column's name in the codebook is needed.", where=where)
            )
        elif len(rows) != 1:
            rounded = say(" A spreadsheet may have rounded it or made a date of it.") if any(map(no_id, own)) else ""
            problems.append(
                say(
                    "{where}: its id hits {number} rows; it must hit one.{rounded}",
                    where=where,
                    number=len(rows),
                    rounded=rounded,
                )
            )
        elif fix["old_value"].strip() == fix["new_value"].strip():
            problems.append(
                say("{where}: its new value is its old value, so it mends nothing; take it out.", where=where)
            )
        elif not _same(frame.at[rows[0], name], fix["old_value"], columns[name].kind):
            problems.append(
                say(
                    "{where}: the export does not hold the old value in row {row}; has it been mended already?",
                    where=where,
                    row=rows[0] + 1,
                )
            )
        else:
            frame.at[rows[0], name] = _as_number_where_it_is_one(fix["new_value"].strip(), columns[name].kind)
            applied.append({"row": int(rows[0]) + 1, "column": name, **fix[["reason", "who", "date"]]})
            otherwise += is_otherwise
    return frame, applied, problems, otherwise


def _as_number_where_it_is_one(text: str, kind: str) -> Any:
    """The value of a correction, whose decimal mark may be another than that of the file.

    What may be thousands stays a text, and is refused as it is in an export.
    """
    number = as_number(text) if kind in ("code", "number") and not THOUSANDS.fullmatch(text) else float("nan")
    return number if number == number else text or None


def _rows_by_id(ids: Sequence[Sequence[str]], spelled: Callable[[str], str]) -> dict[tuple[str, ...], list[int]]:
    rows: dict[tuple[str, ...], list[int]] = {}
    for row, parts in enumerate(ids):
        rows.setdefault(tuple(map(spelled, parts)), []).append(row)
    return rows


def with_corrections(frame: pd.DataFrame, corrected: pd.DataFrame, applied: list[dict]) -> pd.DataFrame:
    """A table in which these cells are as they were corrected."""
    frame = frame.astype({fix["column"]: object for fix in applied})
    for fix in applied:
        place = fix["row"] - 1, fix["column"]
        frame.at[place] = corrected.at[place]
    return frame


def _same(value: Any, expected: str, kind: str) -> bool:
    """Whether a cell holds what a correction says, however the format of the export writes it (1, 1.0, 1,0)."""
    read = {"id": as_id, "date": as_date, "code": as_number, "number": as_number}.get(kind, as_typed)
    return (as_typed(value) or "") == expected.strip() or bool(read(value) == read(expected))
