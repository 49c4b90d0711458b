"""Keep people out of the results: refuse columns that name them, and replace ids by keyed pseudonyms."""

import re
from collections.abc import Collection

import pandas as pd
from stdnum.nl import bsn

from effectstudie.privacy.identifiers import NAMING_VALUES, what_text_names
from effectstudie.privacy.pseudonyms import pseudonym
from effectstudie.shared.errors import InputError

# Whole words of a column's name, after it is cut at capitals, digits and signs: `naam` but not `afnamedatum`.
_NAMING_COLUMN = re.compile(
    r"(?:^|_)(?:(?:voor|achter|roep|familie|geslachts|meisjes|straat|kind|partner)?_?naam|voorletters|initialen|"
    r"(?:first|last|sur|full)_?name|name|\w*adres|ip_?address|address|straat|huis_?(?:nummer|nr)|post_?code|"
    r"(?:recipient_?)?e?_?mail|tel|(?:telefoon|mobiel|phone|tel)(?:_?(?:nummer|number|nr))?|"
    r"geb(?:oorte)?_?(?:datum|dat|dag)|birth_?(?:date|day)|date_of_birth|dob|"
    r"\w*(?:latitude|longitude)|ip_?addr|(?:bsn|sofi|burger_?service)(?:_?(?:nummer|nr))?|iban)(?:_|$)"
)

# 1980-03-12, 12-3-1980, 19800312 or 12031980
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"

_YEAR_OF_A_DATE = (
    r"^(?:(\d{4})-\d{1,2}-\d{1,2}(?:\D|$)|\d{1,2}-\d{1,2}-(\d{4})(?:\D|$)"
    rf"|((?:19|20)\d\d){_MONTH}{_DAY}$|{_DAY}{_MONTH}((?:19|20)\d\d)$)"
)

_NUMBER_OR_DATE = r"[+-]?\d+[.,]\d+|(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{4})(?:[ T].*)?"
_NAME = r"[A-Z][\w'-]+(?: [\w'.-]+){0,2} [A-Z][\w'-]+"
# No name, number or date of anybody is as short as the codes that most columns hold.
_SHORT = 4
# A cohort is measured within a few years; the birthdays of its people lie further apart.
_YEARS_OF_MEASUREMENT = 6


def refuse_identifying_columns(
    raw: pd.DataFrame,
    file: str,
    ids: Collection[str],
    free_text: Collection[str],
    dates: Collection[str] = (),
    known: Collection[str] = (),
) -> None:
    """InputError when a column names people, by its name or by what stands in it. Values are never shown.

    `ids` may look like anything but a citizen service number; `dates` are known to be no dates of birth, and `known`
    columns to hold no names; of `free_text` columns, which are read no further than here, each row that names somebody
    is listed.
    """
    problems = []
    for name in raw.columns:
        kind = _what_its_name_says(str(name)) or _what_its_values_say(
            raw[name], name in ids, name in free_text, is_date=name in dates, is_known=name in known
        )
        if name in free_text and not kind:
            problems += [
                f"{file}, row {row + 1}, column {name}: the text seems to hold {found}; take that out of the export, "
                "or leave the column out."
                for row, text in raw[name].dropna().items()
                if (found := what_text_names(str(text)))
            ]
        if kind:
            problems.append(
                f"{file}, column {name}: looks like {kind}; nothing that names a person may enter. Leave it out."
            )
    if problems:
        raise InputError(problems)


def _what_its_name_says(name: str) -> str | None:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W\d]+", "_", name).lower()
    if _NAMING_COLUMN.search(words):
        return "a name, address, contact, birth date or service number (by its name)"
    return None


def _what_its_values_say(
    column: pd.Series, is_id: bool, is_free_text: bool, is_date: bool, is_known: bool
) -> str | None:
    if pd.api.types.is_numeric_dtype(column) and not (column >= 1e7).any():
        return None
    text = column.dropna().astype(str).str.removesuffix(".0").str.strip()
    if not is_free_text and text.str.len().max() <= _SHORT:
        return None
    digits = text.str.replace(r"[ .-]", "", regex=True)
    numbers = digits[digits.str.fullmatch(r"\d{8,9}")]
    # one number in eleven passes the test by chance, so the whole column is judged
    if not is_date and len(numbers) > len(text) / 2 and numbers.map(bsn.is_valid).mean() > 0.5:
        return "citizen service numbers (BSN)"
    if is_id or is_free_text or text.empty:
        return None
    # a number column has lost the 0 that Dutch mobile numbers begin with
    if digits.str.fullmatch(r"6\d{8}").mean() > 0.5:
        return "a telephone number"
    if not is_date and _spread_in_years(text) > _YEARS_OF_MEASUREMENT:
        return "dates of birth"
    if pd.api.types.is_numeric_dtype(column):
        return None
    text = text[~text.str.fullmatch(_NUMBER_OR_DATE)]
    named = next((kind for kind, pattern in NAMING_VALUES.items() if text.str.contains(pattern).any()), None)
    return named or ("names" if not is_known and _looks_like_names(text) else None)


def _looks_like_names(text: pd.Series) -> bool:
    """Whether most values are two to four words, the first and the last with a capital: Jan de Vries."""
    return len(text) > 2 and text.str.fullmatch(_NAME).mean() > 0.5


def _spread_in_years(text: pd.Series) -> float:
    """Years between the tenth and the ninetieth percentile of a column that mostly holds dates; 0 for any other."""
    parts = text.str.extract(_YEAR_OF_A_DATE)
    years = pd.concat([parts[group].dropna() for group in parts]).astype(int)
    return years.quantile(0.9) - years.quantile(0.1) if len(years) > len(text) / 2 else 0.0


def replace_ids(table: pd.DataFrame, names: dict[str, str], key: bytes) -> pd.DataFrame:
    """Rename the id columns (`names`: raw to new) and put pseudonyms in them."""
    present = {old: new for old, new in names.items() if old in table}
    replaced = {}
    for old, column in present.items():
        places, ids = pd.factorize(table[old], use_na_sentinel=False)
        replaced[old] = pd.array([pseudonym(f"{column}:{value}", key) for value in ids], dtype="str").take(places)
    return table.assign(**replaced).rename(columns=present)
