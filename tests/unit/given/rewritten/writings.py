"""A good cohort written in one of very many ways, none of which changes what it says."""

import csv
import datetime
import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import xlsxwriter
from given.rewritten.cohorts import COLUMNS, EXPORTS, KEYS, Cohort
from given.rewritten.spellings import (
    DATE_STYLES,
    HEADER_STYLES,
    NONE_WORDS,
    NUMBER_STYLES,
    date_text,
    header_text,
    id_text,
    name_text,
    number_text,
)
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import ID_NAMES, Column
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS, CORRECTION_FIELDS

SUFFIXES = (".csv", ".sav", ".xlsx", ".zsav")
_NOTHING = ("", "", " ", "\u00a0", "NA", "#NULL!")
_DATE_FORMATS = ("DATE11", "ADATE10", "EDATE10", "SDATE10", "JDATE7", "DATETIME20", "YMDHMS19")
_SECONDS_OF_A_DAY, _FIRST_DAY = 86_400, pd.Timestamp("1970-01-01")
_DAYS_BEFORE = 141_428  # from the first day of SPSS to that one
# A number that no codebook allows, for SPSS to declare missing.
_DECLARED = -77.0


class Raw(str):
    """A cell that is written as it is, in whatever format."""


def as_they_are(values: Iterable[Any]) -> pd.Series:
    """A column in which every cell keeps its type."""
    return pd.Series(list(values), dtype=object)


@dataclass
class Written:
    """What was done. `orders`: see results_of; `extra`: columns that no codebook has; `notes`: for a person."""

    orders: dict[str, list[int]] = field(default_factory=dict)
    extra: dict[str, set[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """An export on its way into a file: a header, and rows of floats, days and text, as the columns are.

    `names`: raw → canonical; `about`: what pyreadstat.write_sav is told of some columns, instead of what is usual.
    """

    export: str
    columns: list[str]
    rows: pd.DataFrame
    header: list[str]
    names: dict[str, str] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """What the codebook says of a column; None where it is not in it."""
        return COLUMNS[self.export].get(name)


def write_plainly(cohort: Cohort, folder: Path) -> None:
    """Every export as the plainest .csv, and its corrections beside it."""
    for export in EXPORTS:
        frame = cohort.exported(export)
        rows = [[_plain(value) for value in row] for row in frame.astype(object).to_numpy().tolist()]
        _write_lines(folder / f"{export}.csv", [list(frame), *rows])
    if cohort.corrections:
        _write_lines(folder / "corrections.csv", [list(CORRECTION_FIELDS), *corrections_of(cohort)])


def _plain(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return date_text(value, "iso")
    return value if isinstance(value, str) else "" if value != value else f"{value:g}"


def _write_lines(path: Path, rows: Sequence[Sequence[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_bytes(out.getvalue().encode())


def corrections_of(cohort: Cohort) -> list[list[str]]:
    """The lines of corrections.csv."""
    rows = []
    for (export, row, column), old in cohort.corrections.items():
        table = cohort.tables[export]
        ids = "|".join(table.loc[row, name] for name in KEYS[export])
        rows.append([export, ids, column, f"{old:g}", f"{table.loc[row, column]:g}", "typfout", "AB", "2026-02-11"])
    return rows


# --- the whole folder


def write_otherwise(cohort: Cohort, folder: Path, rng: random.Random) -> Written:
    """Every export in a way of its own, and the lists that go with them."""
    written = Written()
    linked = _otherwise_in_one(cohort, rng)
    names: list[list[str]] = []
    for export in EXPORTS:
        frame = cohort.exported(export)
        if linked and linked[0] == export:
            frame[linked[1]] = frame[linked[1]].map(linked[2])
            written.notes.append(f"{export}: {linked[1]} {linked[3]}")
        names += write_export(export, frame, folder, rng.choice(SUFFIXES), written, rng)
    rows = corrections_of(cohort)
    rng.shuffle(rows)
    for row in rows:
        row[1] = "|".join(_id(text, rng) for text in row[1].split("|"))
        row[3], row[4] = (number_text(float(text), rng.choice(NUMBER_STYLES), ".") for text in row[3:5])
    if rows:
        written.notes.append("corrections: " + _write_list(folder / "corrections.csv", CORRECTION_FIELDS, rows, rng))
    rng.shuffle(names)
    if names:
        written.notes.append("variables: " + _write_list(folder / "variables.csv", COLUMN_NAME_FIELDS, names, rng))
    if rng.random() < 0.2:
        (folder / "~$T0_jeugd.xlsx").write_bytes(b"\x05lock")
        (folder / "Thumbs.db").write_bytes(b"\xd0\xcf")
    return written


def write_export(
    export: str,
    frame: pd.DataFrame,
    folder: Path,
    suffix: str,
    written: Written,
    rng: random.Random,
    about: Mapping[str, Any] | None = None,
) -> list[list[str]]:
    """A table in some way of a format; the rows of variables.csv that it needs."""
    sheet = _sheet(export, frame, written, rng, about or {})
    how = _WRITERS[suffix](sheet, folder / f"{export}{_capitals(suffix, rng)}", rng)
    written.notes.append(f"{export}{suffix}: {', '.join(how)}")
    return [[export, raw, canonical] for raw, canonical in sheet.names.items()]


def write_list(path: Path, header: Sequence[str], rows: Sequence[list[str]]) -> None:
    """A list in the plainest way."""
    _write_lines(path, [list(header), *rows])


def _capitals(suffix: str, rng: random.Random) -> str:
    return suffix.upper() if rng.random() < 0.1 else suffix


def _otherwise_in_one(cohort: Cohort, rng: random.Random) -> tuple[str, str, Callable[[str], str], str] | None:
    """An export and a column of ids that it alone has in other capitals, without zeros or with marks."""
    export = rng.choice(EXPORTS)
    name = rng.choice([name for name in ID_NAMES if name in cohort.tables[export]])
    ids = cohort.tables[export][name]
    ways: dict[str, Callable[[str], str]] = {}
    if not ids.str.isdigit().any():
        ways = {"small": str.lower, "capitals": str.upper, "swapped": str.swapcase}
    elif ids.str.startswith("0").any():
        ways = {"without zeros": lambda text: text.lstrip("0")}
    elif ids.str.isdigit().all():
        mark = rng.choice((".", ",", "'", " ", "\u00a0"))
        ways = {"thousands": lambda text: f"{int(text):,}".replace(",", mark)}
    if not ways or rng.random() < 0.5:
        return None
    way = rng.choice(list(ways))
    return export, name, ways[way], way


def _id(text: str, rng: random.Random) -> str:
    return id_text(text, rng) if rng.random() < 0.5 else text


def _write_list(path: Path, header: Sequence[str], rows: Sequence[list[str]], rng: random.Random) -> str:
    """A list as an editor, an English or a Dutch Excel saves it."""
    delimiter = rng.choice(",;\t")
    more = [""] * rng.choice((0, 0, 2))
    if "date" in header and rng.random() < 0.5:
        rows = [[*row[:-1], date_text(pd.Timestamp(row[-1]), rng.choice(("dutch", "short")))] for row in rows]
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=rng.choice(("\n", "\r\n")), quoting=rng.choice((0, 0, csv.QUOTE_ALL))
    )
    for row in [list(header), *rows]:
        writer.writerow([*row, *more])
        if rng.random() < 0.1:
            writer.writerow([""] * len(row) if rng.random() < 0.5 else [])
    text = out.getvalue()
    encoding = rng.choice(("utf-8", "utf-8-sig", "cp1252"))
    content = _encoded(text, encoding)
    path.write_bytes(content)
    return f"{delimiter!r} {encoding} {len(more)} more"


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def _sheet(export: str, frame: pd.DataFrame, written: Written, rng: random.Random, about: Mapping) -> Sheet:
    """The table with rows and columns in some order, columns of its own, and names in some spelling."""
    order = list(range(len(frame)))
    if rng.random() < 0.5:
        rng.shuffle(order)
        written.orders[export] = order
    frame = frame.iloc[order].reset_index(drop=True)
    for name in (name for name in frame if name in COLUMNS[export]):
        frame[name] = as_they_are(_fitting(value, COLUMNS[export][name].kind) for value in frame[name])
    columns = list(frame)
    if "hulp_toelichting" in columns and rng.random() < 0.2:
        columns.remove("hulp_toelichting")
    for name, values in rng.sample(_EXTRA, rng.choice((0, 0, 1, 2))):
        frame[name] = [rng.choice(values) for _ in range(len(frame))]
        columns.append(name)
        written.extra.setdefault(export, set()).add(name)
    if rng.random() < 0.5:
        rng.shuffle(columns)
    mapped = rng.sample(
        known := [name for name in COLUMNS[export] if name in columns], min(len(known), rng.choice((0, 0, 1, 4)))
    )
    names = {f"V{export[1] if export[0] == 'T' else ''}_{place}": name for place, name in enumerate(mapped)}
    raw = {canonical: name for name, canonical in names.items()}
    header = [raw.get(name, name) for name in columns]
    return Sheet(export, columns, frame[columns], header, names, about)


def _fitting(value: Any, kind: str) -> Any:
    """The value, as a text that is written as it is where a column of this kind has no such values."""
    fits = {"date": pd.Timestamp, "code": float, "number": float}.get(kind, str)
    return value if isinstance(value, fits) or value is pd.NaT or isinstance(value, Raw) else Raw(_plain(value))


_EXTRA = [
    ("duur_seconden", (312.0, 1044.0, float("nan"))),
    ("status_afname", ("volledig", "deels", "")),
    ("leeg_veld", ("",)),
    ("Survey_Package", ("pakket 1", "pakket 2")),
    ("filter_$", (0.0, 1.0)),
]


# --- .csv


def _write_csv(sheet: Sheet, path: Path, rng: random.Random) -> list[str]:
    mark, styles, dates = rng.choice(".,"), rng.sample(NUMBER_STYLES, 2), rng.sample(DATE_STYLES, 2)
    if rng.random() < 0.5:
        styles = ["short"]
    if rng.random() < 0.15 and _may_have_three(sheet):
        styles = ["three"]
    ids = rng.random() < 0.4
    nothing = rng.sample(_NOTHING, 2)
    header = _header(sheet, rng, HEADER_STYLES)
    rows = [
        [
            _text(value, sheet.column(name), rng, mark, styles, dates, ids, nothing)
            for name, value in zip(sheet.columns, row, strict=True)
        ]
        for row in _values(sheet)
    ]
    delimiter, lines = rng.choice(",;\t"), rng.choice(("\n", "\n", "\r\n", "\r"))
    more = [""] * rng.choice((0, 0, 0, 1, 2))
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=lines, quoting=quoting)
    for number, row in enumerate([header, *rows]):
        if number and rng.random() < 0.05:
            writer.writerow([""] * len(row) if rng.random() < 0.5 else [])
        writer.writerow([*row, *more])
    text = out.getvalue()
    if rng.random() < 0.3:
        text = text.removesuffix(lines)
    encoding = rng.choice(("utf-8", "utf-8-sig", "two marks", "cp1252"))
    if encoding == "two marks":
        path.write_bytes("\ufeff\ufeff".encode() + text.encode())
    else:
        path.write_bytes(_encoded(text, encoding))
    return [repr(delimiter), encoding, repr(lines), repr(mark), "/".join(styles + dates), "ids" * ids, repr(nothing)]


def _header(sheet: Sheet, rng: random.Random, styles: Sequence[str]) -> list[str]:
    style = rng.choice(styles)
    return [header_text(name, style, rng) for name in sheet.header]


def _values(sheet: Sheet) -> list[list[Any]]:
    return sheet.rows.astype(object).to_numpy().tolist()


def _may_have_three(sheet: Sheet) -> bool:
    """Whether three decimals cannot be thousands in all of the file: some number has a 0 before its mark."""
    known = [name for name in sheet.columns if (column := sheet.column(name)) and column.kind in ("code", "number")]
    numbers = sheet.rows[known].apply(pd.to_numeric, errors="coerce")
    return bool((numbers.abs() < 1).any(axis=None))


def _text(value, column, rng, mark, styles, dates, ids, nothing) -> str:
    """A cell as text."""
    if isinstance(value, Raw):
        return str(value)
    if column is None or column.kind == "free_text":
        return value if isinstance(value, str) else "" if value != value else f"{value:g}"
    if column.kind == "id":
        return id_text(value, rng) if ids and rng.random() < 0.3 else value
    if column.kind == "text":
        if not value and column.name == "aanpak":
            return rng.choice(NONE_WORDS) if ids else ""
        return name_text(value, rng) if ids else value
    if value != value:
        return rng.choice(nothing)
    if column.kind == "date":
        return _padded(date_text(value, rng.choice(dates)), ids, rng)
    return _padded(number_text(_no_answer(value, rng), rng.choice(styles), mark), ids, rng)


def _padded(text: str, may: bool, rng: random.Random) -> str:
    return f" {text}{rng.choice((' ', chr(0xA0), ''))}" if may and rng.random() < 0.2 else text


def _no_answer(value: float, rng: random.Random) -> float:
    """One of the codes for the same reason."""
    return {99.0: rng.choice((99.0, -9.0)), 98.0: rng.choice((98.0, -8.0))}.get(value, value)


# --- .xlsx


def _write_xlsx(sheet: Sheet, path: Path, rng: random.Random) -> list[str]:
    as_text, dates = rng.choice((0.0, 0.0, 0.3, 1.0)), rng.choice(("days", "times", "texts"))
    ids, mark, nothing = rng.random() < 0.4, rng.choice(".,"), rng.sample((None, None, "", " ", "NA", "#NULL!"), 2)
    styles = rng.sample(NUMBER_STYLES, 2)

    def cell(value: Any, column: Column | None) -> Any:
        if isinstance(value, Raw):
            return str(value)
        if column is not None and column.kind in ("code", "number", "date") and value != value:
            return rng.choice(nothing)
        if column is not None and column.kind == "date" and dates != "texts":
            return value.date() if dates == "days" else value.to_pydatetime().replace(hour=13, minute=5)
        if column is not None and column.kind in ("code", "number") and rng.random() >= as_text:
            value = _no_answer(value, rng)
            return int(value) if value.is_integer() and rng.random() < 0.5 else value
        if column is not None and column.kind == "id" and _is_plain_number(value) and rng.random() < 0.5:
            return int(value)
        if column is None and isinstance(value, float):
            return None if value != value else value
        return _text(value, column, rng, mark, styles, DATE_STYLES, ids, ("",)) or None

    rows = [
        [cell(value, sheet.column(name)) for name, value in zip(sheet.columns, row, strict=True)]
        for row in _values(sheet)
    ]
    rows = [_header(sheet, rng, HEADER_STYLES), *rows]
    wide = rng.choice((0, 0, 1))
    rows = [[*[None] * wide, *row] for row in rows]
    for place in sorted(rng.sample(range(len(rows)), rng.choice((0, 0, 1, 2))), reverse=True):
        rows.insert(place, [None] * len(rows[0]))
    writer = rng.choice((_by_hand, _by_library))
    writer(path, rows)
    return [writer.__name__, f"text {as_text}", dates, "ids" * ids, repr(mark), "/".join(styles), repr(nothing)]


def _is_plain_number(text: str) -> bool:
    return text.isdigit() and text.isascii() and str(int(text)) == text


def _by_hand(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    rows = [[value.date() if isinstance(value, datetime.datetime) else value for value in row] for row in rows]
    write_xlsx(path, rows)


def _by_library(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    """With shared texts, formats of days, and an empty sheet behind."""
    options = {"default_date_format": "dd-mm-yyyy", "date_1904": len(rows) % 2 == 0}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Gegevens")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
        book.add_worksheet("Blad2")


# --- .sav


def _write_sav(sheet: Sheet, path: Path, rng: random.Random) -> list[str]:
    names = _header(sheet, rng, ("plain", "upper", "title"))
    labelling, missing = (
        rng.choice(("none", "codebook", "upper", "coded")),
        rng.choice(("none", "codes", "range", "low")),
    )
    ids, texts, day_format = rng.random() < 0.4, rng.choice((0.0, 0.0, 0.3)), rng.choice(_DATE_FORMATS)
    data, labels, ranges, formats = {}, {}, {}, {}
    for name, raw in zip(sheet.columns, names, strict=True):
        column, values = sheet.column(name), sheet.rows[name].tolist()
        if any(isinstance(value, Raw) for value in values):
            data[raw] = [_text(value, column, rng, ".", ("short",), ("iso",), False, ("",)) for value in values]
        elif column is None or column.kind == "free_text":
            data[raw] = values
        elif column.kind == "id":
            if all(map(_is_plain_number, values)) and rng.random() < 0.5:
                data[raw] = [float(value) for value in values]
            else:
                data[raw] = [id_text(value, rng) if ids and rng.random() < 0.3 else value for value in values]
        elif column.kind == "text":
            if rng.random() < 0.3:
                data[raw], labels[raw] = _as_codes(values)
            else:
                data[raw] = [_text(value, column, rng, ".", (), (), ids, ("",)) for value in values]
        elif column.kind == "date":
            if rng.random() < 0.7:
                data[raw], formats[raw] = [_seconds(value) for value in values], day_format
            else:
                data[raw] = [_text(value, column, rng, ".", (), DATE_STYLES, ids, ("", "NA")) for value in values]
        elif rng.random() < texts and not any(name in of for of in sheet.about.values()):
            data[raw] = [_text(value, column, rng, ".", NUMBER_STYLES[:4], (), ids, ("", "NA")) for value in values]
        else:
            values = [_no_answer(value, rng) for value in values]
            if missing == "low" and rng.random() < 0.3:
                values = [rng.choice((_DECLARED, value)) if value != value else value for value in values]
                ranges[raw] = [{"lo": -100, "hi": -1}, 99]
            elif missing in ("codes", "low"):
                ranges[raw] = [99, 98]
            elif missing == "range":
                ranges[raw] = [{"lo": 98, "hi": 99}]
            data[raw] = values
            labels[raw] = _labels(column, labelling)
    how = {} if path.suffix.lower() == ".zsav" else {"row_compress": rng.random() < 0.5}
    if path.suffix.lower() == ".zsav":
        how = {"compress": True}
    frame = pd.DataFrame(data)
    if rng.random() < 0.2:  # cases without anything, as SPSS has them below the last one
        nothing = {name: [float("nan") if frame[name].dtype.kind == "f" else ""] for name in frame}
        frame = pd.concat([frame, pd.DataFrame(nothing)], ignore_index=True)
    raw_names = dict(zip(sheet.columns, names, strict=True))
    about = {what: {raw_names[name]: of for name, of in of_columns.items()} for what, of_columns in sheet.about.items()}
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label="export",
        column_labels={
            raw: column.label
            for name, raw in raw_names.items()
            if (column := sheet.column(name)) and labelling != "none"
        },
        variable_value_labels={name: of for name, of in labels.items() if of} | about.get("labels", {}),
        missing_ranges={raw: of for raw, of in ranges.items() if frame[raw].dtype.kind == "f"}
        | about.get("missing", {}),
        variable_format=formats,
        **how,
    )
    return [f"labels {labelling}", f"missing {missing}", "ids" * ids, f"texts {texts}", day_format]


def _as_codes(values: Sequence[str]) -> tuple[list[float], dict[float, str]]:
    """Names as labelled numbers."""
    codes = {name: float(code) for code, name in enumerate(sorted({*values} - {""}), start=1)}
    return [codes.get(value, float("nan")) for value in values], {code: name for name, code in codes.items()}


def _seconds(day: pd.Timestamp) -> float:
    if day != day:
        return float("nan")
    return float(((day - _FIRST_DAY).days + _DAYS_BEFORE) * _SECONDS_OF_A_DAY)


def _labels(column: Column, labelling: str) -> dict[float, str]:
    if labelling == "none":
        return {}
    known = {float(code): label for code, label in (column.values or {}).items()}
    if labelling == "upper":
        known = {code: label.upper() for code, label in known.items()}
    if labelling == "coded":
        known = {code: f"{code:g} = {label}" for code, label in known.items()}
    return {**known, 99.0: "weigert of weet niet", 98.0: "niet van toepassing"}


_WRITERS: Mapping[str, Callable[[Sheet, Path, random.Random], list[str]]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".sav": _write_sav,
    ".zsav": _write_sav,
}
