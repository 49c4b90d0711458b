"""What a new run of an archive says differently: every number of its tables and every sentence of its report."""

import csv
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml.etree import LxmlError

from effectstudie.archive import bag
from effectstudie.archive.checking.exports import Sum, sum_column
from effectstudie.archive.checking.forms import study_of
from effectstudie.archive.checking.verify import table
from effectstudie.archive.left_out import SMALL, TOGETHER, together
from effectstudie.runs.result_tables import changed_table
from effectstudie.runs.sentences import rewordings, sentences_of_page
from effectstudie.runs.tables import Row, joined_key, read_table

# Results are written with twelve digits; another processor may differ in the last ones.
TOLERANCE = 1e-9
# Sentences of one report times those of the other: no real ones have so many, and it bounds the time of a comparison.
MOST_PAIRS = 10**8


class Difference(NamedTuple):
    """One place where the new run says something else.

    `kind`: cell, row, column or order of a table; text or form of a report; absent or new: a file of one of the two
    runs; together: as many tables as `place` says, by the one checksum of them all. `place`: the row of a table, or
    the headings over a sentence.
    """

    kind: str
    file: str
    place: str = ""
    column: str = ""
    archived: str = ""
    again: str = ""


class NumbersAgain(NamedTuple):
    """`files` and `values`: how many were compared; `last_digits`: how many of them are equal but for rounding."""

    files: int
    values: int
    last_digits: int
    differences: list[Difference]


def compare(files: Mapping[str, bytes], project: Path, sum_of: Sum | None) -> NumbersAgain:
    """The archived tables and report of a study, and those of a new run in the folder of its project.

    Tables of persons are left out: their pseudonyms come from a key that is in no archive. `sum_of` makes the checksums
    of the archive; without it tables that the archive only names are left out too.
    """
    study = study_of(files)
    kinds = re.compile(rf"results/{study}/((analysis|matching|render)/.*\.csv|report/\w+\.html)")
    inside = {path.removeprefix(bag.PAYLOAD): content for path, content in files.items()}
    archived = {path: content.decode() for path, content in sorted(inside.items()) if kinds.fullmatch(path)}
    values, rounded, differences = 0, 0, []
    for path, text in archived.items():
        if not (project / path).is_file():
            differences.append(Difference("absent", path))
            continue
        judge = _of_report if path.endswith(".html") else _of_table
        try:
            counted, close, other = judge(path, text, (project / path).read_text(encoding="utf-8"))
        except (ValueError, RecursionError, csv.Error, LxmlError):  # what stands there is no table, or no page
            counted, close, other = 0, 0, [Difference("form", path)]
        values, rounded, differences = values + counted, rounded + close, differences + other
    folders = {PurePosixPath(path).parent for path in archived if path.endswith(".csv")}
    made = {path.relative_to(project).as_posix() for folder in folders for path in (project / folder).glob("*.csv")}
    differences += [Difference("new", path) for path in sorted(made - archived.keys())]
    differences += _together(files, project, sum_of) if sum_of else []
    return NumbersAgain(len(archived), values, rounded, differences)


def _of_table(path: str, archived: str, again: str) -> tuple[int, int, list[Difference]]:
    """How many cells were compared, how many differ in their last digits only, and the differences."""
    old = read_table(archived)
    changes = changed_table(PurePosixPath(path).stem, old, read_table(again))
    others = [cell for cell in changes.cells if not _close(cell.old, cell.new)]
    differences = [
        *(Difference("cell", path, joined_key(cell.key), cell.column, cell.old, cell.new) for cell in others),
        *(Difference("row", path, joined_key(key), archived=_written(row)) for key, row in changes.removed.items()),
        *(Difference("row", path, joined_key(key), again=_written(row)) for key, row in changes.added.items()),
        *(Difference("column", path, column=name, archived=name) for name in changes.columns_removed),
        *(Difference("column", path, column=name, again=name) for name in changes.columns_added),
    ]
    if not changes and archived != again:
        differences = [Difference("order", path)]
    return (len(old.rows) + 1) * len(old.head), len(changes.cells) - len(others), differences


def _close(old: str, new: str) -> bool:
    try:
        return math.isclose(float(old), float(new), rel_tol=TOLERANCE)
    except ValueError:
        return False


def _written(row: Row) -> str:
    return ", ".join(f"{column} {value}" for column, value in row.items() if value)


def _of_report(path: str, archived: str, again: str) -> tuple[int, int, list[Difference]]:
    """The same for the sentences of a page; its tables are compared as tables."""
    old, new = sentences_of_page(archived), sentences_of_page(again)
    if len(old) * len(new) > MOST_PAIRS:
        return len(old), 0, [] if archived == again else [Difference("form", path)]
    differences = [
        Difference(
            "text",
            path,
            sentence.place,
            archived=" ".join(words for operation, words in sentence.parts if operation != "added"),
            again=" ".join(words for operation, words in sentence.parts if operation != "removed"),
        )
        for sentence in rewordings(old, new)
    ]
    if not differences and archived != again:
        differences = [Difference("form", path)]
    return len(old), 0, differences


def _together(files: Mapping[str, bytes], project: Path, sum_of: Sum) -> Iterator[Difference]:
    """Tables that the archive only names, by the one checksum of them all."""
    rows = [row for row in table(files, "run/not_included.csv") if row["why"] == SMALL]
    paths = [row["file"] for row in rows if row["file"] != TOGETHER]
    absent = [path for path in paths if not (project / path).is_file()]
    yield from (Difference("absent", path) for path in absent)
    if paths and not absent:
        again = sum_of(together((path, bag.sha256((project / path).read_bytes())) for path in paths))
        archived = next(row[sum_column(row)] for row in rows if row["file"] == TOGETHER)
        if again != archived:
            yield Difference("together", "", str(len(paths)), archived=archived, again=again)
