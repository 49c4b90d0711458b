"""What spoils a file: what SPSS says in it, its bytes, its sheets and its name."""

import re

import xlsxwriter
from given.rewritten.cohorts import COLUMNS
from given.rewritten.spoiled import ADULTS, EXCEL, PEOPLE, SPSS, TEXT, Harms, Spoiled
from given.rewritten.writings import Raw, as_they_are, plain_text, write_list
from given.workbooks import changed

harm = Harms()
_NO_ANSWER = ("weet niet", "n.v.t.", "Refused", "77 = onbekend", "geen antwoord")
_ENCODINGS = ("mac_roman", "cp850", "utf-16", "utf-16-le", "utf-32", "iso8859_5")
_FORMULAS = ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "<c><f>A1*2</f></c>", '<c t="e"><v>#N/A</v></c>')
_CELL = re.compile(r"<c(?: [^>]*)?(?:/>|>.*?</c>)")
# The record of a header that says which number is system-missing, and the one that names the encoding.
_SYSTEM_MISSING = re.compile(rb"(\x07\0\0\0\x04\0\0\0\x08\0\0\0\x03\0\0\0).{8}", re.DOTALL)
_ENCODING = b"\5\0\0\0UTF-8"


# --- SPSS


def _labelled(x: Spoiled, export: str) -> str:
    """A column whose codes the codebook names."""
    return x.rng.choice([name for name, one in COLUMNS[export].items() if one.kind == "code" and one.values])


@harm
def labels_of_two_codes_exchanged(x: Spoiled):
    x.suffixes = SPSS
    name = _labelled(x, export := x.export())
    labels = {float(code): label for code, label in COLUMNS[export][name].values.items()}
    first, second = x.rng.sample(list(labels), 2)
    labels[first], labels[second] = labels[second], labels[first]
    if x.rng.random() < 0.3:  # codes that are text
        x.frame(export)[name] = as_they_are(Raw(plain_text(value)) for value in x.frame(export)[name])
        x.about[export] = {"labels": {name: {f"{code:g}": label for code, label in labels.items()}}}
    else:
        x.about[export] = {"labels": {name: labels}}


@harm
def labels_moved_by_a_code(x: Spoiled):
    x.suffixes = SPSS
    name = _labelled(x, export := x.export())
    labels = {float(code) - 1: label for code, label in COLUMNS[export][name].values.items()}
    x.about[export] = {"labels": {name: labels}, "missing": {name: []}}


@harm
def an_answer_declared_missing(x: Spoiled):
    x.suffixes = SPSS
    export = x.export()
    name = x.column(export, "code")
    given = sorted(value for value in x.frame(export)[name].dropna().unique() if value < 90)
    x.about[export] = {"missing": {name: [x.rng.choice(given)]}, "labels": {name: {}}}


@harm
def an_id_declared_missing(x: Spoiled):
    x.suffixes = SPSS
    export = x.export(PEOPLE)
    x.frame(export)["huishouden_id"] = as_they_are(map(Raw, x.frame(export)["huishouden_id"]))
    # SPSS can do that with short texts only
    ids = [text for text in x.frame(export)["huishouden_id"] if len(text) <= 8]
    x.about[export] = {"missing": {"huishouden_id": [str(x.rng.choice(ids))]}}


@harm
def a_label_of_no_answer_on_a_number(x: Spoiled):
    x.suffixes = SPSS
    frame = x.frame(export := x.export(ADULTS))
    frame.loc[x.rng.randrange(len(frame)), "uren_werk"] = 77.0
    labels = {77.0: x.rng.choice(_NO_ANSWER)}
    x.about[export] = {"labels": {"uren_werk": labels}, "missing": {"uren_werk": [99.0]}}


@harm
def system_missing_that_is_zero(x: Spoiled):
    x.suffixes = (".sav",)
    x.bytes_of(x.export(), lambda content: _SYSTEM_MISSING.sub(lambda match: match[1] + bytes(8), content))


@harm
def another_encoding_than_the_header_says(x: Spoiled):
    x.suffixes = (".sav",)
    export = x.export(["huishoudens"])
    x.frame(export)["aanpak"] = as_they_are(map(Raw, x.frame(export)["aanpak"]))
    name = x.rng.choice((b"windows-1252", b"cp850", b"macintosh"))
    x.bytes_of(export, lambda content: content.replace(_ENCODING, len(name).to_bytes(4, "little") + name))


# --- bytes


@harm
def a_file_cut_off(x: Spoiled):
    export = x.export()

    def cut(content: bytes) -> bytes:
        ends = range(1, len(content) - 1)
        if x.path(export).suffix.lower() == ".csv":  # behind a row nobody can see it
            ends = [end for end in ends if not _may_end_there(content, end)]
        return content[: x.rng.choice(ends)]

    x.bytes_of(export, cut)


def _may_end_there(content: bytes, end: int) -> bool:
    """Whether a file that is cut off here has a row that is whole, or whole but for a part of its last cell."""
    last, rest = re.split(rb"[\r\n]", content[:end])[-1], re.split(rb"[\r\n]", content[end:])[0]
    return not last or not re.search(rb"[,;\t]", rest)


@harm
def a_file_without_its_first_line(x: Spoiled):
    x.suffixes = TEXT
    x.bytes_of(x.export(), lambda content: re.split(rb"\r\n|\r|\n", content, maxsplit=1)[1])


@harm
def a_file_without_its_last_bytes(x: Spoiled):
    x.suffixes = SPSS + EXCEL
    lost = x.rng.choice((1, 7, 100))
    x.bytes_of(x.export(), lambda content: content[:-lost])


@harm
def two_files_behind_each_other(x: Spoiled):
    x.suffixes = TEXT
    export, other = x.rng.sample(sorted(COLUMNS), 2)
    x.export([export])
    x.bytes_of(export, lambda content: content + b"\n" + (x.folder / f"{other}.csv").read_bytes())


@harm
def a_file_twice_behind_itself(x: Spoiled):
    x.suffixes = TEXT
    x.bytes_of(x.export(), lambda content: content + b"\n" + content)


@harm
def letters_of_another_machine(x: Spoiled):
    """In what is kept: an approach."""
    x.suffixes = TEXT
    encoding = x.rng.choice(_ENCODINGS)

    def coded(content: bytes) -> bytes:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
        return text.encode(encoding, "replace")

    x.bytes_of(x.export(["huishoudens"]), coded)


@harm
def letters_that_were_read_in_another_encoding(x: Spoiled):
    frame = x.frame(x.export(["huishoudens"]))
    frame["aanpak"] = as_they_are(Raw(text.encode().decode("cp1252", "replace")) for text in frame["aanpak"])


@harm
def a_quote_that_is_not_closed(x: Spoiled):
    x.suffixes = TEXT

    def opened(content: bytes) -> bytes:
        at = x.rng.choice([match.end() for match in re.finditer(rb"[\r\n]", content)][:-2])
        return content[:at] + b'"' + content[at:]

    x.bytes_of(x.export(), opened)


@harm
def bytes_that_are_nothing(x: Spoiled):
    x.suffixes = TEXT + EXCEL

    def damaged(content: bytes) -> bytes:
        at = x.rng.randrange(len(content) // 2)
        return content[:at] + bytes(8) + content[at:]

    x.bytes_of(x.export(), damaged)


@harm
def a_cell_too_few_or_too_many(x: Spoiled):
    x.suffixes = TEXT

    def spoiled(content: bytes) -> bytes:
        header = re.split(rb"[\r\n]", content)[0]
        mark = max((b",", b";", b"\t"), key=header.count)
        places = [match.start() for match in re.finditer(re.escape(mark), content) if match.start() > len(header)]
        at = x.rng.choice(places)
        return content[:at] + content[at + 1 :] if x.rng.random() < 0.5 else content[:at] + mark + b"1" + content[at:]

    x.bytes_of(x.export(), spoiled)


# --- names and sheets


@harm
def another_kind_of_file_than_its_name_says(x: Spoiled):
    export = x.export()

    def rename() -> None:
        path = x.path(export)
        kind = ".sav" if path.suffix.lower() == ".zsav" else path.suffix.lower()
        path.rename(path.with_suffix(x.rng.choice(sorted({".csv", ".sav", ".xlsx"} - {kind}))))

    x.after.append(rename)


@harm
def a_file_in_two_formats(x: Spoiled):
    x.suffixes = SPSS + EXCEL
    export = x.export()
    x.after.append(lambda: write_list(x.folder / f"{export}.csv", "ab", [["1", "2"]]))


@harm
def an_export_that_is_not_there(x: Spoiled):
    export = x.export()
    x.after.append(lambda: x.path(export).unlink())


@harm
def a_second_sheet(x: Spoiled):
    x.suffixes = EXCEL
    export = x.export()

    def add() -> None:
        with xlsxwriter.Workbook(x.path(export)) as book:
            for name in ("Gegevens", "Codes"):
                book.add_worksheet(name).write_row(0, 0, list(COLUMNS[export]))

    x.after.append(add)


@harm
def a_formula_that_failed_or_was_never_calculated(x: Spoiled):
    x.suffixes = EXCEL
    export, formula = x.export(), x.rng.choice(_FORMULAS)

    def spoiled(sheet: str) -> str:
        cells = list(_CELL.finditer(sheet))
        match = x.rng.choice(cells[len(cells) // 2 :])
        reference = re.search(r' r="[A-Z]+\d+"', match[0])
        new = formula.replace("<c", f"<c{reference[0]}", 1) if reference else formula
        return sheet[: match.start()] + new + sheet[match.end() :]

    x.after.append(lambda: changed(x.path(export), "xl/worksheets/sheet1.xml", spoiled))
