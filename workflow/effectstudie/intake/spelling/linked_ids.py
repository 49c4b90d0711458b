"""The same people over all exports: ids that other exports write otherwise, and exports of which nobody is known."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import commonprefix
from typing import NamedTuple

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, REPORTING, TABLES
from effectstudie.intake.places import rows_told
from effectstudie.intake.spelling.ids import differs_in, loose
from effectstudie.intake.warnings import warning
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

# Export → its columns of ids → the ids of its rows, in their order.
Ids = Mapping[str, Mapping[str, pd.Series]]
HOUSEHOLDS, (ADULTS, CHILDREN, YOUTH) = TABLES[0], REPORTING
_CAUSES = ("capitals", "zeros", "thousands")


@dataclass(frozen=True)
class Linked:
    """`spellings`: export → column → an id there → the same id in most others; `warnings`: of each export."""

    spellings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    warnings: dict[str, list[dict]] = field(default_factory=dict)


def link(ids: Ids) -> Linked:
    """Which ids of an export are those of others, written otherwise; InputError where that cannot be told.

    Two ids are one where they differ in nothing but capitals, zeros in front or marks for thousands, and no export has
    both. InputError too where most ids of an export are not in the export that should know them.
    """
    linked, problems = Linked(), []
    columns = {name: _coded({export: of[name] for export, of in ids.items() if name in of}) for name in ID_NAMES}
    for name, column in columns.items():
        problems += _link_column(column, name, linked)
    present = {export: {name: columns[name].present[export] for name in of} for export, of in ids.items()}
    waves = list(dict.fromkeys(export.split("_")[0] for export in ids if "_" in export))
    problems += [stop.sentence(_likely_cause(columns, stop)) for stop in mostly_unknown(present, waves)]
    if problems:
        raise InputError(problems)
    return linked


def respelled(values: pd.Series, meant: Mapping[str, str]) -> pd.Series:
    """The ids as `meant` has them; the others as they are."""
    return values.map(lambda text: meant.get(text, text), na_action="ignore").astype("str") if meant else values


@dataclass
class _Column:
    """Ids of one kind as numbers: `texts` of each number; per export those of its `rows`, and which are `present`.

    `present` follows what is linked.
    """

    texts: np.ndarray
    rows: dict[str, np.ndarray]
    present: dict[str, np.ndarray]


def _coded(of_exports: Mapping[str, pd.Series]) -> _Column:
    if not of_exports:
        return _Column(np.array([]), {}, {})
    codes, texts = pd.factorize(pd.concat(of_exports.values(), ignore_index=True))
    ends = np.cumsum([len(values) for values in of_exports.values()])[:-1]
    rows = dict(zip(of_exports, np.split(codes, ends), strict=True))
    return _Column(
        np.asarray(texts, dtype=object), rows, {export: np.unique(of[of >= 0]) for export, of in rows.items()}
    )


def _link_column(column: _Column, name: str, linked: Linked) -> list[str]:
    alike, forms = pd.factorize(np.array([loose(text) for text in column.texts], dtype=object))
    several = np.bincount(alike, minlength=len(forms))[alike] > 1
    groups: dict[int, dict[str, set[int]]] = {}
    for export, present in column.present.items():
        for code in present[several[present]].tolist():
            groups.setdefault(alike[code], {}).setdefault(export, set()).add(code)
    # where the first export has all of them, they are different people
    found = [having for having in groups.values() if next(iter(having.values())) != set().union(*having.values())]
    twice: dict[str, set[int]] = {}
    for export, codes in ((export, codes) for having in found for export, codes in having.items()):
        if len(codes) > 1:
            twice.setdefault(export, set()).update(codes)
    _link_groups(
        [having for having in found if all(len(codes) == 1 for codes in having.values())], column, name, linked
    )
    rows = {export: np.flatnonzero(np.isin(column.rows[export], list(codes))) + 1 for export, codes in twice.items()}
    return [
        say(
            "{export}, {rows}, column {name}: some of these ids differ in nothing but capitals, "
            "zeros in front or marks for thousands, and not every export has them both, so that "
            "nobody can tell whether they are one; write each id in one way.",
            export=export,
            rows=rows_told(rows[export]),
            name=name,
        )
        for export in twice
    ]


def _link_groups(groups: Sequence[Mapping[str, Collection[int]]], column: _Column, name: str, linked: Linked) -> None:
    """Give each id the spelling of the export that writes ids most as the others do, so that they hang on none that
    lost something. `groups`: of each person the export → the one id there.
    """
    spelled = [{export: code for export, (code,) in having.items()} for having in groups]
    trust: Counter[str] = Counter()
    for codes in spelled:
        times = Counter(codes.values())
        for export, code in codes.items():
            trust[export] += 2 * times[code] - len(codes)
    same: dict[tuple[str, str], dict[int, int]] = {}
    for codes in spelled:
        best = max(codes, key=trust.__getitem__)  # of as many the first one
        for export, code in codes.items():
            if code != codes[best]:
                same.setdefault((export, best), {})[code] = codes[best]
    for (export, other), meant in same.items():
        texts = {column.texts[code]: column.texts[known] for code, known in meant.items()}
        linked.spellings.setdefault(export, {}).setdefault(name, {}).update(texts)
        present = column.present[export]
        column.present[export] = np.unique([meant.get(code, code) for code in present.tolist()])
        causes = {code: differs_in(column.texts[code], column.texts[known]) for code, known in meant.items()}
        rows: dict[str, list[int]] = {}
        for row, code in enumerate(column.rows[export].tolist(), start=1):
            if code in causes:
                rows.setdefault(causes[code], []).append(row)
        linked.warnings.setdefault(export, []).extend(
            warning(f"id_{cause}", export, name, other, rows[cause]) for cause in _CAUSES if cause in rows
        )


class Unknown(NamedTuple):
    """An export of which most ids in a column are not in the export `knows`."""

    export: str
    column: str
    knows: str
    unknown: int
    ids: int

    def sentence(self, cause: str) -> str:
        return say(
            "{export}, column {column}: {unknown} of its {ids} ids are not in {knows}, so that these "
            "people cannot be linked. {cause}",
            export=self.export,
            column=self.column,
            unknown=self.unknown,
            ids=self.ids,
            knows=self.knows,
            cause=cause,
        )


def mostly_unknown(ids: Mapping[str, Mapping[str, np.ndarray]], waves: Sequence[str]) -> list[Unknown]:
    """Exports of which most ids are unknown to the export that should know them, the first reason of each.

    `ids`: export → its columns of ids → the numbers of those that are there, each once.
    """
    found: dict[str, Unknown] = {}
    for export, knows, column in known_from(ids, waves):
        if knows in found:
            continue  # nobody would be known there
        here, there = ids[export][column], ids[knows][column]
        unknown = int((~np.isin(here, there)).sum())
        # a child may answer for whom no adult did, so there it counts how many could be known
        could_be = min(len(here), len(there)) if export.endswith(YOUTH) else len(here)
        if unknown * 2 > len(here) and (len(here) - unknown) * 2 < could_be:
            found.setdefault(export, Unknown(export, column, knows, unknown, len(here)))
    return list(found.values())


def known_from(exports: Collection[str], waves: Sequence[str]) -> list[tuple[str, str, str]]:
    """(export, the export that should know its ids, the column); `waves` in their order."""
    pairs = [(name, HOUSEHOLDS, "huishouden_id") for name in exports if name != HOUSEHOLDS]
    for wave in waves[1:]:
        pairs += [(f"{wave}_{ADULTS}", f"{waves[0]}_{ADULTS}", "respondent_id")]
        pairs += [(f"{wave}_{CHILDREN}", f"{waves[0]}_{CHILDREN}", "kind_id")]
    pairs += [(f"{wave}_{CHILDREN}", f"{wave}_{ADULTS}", "respondent_id") for wave in waves]
    pairs += [(f"{wave}_{YOUTH}", f"{waves[0]}_{CHILDREN}", "kind_id") for wave in waves]
    return [(export, knows, column) for export, knows, column in pairs if {export, knows} <= set(exports)]


def _likely_cause(columns: Mapping[str, _Column], stop: Unknown) -> str:
    """What may have happened to the ids of an export, from how they look beside those that are known."""
    own = columns[stop.column]
    here, there = (set(own.texts[own.present[export]]) for export in (stop.export, stop.knows))
    unknown = here - there
    for name, other in columns.items():
        if name != stop.column and _most_in(unknown, set(other.texts)):
            return say(
                "They are ids of column {name}: is the wrong column exported, or named in config/variables.csv?",
                name=name,
            )
    if _most_in({_bare(text) for text in unknown}, {_bare(text) for text in there}):
        return say("They differ in nothing but signs, blanks or capitals; export them as they are there.")
    if _most_in(unknown, {text[: max(map(len, unknown))] for text in there}):
        return say("They are cut off; make the column wider, and export it again.")
    if any(_most_in(cut, there) for cut in _cuts(unknown)) or any(_most_in(unknown, cut) for cut in _cuts(there)):
        return say(
            "They have more, or less, before or behind them than in {knows}; export them as they are there.",
            knows=stop.knows,
        )
    numbers, known_numbers = (all(map(str.isdigit, texts)) for texts in (unknown, there))
    if numbers != known_numbers:
        only = say("Only these are numbers: is it another column of ids?")
        return only if numbers else say("Only those are numbers: is it another column of ids?")
    return say("Is it another column of ids, the export of another cohort, or were people numbered anew?")


def _most_in(texts: Collection[str], known: Collection[str]) -> bool:
    return sum(text in known for text in texts) * 2 > len(texts)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _cuts(texts: Collection[str]) -> Iterator[set[str]]:
    """The texts without some, or all, of what they all begin or end with."""
    for place in range(1, len(commonprefix(list(texts))) + 1):
        yield {text[place:] for text in texts}
    for place in range(1, len(commonprefix([text[::-1] for text in texts])) + 1):
        yield {text[:-place] for text in texts}
