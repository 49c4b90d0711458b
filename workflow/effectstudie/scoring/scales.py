"""From the answers of units to scale scores, with what is known about each: how many answers, which rule applied.

A score is NaN where it is missing and DOES_NOT_APPLY where it does not apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from effectstudie.definitions.instruments import answer_range, forms_of, scales_of
from effectstudie.scoring.answers import Answers
from effectstudie.scoring.rules import DOES_NOT_APPLY, Quality, Rule
from effectstudie.scoring.totals import total_quality, total_scores
from effectstudie.scoring.whole import Cells, Whole, cells_of, count, span, too_few, whole_of


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
            scores |= total_scores(definition, unit, name, scores, quality)
            quality[name] = total_quality(definition, name, quality)
        else:
            of_scale = _scale(definition, unit, scale, answers, outside)
            scores |= {f"{name}{suffix}": value for suffix, value in of_scale.scores().items()}
            quality[name] = of_scale.quality()
    if "prevalence" in definition:
        for name in scales_of(definition, unit):
            scores[f"{name}.chronicity"] = np.where(scores[name] == 0, np.nan, scores[name])
    return scores, quality


def _scale(definition: Mapping, unit: Mapping, scale: Mapping, answers: Answers, outside: np.ndarray) -> "_Scale":
    forms = forms_of(definition, unit, scale)
    cells = cells_of(definition, scale, forms, answers)
    rule = {**definition["missing"], **scale.get("missing", {})}
    columns = [f"asked {form}" for form in forms if f"asked {form}" in answers.rows]
    not_asked = ~answers.rows[columns].to_numpy(dtype=bool).any(axis=1)
    age = answers.rows["age"].to_numpy(dtype=float)
    whole = whole_of(scale, cells, rule, outside)
    return _Scale(definition, unit, scale, rule, cells, whole, not_asked, age)


@dataclass(frozen=True)
class _Scale:
    """One scale that is no total, over all rows at once."""

    definition: Mapping
    unit: Mapping
    scale: Mapping
    rule: Mapping
    cells: Cells
    whole: Whole
    not_asked: np.ndarray
    age: np.ndarray

    def scores(self) -> dict[str, np.ndarray]:
        """Suffix → score: of the whole scale, of its parts and directions, and whether anything happened at all."""
        whole, nothing = self.whole, self.cells.n_valid == 0
        scores = {"": self._finish(whole.value, whole.too_few)}
        parts = {f".{part}": self._in_part(part) for part in self.scale.get("parts", {})}
        directions = {f".{view}": self._acts_of(view) for view in self.unit.get("directions", [])}
        for suffix, member in parts.items():
            known = self._counted(member)
            scores[suffix] = self._finish(np.where(self._unanswered(member), np.nan, known), whole.too_few)
            # what was reported, however much was skipped: it can make a class certain that the scale leaves unknown
            scores[f"{suffix}.known"] = self._finish(known, nothing)
        for suffix, member in directions.items():
            few = too_few(count(self.cells.valid[member[:, 0]]), int(member.sum()), self.rule)
            scores[suffix] = self._finish(self._counted(member), few)
        everything = np.ones((self.cells.size, 1), dtype=bool)
        for version, counted in self.cells.prevalence.items():
            for suffix, member in {"": everything, **parts, **directions}.items():
                scores[f"{suffix}.{version}"] = self._finish(self._any(counted, member), nothing)
        if self.scale.get("bounds"):
            least, most = answer_range(self.definition)
            some = self._counted(everything)
            for suffix, worth in ((".at_least", least), (".at_most", most)):
                scores[suffix] = self._finish(some + worth * whole.absent, nothing)
        return scores

    def quality(self) -> Quality:
        cells, whole = self.cells, self.whole
        fills = self.rule["fill"] == "person_mean" or self.scale.get("op") == "mean"
        rule = np.select(
            [self.not_asked, whole.not_applicable, whole.too_few, whole.absent == 0],
            [Rule.NOT_ASKED, Rule.NOT_APPLICABLE, Rule.TOO_FEW, Rule.COMPLETE],
            Rule.PERSON_MEAN if fills else Rule.COUNTS_NOTHING,
        )
        missing = cells.size - cells.n_valid - cells.n_not_applicable
        return Quality(rule, cells.n_valid, missing - cells.n_out_of_range, cells.n_out_of_range)

    def _in_part(self, part: str) -> np.ndarray:
        """Cells x 1 (or x rows, where age decides): which cells belong to a part of the scale."""
        member = np.isin(self.cells.numbers, self.scale["parts"][part])[:, None]
        for move in self.scale.get("moves", []):
            moved = (self.cells.numbers == move["item"])[:, None] & (self.age < move["below_age"])
            member = np.where(moved, move["to"] == part, member)
        return member

    def _acts_of(self, view: str) -> np.ndarray:
        """Which cells are acts of this side; injury is worded from the side that receives it."""
        received = self.scale.get("direction") == "received"
        return ((self.cells.views == view) != received)[:, None]

    def _counted(self, member: np.ndarray) -> np.ndarray:
        if member.shape[1] == 1:
            return self.cells.counted[span(np.flatnonzero(member[:, 0]))].sum(axis=0)
        return np.where(member, self.cells.counted, 0.0).sum(axis=0)

    def _unanswered(self, member: np.ndarray) -> np.ndarray:
        """Where no cell of a part that has cells was answered."""
        if member.shape[1] == 1:
            return ~self.cells.valid[member[:, 0]].any(axis=0) & member.any()
        return ~(self.cells.valid & member).any(axis=0) & member.any(axis=0)

    def _any(self, counted: np.ndarray, member: np.ndarray) -> np.ndarray:
        """Three-valued: 1 where any cell is 1, else missing where any is, else 0."""
        if member.shape[1] == 1:
            chosen = span(np.flatnonzero(member[:, 0]))
            highest = np.fmax.reduce(counted[chosen], axis=0, initial=-np.inf)
            unknown = False if self.cells.full else ~self.cells.valid[chosen].all(axis=0)
        else:
            highest = np.fmax.reduce(np.where(member, counted, -np.inf), axis=0, initial=-np.inf)
            unknown = (~self.cells.valid & member).any(axis=0)
        return np.where(highest == 1, 1.0, np.where(unknown, np.nan, 0.0))

    def _finish(self, value: np.ndarray, missing: np.ndarray) -> np.ndarray:
        """A score of its own: NaN where it is missing or nobody was asked, DOES_NOT_APPLY where it does not apply."""
        value = value.copy()
        value[missing | self.not_asked] = np.nan
        value[self.whole.not_applicable & ~self.not_asked] = DOES_NOT_APPLY
        return value
