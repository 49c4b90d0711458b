"""Answers of an instrument as a matrix of cell x report. A cell is a (view, item).

Missing is NaN, and what does not apply is DOES_NOT_APPLY until the scores are written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from effectstudie.definitions.instruments import form_columns
from effectstudie.intake.cells import NOT_APPLICABLE
from effectstudie.scoring.rules import DOES_NOT_APPLY

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
        """Which cells do not apply; None where all of them do apply."""
        skipped = self.layers[VALUE] == DOES_NOT_APPLY
        return skipped if skipped.any() else None

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
    given[not_applicable] = DOES_NOT_APPLY
    for gate in definition.get("gates", []):
        _close(gate, cells, given)
    return given, beyond


def _close(gate: Mapping, cells: Sequence[tuple[str, int]], given: np.ndarray) -> None:
    """The answer that closes a gate gives the questions behind it their structural answer, or takes them away.

    Where the gate itself does not apply, the skipped questions behind it do not either.
    """
    behind = {**gate.get("set", {}), **dict.fromkeys(gate.get("not_applicable", []), DOES_NOT_APPLY)}
    for i, (view, number) in enumerate(cells):
        if number in behind:
            gatekeeper = given[cells.index((view, gate["item"]))]
            given[i, gatekeeper == gate["equals"]] = behind[number]
            given[i, (gatekeeper == DOES_NOT_APPLY) & np.isnan(given[i])] = DOES_NOT_APPLY


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
        layers[VALUE][turned] = np.where(codes == DOES_NOT_APPLY, DOES_NOT_APPLY, low + high - codes)
    return layers


def _translated(given: np.ndarray, low: int, tables: Mapping[str, Sequence[float]]) -> dict[str, np.ndarray]:
    """The value of each answer code, from `low` on, in each of the tables; what is no answer stays as it is."""
    # counts in double precision, yes and no in single: they are exact, and half the memory
    layers = {name: np.empty(given.shape, dtype=float if name == VALUE else np.float32) for name in tables}
    lookups = {name: np.array([np.nan, *values], dtype=layers[name].dtype) for name, values in tables.items()}
    for cell, codes in enumerate(given):
        # both kinds of no answer go to the place before the lowest code
        place = (np.fmax(codes, low - 1) - (low - 1)).astype(np.intp)
        not_applicable = codes == DOES_NOT_APPLY
        for name, layer in layers.items():
            lookups[name].take(place, mode="clip", out=layer[cell])
            layer[cell, not_applicable] = DOES_NOT_APPLY
    return layers


def outside_ages(answers: Answers, ages: Mapping[str, float] | None) -> np.ndarray:
    """Which rows are of an age that the instrument is not for; an unknown age is not."""
    age = answers.rows["age"].to_numpy(dtype=float)
    if ages is None:
        return np.zeros(len(age), dtype=bool)
    return (age < ages.get("from", -np.inf)) | (age >= ages.get("below", np.inf))
