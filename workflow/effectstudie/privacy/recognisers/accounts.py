"""Service numbers, bank accounts and bank cards in a text: numbers with a check digit, however they are grouped."""

import re

from stdnum import iban, luhn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

# A number that is said to be a service number is one, mistyped or not.
_SAID_TO_BE_BSN = re.compile(
    r"(?:\bb\.?\s?s\.?\s?n\b|\bbsn|burger\s?service|\bsofi|service\s?nummer|onderwijsnummer|\bpgn\b)"
    r"\D{0,25}\d(?:[ .,/_-]{0,3}\d){7,8}(?![ .-]?\d)",
    re.IGNORECASE,
)
_NINE_DIGITS = re.compile(r"(?<!\d)(?<!\d[.,-])(?=(\d(?:[ ./_-]{1,3}\d|[()]?\d){8})(?!\d)(?![.,]\d{1,2}(?!\d)))")
# A comma is that of scores beside each other too, unless nothing else is there.
_WITH_COMMAS = re.compile(r"\d{3},\d{3},\d{3}")
# How people group nine digits; scores that stand beside each other are grouped otherwise.
_GROUPS = {
    (9,),
    (3, 3, 3),
    (4, 2, 3),
    (2, 2, 2, 3),
    (3, 2, 4),
    (4, 5),
    (5, 4),
    (3, 6),
    (6, 3),
    (2, 3, 4),
    (3, 2, 2, 2),
    (1,) * 9,
}
_DIGITS = re.compile(r"\d+")

# Without the check: an account with a mistyped digit still names somebody.
_DUTCH_ACCOUNT = re.compile(
    r"(?<![a-z0-9])nl[ .-]?(?:\d[ .-]?){2}(?:[a-z][ .-]?){4}(?:\d[ .-]?){9}\d(?!\d)", re.IGNORECASE
)
_MAYBE_ACCOUNT = re.compile(r"(?<![a-z0-9])(?=([a-z]{2}[ .-]?\d[ .-]?\d(?:[ .-]?[a-z0-9]){11,30}))", re.IGNORECASE)
# Of a country that the library does not know the check is all there is.
_ALONE = re.compile(
    r"(?<![\w-])[A-Za-z]{2}\d{2}(?:[A-Za-z0-9]{11,30}|(?: [A-Za-z0-9]{4}){3,7}(?: [A-Za-z0-9]{1,3})?)(?![\w-])"
)
_SAID_TO_BE_ACCOUNT = re.compile(
    r"\b(?:bank)?(?:rekening|giro)(?:nummer|nr)?\b\.?\W{0,3}(?:(?:is|nummer|nr)\b\.?\W{0,3}){0,2}"
    r"\d(?:[ .-]?\d){6,9}(?!\d)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)(?<!\d[.,-])[3-6](?:[ -]?\d){12,18}(?!\d)")


def is_service_number(number: str) -> bool:
    """Whether nine digits pass the test of a citizen service number (BSN); one random number in eleven does."""
    return len(number) == 9 and bsn.is_valid(number)


def holds_service_number(text: str) -> bool:
    """`text`: readable.without_measures."""
    if _SAID_TO_BE_BSN.search(text):
        return True
    if _WITH_COMMAS.fullmatch(text) and is_service_number(text.replace(",", "")):
        return True
    for match in _NINE_DIGITS.finditer(text):
        groups = _DIGITS.findall(match[1])
        if tuple(map(len, groups)) in _GROUPS and is_service_number("".join(groups)):
            return True
    return False


def holds_account(text: str) -> bool:
    """An account of any country; `text`: readable.plain."""
    if _DUTCH_ACCOUNT.search(text) or _SAID_TO_BE_ACCOUNT.search(text):
        return True
    if any(_begins_with_account(match[1]) for match in _MAYBE_ACCOUNT.finditer(text)):
        return True
    return any(mod_97_10.is_valid(number[4:] + number[:4]) for number in map(iban.compact, _ALONE.findall(text)))


def _begins_with_account(text: str) -> bool:
    """Words may follow an account, so each length is tried."""
    number = iban.compact(text)
    return any(_is_account(number[:length]) for length in range(15, min(len(number), 34) + 1))


def _is_account(number: str) -> bool:
    try:
        iban.validate(number, check_country=False)
    except ValidationError:
        return False
    return True


def holds_card(text: str) -> bool:
    """`text`: readable.without_measures."""
    numbers = ("".join(_DIGITS.findall(match[0])) for match in _CARD.finditer(text))
    return any(luhn.is_valid(number) for number in numbers)
