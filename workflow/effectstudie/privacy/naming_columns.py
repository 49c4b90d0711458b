"""Keep people out of the results: refuse columns and texts that name them, and replace ids by keyed pseudonyms."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath

import pandas as pd
from stdnum.nl import bsn

from effectstudie.privacy.cleared import FULL_STOP, Cleared, found_in_text
from effectstudie.privacy.column_words import names_somebody
from effectstudie.privacy.identifiers import KINDS, identifiers_in
from effectstudie.privacy.pseudonyms import pseudonym
from effectstudie.privacy.recognisers.names import is_first_name, looks_like_name
from effectstudie.privacy.recognisers.readable import plain
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

# 1980-03-12, 12/3/1980, 12 maart 1980, 19800312 or 12031980
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_YEAR_OF_A_DATE = (
    r"^(?:(\d{4})[-/.]\d{1,2}[-/.]\d{1,2}(?:\D|$)|\d{1,2}[-/. ](?:\d{1,2}|[a-zA-Z]{3,9}\.?)[-/. ](\d{4})(?:\D|$)"
    rf"|((?:19|20)\d\d){_MONTH}{_DAY}$|{_DAY}{_MONTH}((?:19|20)\d\d)$)"
)
_NUMBER = re.compile(r"[+-]?\d{1,7}(?:[.,]\d+)?|[+-]?\d+[.,]\d+")
_NO_LETTERS = re.compile(r"[^A-Za-z]{8,15}")
_NORTH, _NORTH_TO_METRES = re.compile(r"5[0-3](?:[.,]\d+)?"), re.compile(r"5[0-3][.,]\d{4,}")
# From as many numbers on a share tells more than chance does.
_MANY = 20
_REFUSED = say("nothing that names a person may enter.")
# No number or date of anybody is as short as the codes that most columns hold.
_SHORT = 4
# A cohort is measured within a few years; the birthdays of its people lie further apart, or before them all.
_YEARS_OF_MEASUREMENT, _LONG_AGO = 6, 2010


def refuse_identifying_columns(
    raw: pd.DataFrame,
    file: str,
    ids: Collection[str],
    free_text: Collection[str],
    dates: Collection[str] = (),
    known: Collection[str] = (),
    cleared: Cleared | None = None,
) -> None:
    """InputError when a column names people, by its name or by what stands in it. Values are never shown.

    `ids` may look like anything but a citizen service number; `dates` are known to be no dates of birth, and `known`
    columns hold no names but those that a text would betray; of `free_text` columns, which are read no further than
    here, each row that names somebody is listed. What is not certain passes where a person `cleared` it.
    """
    problems = column_problems(raw, file, ids, free_text, dates, known, cleared or Cleared())
    if problems:
        raise InputError(problems)


def column_problems(
    raw: pd.DataFrame,
    file: str,
    ids: Collection[str],
    free_text: Collection[str],
    dates: Collection[str],
    known: Collection[str],
    cleared: Cleared,
) -> list[str]:
    """The sentences of refuse_identifying_columns."""
    stem, problems = PurePath(file).stem, []
    for number, name in enumerate(map(str, raw.columns), start=1):
        found = _problems_of_name(name, number, file, stem, cleared) if name not in known else []
        if found:
            problems += found
        elif name in free_text:
            problems += _problems_of_rows(raw[name], name, file, stem, cleared)
        else:
            kinds = _kinds_in(raw[name], name in ids, is_date=name in dates, is_known=name in known)
            problems += _problems_of_column(kinds, name, file, stem, cleared)
    return problems


def text_problems(texts: Iterable[tuple[str, str]], file: str, cleared: Cleared) -> list[str]:
    """A sentence for each text of a file beside its cells that seems to name somebody; `texts`: place and text."""
    stem = PurePath(file).stem
    return [
        say(
            "{file}, {place}: seems to hold {what}; take that out of the file{end}",
            file=file,
            place=place,
            what=what,
            end=end,
        )
        for place, text in texts
        for what, end in found_in_text(text, stem, place, cleared)
    ]


def _problems_of_name(name: str, number: int, file: str, stem: str, cleared: Cleared) -> list[str]:
    """By the words of a column's name, which may be shown, or by what it holds as a text, which may not."""
    held = {*identifiers_in(name), *identifiers_in(name.replace("_", " "))}
    if kinds := [kind for kind in KINDS if kind in held]:
        return [
            say(
                "{file}, column {number}: its name seems to hold {what}; {refused} Leave the column out, "
                "or give it another name{end}",
                file=file,
                number=number,
                what=what,
                refused=_REFUSED,
                end=end,
            )
            for what, end in cleared.left(kinds, stem, "name of a column", name)
        ]
    kinds = ["column"] if names_somebody(name) else []
    return _left_out(cleared.left(kinds, stem, f"name of column {name}", name), name, file)


def _problems_of_rows(column: pd.Series, name: str, file: str, stem: str, cleared: Cleared) -> list[str]:
    texts = column.dropna().astype(str)
    found = {text: found_in_text(text, stem, f"column {name}", cleared) for text in texts.unique()}
    return [
        say(
            "{file}, row {row}, column {name}: the text seems to hold {what}; take that out of the "
            "export, or leave the column out{end}",
            file=file,
            row=row + 1,
            name=name,
            what=what,
            end=end,
        )
        for row, text in texts.items()
        for what, end in found[text]
    ]


def _problems_of_column(
    values: Mapping[str, Collection[str]], name: str, file: str, stem: str, cleared: Cleared
) -> list[str]:
    """`values`: kind → the values that look like it; they are cleared together."""
    left = [
        cleared.left([kind], stem, f"column {name}", "\n".join(sorted(values[kind])))
        for kind in KINDS
        if kind in values
    ]
    found = [one for of_kind in left for one in of_kind]
    certain = [one for one in found if one[1] == FULL_STOP]
    return _left_out(certain[:1] or found, name, file)


def _left_out(found: Iterable[tuple[str, str]], name: str, file: str) -> list[str]:
    """`found`: what a column looks like, and how its sentence ends (Cleared.left)."""
    return [
        say(
            "{file}, column {name}: looks like {what}; {refused} Leave it out{end}",
            file=file,
            name=name,
            what=what,
            refused=_REFUSED,
            end=end,
        )
        for what, end in found
    ]


def _kinds_in(column: pd.Series, is_id: bool, is_date: bool, is_known: bool) -> dict[str, Collection[str]]:
    """What the values of a column look like: kind → the values that do."""
    numeric = pd.api.types.is_numeric_dtype(column)
    if numeric and not is_known and column.between(50, 54).all() and (column % 1 != 0).any():
        numeric = False  # perhaps degrees
    if numeric and not (column >= 1e7).any():
        return {}
    text = column.dropna().astype(str).str.strip().str.removesuffix(".0")
    values = pd.Series(text.unique(), dtype=object)
    if values.empty or is_known and values.str.len().max() <= _SHORT:
        return {}
    years = _years_of_dates(values)
    dates = len(years) > len(values) / 2
    found = {} if dates or is_date else _kinds_of_numbers(text if is_id else values, is_id)
    if is_id:
        return found
    if dates and not is_date and _are_births(years):
        found["birth"] = list(values)
    if numeric:
        return found
    if not is_known and _are_latitudes(values):
        found["place"] = list(values)
    # dates of a column of dates were judged together
    a_date = re.compile(_YEAR_OF_A_DATE if dates or is_date else "(?!)")
    for value in values[~values.str.fullmatch(_NUMBER)]:
        for kind in identifiers_in(value):
            if kind != "birth" or not a_date.match(value):
                found.setdefault(kind, []).append(value)
    if not is_known and "name" not in found and _look_like_names(values, len(text)):
        found["name"] = list(values)
    return found


def _kinds_of_numbers(values: pd.Series, is_id: bool) -> dict[str, Collection[str]]:
    """Service numbers and telephone numbers among the values that are nothing but a number.

    One number in eleven passes the test of a service number by chance, so a column of numbers is judged as a whole.
    """
    found: dict[str, Collection[str]] = {}
    digits = values[values.str.fullmatch(_NO_LETTERS)].map(plain).str.replace(r"[ .-]", "", regex=True)
    numbers = digits[digits.str.fullmatch(r"\d{8,9}")]
    whole = len(numbers) > len(values) / 2
    # a column of numbers has lost the 0 that Dutch mobile numbers begin with
    mobile = digits[digits.str.fullmatch(r"6[1-58]\d{7}")]
    if not is_id and len(mobile) and (not whole or len(mobile) > len(values) / 2):
        found["telephone"] = list(mobile)
    passing = numbers[numbers.map(bsn.is_valid)]
    by_chance = len(numbers) * (0.5 if is_id or len(numbers) < _MANY else 0.3)
    if whole and not found and len(passing) > by_chance:
        found["bsn"] = list(passing)
    elif not whole and not is_id and len(full := passing[passing.str.len() == 9]):
        found["bsn"] = list(full)
    return found


def _are_latitudes(values: pd.Series) -> bool:
    """Whether these are degrees as far north as the Netherlands, most of them to some metres."""
    return bool(values.str.fullmatch(_NORTH).all() and values.str.fullmatch(_NORTH_TO_METRES).mean() > 0.5)


def _look_like_names(values: pd.Series, rows: int) -> bool:
    """Whether most values are first names, or words with capitals that hardly ever come twice: Wietske de Vries."""
    if len(values) < 2:
        return False
    first = sum(map(is_first_name, values))
    if first > len(values) / 2:
        return True
    return len(values) > 2 and len(values) > rows / 2 and sum(map(looks_like_name, values)) > len(values) / 2


def _years_of_dates(values: pd.Series) -> pd.Series:
    parts = values.str.extract(_YEAR_OF_A_DATE)
    return pd.concat([parts[group].dropna() for group in parts]).astype(int)


def _are_births(years: pd.Series) -> bool:
    """Whether dates of these years lie too far apart, or too long ago, to be of a measurement."""
    return bool(years.quantile(0.9) - years.quantile(0.1) > _YEARS_OF_MEASUREMENT or years.median() < _LONG_AGO)


def replace_ids(table: pd.DataFrame, names: dict[str, str], key: bytes) -> pd.DataFrame:
    """Rename the id columns (`names`: raw to new) and put pseudonyms in them."""
    present = {old: new for old, new in names.items() if old in table}
    replaced = {}
    for old, column in present.items():
        places, ids = pd.factorize(table[old], use_na_sentinel=False)
        replaced[old] = pd.array([pseudonym(f"{column}:{value}", key) for value in ids], dtype="str").take(places)
    return table.assign(**replaced).rename(columns=present)
