"""What differs between two runs of a study: dicts, tables of text cells and conclusions.

Nothing is rounded here before it is compared; a cell that holds the same number in another notation is the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NamedTuple

from effectstudie.runs.finished import Run, Table
from effectstudie.runs.sentences import Rewording, rewordings, sentences_of

ALPHA = 0.05


# Columns that name a row of the result tables of a study. In tests.csv the method does not: it may follow the data.
KEYS = {
    "descriptives": ("outcome", "unit", "group", "wave"),
    "tests": ("outcome", "unit", "what", "effect", "group", "wave"),
    "sensitivity": ("outcome", "unit", "analysis"),
    "verdicts": ("outcome", "unit"),
    "robustness": ("outcome", "unit"),
    "moderation": ("outcome", "unit", "effect"),
    "moderation_cells": ("outcome", "unit", "group", "risk"),
    "attrition": ("outcome", "unit", "analysis", "group"),
}

EXPORT_FACTS = ("file", "sha256", "rows", "corrections", "corrections_sha256")

ESTIMATES = ("mean_difference", "mean_change")


# Columns of the report's tables that say what is concluded, where analysis/ is not at hand.
PRINTED_TURNS = {
    "tests": {"p": "significance", "Grootte": "size"},
    "key": {"Verandering": "direction", "Verschil in ontwikkeling": "direction"},
    "conclusions": {"Conclusie": "verdict"},
    "background": {"Verschil": "significance"},
    "problems": {"Verschil": "significance"},
    "risk_groups": {"p risico": "significance", "p verschil tussen groepen": "significance"},
    "losses": {"p": "significance"},
}

Key = tuple[str, ...]

Row = dict[str, str]


class Change(NamedTuple):
    """A value that differs; None on the side that does not have it."""

    key: str
    old: Any
    new: Any


class Cell(NamedTuple):
    """A cell that differs, with its whole row in both runs."""

    key: Key
    column: str
    old: str
    new: str
    rows: tuple[Row, Row]


@dataclass(frozen=True)
class TableChanges:
    """Cells that differ, and rows and columns that only one of the tables has."""

    cells: list[Cell] = field(default_factory=list)
    removed: dict[Key, Row] = field(default_factory=dict)
    added: dict[Key, Row] = field(default_factory=dict)
    columns_removed: list[str] = field(default_factory=list)
    columns_added: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.cells, self.removed, self.added, self.columns_removed, self.columns_added))


class Turn(NamedTuple):
    """A conclusion that turned. `kind`: significance, direction, size or verdict; its row in both runs.

    A row of a printed table has `said` besides: what the cell itself concludes.
    """

    kind: str
    table: str
    key: Key
    old: Row
    new: Row


@dataclass(frozen=True)
class Comparison:
    """All that differs between two runs; None for what one of them did not leave behind.

    `exports`: keys `<export>.<fact>`; `results`, `printed`: name of a table of analysis/ or render/ → its changes;
    `lost`, `gained`: tables that only the old or the new run has. `confidential`: made from more than may be published.
    """

    exports: list[Change] | None
    settings: list[Change] | None
    files: list[Change] | None
    versions: list[Change] | None
    results: dict[str, TableChanges] | None
    printed: dict[str, TableChanges]
    lost: list[str]
    gained: list[str]
    turns: list[Turn]
    sentences: list[Rewording]
    confidential: bool

    @property
    def causes(self) -> bool:
        """Whether data, settings, definitions, code or versions differ."""
        return any((self.exports, self.settings, self.files, self.versions))

    @property
    def effects(self) -> bool:
        """Whether anything that a run found or wrote differs."""
        return any((self.results, self.printed, self.lost, self.gained, self.turns, self.sentences))


def compare_runs(old: Run, new: Run) -> Comparison:
    """All that differs between two runs of one study."""

    def values(name: str) -> list[Change] | None:
        before, after = getattr(old, name), getattr(new, name)
        return changed_values(before, after) if before and after else None

    both = bool(old.analysis and new.analysis)
    html = (old.html, new.html) if old.html and new.html else ("", "")
    tables = [
        {*(f"render/{name}" for name in run.printed), *(f"analysis/{name}" for name in run.analysis if both)}
        for run in (old, new)
    ]
    return Comparison(
        exports=_changed_exports(old.exports, new.exports),
        settings=values("settings"),
        files=None if not (old.files and new.files) else changed_files(old.files, new.files),
        versions=values("versions"),
        results=changed_results(old.analysis, new.analysis) if both else None,
        printed=changed_prints(old.printed, new.printed),
        lost=sorted(tables[0] - tables[1]),
        gained=sorted(tables[1] - tables[0]),
        turns=_turns(old, new) if both else turned_in_print(old.printed, new.printed),
        sentences=rewordings(sentences_of(old.record, html[0]), sentences_of(new.record, html[1])),
        confidential=not (old.published_only and new.published_only),
    )


def _turns(old: Run, new: Run) -> list[Turn]:
    """What turned in analysis/, and in the background as printed: there, merged classes are tested anew."""
    turns = turned_conclusions(old.analysis, new.analysis)
    outcomes = new.settings.get("outcomes", {})
    known = {outcomes.get(turn.new["outcome"], {}).get("label") for turn in turns if turn.kind == "significance"}
    printed = turned_in_print(*({"background": run.printed.get("background", Table([], []))} for run in (old, new)))
    return [*turns, *(turn for turn in printed if turn.key[0] not in known)]


def _changed_exports(old: Mapping[str, Mapping], new: Mapping[str, Mapping]) -> list[Change] | None:
    """Of an export in both runs, the facts that both tell."""
    if not old or not new:
        return None
    return [
        Change(f"{export}.{fact}", old.get(export, {}).get(fact), new.get(export, {}).get(fact))
        for export in dict.fromkeys([*old, *new])
        for fact in EXPORT_FACTS
        if (export not in old or export not in new or (fact in old[export] and fact in new[export]))
        and old.get(export, {}).get(fact) != new.get(export, {}).get(fact)
    ]


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Files that differ, or that only one of the runs used: path → SHA-256."""
    return [
        Change(path, old.get(path), new.get(path)) for path in sorted({*old, *new}) if old.get(path) != new.get(path)
    ]


def changed_values(old: Mapping, new: Mapping) -> list[Change]:
    """The values of nested mappings that differ, with the path of keys as `matching.strategies.strategy_1.ratio`.

    A list of plain values is one value; in other lists the place is part of the path. A key that is missing is one
    without a value.
    """
    before, after = dict(_leaves(old)), dict(_leaves(new))
    return [
        Change(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        for place, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{path}[{place}]")
    elif path:
        yield path, value


def changed_cells(old: Table, new: Table, key: Sequence[str] | None = None) -> TableChanges:
    """How two tables differ. Without `key` the first columns that tell their rows apart are the key."""
    key = key or _telling(old, new)
    before, after = _by_key(old, key), _by_key(new, key)
    shared = [column for column in old.head if column in new.head and column not in key]
    return TableChanges(
        cells=[
            Cell(name, column, row[column], after[name][column], (row, after[name]))
            for name, row in before.items()
            if name in after
            for column in shared
            if not same(row[column], after[name][column])
        ],
        removed={name: row for name, row in before.items() if name not in after},
        added={name: row for name, row in after.items() if name not in before},
        columns_removed=[column for column in old.head if column not in new.head],
        columns_added=[column for column in new.head if column not in old.head],
    )


def same(old: str, new: str) -> bool:
    """Whether two cells hold the same text or the same number."""
    if old == new:
        return True
    first, second = as_number(old), as_number(new)
    return first is not None and first == second


def as_number(text: str) -> float | None:
    """The number in a cell of a result table (decimal point), or None."""
    try:
        return float(text)
    except ValueError:
        return None


def _telling(old: Table, new: Table) -> list[str]:
    """The fewest first columns, of those that hold texts, that tell the rows of both tables apart; or all of them."""
    texts = [
        column
        for column in old.head
        if column in new.head
        and any(row[column] and as_number(row[column]) is None for one in (old, new) for row in _rows(one))
    ]
    for count in range(1, len(texts)):
        if all(len({tuple(row[name] for name in texts[:count]) for row in _rows(one)}) == len(one.rows)
               for one in (old, new)):  # fmt: skip
            return texts[:count]
    return texts


def _rows(table: Table) -> list[Row]:
    """Rows in which a column that another version does not have is empty."""
    return [defaultdict(str, zip(table.head, row, strict=False)) for row in table.rows]


def _by_key(table: Table, key: Sequence[str]) -> dict[Key, Row]:
    """Rows by their key; a key that occurs again gets a number."""
    found: dict[Key, Row] = {}
    seen: Counter[Key] = Counter()
    for row in _rows(table):
        name = tuple(row[column] for column in key)
        seen[name] += 1
        found[name if seen[name] == 1 else (*name, str(seen[name]))] = row
    return found


def changed_table(name: str, old: Table, new: Table) -> TableChanges:
    """How two versions of a result table differ, or of another table where no result table has this name."""
    return changed_cells(with_kind(name, old), with_kind(name, new), KEYS.get(name))


def changed_results(old: Mapping[str, Table], new: Mapping[str, Table]) -> dict[str, TableChanges]:
    """How the tables of analysis/ that both runs have differ, by name; those that are the same are left out."""
    found = {
        name: changed_table(name, old[name], new[name])
        for name in sorted(old.keys() & new.keys(), key=lambda name: ([*KEYS, name].index(name), name))
    }
    return {name: changes for name, changes in found.items() if changes}


def changed_prints(old: Mapping[str, Table], new: Mapping[str, Table]) -> dict[str, TableChanges]:
    """The same of the tables of the report and the data of its figures, in its order."""
    found = {name: changed_cells(old[name], new[name]) for name in old if name in new}
    return {name: changes for name, changes in found.items() if changes}


def with_kind(name: str, table: Table) -> Table:
    """tests.csv with a column `what`, which tells a test from an estimate; other tables as they are."""
    if name != "tests" or "analysis" not in table.head:
        return table
    place = table.head.index("analysis")
    kinds = [row[place] if row[place] in ESTIMATES else "test" for row in table.rows]
    return Table([*table.head, "what"], [[*row, kind] for row, kind in zip(table.rows, kinds, strict=True)])


def turned_conclusions(old: Mapping[str, Table], new: Mapping[str, Table]) -> list[Turn]:
    """Conclusions in analysis/ that the two runs do not share.

    Significance: a p on the other side of .05, or none in one of the runs. Direction: another sign of a difference or
    change, where one of the runs has p < .05. Size: another size word. Verdict: whether a conclusion holds in other
    analyses, and which differ.
    """
    turns = []
    for name in ("tests", "moderation", "attrition"):
        for key, before, after in _pairs(name, old, new):
            if significant(before["p"]) != significant(after["p"]):
                turns.append(Turn("significance", name, key, before, after))
            if before["statistic"] == "t" == after["statistic"] and _turned(before, after, "value"):
                turns.append(Turn("direction", name, key, before, after))
            if before["size_word"] != after["size_word"]:
                turns.append(Turn("size", name, key, before, after))
    for key, before, after in _pairs("sensitivity", old, new):
        if after["analysis"] == "main" and _turned(before, after, "value"):
            turns.append(Turn("direction", "sensitivity", key, before, after))
    for key, before, after in _pairs("verdicts", old, new):
        if any(before[column] != after[column] for column in ("verdict", "against")):
            turns.append(Turn("verdict", "verdicts", key, before, after))
    return turns


def _pairs(name: str, old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterable[tuple[Key, Row, Row]]:
    """The rows of a table that both runs have, with their key."""
    if name not in old or name not in new:
        return []
    before, after = (_by_key(with_kind(name, run[name]), KEYS[name]) for run in (old, new))
    return [(key, row, after[key]) for key, row in before.items() if key in after]


def significant(p: str) -> bool | None:
    """Whether a p in a cell is under .05; None where there is none."""
    number = as_number(p)
    return None if number is None or not isfinite(number) else number < ALPHA


def _turned(old: Row, new: Row, column: str) -> bool:
    before, after = as_number(old[column]), as_number(new[column])
    if before is None or after is None or not (significant(old["p"]) or significant(new["p"])):
        return False
    return before * after < 0


def turned_in_print(old: Mapping[str, Table], new: Mapping[str, Table]) -> list[Turn]:
    """The same from the tables of the report alone, for runs of which no more is at hand."""
    turns = []
    for name, kinds in PRINTED_TURNS.items():
        if name not in old or name not in new:
            continue
        for cell in changed_cells(old[name], new[name]).cells:
            kind = kinds.get(cell.column)
            if kind and said(kind, cell.old) != said(kind, cell.new):
                sides = ({**row, "said": text} for row, text in zip(cell.rows, cell[2:4], strict=True))
                turns.append(Turn(kind, name, (*cell.key, cell.column), *sides))
    return turns


def said(kind: str, text: str) -> str | bool | None:
    """What a printed cell concludes, apart from how large it is."""
    if kind == "significance":
        number = as_number(text.strip("<> ").replace(",", "."))
        if number is None:  # which groups differ, whatever their p: "A en B: p<.05", "Ns"
            return re.sub(r"p<[.,0]*\d+", "p", text)
        return not text.startswith(">") and number < ALPHA
    if kind == "direction":
        return text.partition(" (")[0] if " (" in text else None
    return text
