"""Answers of an instrument as a matrix of cell x report, and the reports on one unit combined.

A cell is a (view, item). Missing is NaN and what does not apply is minus infinity until the scores are written, so
that the highest of several reports is one of numbers first, then "does not apply", and missing only when all are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from effectstudie.ingest import NOT_APPLICABLE
from effectstudie.instruments import form_columns

REPORT_KEYS = ["household", "respondent", "child"]
VALUE = "value"


@dataclass(frozen=True)
class Answers:
    """`layers` maps value, and each kind of prevalence, to cells x rows; `rows` has the keys, age, sex and forms."""

    cells: list[tuple[str, int]]
    rows: pd.DataFrame
    layers: dict[str, np.ndarray]
    out_of_range: np.ndarray | None = None
    reporters: np.ndarray | None = None

    def take(self, chosen: np.ndarray) -> "Answers":
        """These rows only."""
        return replace(
            self,
            rows=self.rows.iloc[chosen].reset_index(drop=True),
            layers={name: layer[:, chosen] for name, layer in self.layers.items()},
            out_of_range=None if self.out_of_range is None else self.out_of_range[:, chosen],
        )


def read_answers(definition: Mapping, tables: Mapping[tuple[str, str], pd.DataFrame]) -> Answers:
    """All reports of an instrument. `tables` maps (form, wave) to the ingested table of that form."""
    forms = definition["forms"]
    cells = list(dict.fromkeys(cell for form in forms.values() for cell in form_columns(form)))
    place = {cell: number for number, cell in enumerate(cells)}
    tables = {key: table for key, table in tables.items() if key[0] in forms}
    n = sum(len(table) for table in tables.values())
    layers = {name: np.full((len(cells), n), np.nan) for name in (VALUE, *definition.get("prevalence", {}))}
    outside, rows, start = None, [], 0
    for (form, wave), table in tables.items():
        columns = form_columns(forms[form])
        given, beyond = _answers_given(definition, list(columns), table[list(columns.values())])
        at = [place[cell] for cell in columns], slice(start, start + len(table))
        for name in layers:
            layers[name][at] = _layer(definition, name, list(columns), given)
        if beyond.any():
            outside = np.zeros((len(cells), n), dtype=bool) if outside is None else outside
            outside[at] = beyond
        rows.append(_rows(table, form, wave, forms[form]))
        start += len(table)
    return Answers(cells, pd.concat(rows, ignore_index=True), layers, outside)


def _rows(table: pd.DataFrame, form: str, wave: str, spec: Mapping) -> pd.DataFrame:
    keys = {key: table[key].to_numpy() if key in table else "" for key in REPORT_KEYS}
    known = {
        key: table[spec[key]].where(table[spec[key]] >= 0).to_numpy(dtype=float) if key in spec else np.nan
        for key in ("age", "sex")
    }
    return pd.DataFrame({**keys, "wave": wave, **known, "form": form}, index=range(len(table)))


def _answers_given(
    definition: Mapping, cells: Sequence[tuple[str, int]], table: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Answer codes, cells x reports, gates closed; and which cells held a code that is no answer."""
    low, high = definition["answers"]
    given = np.ascontiguousarray(table.to_numpy(dtype=float).T)
    answered = (given >= low) & (given <= high)
    not_applicable = given == NOT_APPLICABLE
    beyond = ~answered & (given >= 0)
    given = np.where(answered, given, np.where(not_applicable, -np.inf, np.nan))
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


def _layer(definition: Mapping, name: str, cells: Sequence[tuple[str, int]], given: np.ndarray) -> np.ndarray:
    """Answer codes as values (recoded or reversed), or as 1 and 0 where the codes of a prevalence count."""
    if name != VALUE:
        counted = np.isin(given, definition["prevalence"][name]).astype(float)
        return np.where(np.isfinite(given), counted, given)
    if "recode" in definition:
        low, high = definition["answers"]
        table = np.array([definition["recode"][code] for code in range(low, high + 1)], dtype=float)
        codes = np.where(np.isfinite(given), given - low, 0).astype(np.intp)
        return np.where(np.isfinite(given), table[codes], given)
    turned = [number in definition.get("reverse", []) for _, number in cells]
    if any(turned):
        reversed_ = sum(definition["answers"]) - given[turned]
        given = given.copy()
        given[turned] = np.where(np.isneginf(given[turned]), -np.inf, reversed_)
    return given


def outside_ages(answers: Answers, ages: Mapping[str, float] | None) -> np.ndarray:
    """Which rows are of an age that the instrument is not for; an unknown age is not."""
    age = answers.rows["age"].to_numpy(dtype=float)
    if ages is None:
        return np.zeros(len(age), dtype=bool)
    return (age < ages.get("from", -np.inf)) | (age >= ages.get("below", np.inf))


def only_same_reporters(answers: Answers, key: str) -> Answers:
    """Only reports by who reported on the unit in each wave in which anyone did."""
    rows = answers.rows
    gave = rows[np.isfinite(answers.layers[VALUE]).any(axis=0)]
    waves = gave.groupby(key)["wave"].nunique()
    own = gave.groupby([key, "respondent"])["wave"].nunique()
    always = own.index[own.to_numpy() == waves.reindex(own.index.get_level_values(0)).to_numpy()]
    return answers.take(np.flatnonzero(pd.MultiIndex.from_frame(rows[[key, "respondent"]]).isin(always)))


@dataclass(frozen=True)
class Groups:
    """Which rows are reports on the same unit and wave: `order` puts them together, `starts` says where each begins."""

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
        ordered = values[..., self.order]
        return ordered if self.single else ufunc.reduceat(ordered, self.starts, axis=-1)

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
    return Groups(order, np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(order) else order)


def unit_rows(rows: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The keys of each unit; of several reports the highest age and sex, as pseudonyms must not decide."""
    first = rows.iloc[groups.order[groups.starts]].reset_index(drop=True)
    known = {key: groups.reduce(np.fmax, rows[key].to_numpy(dtype=float)) for key in ("age", "sex")}
    forms = {
        f"asked {form}": groups.reduce(np.logical_or, (rows["form"] == form).to_numpy())
        for form in dict.fromkeys(rows["form"])
    }
    return first.assign(**known, **forms)


def combine_items(answers: Answers, groups: Groups, how: np.ufunc) -> Answers:
    """One row a unit: per cell the highest (or lowest) of its reports."""
    gave = np.isfinite(answers.layers[VALUE]).any(axis=0)
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
        most = np.where(np.isfinite(value[:, members]), value[:, members], 0).sum(axis=0)
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
