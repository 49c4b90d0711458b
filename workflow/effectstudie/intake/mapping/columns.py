"""Which columns of an export are which of the codebook: by name, labels, values and order. Proposals, for a person."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.mapping.held import Held, fits, kind_of, likeness, together
from effectstudie.intake.mapping.meanings import plain
from effectstudie.intake.mapping.names import Parts, blocks, joined, parts_of, without_shared, without_wave
from effectstudie.intake.mapping.order import aligned, is_ordered, is_sound, runs

SURE = ("certain", "likely", "possible")
# Names that are less alike than this are two names.
_ALIKE = 0.75
# Stems of names that are less alike than this tell nothing, such as a and vader.
_HINT = 0.4
# Numbers of questions that two blocks share, of all that one of them has.
_SHARED = 0.8
# A block with other names has to have nearly just the values of the codebook, and no other block may have them too.
_LIKE, _AHEAD = 0.7, 0.08
# So many questions of the same values are hardly by chance as many as a questionnaire has.
_LONG = 10
# What the place of a block adds: enough to decide between two that are as good.
_NEAR = 0.2
# What a pair that is known adds to an alignment, and what a pair has to be like to add anything.
_ANCHOR, _HALF = 5.0, 0.5


class Pair(NamedTuple):
    """A column of the export, what it is in the codebook, why (a word of mapping.nl.yaml), and how sure: of SURE."""

    raw: str
    name: str
    why: str
    sure: str
    number: int = 0


@dataclass
class Search:
    """The columns of an export and of the codebook that have no other yet, in their order, and the pairs so far.

    `held`: of each column of the export; `labels`: what SPSS calls it; `value_labels`: what it calls its codes.
    """

    columns: Mapping[str, Column]
    held: Mapping[str, Held]
    labels: Mapping[str, str]
    value_labels: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, Parts]
    synonyms: Mapping[str, Collection[str]]
    known: Mapping[str, str]
    pairs: list[Pair] = field(default_factory=list)

    @property
    def raw(self) -> list[str]:
        taken = {*self.known, *(pair.raw for pair in self.pairs)}
        return [name for name in self.held if name not in taken]

    @property
    def wanted(self) -> list[str]:
        taken = {*self.known.values(), *(pair.name for pair in self.pairs)}
        return [name for name in self.columns if name not in taken]

    def fits(self, raw: str, name: str) -> bool:
        return fits(self.columns[name], self.held[raw])


def find_columns(
    columns: Mapping[str, Column],
    held: Mapping[str, Held],
    labels: Mapping[str, str],
    value_labels: Mapping[str, Mapping[str, str]],
    known: Mapping[str, str],
    wave: str | None,
    synonyms: Mapping[str, Collection[str]],
) -> list[Pair]:
    """Pairs of columns, in the order of the codebook. `known`: raw name → its column, those that need no line."""
    names = [name for name in held if name not in known]
    search = Search(columns, held, labels, value_labels, without_wave(names, wave), synonyms, known)
    search.pairs += _by_spelling(search)
    search.parts = without_shared(names, wave)
    for step in (_by_spelling, _by_synonyms, _by_labels, _by_blocks, _by_likeness, _by_value_labels, _by_order):
        search.pairs += step(search)
    order = list(columns)
    return sorted(search.pairs, key=lambda pair: order.index(pair.name))


def _sure_of(search: Search, raw: str, name: str, best: str) -> str:
    """A step less sure where the values differ."""
    return best if search.fits(raw, name) else SURE[min(SURE.index(best) + 1, len(SURE) - 1)]


def _same(search: Search, why: str, of_raw: Callable, of_name: Callable, sure: str = "certain") -> Iterable[Pair]:
    """Columns of which one thing is the same, and of no other."""
    found: dict[object, tuple[list[str], list[str]]] = {}
    for place, (names, thing) in enumerate(((search.raw, of_raw), (search.wanted, of_name))):
        for name in names:
            for one in thing(name):
                found.setdefault(one, ([], []))[place].append(name)
    taken: set[str] = set()
    for raws, names in found.values():
        if len(raws) == len(names) == 1 and not taken & {*raws, *names}:
            taken |= {*raws, *names}
            yield Pair(raws[0], names[0], why, _sure_of(search, raws[0], names[0], sure))


def _by_spelling(search: Search) -> list[Pair]:
    return list(_same(search, "spelling", lambda raw: [search.parts[raw]], lambda name: [joined(parts_of(name))]))


def _by_synonyms(search: Search) -> list[Pair]:
    return list(
        _same(search, "synonym", lambda raw: ["".join(search.parts[raw])], lambda name: search.synonyms.get(name, ()))
    )


def _by_labels(search: Search) -> list[Pair]:
    def label(raw: str) -> list[str]:
        return [text for text in [plain(search.labels.get(raw, ""))] if text]

    return list(_same(search, "label", label, lambda name: [plain(search.columns[name].label)]))


def _by_value_labels(search: Search) -> list[Pair]:
    def labels(raw: str) -> list[frozenset[str]]:
        return [frozenset(map(plain, search.value_labels[raw].values()))] if raw in search.value_labels else []

    def known(name: str) -> list[frozenset[str]]:
        values = search.columns[name].values
        return [frozenset(map(plain, values.values()))] if values else []

    return list(_same(search, "value_labels", labels, known, "likely"))


class _Blocks(NamedTuple):
    """A block of the export beside one of the codebook: how good a pair they are, and whether by name; 0: no pair."""

    score: float
    named: bool
    members: list[tuple[str, str]]


def _by_blocks(search: Search) -> list[Pair]:
    """Questions with numbers: a block of the export with the numbers of one of the codebook."""
    raw = blocks({name: search.parts[name] for name in search.raw})
    wanted = blocks({name: joined(parts_of(name)) for name in search.wanted})
    if not raw or not wanted:
        return []
    ordered = _ordered(search)
    made = [[_blocks(search, one, other, ordered) for other in wanted.items()] for one in raw.items()]
    score = np.array([[pair.score for pair in row] for row in made])
    found = []
    for one, other in zip(*linear_sum_assignment(-score), strict=True):
        pair = made[one][other]
        ahead = pair.score - _second(score, one, other) >= _AHEAD
        if pair.score and (pair.named or ahead or ordered):
            sure = "likely" if pair.named or (ahead and len(pair.members) >= _LONG) else "possible"
            found += [Pair(column, name, "block", sure, len(pair.members)) for column, name in pair.members]
    return found


def _second(score: np.ndarray, one: int, other: int) -> float:
    """The best score of either with another."""
    return max([*np.delete(score[one], other), *np.delete(score[:, other], one)], default=0.0)


def _blocks(
    search: Search, raw: tuple[Parts, Mapping[int, str]], wanted: tuple[Parts, Mapping[int, str]], ordered: bool
) -> _Blocks:
    members = _block(raw[1], wanted[1])
    alike, like = _ratio("".join(raw[0]), "".join(wanted[0])), _likeness_of(search, members)
    if not members or (alike < _ALIKE and like < _LIKE):
        return _Blocks(0.0, False, [])
    shared = len(members) / max(len(raw[1]), len(wanted[1]))
    near = _nearness(search, min(raw[1].items())[1], min(wanted[1].items())[1]) if ordered else 0.0
    return _Blocks(like + (alike if alike >= _HINT else 0) + shared + _NEAR * near, alike >= _ALIKE, members)


def _block(raw: Mapping[int, str], wanted: Mapping[int, str]) -> list[tuple[str, str]]:
    """Raw name and name of the questions that have one number, or that stand at one place of two whole blocks."""
    for shift in dict.fromkeys((0, min(raw) - min(wanted))):
        same = [(raw[number + shift], name) for number, name in wanted.items() if number + shift in raw]
        whole = len(same) == len(raw) == len(wanted)
        if whole or (shift == 0 and len(same) >= _SHARED * max(len(raw), len(wanted))):
            return same
    return []


def _likeness_of(search: Search, members: Sequence[tuple[str, str]]) -> float:
    """How like the values of a block are to those of the codebook; 0 where they are not in it."""
    if not members or sum(search.fits(*pair) for pair in members) < _SHARED * len(members):
        return 0.0
    # together, for one question may not have all answers
    kinds: dict[tuple, list[tuple[str, str]]] = {}
    for raw, name in members:
        kinds.setdefault(kind_of(search.columns[name]), []).append((raw, name))
    of_kinds = [
        len(of) * likeness(search.columns[of[0][1]], together(search.held[raw] for raw, _ in of))
        for of in kinds.values()
    ]
    return sum(of_kinds) / len(members)


def _nearness(search: Search, raw: str, wanted: str) -> float:
    """1 where two columns stand at the same part of their lists; squared, so that two pairs in order are nearest."""
    lists = (list(search.held), raw), (list(search.columns), wanted)
    one, other = (names.index(name) / len(names) for names, name in lists)
    return 1 - (one - other) ** 2


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _by_likeness(search: Search) -> list[Pair]:
    """Names or labels that are alike, with the same numbers in them; none that two columns are nearly as like to."""
    raw, wanted = search.raw, search.wanted
    if not raw or not wanted:
        return []
    names = np.array([[_names_alike(search.parts[one], joined(parts_of(other))) for other in wanted] for one in raw])
    labels = np.array([[_labels_alike(search.labels.get(one, ""), search.columns[other].label) for other in wanted]
                       for one in raw])  # fmt: skip
    fit = np.array([[search.fits(one, other) for other in wanted] for one in raw])
    score = np.where(fit, np.maximum(names, labels), 0)
    found = []
    for one, other in zip(*linear_sum_assignment(-score), strict=True):
        if score[one, other] >= _ALIKE and score[one, other] - _second(score, one, other) >= _AHEAD:
            why = "alike" if names[one, other] >= labels[one, other] else "labels_alike"
            found.append(Pair(raw[one], wanted[other], why, "likely"))
    return found


def _names_alike(one: Parts, other: Parts) -> float:
    """0 where the numbers differ."""
    numbers, letters = (
        [[part for part in parts if part.isdigit() is kind] for parts in (one, other)] for kind in (True, False)
    )
    return _ratio(*map("".join, letters)) if numbers[0] == numbers[1] and all(letters) else 0.0


def _labels_alike(label: str, known: str) -> float:
    """Of two labels with the same numbers; a label that holds the other whole is alike."""
    one, other = plain(label), plain(known)
    if not one or not other or [w for w in one.split() if w.isdigit()] != [w for w in other.split() if w.isdigit()]:
        return 0.0
    return 0.9 if set(other.split()) <= set(one.split()) else _ratio(one, other)


def _ordered(search: Search) -> bool:
    place = {name: number for number, name in enumerate(search.columns)}
    names = {**search.known, **{pair.raw: pair.name for pair in search.pairs}}
    return is_ordered([place[names[raw]] for raw in search.held if raw in names])


def _by_order(search: Search) -> list[Pair]:
    """Columns that stand in the order of the codebook, with values that fit."""
    if not search.raw or not search.wanted or not _ordered(search):
        return []
    known = {**search.known, **{pair.raw: pair.name for pair in search.pairs}}
    names, raws = list(search.columns), list(search.held)
    numbered = sum(search.parts[raw][-1].isdigit() for raw in search.raw) * 2 > len(search.raw)
    scores = np.full((len(raws), len(names)), -np.inf)
    for row, raw in enumerate(raws):
        if raw in known:
            scores[row, names.index(known[raw])] = _ANCHOR
            continue
        for place, name in enumerate(names):
            odd = numbered and name[-1].isdigit() and not search.parts[raw][-1].isdigit()
            if name not in known.values() and not odd and search.fits(raw, name):
                scores[row, place] = likeness(search.columns[name], search.held[raw]) - _HALF
    found = aligned(scores)
    kinds = [kind_of(search.columns[name]) if name in search.wanted else name for name in names]
    parts = [search.parts.get(raw, (raw,)) for raw in raws]
    return [
        Pair(raws[found[place]], names[place], "order", "possible")
        for run in runs(kinds)
        if names[run[0]] in search.wanted and is_sound(run, found, parts, len(names))
        for place in run
    ]
