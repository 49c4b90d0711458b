"""Several reports on one unit and wave: put together, and made one.

Of numbers, "does not apply" and missing, the highest is a number first, then "does not apply", and missing only when
all of them are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from effectstudie.scoring.answers import VALUE, Answers


def only_same_reporters(answers: Answers, key: str) -> Answers:
    """The reports of those respondents only who reported on the unit in each wave in which anyone did."""
    rows = answers.rows
    gave = rows[answers.valid.any(axis=0)]
    waves = gave.groupby(key)["wave"].nunique()
    of_respondent = gave.groupby([key, "respondent"])["wave"].nunique()
    of_anyone = waves.reindex(of_respondent.index.get_level_values(0))
    always = of_respondent.index[of_respondent.to_numpy() == of_anyone.to_numpy()]
    return answers.take(np.flatnonzero(pd.MultiIndex.from_frame(rows[[key, "respondent"]]).isin(always)))


@dataclass(frozen=True)
class Groups:
    """Which rows are reports on the same unit and wave: `order` puts them together, `starts` says where each begins.

    Where no unit has two reports, the order is that of the rows.
    """

    order: np.ndarray
    starts: np.ndarray

    @property
    def single(self) -> bool:
        """No unit has more than one report."""
        return len(self.starts) == len(self.order)

    def sizes(self) -> np.ndarray:
        return np.diff(self.starts, append=len(self.order))

    def reduce(self, ufunc: np.ufunc, values: np.ndarray) -> np.ndarray:
        """`ufunc` over the reports on each unit; the last axis of `values` is that of the rows."""
        return values if self.single else ufunc.reduceat(values[..., self.order], self.starts, axis=-1)

    def combine(self, values: np.ndarray, how: str) -> np.ndarray:
        """The highest or mean of the values of each unit that are known; does not apply where none is."""
        highest = self.reduce(np.fmax, values)
        if how == "highest" or self.single:
            return highest
        # summed from low to high: the last digit must not depend on the order of the rows
        unit = np.repeat(np.arange(len(self.starts)), self.sizes())
        ordered = values[self.order]
        ordered = ordered[np.lexsort((ordered, unit))]
        finite = np.isfinite(ordered)
        total = np.add.reduceat(np.where(finite, ordered, 0.0), self.starts)
        count = np.add.reduceat(finite.astype(np.int64), self.starts)
        return np.where(count > 0, total / np.maximum(count, 1), highest)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Highest minus lowest of the known values of each unit; missing where fewer than two are known."""
        finite = np.isfinite(values)
        highest = self.reduce(np.fmax, values)
        lowest = self.reduce(np.fmin, np.where(finite, values, np.nan))
        known = self.reduce(np.add, finite.astype(np.int64))
        return np.where(known > 1, highest - np.where(known > 1, lowest, 0), np.where(known > 0, np.nan, highest))


def reports_apart(rows: pd.DataFrame) -> Groups:
    """Every report a unit of its own."""
    return Groups(np.arange(len(rows)), np.arange(len(rows)))


def group_reports(rows: pd.DataFrame, key: str) -> Groups:
    """The reports of each unit (`key`) and wave together."""
    units, _ = pd.factorize(rows[key])
    waves, names = pd.factorize(rows["wave"])
    number = units.astype(np.int64) * max(len(names), 1) + waves
    order = np.argsort(number, kind="stable")
    ordered = number[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(order) else order
    return reports_apart(rows) if len(starts) == len(order) else Groups(order, starts)


def unit_rows(rows: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The keys of each unit; of several reports the highest age and sex, as pseudonyms must not decide."""
    first = rows if groups.single else rows.iloc[groups.order[groups.starts]].reset_index(drop=True)
    known = {key: groups.reduce(np.fmax, rows[key].to_numpy(dtype=float)) for key in ("age", "sex")}
    forms = {
        f"asked {form}": groups.reduce(np.logical_or, (rows["form"] == form).to_numpy())
        for form in rows["form"].cat.categories
    }
    return first.assign(**known, **forms)


def combine_items(answers: Answers, groups: Groups) -> Answers:
    """One row per unit: of each cell the highest of its reports."""
    gave = answers.valid.any(axis=0)
    layers = {name: groups.reduce(np.fmax, layer) for name, layer in answers.layers.items()}
    outside = None
    if answers.out_of_range is not None:
        outside = groups.reduce(np.logical_or, answers.out_of_range) & np.isnan(layers[VALUE])
    reporters = groups.reduce(np.add, gave.astype(np.int64))
    return Answers(answers.cells, unit_rows(answers.rows, groups), layers, outside, reporters)


def mirror(answers: Answers, views: Sequence[str]) -> Answers:
    """Swap the two views of every adult but the first of a household, so that a cell is the same act for all.

    Which of two adults is the first changes no score. Of three or more it is the one who reports most.
    """
    groups = group_reports(answers.rows, "household")
    value = answers.layers[VALUE]
    rank = np.zeros(len(answers.rows), dtype=np.int64)
    rank[groups.order] = np.arange(len(groups.order))
    many = np.flatnonzero(groups.sizes() > 2)
    for start, size in zip(groups.starts[many], groups.sizes()[many], strict=True):
        members = groups.order[start : start + size]
        # by the answers themselves, so that neither rows nor pseudonyms matter; missing is lowest
        answer = np.nan_to_num(value[:, members], nan=-2.0, neginf=-1.0)
        most = answers.counted[:, members].sum(axis=0)
        by_answers = np.lexsort(np.vstack([-answer[::-1], -most]))
        rank[members[by_answers]] = np.arange(start, start + size)
    first = np.isin(rank, groups.starts)
    place = {cell: number for number, cell in enumerate(answers.cells)}
    exchange = {views[0]: views[1], views[1]: views[0]}
    swapped = np.array([place[exchange.get(view, view), number] for view, number in answers.cells])
    return replace(
        answers,
        layers={name: np.where(first, layer, layer[swapped]) for name, layer in answers.layers.items()},
        out_of_range=None
        if answers.out_of_range is None
        else np.where(first, answers.out_of_range, answers.out_of_range[swapped]),
    )
