"""The answers of the same people in two waves, question by question: turned round, moved, or repeated."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.odd_rows import AT_A_TIME, SAME_ANSWERS_FROM, questionnaires
from effectstudie.intake.warnings import warning

# A question whose answers run against those of a year before was recoded; a true one stays above this.
AGAINST, AGAINST_FROM = -0.3, 40
# Questions were moved where they differ from their neighbours by less than this share of what they differ from
# themselves a wave before, with at least so many answers to each.
MOVED, MOVED_FROM = 0.85, 20


def over_waves(
    tables: Mapping[str, pd.DataFrame], columns: Mapping[str, Mapping[str, Column]], early: str, late: str
) -> list[dict]:
    """How the answers of the same people go together over two waves (names of exports), question by question.

    A question whose answers run against those before was turned round. Where a questionnaire's questions look like
    their neighbours rather than like themselves, its columns were moved. Whoever repeats all answers was copied.
    """
    before, after = tables[early], tables[late]
    key = [name for name in ("respondent", "child") if name in after]
    both = before[key].assign(early=range(len(before))).merge(after[key].assign(late=range(len(after))), on=key)
    if len(both) < 2:
        return []
    places = both["early"].to_numpy(), both["late"].to_numpy()
    odd, same, answered, varied = [], True, 0, False
    for (questionnaire, _), items in questionnaires(columns[late], after).items():
        if not (names := [name for name in items if name in before]):
            continue
        beside = _beside((before, after), places, names)
        same, answered, varied = same & beside.same, answered + beside.answered, varied | beside.varied
        turned = [name for name, r in zip(names, beside.sums.correlations(), strict=True) if r < AGAINST]
        if turned:
            odd.append(warning("against", late, ", ".join(turned), f"{questionnaire}, {early}", len(turned)))
        elif len(names) > 3 and beside.sums.moved():
            odd.append(warning("moved", late, names[0], f"{questionnaire}, {early}", len(names)))
    repeated = same & varied & (answered >= SAME_ANSWERS_FROM)
    if np.any(repeated):
        odd.append(warning("repeated", late, "", early, after["row"].iloc[places[1][repeated]]))
    return odd


class _Beside(NamedTuple):
    """Answers to some questions in two waves: sums over people, and per person what the answers are like.

    `same`: in both waves; `answered`: how many, in the first; `varied`: more than one step between them, in the first.
    """

    sums: "_Sums"
    same: np.ndarray
    answered: np.ndarray
    varied: np.ndarray


def _beside(waves: Sequence[pd.DataFrame], places: Sequence[np.ndarray], names: Sequence[str]) -> _Beside:
    """`places`: of the same people, their rows in each of the two waves."""
    sums, of_people = _Sums(len(names)), []
    for start in range(0, len(places[0]), AT_A_TIME):
        rows = slice(start, start + AT_A_TIME)
        first, second = (
            table[names].take(place[rows]).to_numpy(dtype=float, copy=True)
            for table, place in zip(waves, places, strict=True)
        )
        first[~(first >= 0)], second[~(second >= 0)] = np.nan, np.nan
        sums.add(first, second)
        same = ((first == second) | (np.isnan(first) & np.isnan(second))).all(axis=1)
        varied = (first > np.fmin.reduce(first, axis=1)[:, None] + 1).any(axis=1)
        of_people.append((same, (~np.isnan(first)).sum(axis=1), varied))
    return _Beside(sums, *map(np.concatenate, zip(*of_people, strict=True)))


class _Sums:
    """Of the answers to some questions in two waves, people by questions: sums, for means and correlations.

    Answers are whole numbers, so their sums are exact.
    """

    def __init__(self, size: int):
        self.n, self.total, self.squares = np.zeros((3, 2, size))
        # of those who answered in both waves
        self.n_both = np.zeros(size)
        self.of_both, self.squares_of_both, self.products = np.zeros((2, size)), np.zeros((2, size)), np.zeros(size)

    def add(self, first: np.ndarray, second: np.ndarray) -> None:
        """More people; NaN where there is no answer."""
        both = np.isfinite(first) & np.isfinite(second)
        for wave, answers in enumerate((first, second)):
            answered = np.isfinite(answers)
            values = np.where(answered, answers, 0)
            self.n[wave] += answered.sum(axis=0)
            self.total[wave] += values.sum(axis=0)
            self.squares[wave] += (values**2).sum(axis=0)
            values = np.where(both, values, 0)
            self.of_both[wave] += values.sum(axis=0)
            self.squares_of_both[wave] += (values**2).sum(axis=0)
        self.n_both += both.sum(axis=0)
        self.products += np.where(both, first * second, 0).sum(axis=0)

    def correlations(self) -> np.ndarray:
        """Of each question with itself a wave later; 0 where too few people answered both."""
        n = np.maximum(self.n_both, 1)
        spread = self.squares_of_both - self.of_both**2 / n
        together = self.products - self.of_both[0] * self.of_both[1] / n
        size = np.sqrt(np.maximum(spread, 0).prod(axis=0))
        known = (self.n_both >= AGAINST_FROM) & (size > 0)
        return np.where(known, together / np.where(known, size, 1), 0)

    def moved(self) -> bool:
        """Whether mean answers are more alike with each question one place on or back, or exchanged with its neighbour.

        Some questions are answered higher than others, in every wave.
        """
        if self.n.min() < MOVED_FROM:
            return False
        means = self.total / self.n
        variances = np.maximum(self.squares / self.n - means**2, 0)
        before, after = means - (self.total.sum(axis=1) / self.n.sum(axis=1))[:, None]
        chance = np.sqrt((variances / self.n).sum(axis=0)).mean()
        places = np.arange(len(before))
        orders = [np.roll(places, 1), np.roll(places, -1), np.minimum(places ^ 1, len(places) - 1)]
        apart = np.abs(before - after).mean()
        return apart > 1.5 * chance and min(np.abs(before - after[order]).mean() for order in orders) < MOVED * apart
