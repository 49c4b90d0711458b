"""Which texts a study has, and what each of them may hold."""

import re
from typing import NamedTuple

from effectstudie.shared.messages.sentences import say


class Place(NamedTuple):
    """A text by its file's name.

    `level`: of its first heading in the report, 0 for a text without a heading; `needed`: no report without it;
    `respondents`: it may hold their words, so that a person clears it; `words`: how many there may be at most;
    `alone`: it stands on the page that is complete in itself, so nothing in it leads elsewhere.
    """

    level: int = 2
    needed: bool = False
    respondents: bool = False
    words: int | None = None
    alone: bool = False


ANSWERS = [f"antwoord_{number}" for number in range(1, 5)]
# In the order of the report; literature is numbered and sorted by it.
PLACES: dict[str, Place] = {
    "voorwoord": Place(),
    "leeswijzer": Place(),
    "kop": Place(level=0, words=20, alone=True),
    **{name: Place(level=0, words=40, alone=True) for name in ANSWERS},
    "beperkingen": Place(level=0, alone=True),
    "samenvatting": Place(alone=True),
    "inleiding": Place(needed=True),
    "aanpak": Place(needed=True),
    "onderzoeksvragen": Place(level=3, needed=True),
    "werving": Place(level=3, needed=True),
    "kwalitatief": Place(respondents=True),
    "citaten": Place(level=4, respondents=True),
    "conclusie": Place(),
    "advies": Place(level=3),
    "begrippen": Place(),
    "interviews": Place(level=3, respondents=True),
    "colofon": Place(level=3),
}
# They say a thing in one paragraph, which stands where the report puts it.
ONE_PARAGRAPH = ("kop", *ANSWERS)
# What the explanations of a mark are sorted under.
GROUPS_OF_QUOTES = ("positief", "kritisch", "tips")
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
LITERATURE = ("literatuur.yaml", "literatuur.bib")
FIGURE_TITLES = "figuren.yaml"
# The first line of a text with words of respondents: who says, and when, that nobody can be known from them.
CLEARANCE = re.compile(r"<!--\s*vrijgegeven door (\S.*?) op (\d{4}-\d{2}-\d{2})\s*-->[ \t]*\n?")


def without_clearance(text: str) -> str:
    """The text without the line that clears it; an empty line stays, so that problems name the right ones."""
    return CLEARANCE.sub("\n", text, count=1)


def words_problems(path: str, text: str, place: Place) -> list[str]:
    """More words than the place has room for; a number is a word."""
    count = len(re.findall(r"\w\S*", text))
    if place.words is None or count <= place.words:
        return []
    return [say("{path}: has {count} words; allowed: at most {words}.", path=path, count=count, words=place.words)]
