"""From the answers of units to scale scores, with what is known about each: how many answers, which rule applied.

As in answers.py, a score is NaN where it is missing and minus infinity where it does not apply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from effectstudie.definitions.instruments import (
    answer_range,
    forms_of,
    scale_cells,
    scale_items,
    scales_of,
    score_suffixes,
)
from effectstudie.scoring.answers import VALUE, Answers

# The missing rules that a score can come from, each outranking those before it when scores add up.
RULES = ["complete", "person_mean", "counts_nothing", "too_few", "not_applicable", "not_asked"]

COMPLETE, PERSON_MEAN, COUNTS_NOTHING, TOO_FEW, DOES_NOT_APPLY, NOT_ASKED = range(len(RULES))


@dataclass(frozen=True)
class Quality:
    """Of a scale, per row: the rule (index of RULES), numbers of answers, missing answers and impossible codes."""

    rule: np.ndarray
    n_valid: np.ndarray
    n_missing: np.ndarray
    n_out_of_range: np.ndarray


def scale_scores(
    definition: Mapping, unit: Mapping, answers: Answers, outside: np.ndarray
) -> tuple[dict[str, np.ndarray], dict[str, Quality]]:
    """All scores of the rows of `answers`, by name, and the quality of each scale.

    `outside`: rows that the instrument is not for. Formulae: the definition files (docs of its schema).
    """
    scores: dict[str, np.ndarray] = {}
    quality: dict[str, Quality] = {}
    for name, scale in scales_of(definition, unit).items():
        if "total_of" in scale:
            scores |= _total(definition, unit, name, scores, quality)
        else:
            of_scale = _Scale(definition, unit, scale, answers, outside)
            scores |= {f"{name}{suffix}": value for suffix, value in of_scale.scores().items()}
            quality[name] = of_scale.quality()
    if "prevalence" in definition:
        for name in scales_of(definition, unit):
            scores[f"{name}.chronicity"] = np.where(scores[name] == 0, np.nan, scores[name])
    return scores, quality


class _Scale:
    """One scale that is no total, over all rows at once."""

    def __init__(self, definition: Mapping, unit: Mapping, scale: Mapping, answers: Answers, outside: np.ndarray):
        self.definition, self.unit, self.scale, self.answers = definition, unit, scale, answers
        forms = forms_of(definition, unit, scale)
        member = scale_cells(definition, scale, forms)
        self.rows = _span([row for row, cell in enumerate(answers.cells) if cell in member])
        cells = [cell for cell in answers.cells if cell in member]
        self.views, self.numbers = (np.array(part) for part in zip(*cells, strict=True))
        self.size = len(cells)
        self.values, self.counted = answers.layers[VALUE][self.rows], answers.counted[self.rows]
        self.valid = answers.valid[self.rows]
        self.n_valid = _number(self.valid)
        self.absent = self.size - self.n_valid
        self.full = not self.absent.any()
        self.nothing = self.n_valid == 0
        self.n_not_applicable = np.zeros(len(outside), dtype=int)
        if answers.not_applicable is not None and not self.full:
            self.n_not_applicable = _number(answers.not_applicable[self.rows])
        self.not_applicable = outside | (self.n_not_applicable == self.size)
        columns = [f"asked {form}" for form in forms if f"asked {form}" in answers.rows]
        self.not_asked = ~answers.rows[columns].to_numpy(dtype=bool).any(axis=1)
        self.missing_rule = {**definition["missing"], **scale.get("missing", {})}
        self.too_few = self._too_few(self.n_valid, self.size)

    def _too_few(self, n_valid: np.ndarray, size: int) -> np.ndarray:
        absent = size - n_valid
        # the share as a fraction: a fifth of fifteen is exactly three
        return (absent > self.missing_rule["max_share"] * size + 1e-9) | (absent == size)

    def scores(self) -> dict[str, np.ndarray]:
        main = self._main()
        if self.missing_rule.get("round") == "half_up":
            main = np.floor(main + 0.5 + 1e-9)
        found = {"": self._finish(main, self.too_few)}
        subsets = {f".{part}": self._in_part(part) for part in self.scale.get("parts", {})}
        directions = {f".{view}": self._acts_of(view) for view in self.unit.get("directions", [])}
        for suffix, member in subsets.items():
            known = self._counted(member)
            nothing = self._nothing_of(member)
            found[suffix] = self._finish(np.where(nothing, np.nan, known), self.too_few)
            # what was reported, however much was skipped: it can make a class certain that the scale leaves unknown
            found[f"{suffix}.known"] = self._finish(known, self.nothing)
        for suffix, member in directions.items():
            n_valid = _number(self.valid[member[:, 0]])
            found[suffix] = self._finish(self._counted(member), self._too_few(n_valid, int(member.sum())))
        whole = np.ones((self.size, 1), dtype=bool)
        for version in self.definition.get("prevalence", {}):
            for suffix, member in {"": whole, **subsets, **directions}.items():
                found[f"{suffix}.{version}"] = self._any(self.answers.layers[version][self.rows], member)
        if self.scale.get("bounds"):
            least, most = answer_range(self.definition)
            some = self._counted(whole)
            for suffix, worth in ((".at_least", least), (".at_most", most)):
                found[suffix] = self._finish(some + worth * self.absent, self.nothing)
        return found

    def quality(self) -> Quality:
        fills = self.missing_rule["fill"] == "person_mean" or self.scale.get("op") == "mean"
        rule = np.select(
            [self.not_asked, self.not_applicable, self.too_few, self.absent == 0],
            [NOT_ASKED, DOES_NOT_APPLY, TOO_FEW, COMPLETE],
            PERSON_MEAN if fills else COUNTS_NOTHING,
        )
        outside = self.answers.out_of_range
        impossible = np.zeros(len(rule), dtype=int) if outside is None else _number(outside[self.rows])
        missing = self.size - self.n_valid - self.n_not_applicable
        return Quality(rule, self.n_valid, missing - impossible, impossible)

    def _main(self) -> np.ndarray:
        op = self.scale.get("op", "sum")
        if op == "sum":
            total = self.counted.sum(axis=0)
            return total + self._mean() * self.absent if self._fills() else total
        if op == "mean":
            return _rescale(self._mean(), self.scale)
        if op == "count":
            return (self.values == self.scale["code"]).sum(axis=0).astype(float)
        by_item = dict(zip(self.numbers.tolist(), self.values, strict=True))
        if op == "product":
            tables = self.scale["tables"]
            return np.prod([_looked_up(by_item[number], tables[number]) for number in self.scale["items"]], axis=0)
        if op == "inconsistency":
            given = {number: np.where(np.isfinite(value), value, np.nan) for number, value in by_item.items()}
            return np.sum([np.abs(given[one] - given[other]) for one, other in self.scale["pairs"]], axis=0)
        return self._weighted_mean(by_item)

    def _weighted_mean(self, by_item: Mapping[int, np.ndarray]) -> np.ndarray:
        """Mean of the items that apply, weighted; missing where an item or weight that applies is missing."""
        total, weights = np.zeros(self.values.shape[1]), np.zeros(self.values.shape[1])
        applies = np.zeros(len(total), dtype=bool)
        unknown = np.zeros(len(total), dtype=bool)
        for item, weight in zip(self.scale["items"], self.scale["weights"], strict=True):
            value, worth = by_item[item], by_item[weight]
            missing = np.isnan(value) | np.isnan(worth)
            given = np.isfinite(value) & np.isfinite(worth)
            total += np.where(given, np.where(given, value, 0) * np.where(given, worth, 0), 0)
            weights += np.where(given, worth, 0)
            applies |= given
            unknown |= missing
        self.not_applicable = self.not_applicable | (~applies & ~unknown)
        # "does not apply" is not missing here: only what applies and was not answered is
        self.too_few, self.absent = unknown, unknown.astype(int)
        return np.divide(total, weights, out=np.full(len(total), np.nan), where=applies & ~unknown)

    def _fills(self) -> bool:
        return self.missing_rule["fill"] == "person_mean" and not self.full

    def _mean(self) -> np.ndarray:
        return self.counted.sum(axis=0) / np.maximum(self.n_valid, 1)

    def _in_part(self, part: str) -> np.ndarray:
        """Cells x 1 (or x rows, where age decides): which cells belong to a part of the scale."""
        member = np.isin(self.numbers, self.scale["parts"][part])[:, None]
        age = self.answers.rows["age"].to_numpy(dtype=float)
        for move in self.scale.get("moves", []):
            moved = (self.numbers == move["item"])[:, None] & (age < move["below_age"])
            member = np.where(moved, move["to"] == part, member)
        return member

    def _acts_of(self, view: str) -> np.ndarray:
        """Which cells are acts of this side; injury is worded from the side that receives it."""
        received = self.scale.get("direction") == "received"
        return ((self.views == view) != received)[:, None]

    def _counted(self, member: np.ndarray) -> np.ndarray:
        if member.shape[1] == 1:
            return self.counted[_span(np.flatnonzero(member[:, 0]))].sum(axis=0)
        return np.where(member, self.counted, 0.0).sum(axis=0)

    def _nothing_of(self, member: np.ndarray) -> np.ndarray:
        """Where no cell of a part that has cells was answered."""
        if self.full:
            return np.zeros(len(self.nothing), dtype=bool)
        if member.shape[1] == 1:
            return ~self.valid[member[:, 0]].any(axis=0) & member.any()
        return ~(self.valid & member).any(axis=0) & member.any(axis=0)

    def _any(self, counted: np.ndarray, member: np.ndarray) -> np.ndarray:
        """Three-valued: 1 where any cell is 1, else missing where any is, else 0."""
        if member.shape[1] == 1:
            chosen = _span(np.flatnonzero(member[:, 0]))
            highest = np.fmax.reduce(counted[chosen], axis=0, initial=-np.inf)
            unknown = False if self.full else ~self.valid[chosen].all(axis=0)
        else:
            highest = np.where(member, counted, -np.inf)
            highest = np.fmax.reduce(highest, axis=0, initial=-np.inf)
            unknown = (~self.valid & member).any(axis=0)
        return self._finish(np.where(highest == 1, 1.0, np.where(unknown, np.nan, 0.0)), self.nothing)

    def _finish(self, value: np.ndarray, missing: np.ndarray) -> np.ndarray:
        value = value.copy()
        value[missing | self.not_asked] = np.nan
        value[self.not_applicable & ~self.not_asked] = -np.inf
        return value


def _span(rows: Sequence[int]) -> slice | np.ndarray:
    """Rows to take: as a slice where they follow each other, which copies nothing."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return np.asarray(rows, dtype=np.intp)


def _number(cells: np.ndarray) -> np.ndarray:
    """How many cells of each row are true."""
    return np.add.reduce(cells.view(np.uint8), axis=0, dtype=np.int16)


def _looked_up(codes: np.ndarray, table: Mapping[int, float]) -> np.ndarray:
    values = np.full(len(codes), np.nan)
    for code, value in table.items():
        values[codes == code] = value
    return values


def _rescale(mean: np.ndarray, scale: Mapping) -> np.ndarray:
    if "rescale" not in scale:
        return mean
    (low, high), (new_low, new_high) = scale["rescale"]["from"], scale["rescale"]["to"]
    return new_low + (mean - low) * (new_high - new_low) / (high - low)


def _total(
    definition: Mapping,
    unit: Mapping,
    name: str,
    scores: Mapping[str, np.ndarray],
    quality: dict[str, Quality],
) -> dict[str, np.ndarray]:
    """Sum of scales and of their parts; one that nobody was asked, or that does not apply, adds nothing."""
    parts = [part for part in definition["scales"][name]["total_of"] if part in quality]
    ranks = np.array([quality[part].rule for part in parts])
    absent = ranks >= DOES_NOT_APPLY
    quality[name] = Quality(
        np.where(absent.all(axis=0), ranks.min(axis=0), np.where(absent, -1, ranks).max(axis=0)),
        *(
            np.sum([getattr(quality[part], count) for part in parts], axis=0)
            for count in ("n_valid", "n_missing", "n_out_of_range")
        ),
    )
    totals = {}
    for suffix in score_suffixes(definition, unit, name):
        having = [i for i, part in enumerate(parts) if f"{part}{suffix}" in scores]
        if not having or suffix == ".chronicity":
            continue
        terms = np.array([scores[f"{parts[i]}{suffix}"] for i in having])
        left_out = absent[having] | np.isneginf(terms)
        counted = np.where(left_out, 0.0, terms)
        if suffix.endswith(".known"):
            total = np.where((np.isnan(terms) | left_out).all(axis=0), np.nan, np.nansum(counted, axis=0))
        elif suffix.rsplit(".", 1)[-1] in definition.get("prevalence", {}):
            unknown = np.isnan(counted).any(axis=0)
            total = np.where((counted == 1).any(axis=0), 1.0, np.where(unknown, np.nan, 0.0))
        else:
            total = counted.sum(axis=0)
        total = np.where(left_out.all(axis=0), np.where((ranks == DOES_NOT_APPLY).any(axis=0), -np.inf, np.nan), total)
        totals[f"{name}{suffix}"] = total
    return totals


def items_of(definition: Mapping, name: str, form: str) -> list[int]:
    """Numbers of the items behind a scale or total in one form."""
    scale = definition["scales"][name]
    parts = [definition["scales"][part] for part in scale.get("total_of", [])] or [scale]
    return [n for part in parts if form in part.get("forms", [form]) for n in scale_items(part)]
