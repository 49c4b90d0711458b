"""CSV files: which encoding and delimiter they have, and whether what they hold is a table at all."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence

from effectstudie.intake.places import rows_told
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

DELIMITERS = ";,\t"
# UTF-8 that was read as Windows-1252: an e acute became A tilde and a copyright sign.
_GARBLED = re.compile("\u00c3[\u00a0-\u00bf]|\u00e2\u20ac")
_MARK = b"\xef\xbb\xbf"
# Letters with accents within words in Windows-1252; and those of other machines, which are no letters of a word there:
# the e acute of a Macintosh is a Z with a caron, its apostrophe a capital O with a tilde behind a small letter.
_WINDOWS = re.compile(rb"[a-z][\xe0-\xf6\xf8-\xff]|[\xe0-\xf6\xf8-\xff][a-z]")
_OF_OTHER_MACHINES = {
    "a Macintosh": re.compile(
        rb"[a-z][\x8a\x8d-\x90\x9f]|[A-Z\x80-\x9f]\x8e[a-z]|[\x83\x8d\x8f\x90\x9f][a-z]|[a-z][\x87\x88\x95][a-z]"
        rb"|[a-z]\x91(?:[a-rt-z]|s[a-z])|o\x9a[a-z]|[a-z]\x97\x97|[a-z][\xc0-\xd6\xd8-\xde]"
    ),
    "DOS": re.compile(rb"[A-Za-z\x82\x90][\x81\x82\x89\x8b]|[\x81\x89\x8b][a-z]|[a-z][\x84\x94][a-z]"),
}
_OTHER_KINDS = {
    b"PK\x03\x04": say("an Excel file; give it the name .xlsx"),
    b"\xd0\xcf\x11\xe0": say("an old Excel file; save it as .xlsx"),
    b"$FL": say("an SPSS file; give it the name .sav"),
    b"<": say("a web page (html) or XML; export it again"),
}
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# Above the header some programs write a title or what a column means.
_LINES_ABOVE = 5


def read(content: bytes, file: str, expected: Collection[str] = ()):
    """Names and columns of a .csv file; `file`: its name."""
    text, rows = _decode(content, file), []
    try:
        delimiter = max(DELIMITERS, key=lambda mark: _expected_names(next(_rows(text, mark), []), expected))
        for row in _rows(text, delimiter, strict=True):
            rows.append(row)
    except csv.Error as error:
        if "field limit" in str(error):
            where = say("{file}, row {row}", file=file, row=len(rows)) if rows else say("{file}, header", file=file)
            rule = say(
                "holds a text of over {most:,} letters, or a quote before it that is never closed",
                most=csv.field_size_limit(),
            )
            raise InputError(
                [
                    say(
                        "{where}: {rule}; shorten the text, leave its column out, or mend the quote.",
                        where=where,
                        rule=rule,
                    )
                ]
            ) from None
        message = say("the quotes around a text do not match, or the file is truncated; export it again.")
        raise InputError(
            [
                say(
                    "{file}: is no well-formed CSV file ({error}): {message}",
                    file=file,
                    error=str(error),
                    message=message,
                )
            ]
        ) from None
    problems = header_problem(rows[: _LINES_ABOVE + 1], file, expected)
    if problems:
        raise InputError(problems)
    width = len(rows[0]) if rows else 0
    rows = [row if any(row[width:]) else row[:width] for row in rows]
    sizes: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        if len(row) != width:
            sizes.setdefault(len(row), []).append(number)
    problems = [
        say(
            "{file}, {rows}: has {size} cells, the header has {width}; {do}.",
            file=file,
            rows=rows_told(numbers),
            size=size,
            width=width,
            do=say("the file is truncated, or a delimiter is missing")
            if size < width
            else say("quote text with a delimiter"),
        )
        for size, numbers in sizes.items()
    ]
    header = [cell.strip() for cell in rows[0]] if rows else []
    again = [number for number, row in enumerate(rows) if number and [cell.strip() for cell in row] == header]
    if again:
        problems.append(
            say(
                "{file}, {rows}: is the header again; take it out, or part the files that stand behind each other.",
                file=file,
                rows=rows_told(again),
            )
        )
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def header_problem(rows: Sequence[Sequence[str]], file: str, expected: Collection[str]) -> list[str]:
    """That the header is not the first of these rows, if one of the others is more like it, or none is."""
    if not rows or not expected:
        return []
    wanted = {name.casefold() for name in expected}
    known = [len({cell.strip().casefold() for cell in row} & wanted) for row in rows]
    if not any(known) and any(_NUMBER.fullmatch(cell.strip()) for cell in rows[0]):
        # it may be a case: nothing of it is shown
        return [
            say(
                "{file}: its first line has numbers and no known name of a column; is the header gone? Put it back.",
                file=file,
            )
        ]
    best = known.index(max(known))
    if best and known[best] > known[0]:
        return [
            say("{file}: the header stands in line {line}; take out what stands above it.", file=file, line=best + 1)
        ]
    if len(rows[0]) == 1 and not known[0] and len(expected) > 2:
        return [
            say(
                "{file}: has one column and none that is known: the delimiter must be a comma, semicolon or tab.",
                file=file,
            )
        ]
    return []


def _expected_names(header: Sequence[str], expected: Collection[str]) -> tuple[int, int]:
    return len({name.strip() for name in header} & set(expected)), len(header)


def _rows(text: str, delimiter: str, strict: bool = False) -> Iterator[list[str]]:
    """Rows with any text in them, header first; a quoted cell may hold delimiters and newlines."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return (row for row in rows if any(cell.strip() for cell in row))


def _decode(raw: bytes, file: str) -> str:
    while raw.startswith(_MARK):
        raw = raw[len(_MARK) :]
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            raise InputError([say("{file}: is {kind}.", file=file, kind=kind)])
    for encoding in ("utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            _refuse_other_machines(raw, file)
        if _GARBLED.search(text):
            raise InputError(
                [
                    say(
                        "{file}: has garbled letters ({garbled}); export it as UTF-8.",
                        file=file,
                        garbled=_GARBLED.search(text)[0],
                    )
                ]
            )
        if text.startswith("sep="):
            raise InputError(
                [say("{file}: begins with Excel's line '{line}'; take that line out.", file=file, line=text[:5])]
            )
        if "\0" not in text:
            return text.replace("\r\n", "\n")
        if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) and text.count("\0") * 4 < len(text):
            raise InputError([say("{file}: has NUL bytes: it is damaged; export it again.", file=file)])
    _refuse_other_machines(raw, file)
    raise InputError([say("{file}: is neither UTF-8 nor Windows-1252 text; export it again as UTF-8.", file=file)])


def _refuse_other_machines(raw: bytes, file: str) -> None:
    """InputError where letters with accents are those of another machine, which Windows-1252 reads as other signs."""
    found = {machine: len(letters.findall(raw)) for machine, letters in _OF_OTHER_MACHINES.items()}
    machine = max(found, key=found.__getitem__)
    if found[machine] and not _WINDOWS.search(raw):
        raise InputError(
            [
                say(
                    "{file}: its letters with accents are those of {machine}, neither UTF-8 nor "
                    "Windows-1252; export it again as UTF-8 (in Excel: CSV UTF-8).",
                    file=file,
                    machine=machine,
                )
            ]
        )
