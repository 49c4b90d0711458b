"""Lines for recodes.csv, as a message proposes them for a column that is coded otherwise than the codebook."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_number
from effectstudie.intake.mapping.meanings import meant_code
from effectstudie.shared.messages.sentences import private, say

# A column with more different values is no column of codes.
_MOST = 12
# From here on a number is a year or a number of somebody, and no code.
_HIGH = 1000
# In the place of a code that a person has to look up.
UNKNOWN = "?"
Change = tuple[str, str, str]


def by_labels(labels: Mapping[str, str], column: Column) -> list[Change]:
    """Old, new and reason for each code that the export calls as the codebook calls another."""
    meant = {code: meant_code(label, column) for code, label in labels.items()}
    return [
        (code, str(meant[code]), f"label: {label.strip()}")
        for code, label in labels.items()
        if meant[code] is not None and str(meant[code]) != code
    ]


def by_cells(cells: Iterable[str], refused: Collection[str], column: Column) -> list[Change]:
    """The same for a column of which values are refused: labels in the place of codes, or codes without a meaning.

    One code that is none casts doubt on all of the column, so each is named, but those for no answer. Nothing where the
    values are neither labels nor some codes.
    """
    found = {value: meant_code(value, column) for value in refused}
    if any(meant is not None for meant in found.values()):
        return [(value, str(code), f"label: {value}") for value, code in sorted(found.items()) if code is not None]
    numbers = {value: as_number(value) for value in {*cells, *refused}}
    codes = [value for value, number in numbers.items() if value in refused or column.allows(number)]
    if len(codes) > _MOST or not all(abs(numbers[value]) < _HIGH for value in codes):
        return []
    return [(value, UNKNOWN, UNKNOWN) for value in sorted(codes, key=numbers.__getitem__)]


def said(export: str, name: str, changes: Iterable[Change]) -> str:
    """The lines of a column, to copy, each on a line of its own."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((export, name, *change) for change in changes)
    return "".join(f"\n  {line}" for line in text.getvalue().splitlines())


def advice(export: str, name: str, cells: Iterable[str], refused: Collection[str], column: Column) -> str:
    """What a message adds about a column of which many values are refused; empty where recodes would not help."""
    changes = by_cells(cells, refused, column) if column.recodable else []
    if not changes:
        return ""
    known = ", ".join(f"{code} {label}" for code, label in (column.values or {}).items())
    what = say(" The codebook: {known}.", known=known) if known else ""
    unknown = any(UNKNOWN in change for change in changes)
    fill = say(" Put the right code, and why, in the place of each ?.") if unknown else ""
    lines = private(said(export, name, changes))
    return say(
        " Where the whole column is coded otherwise, these lines in recodes.csv recode it.{what}{fill}{lines}",
        what=what,
        fill=fill,
        lines=lines,
    )
