"""What looked like an identifier and a person has cleared, and the line that clears it: no text itself stands in it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping

from effectstudie.privacy.identifiers import CERTAIN, KINDS, identifiers_in
from effectstudie.privacy.recognisers.readable import plain
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import CLEARED

# What a line has in the place of who cleared it, when and why; the schema refuses them.
_TO_FILL_IN = "who: NAAM, date: JJJJ-MM-DD, why: REDEN"
# How to reach an institute may stand in a colophon, once somebody said that it is meant.
CONTACTS = ("telephone", "e-mail")
FULL_STOP = "."


def mark_of(text: str) -> str:
    """Four hexadecimal digits that go with a text: very many texts have the same, so they tell of none."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:4]


class Cleared:
    """The lines of config/cleared.yaml: what a person has looked at and found to name nobody."""

    def __init__(self, lines: Iterable[Mapping[str, str]] = ()):
        self._lines = {(line["file"], line["place"], line["kind"], line["mark"]) for line in lines}

    def left(
        self, kinds: Iterable[str], file: str, place: str, text: str, contact: bool = False
    ) -> list[tuple[str, str]]:
        """Of kinds that were found in a text in a place, what nobody cleared: what it is called, and the end of a
        sentence that says to take it out: how to clear it instead.

        Nobody can clear what is certain, but how to reach somebody where a `contact` may be meant; then the end is a
        full stop, and only the first is told, for it has to go whatever else there is.
        """
        kinds, clearable = list(kinds), CONTACTS if contact else ()
        certain = [kind for kind in kinds if kind in CERTAIN and kind not in clearable]
        if certain:
            return [(KINDS[certain[0]], FULL_STOP)]
        mark = mark_of(text) if kinds else ""
        return [
            (KINDS[kind], _how_to_clear(file, place, kind, mark))
            for kind in kinds
            if (file, place, kind, mark) not in self._lines
        ]


def _how_to_clear(file: str, place: str, kind: str, mark: str) -> str:
    known = {"file": file, "place": place, "kind": kind, "mark": mark}
    line = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items())
    return say(
        ", or, where it names nobody or is meant to, clear it by this line in {cleared}: - {{{line}, {to_fill_in}}}",
        cleared=CLEARED,
        line=line,
        to_fill_in=_TO_FILL_IN,
    )


def found_in_text(
    text: str, file: str, place: str, cleared: Cleared, meant: Collection[str] = (), contact: bool = False
) -> list[tuple[str, str]]:
    """As Cleared.left, of a text that somebody wrote; what is `meant` to stand there is no find."""
    kinds = [kind for kind in identifiers_in(text, running=True) if kind not in meant]
    return cleared.left(kinds, file, place, text, contact)
