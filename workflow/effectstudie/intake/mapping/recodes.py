"""Recodes: in a column of an export, every cell with one code gets another, all codes of the column at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_number
from effectstudie.intake.mapping.meanings import code_in, meant_code
from effectstudie.shared.messages.sentences import private, say

# More different codes than these are not told.
_MOST = 12
Bounds = Sequence[tuple[Any, Any]]


class Recoded(NamedTuple):
    """An export with the codes of the codebook; what SPSS says of its columns is recoded along.

    `applied`: of each recode its column, old, new and reason, and the count of its cells.
    """

    frame: pd.DataFrame
    labels: dict[str, Mapping[Any, str]]
    user_missing: dict[str, Bounds]
    applied: list[dict]
    problems: list[str]


def apply_recodes(
    frame: pd.DataFrame,
    labels: Mapping[str, Mapping[Any, str]],
    user_missing: Mapping[str, Bounds],
    file: str,
    columns: Mapping[str, Column],
    recodes: pd.DataFrame | None,
) -> Recoded:
    """Recode an export; a code that never occurs, or that means something else, is a problem.

    `frame`, `labels`, `user_missing`: as the export has them, by canonical name; `recodes`: rows of this export, in
    which definitions.checks.recodes found no mistake.
    """
    after = Recoded(frame.copy(deep=False), dict(labels), dict(user_missing), [], [])
    for name, rows in recodes.groupby("column", sort=False) if recodes is not None else ():
        if name not in frame:
            faults = dict.fromkeys(rows.index, say("the export has no such column; take the line out."))
        else:
            faults = _recode(after, name, rows, columns[name])
        after.problems.extend(
            say(
                "recodes.csv, line {line} ({file}, column {name}): {fault}",
                line=line + 2,
                file=file,
                name=name,
                fault=fault,
            )
            for line, fault in faults.items()
            if fault
        )
    return after


def _recode(after: Recoded, name: str, rows: pd.DataFrame, column: Column) -> dict[int, str | None]:
    """Recode a column of `after`; what is wrong, by the label of the row."""
    cells, bounds, labels = after.frame[name].map(code_in), after.user_missing.get(name, ()), after.labels.get(name, {})
    counts = cells.value_counts()
    becomes = {code_in(row["old"]): as_number(row["new"]) for _, row in rows.iterrows()}
    called = {code_in(code): label for code, label in labels.items()}
    missing = [code for code in counts.index if code not in becomes and _declared(code, bounds)]
    faults = {line: _fault(row, counts, called, missing, column) for line, row in rows.iterrows()}
    made = rows[[not fault for fault in faults.values()]]
    after.applied.extend(
        {**row[["column", "old", "new", "reason"]], "count": int(counts[code_in(row["old"])])}
        for _, row in made.iterrows()
    )
    after.frame[name] = after.frame[name].where(~cells.isin(list(becomes)), cells.map(becomes))
    # where a line is wrong, it is not told again that the labels are
    after.labels[name] = _labels_after(labels, becomes) if len(made) == len(rows) else {}
    after.user_missing[name] = [(code, code) for code in missing]
    return faults


def _fault(row: pd.Series, counts: pd.Series, called: Mapping, missing: Sequence, column: Column) -> str | None:
    """`counts`: by code; `called`: code → label; `missing`: codes that SPSS was told are no answer, and stay so."""
    old, new = code_in(row["old"]), as_number(row["new"])
    meant = meant_code(called[old], column) if old in called else None
    if old not in counts:
        return say(
            "the export never holds {old}{held}; has it been recoded already?", old=row["old"], held=_held(counts.index)
        )
    if meant not in (None, new):
        return say(
            "the export calls {old} '{label}', which is code {meant} in the codebook; recode it to that, or mend the "
            "label.",
            old=row["old"],
            label=called[old],
            meant=meant,
        )
    if new in missing:
        return say(
            "{new} is declared missing in the export, and its own cells would stay so; recode those too, to a code "
            "for no answer.",
            new=row["new"],
        )
    return None


def _labels_after(labels: Mapping[Any, str], becomes: Mapping) -> dict[Any, str]:
    """A code that several become is called what it was called, or what the first of them was."""
    moved: dict[Any, str] = {}
    for code, label in labels.items():
        if code_in(code) in becomes:
            moved.setdefault(becomes[code_in(code)], label)
    return moved | {code: label for code, label in labels.items() if code_in(code) not in becomes}


def _declared(code: float | str, bounds: Bounds) -> bool:
    """Whether SPSS was told that a code is no answer."""
    return any(
        code == code_in(low) if isinstance(low, str) or isinstance(code, str) else low <= code <= high
        for low, high in bounds
    )


def _held(codes: Iterable[float | str]) -> str:
    """The codes of a column, where they are some."""
    numbers = sorted(code for code in codes if not isinstance(code, str))
    codes = [f"{code:g}" for code in numbers]
    return private(say(" (but {codes})", codes=codes)) if 0 < len(numbers) <= _MOST else ""
