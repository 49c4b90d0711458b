"""Conclusions that two runs do not share: of their result tables, or of the printed tables alone."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from effectstudie.runs.result_tables import pairs_of
from effectstudie.runs.tables import Key, Row, Table, as_number, paired
from effectstudie.shared.vocabulary import ALPHA


class Turn(NamedTuple):
    """A conclusion that turned. `kind`: significance, direction, size or verdict; its row in both runs.

    A row of a printed table has `conclusion` besides: the cell itself.
    """

    kind: str
    table: str
    key: Key
    old: Row
    new: Row


def turned_conclusions(old: Mapping[str, Table], new: Mapping[str, Table]) -> list[Turn]:
    """Conclusions in analysis/ that the two runs do not share.

    Significance: a p on the other side of .05, or none in one of the runs. Direction: another sign of a difference or
    change, where one of the runs has p < .05. Size: another size word. Verdict: whether a conclusion holds in other
    analyses, and which differ.
    """
    turns = []
    for name in ("tests", "moderation", "attrition"):
        for key, before, after in pairs_of(name, old, new):
            if significant(before["p"]) != significant(after["p"]):
                turns.append(Turn("significance", name, key, before, after))
            if before["statistic"] == "t" == after["statistic"] and _turned(before, after, "value"):
                turns.append(Turn("direction", name, key, before, after))
            if before["size_word"] != after["size_word"]:
                turns.append(Turn("size", name, key, before, after))
    for key, before, after in pairs_of("sensitivity", old, new):
        if after["analysis"] == "main" and _turned(before, after, "value"):
            turns.append(Turn("direction", "sensitivity", key, before, after))
    for key, before, after in pairs_of("verdicts", old, new):
        if any(before[column] != after[column] for column in ("verdict", "against")):
            turns.append(Turn("verdict", "verdicts", key, before, after))
    return turns


def significant(p: str) -> bool | None:
    """Whether a p in a cell is under .05; None where there is none."""
    number = as_number(p)
    return None if number is None or not isfinite(number) else number < ALPHA


def _turned(old: Row, new: Row, column: str) -> bool:
    before, after = as_number(old[column]), as_number(new[column])
    if before is None or after is None or not (significant(old["p"]) or significant(new["p"])):
        return False
    return before * after < 0


def turned_in_print(
    old: Mapping[str, Table], new: Mapping[str, Table], columns: Mapping[str, Mapping[str, str]]
) -> list[Turn]:
    """The same from the tables of the report alone, for runs of which no more is at hand; `columns`: see in_print."""
    return [one for one in in_print(old, new, columns) if turned(one)]


def in_print(
    old: Mapping[str, Table], new: Mapping[str, Table], columns: Mapping[str, Mapping[str, str]]
) -> Iterator[Turn]:
    """Every cell of the report's tables that concludes something, of rows that both runs have; turned or not.

    `columns`: table → the head of a column that concludes something → the kind of that conclusion.
    """
    for name, kinds in columns.items():
        if name not in old or name not in new:
            continue
        before, after, shared = paired(old[name], new[name])
        for key in (key for key in before if key in after):
            for column in (column for column in shared if column in kinds):
                sides = ({**row, "conclusion": row[column]} for row in (before[key], after[key]))
                yield Turn(kinds[column], name, (*key, column), *sides)


def turned(printed: Turn) -> bool:
    """Whether the two sides of a printed conclusion do not say the same."""
    before, after = (conclusion_in(printed.kind, row["conclusion"]) for row in (printed.old, printed.new))
    return before != after


def conclusion_in(kind: str, text: str) -> str | bool | None:
    """What a printed cell concludes, apart from how large it is."""
    if kind == "significance":
        number = as_number(text.strip("<>≥ ").replace(",", "."))
        if number is None:  # which groups differ, whatever their p: "A en B: p < ,05", "niet significant"
            return re.sub(r"p\s?<\s?[.,0]*\d+", "p", text)
        # a bound, as < ,05 and ≥ ,05, is on one side of it
        return number <= ALPHA if text.startswith("<") else not text.startswith((">", "≥")) and number < ALPHA
    return text.partition(" (")[0] if kind == "direction" else text
