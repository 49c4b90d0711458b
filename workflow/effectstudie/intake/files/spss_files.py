"""SPSS files: codes as they are, with what SPSS was told of them."""

import datetime
import re
import struct
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any

import pandas as pd
import pyreadstat

from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

# SPSS counts dates in seconds from the first day of the Gregorian calendar.
_FIRST_DAY = datetime.datetime(1582, 10, 14)
_DATE_FORMAT = re.compile(r"(?:A|E|J|S)?DATE|DATETIME|YMDHMS")
# The same seconds, shown without their day.
_DAYLESS = {
    "MOYR": say("months"),
    "QYR": say("quarters"),
    "WKYR": say("weeks"),
    "TIME": say("times"),
    "DTIME": say("times"),
    "MTIME": say("times"),
}
_OTHER_KINDS = {
    rb"(?s).{0,16}ENCRYPTED": say("is encrypted with a password; open it in SPSS and save it without one."),
    rb"(?s)(?!\$FL).{0,600}SPSS ?PORT": say("is an SPSS portable file; open it in SPSS and save it as .sav."),
    rb"PK\x03\x04": say("is an Excel file or another archive, and no SPSS file; export it again."),
}
# The record of a header with the number for system-missing, in files of either order of bytes.
_SYSTEM_MISSING = {order: struct.pack(f"{order}4i", 7, 4, 8, 3) for order in "<>"}
# A file with more cells is read in so many parts. All of it is gone through each time: a tenth of the time of reading.
_CELLS, _PARTS = 10_000_000, 4
# SPSS takes the lowest number there is; from here on it is nobody's answer.
_BEYOND_ANSWERS = 1e300
# What older code pages have for accents, inside a word, when they are read as Windows-1252.
_GARBLED = re.compile(
    "[a-z][\u201a\u201e\u2020\u2021\u02c6\u2030\u2039\u2022\u02dc\u2122\u203a\u00a1\u00a2\u017d][a-z]"
)


def read(content: bytes, file: str, expected: Collection[str] = ()):
    """Names, columns, declared missing values and value labels of a .sav or .zsav file; `file`: its name.

    A date that was declared missing is none; labels of dates are of days.
    """
    columns, meta = _table(content, file)
    _refuse_garbled(_texts(columns, meta), meta.file_encoding, file)
    formats = {name: re.match(r"[A-Z]*", str(form))[0] for name, form in meta.original_variable_types.items()}
    dates = [name for name in columns if _DATE_FORMAT.fullmatch(formats[name])]
    bounds = {name: [(one["lo"], one["hi"]) for one in ranges] for name, ranges in meta.missing_ranges.items()}
    given = {name: columns[name] for name in dates}
    for name in dates:
        columns[name] = _declared_none(given[name], bounds.pop(name, ())).map(_day)
    labels = dict(meta.variable_value_labels)
    labels |= {name: {_day(value): text for value, text in labels[name].items()} for name in dates if name in labels}
    wanted = {name.casefold() for name in expected}
    problems = [
        say(
            "{file}, column {name}: holds {dayless} (format {format}) and no days; give it a format "
            "with a day in SPSS (DATE11), if it has days.",
            file=file,
            name=name,
            dayless=_DAYLESS[formats[name]],
            format=formats[name],
        )
        for name in columns
        if formats[name] in _DAYLESS and name.casefold() in wanted
    ]
    problems += [
        say(
            "{file}, column {name}: SPSS was told that each of its dates is no answer; take back "
            "that they are missing.",
            file=file,
            name=name,
        )
        for name in dates
        if name.casefold() in wanted and given[name].notna().any() and columns[name].isna().all()
    ]
    if problems:
        raise InputError(problems)
    return list(columns), list(columns.values()), bounds, labels


def _table(content: bytes, file: str) -> tuple[dict[str, pd.Series], Any]:
    """The cases, a column each, and what the file says of them; InputError where it is no whole SPSS file of the
    ordinary kind.
    """
    for start, kind in _OTHER_KINDS.items():
        if re.match(start, content):
            raise InputError([say("{file}: {what}", file=file, what=kind)])
    _refuse_missing_that_is_a_number(content, file)
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            columns, meta = _cases(content)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError) or "encoding" in str(error):
            raise InputError([say("{file}: {what}", file=file, what=_OTHER_ENCODING)]) from None
        raise InputError(
            [say("{file}: is no complete SPSS file ({error}); export it again.", file=file, error=str(error))]
        ) from None
    twice = [found[1] for one in said if (found := re.match(r"column '(.*)' is duplicated", str(one.message)))]
    if twice:
        names = ", ".join(sorted({shown_name(name, "…") for name in twice}))
        raise InputError([say("{file}: column {names} occurs twice; keep one.", file=file, names=names)])
    return columns, meta


def _cases(content: bytes) -> tuple[dict[str, pd.Series], Any]:
    """What pyreadstat makes of a file; of a large one some columns at a time, for it needs what it reads twice."""
    # user_missing: without it SPSS's missing ranges vanish, and refused can't be told from not asked
    read = partial(pyreadstat.read_sav, user_missing=True, disable_datetime_conversion=True)
    _, meta = read(BytesIO(content), metadataonly=True)
    names = meta.column_names
    if (meta.number_rows or 0) * len(names) <= _CELLS:
        frame, meta = read(BytesIO(content))
        return dict(frame.items()), meta
    columns, step = {}, -(-len(names) // _PARTS)
    for start in range(0, len(names), step):
        columns |= dict(read(BytesIO(content), usecols=names[start : start + step])[0].items())
    return columns, meta


_OTHER_ENCODING = say(
    "its text is in another encoding than its header says, so that its letters cannot be "
    "read; export it again as Unicode (UTF-8)."
)


def _refuse_missing_that_is_a_number(content: bytes, file: str) -> None:
    """InputError where the header makes system-missing a number that is an answer: each of them would be none."""
    for order, record in _SYSTEM_MISSING.items():
        if (place := content.find(record)) >= 0 and len(content) >= place + len(record) + 8:
            (number,) = struct.unpack_from(f"{order}d", content, place + len(record))
            number += 0.0  # -0 is 0
            if abs(number) < _BEYOND_ANSWERS:
                raise InputError(
                    [
                        say(
                            "{file}: its header says that system-missing is {number:g}, so that every {number:g} "
                            "would be no answer; export it again by another program, or as .csv.",
                            file=file,
                            number=number,
                        )
                    ]
                )


def _texts(columns: Mapping[str, pd.Series], meta: Any) -> Iterator[str]:
    """Every text of the file that has letters beyond ASCII."""
    labels = [text for of_column in meta.variable_value_labels.values() for text in of_column.values()]
    named = [*columns, *meta.column_names_to_labels.values(), *labels, meta.file_label]
    cells = (value for column in columns.values() if column.dtype.kind not in "ifM" for value in column)
    for group in (named, cells):
        yield from (text for text in group if isinstance(text, str) and not text.isascii())


def _refuse_garbled(texts: Iterable[str], encoding: str, file: str) -> None:
    """InputError where letters were read in another encoding than they were written in."""
    for text in dict.fromkeys(texts):
        if _GARBLED.search(text) or any(_was_utf8(text, one) for one in ("cp1252", encoding)):
            garbled = re.search(r"[^\x00-\x7f]+", text)[0][:8]
            raise InputError(
                [
                    say(
                        "{file}: has garbled letters ({garbled}): {what}",
                        file=file,
                        garbled=garbled,
                        what=_OTHER_ENCODING,
                    )
                ]
            )


def _was_utf8(text: str, encoding: str) -> bool:
    """Whether the bytes of a text are UTF-8, though it was read in this encoding: in no language are they both."""
    try:
        return text.encode(encoding).decode("utf-8") != text
    except (UnicodeError, LookupError, TypeError):
        return False


def _declared_none(seconds: pd.Series, bounds: Iterable[tuple[float, float]]) -> pd.Series:
    for low, high in bounds:
        seconds = seconds.mask(seconds.between(low, high))
    return seconds


def _day(seconds: Any) -> Any:
    """The day of a date; a number beyond the calendar stays as it is, so that it is refused with its row."""
    if pd.isna(seconds) or not isinstance(seconds, int | float):
        return None
    try:
        return (_FIRST_DAY + datetime.timedelta(seconds=seconds)).date()
    except OverflowError:
        return seconds
