"""The answers to a scale, and what they are together: a sum, a mean or the like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from effectstudie.definitions.instruments import scale_cells
from effectstudie.scoring.answers import VALUE, Answers


@dataclass(frozen=True)
class Cells:
    """The cells of a scale, with the view and number of each item; arrays are cells x rows, counts per row."""

    views: np.ndarray
    numbers: np.ndarray
    values: np.ndarray
    counted: np.ndarray
    valid: np.ndarray
    prevalence: Mapping[str, np.ndarray]
    n_valid: np.ndarray
    n_not_applicable: np.ndarray
    n_out_of_range: np.ndarray

    @property
    def size(self) -> int:
        return len(self.numbers)

    @cached_property
    def full(self) -> bool:
        """Every cell of every row holds an answer."""
        return bool((self.n_valid == self.size).all())

    def mean(self) -> np.ndarray:
        return self.counted.sum(axis=0) / np.maximum(self.n_valid, 1)


def cells_of(definition: Mapping, scale: Mapping, forms: Sequence[str], answers: Answers) -> Cells:
    member = scale_cells(definition, scale, forms)
    rows = span([row for row, cell in enumerate(answers.cells) if cell in member])
    views, numbers = (np.array(part) for part in zip(*(c for c in answers.cells if c in member), strict=True))
    valid = answers.valid[rows]
    none = np.zeros(valid.shape[1], dtype=int)
    return Cells(
        views,
        numbers,
        values=answers.layers[VALUE][rows],
        counted=answers.counted[rows],
        valid=valid,
        prevalence={version: answers.layers[version][rows] for version in definition.get("prevalence", {})},
        n_valid=count(valid),
        n_not_applicable=none if answers.not_applicable is None else count(answers.not_applicable[rows]),
        n_out_of_range=none if answers.out_of_range is None else count(answers.out_of_range[rows]),
    )


@dataclass(frozen=True)
class Whole:
    """The sum, mean or the like of all cells of a scale, and of which rows it is none; `absent`: missing answers."""

    value: np.ndarray
    absent: np.ndarray
    too_few: np.ndarray
    not_applicable: np.ndarray


def whole_of(scale: Mapping, cells: Cells, rule: Mapping, outside: np.ndarray) -> Whole:
    """The cells of a scale together; `rule`: its missing rule; `outside`: rows that the instrument is not for."""
    whole = (_weighted_mean if scale.get("op") == "weighted_mean" else _plain)(scale, cells, rule)
    value = np.floor(whole.value + 0.5 + 1e-9) if rule.get("round") == "half_up" else whole.value
    everywhere = outside | (cells.n_not_applicable == cells.size)
    return replace(whole, value=value, not_applicable=whole.not_applicable | everywhere)


def _plain(scale: Mapping, cells: Cells, rule: Mapping) -> Whole:
    absent = cells.size - cells.n_valid
    nowhere = np.zeros(len(absent), dtype=bool)
    return Whole(_value(scale, cells, rule), absent, too_few(cells.n_valid, cells.size, rule), nowhere)


def _value(scale: Mapping, cells: Cells, rule: Mapping) -> np.ndarray:
    op = scale.get("op", "sum")
    if op == "sum":
        total = cells.counted.sum(axis=0)
        fills = rule["fill"] == "person_mean" and not cells.full
        return total + cells.mean() * (cells.size - cells.n_valid) if fills else total
    if op == "mean":
        return _rescale(cells.mean(), scale)
    if op == "count":
        return (cells.values == scale["code"]).sum(axis=0).astype(float)
    by_item = dict(zip(cells.numbers.tolist(), cells.values, strict=True))
    if op == "product":
        return np.prod([_looked_up(by_item[number], scale["tables"][number]) for number in scale["items"]], axis=0)
    given = {number: np.where(np.isfinite(value), value, np.nan) for number, value in by_item.items()}
    return np.sum([np.abs(given[first] - given[second]) for first, second in scale["pairs"]], axis=0)


def _weighted_mean(scale: Mapping, cells: Cells, rule: Mapping) -> Whole:
    """Mean of the items that apply, weighted; missing where an item or weight that applies is missing."""
    by_item = dict(zip(cells.numbers.tolist(), cells.values, strict=True))
    total, weights = np.zeros((2, len(cells.n_valid)))
    applies, unknown = np.zeros((2, len(total)), dtype=bool)
    for item, weight in zip(scale["items"], scale["weights"], strict=True):
        value, worth = by_item[item], by_item[weight]
        given = np.isfinite(value) & np.isfinite(worth)
        total += np.where(given, np.where(given, value, 0) * np.where(given, worth, 0), 0)
        weights += np.where(given, worth, 0)
        applies |= given
        unknown |= np.isnan(value) | np.isnan(worth)
    mean = np.divide(total, weights, out=np.full(len(total), np.nan), where=applies & ~unknown)
    # "does not apply" is not missing here: only what applies and was not answered is
    return Whole(mean, unknown.astype(int), unknown, ~applies & ~unknown)


def too_few(n_valid: np.ndarray, size: int, rule: Mapping) -> np.ndarray:
    absent = size - n_valid
    # the share as a fraction: a fifth of fifteen is exactly three
    return (absent > rule["max_share"] * size + 1e-9) | (absent == size)


def span(rows: Sequence[int]) -> slice | np.ndarray:
    """Rows to take: as a slice where they follow each other, which copies nothing."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return np.asarray(rows, dtype=np.intp)


def count(cells: np.ndarray) -> np.ndarray:
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
