"""What spoils a good cohort: one thing a time, in a place, an export and a format of chance."""

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from given.rewritten.cohorts import APPROACH, COLUMNS, EXPORTS, KEYS, Cohort
from given.rewritten.spellings import NOT_AN_ID
from given.rewritten.writings import Raw, Written, as_they_are, corrections_of, write_export, write_list, write_plainly

from effectstudie.definitions.export_columns import ID_NAMES
from effectstudie.shared.vocabulary import CORRECTION_FIELDS

PEOPLE, ADULTS, CHILDREN = EXPORTS[1:], ("T0_volwassenen", "T1_volwassenen"), ("T0_kinderen", "T1_kinderen")
ANY, SPSS, TEXT, EXCEL = (".csv", ".sav", ".xlsx", ".zsav"), (".sav", ".zsav"), (".csv",), (".xlsx",)


class Spoiled:
    """A folder of plain exports in which chance chooses what is spoiled; `finish` writes it."""

    def __init__(self, cohort: Cohort, folder: Path, rng: random.Random):
        self.cohort, self.folder, self.rng = cohort, folder, rng
        self.written = Written()
        self.frames: dict[str, pd.DataFrame] = {}
        self.suffixes = ANY
        self.about: dict[str, dict] = {}
        self.after: list[Callable[[Path], object]] = []
        self.notes: list[str] = []
        write_plainly(cohort, folder)

    def export(self, among=PEOPLE) -> str:
        return self.rng.choice(among)

    def frame(self, export: str) -> pd.DataFrame:
        """A table, which is written anew with what is done to it."""
        if export not in self.frames:
            self.frames[export] = self.cohort.exported(export).astype(object)
        return self.frames[export]

    def row(self, export: str) -> int:
        return self.rng.randrange(len(self.frame(export)))

    def column(self, export: str, *kinds: str) -> str:
        corrected = {name for of, _, name in self.cohort.corrections if of == export}
        return self.rng.choice(
            [name for name, one in COLUMNS[export].items() if one.kind in kinds and name not in corrected]
        )

    def cell(self, export: str, column: str, *values: str) -> None:
        """Another text in a cell of that column."""
        row, text = self.row(export), self.rng.choice(values)
        self.frame(export).loc[row, column] = Raw(text)
        self.notes.append(f"{export} {row} {column} {text!r}")

    def filled(self, export: str, column: str) -> list[int]:
        values = self.frame(export)[column]
        return [row for row, value in enumerate(values) if value == value and value not in (98.0, 99.0)]

    def finish(self) -> Written:
        for export, frame in self.frames.items():
            (self.folder / f"{export}.csv").unlink()
            suffix = self.rng.choice(self.suffixes)
            names = write_export(export, frame, self.folder, suffix, self.written, self.rng, self.about.get(export))
            if names:
                write_list(self.folder / f"{export}.names", ["file", "raw_name", "canonical_name"], names)
        lists = sorted(self.folder.glob("*.names"))
        if lists:
            lines = [line for path in lists for line in path.read_text().splitlines()[1:]]
            (self.folder / "variables.csv").write_text("\n".join(["file,raw_name,canonical_name", *lines]) + "\n")
        for path in lists:
            path.unlink()
        for change in self.after:
            change(self.folder)
        self.written.notes += self.notes
        return self.written

    def path(self, export: str) -> Path:
        (path,) = (one for one in self.folder.iterdir() if one.stem == export)
        return path

    def bytes_of(self, export: str, change: Callable[[bytes], bytes]) -> None:
        """The export written in some way, and then its bytes changed."""
        self.frame(export)
        self.after.append(lambda folder: self.path(export).write_bytes(change(self.path(export).read_bytes())))


HARMS: dict[str, Callable[[Spoiled], None]] = {}


def harm(function: Callable[[Spoiled], None]) -> Callable[[Spoiled], None]:
    HARMS[function.__name__.replace("_", " ")] = function
    return function


def spoil(name: str, cohort: Cohort, folder: Path, rng: random.Random) -> Written:
    """Write a cohort of which one thing is spoiled."""
    spoiled = Spoiled(cohort, folder, rng)
    HARMS[name](spoiled)
    return spoiled.finish()


# --- cells


@harm
def a_text_for_a_code(x: Spoiled):
    export = x.export()
    x.cell(
        export, x.column(export, "code"), "O", "ja", "WAAR", "3;4", "1e0", "½", "?", "x", "-", ".", "nvt", "NULL", "nan"
    )


@harm
def a_code_that_is_none(x: Spoiled):
    export = x.export()
    x.cell(export, x.column(export, "code"), "77", "1,5", "-1", "10", "1000", "0.999", "-99", "97", "999", "9")


@harm
def a_text_for_a_number(x: Spoiled):
    export = x.export(ADULTS)
    x.cell(export, "uren_werk", "36 uur", "ca. 20", "1E+01", "inf", "1.000,5", "20-30", "3 6", "12:30", "20%", "½")


@harm
def a_letter_that_is_not_seen_in_a_number(x: Spoiled):
    export = x.export()
    name = x.column(export, "code")
    row = x.rng.choice(x.filled(export, name) or [0])
    value = x.frame(export).loc[row, name]
    x.frame(export).loc[row, name] = Raw(f"{value:g}\u200b") if value == value else Raw("\u200b")


@harm
def a_number_that_may_be_thousands(x: Spoiled):
    export = x.export(ADULTS)
    x.cell(export, "uren_werk", "1.500", "2,000", "40.000", "12,500")


@harm
def two_decimal_marks(x: Spoiled):
    export = x.export(ADULTS)
    first, second = x.rng.sample(range(len(x.frame(export))), 2)
    x.frame(export).loc[first, "uren_werk"], x.frame(export).loc[second, "uren_werk"] = Raw("7.5"), Raw("12,5")


@harm
def an_error_of_a_spreadsheet(x: Spoiled):
    x.suffixes = (".csv", ".xlsx")
    export = x.export(EXPORTS)
    kinds = ("id", "code", "date", "number", "text")
    x.cell(
        export, x.column(export, *kinds), "#N/A", "#N/B", "#DEEL/0!", "#VERW!", "#NAAM?", "#WAARDE!", "#REF!", "Err:502"
    )


@harm
def a_date_in_american_order(x: Spoiled):
    export = x.export(EXPORTS)
    name, sign = x.column(export, "date"), x.rng.choice("-/")
    x.frame(export)[name] = as_they_are(Raw(f"{day:%m{sign}%d{sign}%Y}") for day in x.frame(export)[name])


@harm
def a_date_that_is_none(x: Spoiled):
    export = x.export(EXPORTS)
    x.cell(
        export,
        x.column(export, "date"),
        *(
            "31-02-2016",
            "0000-00-00",
            "42454",
            "12 maart 2016",
            "3-4-16",
            "2016-13-01",
            "20160304",
            "maart 2016",
            "1900-01-01",
        ),
        *("2099-01-01", "04.03.2016", "2016", "TRUE", "onbekend"),
    )


@harm
def a_date_after_the_next_wave(x: Spoiled):
    export = x.export([name for name in PEOPLE if name.startswith("T0")])
    later = set(x.cohort.tables[export.replace("T0", "T1")][KEYS[export][-1]])
    rows = [row for row, known in enumerate(x.frame(export)[KEYS[export][-1]].isin(later)) if known]
    x.frame(export).loc[x.rng.choice(rows), "afnamedatum"] = pd.Timestamp("2019-05-04")


# --- ids


@harm
def an_id_that_is_a_word_for_nothing(x: Spoiled):
    export = x.export(EXPORTS)
    x.cell(export, x.column(export, "id"), *NOT_AN_ID)


@harm
def no_id(x: Spoiled):
    export = x.export(EXPORTS)
    x.cell(export, x.column(export, "id"), "", " ", "\u00a0", "\u200b")


@harm
def a_row_twice(x: Spoiled):
    export = x.export(EXPORTS)
    frame, row = x.frame(export), x.row(export)
    x.frames[export] = pd.concat([frame, frame.iloc[[row]]], ignore_index=True)


@harm
def a_household_in_two_approaches(x: Spoiled):
    frame = x.frame("huishoudens")
    again = frame.iloc[[x.row("huishoudens")]].assign(aanpak=x.rng.choice(("MDA++", APPROACH)))
    x.frames["huishoudens"] = pd.concat([frame, again], ignore_index=True)


@harm
def zeros_lost_that_told_two_people_apart(x: Spoiled):
    _as_one(x, ("004711", "04711"), "4711")


@harm
def capitals_lost_that_told_two_people_apart(x: Spoiled):
    _as_one(x, ("Ab12", "aB12"), "ab12")


@harm
def marks_that_make_one_of_two_people(x: Spoiled):
    _as_one(x, ("1440", "1.440"), x.rng.choice(("1440", "1.440")))


def _as_one(x: Spoiled, names: tuple[str, str], lost: str) -> None:
    """Two people whose ids differ in little everywhere, and in nothing in one export."""
    export = x.export(EXPORTS)
    column = x.rng.choice([name for name in ID_NAMES if name in x.frame(export)])
    pair = x.rng.sample(sorted(set(x.cohort.tables[export][column])), 2)
    everywhere = dict(zip(pair, names, strict=True))
    for name in EXPORTS:
        if column in x.frame(name):
            x.frame(name)[column] = x.frame(name)[column].replace(everywhere)
    here = x.frame(export)[column]
    x.frame(export)[column] = here.where(~here.isin(names), Raw(lost))
    _without_corrections(x)


def _without_corrections(x: Spoiled) -> None:
    x.cohort.corrections.clear()
    for name in list(x.frames):
        x.frames[name] = x.frame(name).where(x.frame(name).notna(), x.frame(name))
    (x.folder / "corrections.csv").unlink(missing_ok=True)


@harm
def ids_cut_off(x: Spoiled):
    export = x.export()
    name = x.rng.choice(KEYS[export])
    x.frame(export)[name] = as_they_are(text[: len(text) - 2] for text in x.frame(export)[name])


@harm
def ids_of_another_column(x: Spoiled):
    export = x.export()
    first, second = x.rng.sample([name for name in ID_NAMES if name in x.frame(export)], 2)
    x.frame(export)[first] = x.frame(export)[second]


@harm
def ids_of_two_columns_exchanged(x: Spoiled):
    export = x.export()
    first, second = x.rng.sample([name for name in ID_NAMES if name in x.frame(export)], 2)
    frame = x.frame(export)
    frame[first], frame[second] = frame[second].copy(), frame[first].copy()


@harm
def people_numbered_anew(x: Spoiled):
    export = x.export([name for name in PEOPLE if name.startswith("T1")])
    name = KEYS[export][-1]
    numbers = {text: f"nieuw{place:03d}" for place, text in enumerate(dict.fromkeys(x.frame(export)[name]))}
    x.frame(export)[name] = x.frame(export)[name].map(numbers)


@harm
def ids_in_the_order_of_another_sorting(x: Spoiled):
    """Excel sorted some columns, and left the others as they were."""
    export = x.export(CHILDREN + ADULTS)
    names = [name for name in ID_NAMES if name in x.frame(export)]
    order = list(range(len(x.frame(export))))
    x.rng.shuffle(order)
    x.frame(export)[names] = x.frame(export)[names].iloc[order].to_numpy()


@harm
def a_household_that_nobody_knows(x: Spoiled):
    x.cell(x.export(), "huishouden_id", "onbekend gezin", "H9999999", "DEMO-H77", "99999999")


@harm
def somebody_in_another_household(x: Spoiled):
    export = x.export(("T1_volwassenen", "T1_kinderen", "T1_jeugd"))
    row = x.rng.choice([row for row, one in enumerate(_known_before(x, export)) if one])
    own = x.frame(export).loc[row, "huishouden_id"]
    others = sorted({*x.cohort.tables["huishoudens"]["huishouden_id"]} - {own})
    x.frame(export).loc[row, "huishouden_id"] = x.rng.choice(others)


def _known_before(x: Spoiled, export: str) -> pd.Series:
    unit = KEYS[export][-1]
    return x.frame(export)[unit].isin(x.cohort.tables[export.replace("T1", "T0")][unit])


@harm
def another_sex_than_before(x: Spoiled):
    export = x.export(("T1_volwassenen", "T1_kinderen", "T1_jeugd"))
    name = "kind_geslacht" if "kind_geslacht" in x.frame(export) else "geslacht"
    before = x.cohort.tables[export.replace("T1", "T0")].set_index(KEYS[export])[name]
    same = before[~before.index.duplicated()].reindex(
        pd.MultiIndex.from_frame(x.frame(export)[KEYS[export]])
        if len(KEYS[export]) > 1
        else x.frame(export)[KEYS[export][0]]
    )
    rows = [row for row, old in enumerate(same) if old in (1.0, 2.0) and x.frame(export).loc[row, name] == old]
    corrected = {row for of, row, column in x.cohort.corrections if of == export and column == name}
    row = x.rng.choice([row for row in rows if row not in corrected])
    x.frame(export).loc[row, name] = 3.0 - x.frame(export).loc[row, name]


# --- rows and columns


@harm
def rows_that_moved_by_a_cell(x: Spoiled):
    x.suffixes = (".csv", ".xlsx")
    export = x.export(EXPORTS)
    frame, row = x.frame(export), x.row(export)
    values = [
        Raw("" if value != value else value if isinstance(value, str) else _shown(value)) for value in frame.loc[row]
    ]
    frame.loc[row] = [*values[1:], Raw("")] if x.rng.random() < 0.5 else [Raw(""), *values[:-1]]


def _shown(value) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}"


@harm
def names_that_moved_by_a_column(x: Spoiled):
    export = x.export(EXPORTS)
    frame = x.frame(export)
    names = list(frame)
    x.frames[export] = frame.set_axis(
        [*names[1:], names[0]] if x.rng.random() < 0.5 else [names[-1], *names[:-1]], axis=1
    )


@harm
def two_columns_of_other_kinds_exchanged(x: Spoiled):
    export = x.export(EXPORTS)
    first, second = x.rng.sample(("id", "date", "code"), 2)
    first, second = x.column(export, first), x.column(export, second)
    x.frames[export] = x.frame(export).rename(columns={first: second, second: first})


@harm
def a_column_left_out(x: Spoiled):
    export = x.export(EXPORTS)
    x.frames[export] = x.frame(export).drop(columns=x.column(export, "id", "code", "date", "number"))


@harm
def a_column_twice(x: Spoiled):
    x.suffixes = (".csv", ".xlsx")
    export = x.export(EXPORTS)
    name = x.column(export, "id", "code", "date", "number")
    x.frame(export)[x.rng.choice((name.upper(), f"{name} ", f"\ufeff{name}"))] = x.frame(export)[name]


@harm
def rows_of_another_wave_below(x: Spoiled):
    export = x.export()
    other = export.replace("T0", "T?").replace("T1", "T0").replace("T?", "T1")
    below = x.cohort.exported(other).astype(object)
    x.frames[export] = pd.concat(
        [x.frame(export), below[[name for name in x.frame(export) if name in below]]], ignore_index=True
    )


@harm
def the_file_of_another_wave(x: Spoiled):
    export = x.export()
    other = export.replace("T0", "T?").replace("T1", "T0").replace("T?", "T1")
    x.frames[export] = x.cohort.exported(other).astype(object)


@harm
def the_file_of_another_questionnaire(x: Spoiled):
    first, second = x.rng.sample(EXPORTS, 2)
    while first.split("_")[-1] == second.split("_")[-1]:
        second = x.rng.choice(EXPORTS)
    x.frames[first] = x.cohort.exported(second).astype(object)


@harm
def most_rows_lost(x: Spoiled):
    export = x.export([name for name in PEOPLE if name.startswith("T1")])
    x.frames[export] = x.frame(export).iloc[: max(1, len(x.frame(export)) // 3)]
    x.cohort.corrections.clear()
    (x.folder / "corrections.csv").unlink(missing_ok=True)


@harm
def a_row_of_totals(x: Spoiled):
    x.suffixes = (".csv", ".xlsx")
    export = x.export(EXPORTS)
    frame = x.frame(export)
    row = {name: Raw("312") for name, one in COLUMNS[export].items() if one.kind in ("code", "number")}
    x.frames[export] = pd.concat([frame, pd.DataFrame([{**dict.fromkeys(frame, Raw("")), **row}])], ignore_index=True)


# --- names of households


@harm
def a_name_in_another_spelling(x: Spoiled):
    frame = x.frame("huishoudens")
    name = x.rng.choice(("regio", "aanpak"))
    row = x.rng.choice([row for row, text in enumerate(frame[name]) if text])
    text = frame.loc[row, name]
    frame.loc[row, name] = Raw(
        x.rng.choice((text.lower(), text[:-1], f"{text}\u200b", text.replace("e", "é", 1) + "x"))
    )
    x.notes.append(repr(frame.loc[row, name]))


@harm
def a_name_that_leaves_it_open(x: Spoiled):
    x.cell("huishoudens", "aanpak", "onbekend", "99", "-9", "weet niet", "?", "geweigerd", "true", "1")


# --- SPSS


@harm
def labels_of_two_codes_exchanged(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(EXPORTS)
    name = x.rng.choice([name for name, one in COLUMNS[export].items() if one.kind == "code" and one.values])
    values = dict(COLUMNS[export][name].values)
    first, second = x.rng.sample(list(values), 2)
    values[first], values[second] = values[second], values[first]
    text = x.rng.random() < 0.3
    if text:
        x.frame(export)[name] = as_they_are(
            Raw("" if value != value else f"{value:g}") for value in x.frame(export)[name]
        )
    x.frame(export)
    x.about[export] = {
        "labels": {name: {(f"{code}" if text else float(code)): label for code, label in values.items()}}
    }


@harm
def labels_moved_by_a_code(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(EXPORTS)
    name = x.rng.choice([name for name, one in COLUMNS[export].items() if one.kind == "code" and one.values])
    values = COLUMNS[export][name].values
    x.frame(export)
    x.about[export] = {
        "labels": {name: {float(code) - 1: label for code, label in values.items()}},
        "missing": {name: []},
    }


@harm
def an_answer_declared_missing(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(EXPORTS)
    name = x.column(export, "code")
    given = sorted({value for value in x.frame(export)[name] if value == value and value < 90})
    if given:
        x.about[export] = {"missing": {name: [x.rng.choice(given)]}, "labels": {name: {}}}


@harm
def an_id_declared_missing(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(EXPORTS)
    name = x.column(export, "id")
    ids = [text for text in x.frame(export)[name] if len(text.encode()) <= 8]
    if not ids:
        return a_row_twice(x)
    x.frame(export)[name] = as_they_are(Raw(text) for text in x.frame(export)[name])
    x.about[export] = {"missing": {name: [x.rng.choice(ids)]}}
    return None


@harm
def a_label_of_no_answer_on_a_number(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(ADULTS)
    x.frame(export).loc[x.row(export), "uren_werk"] = 77.0
    label = x.rng.choice(("weet niet", "n.v.t.", "Refused", "77 = onbekend", "geen antwoord"))
    x.about[export] = {"labels": {"uren_werk": {77.0: label}}, "missing": {"uren_werk": [99.0]}}


@harm
def system_missing_that_is_zero(x: Spoiled):
    x.suffixes = (".sav",)
    export = x.export()
    record = re.compile(rb"\x07\x00\x00\x00\x04\x00\x00\x00\x08\x00\x00\x00\x03\x00\x00\x00.{8}", re.DOTALL)
    x.bytes_of(export, lambda content: record.sub(lambda match: match[0][:16] + bytes(8) + match[0][24:], content))


@harm
def another_encoding_than_the_header_says(x: Spoiled):
    x.suffixes = (".sav",)
    x.frame("huishoudens")["aanpak"] = as_they_are(Raw(text) for text in x.frame("huishoudens")["aanpak"])
    name = x.rng.choice((b"windows-1252", b"cp850", b"macintosh"))
    record = len(name).to_bytes(4, "little") + name
    x.bytes_of("huishoudens", lambda content: content.replace(b"\5\0\0\0UTF-8", record))


# --- files


@harm
def a_file_cut_off(x: Spoiled):
    export = x.export(EXPORTS)

    def cut(content: bytes) -> bytes:
        end = x.rng.randrange(1, len(content) - 1)
        # at the end of a row nobody can see it
        while x.path(export).suffix.lower() == ".csv" and _ends_a_cell(content, end):
            end = x.rng.randrange(1, len(content) - 1)
        return content[:end]

    x.bytes_of(export, cut)


def _ends_a_cell(content: bytes, end: int) -> bool:
    """Whether the end of a file here may be that of its last row."""
    last, rest = re.split(rb"[\r\n]", content[:end])[-1], re.split(rb"[\r\n]", content[end:])[0]
    return not last or not re.search(rb"[,;\t]", rest)


@harm
def a_file_without_its_first_line(x: Spoiled):
    x.suffixes = TEXT
    export = x.export(EXPORTS)
    x.bytes_of(export, lambda content: re.split(rb"\r\n|\r|\n", content, maxsplit=1)[1])


@harm
def a_file_without_its_last_bytes(x: Spoiled):
    x.suffixes = (".sav", ".xlsx", ".zsav")
    export = x.export(EXPORTS)
    x.bytes_of(export, lambda content: content[: -x.rng.choice((1, 7, 100))])


@harm
def two_files_behind_each_other(x: Spoiled):
    x.suffixes = TEXT
    export = x.export(EXPORTS)
    other = x.rng.choice(EXPORTS)
    x.bytes_of(
        export,
        lambda content: content + b"\n" + (x.folder / f"{other}.csv").read_bytes() if other != export else content * 2,
    )


@harm
def letters_of_another_machine(x: Spoiled):
    """MacRoman, DOS and wide letters in what is kept: an approach."""
    x.suffixes = TEXT
    encoding = x.rng.choice(("mac_roman", "cp850", "utf-16", "utf-16-le", "utf-32", "iso8859_5"))
    x.frame("huishoudens")

    def code(content: bytes) -> bytes:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
        return text.encode(encoding, "replace")

    x.bytes_of("huishoudens", code)


@harm
def letters_that_were_read_in_another_encoding(x: Spoiled):
    x.frame("huishoudens")["aanpak"] = as_they_are(
        Raw(text.encode().decode("cp1252", "replace")) for text in x.frame("huishoudens")["aanpak"]
    )


@harm
def a_quote_that_is_not_closed(x: Spoiled):
    x.suffixes = TEXT
    export = x.export(EXPORTS)
    lines = rb"[\r\n]"

    def open_quote(content: bytes) -> bytes:
        ends = [match.end() for match in re.finditer(lines, content)][:-2]
        at = x.rng.choice(ends)
        return content[:at] + b'"' + content[at:]

    x.bytes_of(export, open_quote)


@harm
def bytes_that_are_nothing(x: Spoiled):
    export = x.export(EXPORTS)

    def damage(content: bytes) -> bytes:
        at = x.rng.randrange(len(content) // 2)
        return content[:at] + bytes(8) + content[at:]

    x.suffixes = (".csv", ".xlsx")
    x.bytes_of(export, damage)


@harm
def a_cell_too_few_or_too_many(x: Spoiled):
    x.suffixes = TEXT
    export = x.export(EXPORTS)

    def change(content: bytes) -> bytes:
        header = re.split(rb"[\r\n]", content)[0]
        mark = max((b",", b";", b"\t"), key=header.count)
        places = [match.start() for match in re.finditer(re.escape(mark), content) if match.start() > len(header)]
        at = x.rng.choice(places)
        return content[:at] + content[at + 1 :] if x.rng.random() < 0.5 else content[:at] + mark + b"1" + content[at:]

    x.bytes_of(export, change)


@harm
def another_kind_of_file_than_its_name_says(x: Spoiled):
    export = x.export(EXPORTS)
    x.frame(export)

    def rename(folder: Path) -> None:
        path = x.path(export)
        others = (
            {".csv", ".sav", ".xlsx"} - {path.suffix.lower()} - ({".sav"} if path.suffix.lower() == ".zsav" else set())
        )
        path.rename(path.with_suffix(x.rng.choice(sorted(others))))

    x.after.append(rename)


@harm
def a_file_twice(x: Spoiled):
    export = x.export(EXPORTS)
    x.suffixes = (".sav", ".xlsx", ".zsav")
    x.frame(export)
    x.after.append(lambda folder: (folder / f"{export}.csv").write_bytes(b"a,b\n1,2\n"))


@harm
def an_export_that_is_not_there(x: Spoiled):
    export = x.export(EXPORTS)
    x.after.append(lambda folder: (folder / f"{export}.csv").unlink())


@harm
def a_second_sheet(x: Spoiled):
    import xlsxwriter

    export = x.export(EXPORTS)
    x.frame(export)
    x.suffixes = EXCEL

    def add(folder: Path) -> None:
        frame = x.cohort.exported(export).astype(object)
        frame = frame.where(frame.notna(), "").map(str)
        with xlsxwriter.Workbook(x.path(export)) as book:
            for name in ("Gegevens", "Codes"):
                sheet = book.add_worksheet(name)
                for number, row in enumerate([list(frame), *frame.to_numpy().tolist()]):
                    sheet.write_row(number, 0, row)

    x.after.append(add)


@harm
def a_formula_that_failed_or_was_never_calculated(x: Spoiled):
    x.suffixes = EXCEL
    export = x.export(EXPORTS)
    x.frame(export)
    cell = x.rng.choice(('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "<c><f>A1*2</f></c>", '<c t="e"><v>#N/A</v></c>'))

    def change(folder: Path) -> None:
        path = x.path(export)
        if path.suffix.lower() != ".xlsx":
            return
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"]
        cells = list(re.finditer(r"<c(?: [^>]*)?(?:/>|>.*?</c>)", sheet))
        match = x.rng.choice(cells[len(cells) // 2 :])
        reference = re.search(r' r="[A-Z]+\d+"', match[0])
        new = cell.replace("<c", f"<c{reference[0]}", 1) if reference else cell
        parts["xl/worksheets/sheet1.xml"] = sheet[: match.start()] + new + sheet[match.end() :]
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    x.after.append(change)


# --- corrections


def _correction(x: Spoiled, **other: str) -> None:
    """One line more, of a cell that no other line mends."""
    export = x.export()
    table, row = x.cohort.tables[export], x.rng.randrange(len(x.cohort.tables[export]))
    name = "geslacht" if "geslacht" in table else "kind_geslacht"
    old = x.cohort.exported(export).loc[row, name]
    line = dict(zip(CORRECTION_FIELDS, (export, "", name, "", "", "typfout", "AB", "2026-02-11"), strict=True))
    line["id"] = "|".join(table.loc[row, key] for key in KEYS[export])
    line["old_value"], line["new_value"] = ("" if old != old else f"{old:g}"), "2" if old == 1 else "1"
    rows = [*corrections_of(x.cohort), list((line | other).values())]
    x.after.append(lambda folder: write_list(folder / "corrections.csv", CORRECTION_FIELDS, rows))


@harm
def a_correction_of_another_value(x: Spoiled):
    _correction(x, old_value=x.rng.choice(("7", "man", "0")))


@harm
def a_correction_of_nobody(x: Spoiled):
    _correction(x, id=x.rng.choice(("niemand", "NULL", "44256", "1-1-2016", "", "|")))


@harm
def a_correction_to_what_is_no_code(x: Spoiled):
    _correction(x, new_value=x.rng.choice(("9", "vrouw", "1,5", "2.001", "1 of 2")))


@harm
def a_correction_of_something_unknown(x: Spoiled):
    name, value = x.rng.choice((("column", "sekse"), ("file", "T7_volwassenen"), ("date", "gisteren")))
    _correction(x, **{name: value})
