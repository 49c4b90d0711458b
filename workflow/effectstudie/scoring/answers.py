"""Answers of an instrument as a matrix of cell x report, and the reports on one unit combined.

A cell is a (view, item). Missing is NaN and what does not apply is minus infinity until the scores are written, so
that the highest of several reports is one of numbers first, then "does not apply", and missing only when all are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from effectstudie.definitions.instruments import form_columns
from effectstudie.intake.cells import NOT_APPLICABLE

REPORT_KEYS = ["household", "respondent", "child"]

VALUE = "value"


# Reports that are worked on at a time: their answers are in memory several times.
REPORTS = 25_000


@dataclass(frozen=True)
class Answers:
    """`layers` maps value, and each kind of prevalence, to cells x rows; `rows` has the keys, age, sex and forms."""

    cells: list[tuple[str, int]]
    rows: pd.DataFrame
    layers: dict[str, np.ndarray]
    out_of_range: np.ndarray | None = None
    reporters: np.ndarray | None = None

    @cached_property
    def valid(self) -> np.ndarray:
        """Which cells hold an answer."""
        return np.isfinite(self.layers[VALUE])

    @cached_property
    def counted(self) -> np.ndarray:
        """The values, and 0 where there is none."""
        values = self.layers[VALUE]
        return values if self.valid.all() else np.where(self.valid, values, 0.0)

    @cached_property
    def not_applicable(self) -> np.ndarray | None:
        """Which cells do not apply; None where all do."""
        found = np.isneginf(self.layers[VALUE])
        return found if found.any() else None

    def take(self, chosen: np.ndarray) -> "Answers":
        """These rows only."""
        return replace(
            self,
            rows=self.rows.iloc[chosen].reset_index(drop=True),
            layers={name: layer[:, chosen] for name, layer in self.layers.items()},
            out_of_range=None if self.out_of_range is None else self.out_of_range[:, chosen],
        )


def read_answers(definition: Mapping, names: Sequence[str], tables: Mapping[tuple[str, str], pd.DataFrame]) -> Answers:
    """The reports on these forms of an instrument. `tables` maps (form, wave) to the ingested table of that form."""
    forms = {name: definition["forms"][name] for name in names}
    cells = list(dict.fromkeys(cell for form in forms.values() for cell in form_columns(form)))
    place = {cell: number for number, cell in enumerate(cells)}
    n = sum(len(table) for table in tables.values())
    parts, outside, start = [], None, 0
    for (form, _), table in tables.items():
        columns = form_columns(forms[form])
        given, beyond = _answers_given(definition, list(columns), table[list(columns.values())])
        at = [place[cell] for cell in columns], slice(start, start + len(table))
        parts.append((at, _layers(definition, list(columns), given)))
        if beyond.any():
            outside = np.zeros((len(cells), n), dtype=bool) if outside is None else outside
            outside[at] = beyond
        start += len(table)
    rows = [_rows(table, form, wave, forms[form]) for (form, wave), table in tables.items()]
    layers = parts[0][1] if len(parts) == 1 else _stacked(parts, (len(cells), n))
    together = pd.concat(rows, ignore_index=True) if len(rows) > 1 else rows[0]
    return Answers(cells, together.astype({"wave": "category", "form": "category"}), layers, outside)


def _stacked(parts: Sequence[tuple], shape: tuple[int, int]) -> dict[str, np.ndarray]:
    """The layers of several tables in one; a cell that a form does not have is missing in its reports."""
    layers = {}
    for name in parts[0][1]:
        layers[name] = np.full(shape, np.nan, dtype=parts[0][1][name].dtype)
        for at, of_table in parts:
            layers[name][at] = of_table[name]
    return layers


def _rows(table: pd.DataFrame, form: str, wave: str, spec: Mapping) -> pd.DataFrame:
    nobody = table["household"].dtype.type()  # an empty text, or number 0
    keys = {key: table[key].array if key in table else nobody for key in REPORT_KEYS}
    known = {
        key: table[spec[key]].where(table[spec[key]] >= 0).to_numpy(dtype=float) if key in spec else np.nan
        for key in ("age", "sex")
    }
    return pd.DataFrame({**keys, "wave": wave, **known, "form": form}, index=range(len(table)), copy=False)


def _answers_given(
    definition: Mapping, cells: Sequence[tuple[str, int]], table: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Answer codes, cells x reports, gates closed; and which cells held a code that is no answer."""
    low, high = definition["answers"]
    given = np.array(table.to_numpy(dtype=float).T, order="C")
    answered = (given >= low) & (given <= high)
    not_applicable = given == NOT_APPLICABLE
    beyond = ~answered & (given >= 0)
    given[~answered] = np.nan
    given[not_applicable] = -np.inf
    for gate in definition.get("gates", []):
        _close(gate, cells, given)
    return given, beyond


def _close(gate: Mapping, cells: Sequence[tuple[str, int]], given: np.ndarray) -> None:
    """The answer that closes a gate gives the questions behind it their structural answer, or takes them away.

    Where the gate itself does not apply, the skipped questions behind it do not either.
    """
    behind = {**gate.get("set", {}), **dict.fromkeys(gate.get("not_applicable", []), -np.inf)}
    for i, (view, number) in enumerate(cells):
        if number in behind:
            gatekeeper = given[cells.index((view, gate["item"]))]
            given[i, gatekeeper == gate["equals"]] = behind[number]
            given[i, np.isneginf(gatekeeper) & np.isnan(given[i])] = -np.inf


def _layers(definition: Mapping, cells: Sequence[tuple[str, int]], given: np.ndarray) -> dict[str, np.ndarray]:
    """Answer codes as values (recoded or reversed), and as 1 and 0 where the codes of a prevalence count."""
    low, high = definition["answers"]
    tables = {name: [float(code in codes) for code in range(low, high + 1)]
              for name, codes in definition.get("prevalence", {}).items()}  # fmt: skip
    if "recode" in definition:
        tables[VALUE] = [definition["recode"][code] for code in range(low, high + 1)]
    layers = {VALUE: given, **(_translated(given, low, tables) if tables else {})}
    turned = [number in definition.get("reverse", []) for _, number in cells]
    if any(turned):
        codes = layers[VALUE][turned]
        layers[VALUE][turned] = np.where(np.isneginf(codes), -np.inf, low + high - codes)
    return layers


def _translated(given: np.ndarray, low: int, tables: Mapping[str, Sequence[float]]) -> dict[str, np.ndarray]:
    """The value of each answer code, from `low` on, in each of the tables; what is no answer stays as it is."""
    # counts in double precision, yes and no in single: they are exact, and half the memory
    layers = {name: np.empty(given.shape, dtype=float if name == VALUE else np.float32) for name in tables}
    lookups = {name: np.array([np.nan, *values], dtype=layers[name].dtype) for name, values in tables.items()}
    for cell, codes in enumerate(given):
        # both kinds of no answer go to the place before the lowest code
        place = (np.fmax(codes, low - 1) - (low - 1)).astype(np.intp)
        not_applicable = np.isneginf(codes)
        for name, layer in layers.items():
            lookups[name].take(place, mode="clip", out=layer[cell])
            layer[cell, not_applicable] = -np.inf
    return layers


def outside_ages(answers: Answers, ages: Mapping[str, float] | None) -> np.ndarray:
    """Which rows are of an age that the instrument is not for; an unknown age is not."""
    age = answers.rows["age"].to_numpy(dtype=float)
    if ages is None:
        return np.zeros(len(age), dtype=bool)
    return (age < ages.get("from", -np.inf)) | (age >= ages.get("below", np.inf))


def only_same_reporters(answers: Answers, key: str) -> Answers:
    """Only reports by who reported on the unit in each wave in which anyone did."""
    rows = answers.rows
    gave = rows[answers.valid.any(axis=0)]
    waves = gave.groupby(key)["wave"].nunique()
    own = gave.groupby([key, "respondent"])["wave"].nunique()
    always = own.index[own.to_numpy() == waves.reindex(own.index.get_level_values(0)).to_numpy()]
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
        # summed from low to high: the last digit must not hang on the order of the rows
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


def combine_items(answers: Answers, groups: Groups, how: np.ufunc) -> Answers:
    """One row a unit: per cell the highest (or lowest) of its reports."""
    gave = answers.valid.any(axis=0)
    layers = {name: groups.reduce(how, layer) for name, layer in answers.layers.items()}
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
    one, other = views
    exchange = {one: other, other: one}
    swapped = np.array([place[exchange.get(view, view), number] for view, number in answers.cells])
    return replace(
        answers,
        layers={name: np.where(first, layer, layer[swapped]) for name, layer in answers.layers.items()},
        out_of_range=None
        if answers.out_of_range is None
        else np.where(first, answers.out_of_range, answers.out_of_range[swapped]),
    )
