"""The same people over all exports: ids that other exports write otherwise, and exports of which nobody is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import commonprefix
from typing import NamedTuple

import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, REPORTING, TABLES
from effectstudie.intake.places import rows_told
from effectstudie.intake.spelling.ids import differs_in, loose
from effectstudie.intake.warnings import warning
from effectstudie.shared.errors import InputError

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
    waves = list(dict.fromkeys(export.split("_")[0] for export in ids if "_" in export))
    for column in ID_NAMES:
        problems += _link_column({name: of[column] for name, of in ids.items() if column in of}, column, linked)
    same = {
        export: {
            column: respelled(values, linked.spellings.get(export, {}).get(column, {}))
            for column, values in columns.items()
        }
        for export, columns in ids.items()
    }
    problems += [stop.sentence(_likely_cause(same, stop)) for stop in mostly_unknown(same, waves)]
    if problems:
        raise InputError(problems)
    return linked


def respelled(values: pd.Series, meant: Mapping[str, str]) -> pd.Series:
    """The ids as `meant` has them; the others as they are."""
    return values.mask(values.isin(list(meant)), values.map(dict(meant))) if meant else values


def _link_column(of_exports: Mapping[str, pd.Series], column: str, linked: Linked) -> list[str]:
    known = {export: set(values.dropna().unique()) for export, values in of_exports.items()}
    spellings: dict[str, set[str]] = {}
    for text in sorted(set().union(*known.values())):
        spellings.setdefault(loose(text), set()).add(text)
    twice: dict[str, set[str]] = {}
    groups: list[dict[str, str]] = []
    for texts in (texts for texts in spellings.values() if len(texts) > 1):
        having = {export: known[export] & texts for export in known if known[export] & texts}
        if next(iter(having.values())) == texts:
            continue  # different people, as the first export says
        both = {export: of_export for export, of_export in having.items() if len(of_export) > 1}
        for export, of_export in both.items():
            twice.setdefault(export, set()).update(of_export)
        if not both:
            groups.append({export: text for export, (text,) in having.items()})
    same: dict[tuple[str, str], dict[str, str]] = {}
    trust = _agreement(groups)
    for spelled in groups:
        best = max(spelled, key=lambda export: trust[export])  # of as many the first one
        for export, text in spelled.items():
            if text != spelled[best]:
                same.setdefault((export, best), {})[text] = spelled[best]
    for (export, other), meant in same.items():
        linked.spellings.setdefault(export, {}).setdefault(column, {}).update(meant)
        causes = of_exports[export].map({text: differs_in(text, one) for text, one in meant.items()})
        linked.warnings.setdefault(export, []).extend(
            warning(f"id_{cause}", export, column, other, causes.index[causes == cause] + 1)
            for cause in _CAUSES
            if (causes == cause).any()
        )
    rows = {export: of_exports[export].index[of_exports[export].isin(texts)] + 1 for export, texts in twice.items()}
    return [
        f"{export}, {rows_told(rows[export])}, column {column}: some of these ids differ in nothing but capitals, "
        "zeros in front or marks for thousands, and not every export has them both, so that nobody can tell whether "
        "they are one; write each id in one way."
        for export in twice
    ]


def _agreement(groups: Iterable[Mapping[str, str]]) -> Counter[str]:
    """How often each export writes an id as the others do, less how often it does not.

    So ids hang on no export that lost something. `groups`: of each person the export → the id there.
    """
    trust: Counter[str] = Counter()
    for spelled in groups:
        times = Counter(spelled.values())
        for export, text in spelled.items():
            trust[export] += 2 * times[text] - len(spelled)
    return trust


class Unknown(NamedTuple):
    """An export of which most ids in a column are not in the export `knows`."""

    export: str
    column: str
    knows: str
    unknown: int
    ids: int

    def sentence(self, cause: str) -> str:
        return (
            f"{self.export}, column {self.column}: {self.unknown} of its {self.ids} ids are not in {self.knows}, so "
            f"that these people cannot be linked. {cause}"
        )


def mostly_unknown(ids: Ids, waves: Sequence[str]) -> list[Unknown]:
    """Exports of which most ids are unknown to the export that should know them, the first reason of each."""
    found: dict[str, Unknown] = {}
    for export, knows, column in known_from(ids, waves):
        if knows in found:
            continue  # nobody would be known there
        here, there = (set(ids[name][column].dropna().unique()) for name in (export, knows))
        unknown = len(here - there)
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


def _likely_cause(ids: Ids, stop: Unknown) -> str:
    """What may have happened to the ids of an export, from how they look beside those that are known."""
    here, there = (set(ids[name][stop.column].dropna().unique()) for name in (stop.export, stop.knows))
    unknown = here - there
    for column in ID_NAMES:
        others = (columns[column].dropna() for columns in ids.values() if column in columns and column != stop.column)
        if _most_in(unknown, set().union(*others)):
            return f"They are ids of column {column}: is the wrong column exported, or named in config/variables.csv?"
    if _most_in({_bare(text) for text in unknown}, {_bare(text) for text in there}):
        return "They differ in nothing but signs, blanks or capitals; export them as they are there."
    if _most_in(unknown, {text[: max(map(len, unknown))] for text in there}):
        return "They are cut off; make the column wider, and export it again."
    if any(_most_in(cut, there) for cut in _cuts(unknown)) or any(_most_in(unknown, cut) for cut in _cuts(there)):
        return f"They have more, or less, before or behind them than in {stop.knows}; export them as they are there."
    numbers, known_numbers = (all(map(str.isdigit, texts)) for texts in (unknown, there))
    if numbers != known_numbers:
        return f"Only {'these' if numbers else 'those'} are numbers: is it another column of ids?"
    return "Is it another column of ids, the export of another cohort, or were people numbered anew?"


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
