"""What in a text names a person. No pandas here: short jobs use it too."""

import re
from collections.abc import Callable
from functools import lru_cache

from effectstudie.privacy.recognisers.accounts import holds_account, holds_card, holds_service_number
from effectstudie.privacy.recognisers.births import holds_birth
from effectstudie.privacy.recognisers.contacts import holds_handle, holds_mail, holds_phone
from effectstudie.privacy.recognisers.names import holds_name
from effectstudie.privacy.recognisers.papers import (
    holds_document,
    holds_long_number,
    holds_number_of_somebody,
    holds_plate,
)
from effectstudie.privacy.recognisers.readable import plain, without_measures
from effectstudie.privacy.recognisers.whereabouts import holds_address, holds_computer, holds_place, holds_postcode
from effectstudie.shared.messages.sentences import say

# What each kind is called in a sentence. Nobody can clear the first ones: they name somebody whatever they stand for.
CERTAIN = {
    "bsn": say("a citizen service number (BSN)"),
    "account": say("a bank account"),
    "card": say("a bank card"),
    "telephone": say("a telephone number"),
    "e-mail": say("an e-mail address"),
}
LIKELY = {
    "document": say("the number of a passport or another document"),
    "number": say("the number of a client, a case or a file"),
    "postcode": say("a postcode"),
    "address": say("an address"),
    "place": say("coordinates"),
    "computer": say("an address of a computer"),
    "handle": say("a name or page on social media"),
    "plate": say("a number plate"),
    "birth": say("a date of birth"),
    "name": say("a name"),
    "column": say("a name, address, contact, birth date or service number (by its name)"),
}
KINDS = CERTAIN | LIKELY

_IN_MEASURED: dict[str, Callable[[str], bool]] = {
    "bsn": holds_service_number,
    "card": holds_card,
    "telephone": holds_phone,
    "number": holds_number_of_somebody,
    "postcode": holds_postcode,
}
_IN_WORDS: dict[str, Callable[[str], bool]] = {
    "e-mail": holds_mail,
    "handle": holds_handle,
    "birth": holds_birth,
    "name": holds_name,
}
# Without one of these signs nothing of the rest is in a text.
_HINT = re.compile(r"[\d:</]")
_IN_PLAIN: dict[str, Callable[[str], bool]] = {
    "account": holds_account,
    "document": holds_document,
    "place": holds_place,
    "computer": holds_computer,
    "plate": holds_plate,
}


# A text is looked at by pieces, for a pattern may take the square of its length; what stands on a border is in two.
_PIECE, _BOTH = 600, 120


@lru_cache(maxsize=20_000)
def identifiers_in(text: str, running: bool = False) -> tuple[str, ...]:
    """The kinds of identifier that a text seems to hold, in the order of KINDS.

    `running`: it is a text that somebody wrote, where a long number is of somebody; in a column it may be anything.
    """
    text = plain(text)
    starts = range(0, max(len(text) - _BOTH, 1), _PIECE - _BOTH)
    found = {kind for start in starts for kind in _in_piece(text[start : start + _PIECE], running)}
    return tuple(kind for kind in KINDS if kind in found)


def _in_piece(text: str, running: bool) -> set[str]:
    if len(text) < 2:
        return set()
    # as people write names of files and of columns, and what is to be in italics
    apart = " ".join(text.replace("_", " ").split())
    measured = without_measures(apart)
    found = {kind for kind, holds in _IN_WORDS.items() if holds(text)}
    if holds_mail(apart):
        found.add("e-mail")
    if apart != text and holds_name(apart):
        found.add("name")
    if holds_address(measured):
        found.add("address")
    if _HINT.search(text):
        found |= {kind for kind, holds in _IN_PLAIN.items() if holds(text)}
        found |= {kind for kind, holds in _IN_MEASURED.items() if holds(measured)}
        if running and not found and holds_long_number(measured):
            found.add("number")
    return found - {"handle"} if "e-mail" in found else found


def shown_name(name: str, otherwise: str) -> str:
    """The name of a column or a sheet as a message may show it: not where it seems to name somebody."""
    return otherwise if identifiers_in(name) or identifiers_in(name.replace("_", " ")) else name
