"""What in a text names somebody, as a reader sees it: on one line or several, in any part that a cohort may have."""

import re
from collections.abc import Collection, Iterator
from itertools import combinations

from effectstudie.privacy.cleared import Cleared
from effectstudie.privacy.identifiers import KINDS, identifiers_in
from effectstudie.shared.words import CONDITIONS, with_parts
from effectstudie.texts.names import PLACEHOLDER

# What stands between [ and ], but for the words of a picture and brackets that are printed.
_BRACKETS = re.compile(r"(?<![!\\])\[[^\[\]]*@[^\[\]]*\]")
# The key of a citation where one begins: an e-mail address has a letter or a digit before its @.
_KEY = re.compile(r"(?<=[\[;\s-])@(\w[\w:.+/-]*)")
# Signs that are not seen in the report; _ inside a word is.
_UNSEEN = re.compile(r"[*`~\\]|(?<![^\W_])_+|_+(?![^\W_])|\[\^[^\]]*\]")
_OF_QUOTE = re.compile(r"^[>\s]+")
# What begins a line of a quote, a list or an explanation of a term.
_OF_BLOCK = re.compile(r"^(?:\s*(?:>|(?:[-+:]|\d{1,9}[.)])(?=\s)))*\s*")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\n(?=\d)")
# Items of a list and cells of a table stand apart: their numbers are no parts of one, what else names somebody may be.
_APART = ("e-mail", "handle", "address", "name")
_OF_CELLS = tuple(kind for kind in KINDS if kind not in _APART)
_OF_ITEMS = tuple(kind for kind in _OF_CELLS if kind != "telephone")
# Characters of a line between two others that may belong to them: a part of a number, or of a name.
_SHORT = 20
# As many lines as the longest number that is found has digits.
_MOST_LINES = 10


def naming_finds(
    text: str,
    path: str,
    cleared: Cleared,
    meant: Collection[str] = (),
    contact: bool = False,
    keys: Collection[str] = (),
) -> list[tuple[int, str, str]]:
    """What names somebody and nobody cleared: its line, what it is called, and the end of a sentence (Cleared.left).

    `meant`, `contact`: as for cleared.found_in_text; `keys`: of literature, which [@key] cites.
    """
    found: dict[tuple[int, str], str] = {}

    def told(readings: Iterator[tuple[str, Collection[str]]], but: Collection[str] = ()) -> tuple[set[str], list]:
        """The kinds that a place holds in any reading, and those of them that are to be told."""
        seen: set[str] = set()
        left = []
        for words, not_of in readings:
            kinds = [kind for kind in identifiers_in(words, running=True) if kind not in {*meant, *not_of, *seen, *but}]
            seen.update(kinds)
            left += cleared.left(kinds, path, "text", words, contact)
        return seen, left

    for written in _as_any_cohort_has_it(text):
        lines = [_UNSEEN.sub("", line).strip() for line in _without_keys(written, keys).split("\n")]
        kinds_of, left_of = zip(*(told(_readings([line])) for line in lines), strict=True)
        for start, end in _together(lines):
            inside = set().union(*kinds_of[start:end])
            if any(left_of[start:end]):
                continue
            # a line that was cleared tells nothing of what begins on it and ends on the next
            _, left = told(_readings(lines[start:end]), inside if end - start > 2 else ())
            left_of[start].extend(left)
        for line, left in enumerate(left_of, 1):
            for what, end in left:
                found.setdefault((line, what), end)
    return [(line, what, end) for (line, what), end in sorted(found.items(), key=lambda one: one[0][0])]


def _as_any_cohort_has_it(text: str) -> list[str]:
    """The text with each choice of its parts; the others stay in the file, which goes along with the report."""
    asked = [condition for condition in CONDITIONS if f"{{{{ if {condition} }}}}" in text]
    chosen = [true for count in range(len(asked) + 1) for true in combinations(asked, count)]
    return list(dict.fromkeys(with_parts(text, true) for true in chosen))


def _without_keys(text: str, keys: Collection[str]) -> str:
    """The text as a reader sees it, but for what it cites; a bracket that is no citation keeps what looks like one."""

    def cited(bracket: re.Match) -> str:
        return _KEY.sub(lambda key: "" if key[1] in keys else key[0], bracket[0])

    return _BRACKETS.sub(cited, PLACEHOLDER.sub("…", text))


def _together(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The lines from which to which may hold one thing together, the fewest first."""
    filled = [bool(_OF_QUOTE.sub("", line)) for line in lines]
    short = [len(_OF_BLOCK.sub("", line)) <= _SHORT for line in lines]
    for count in range(2, _MOST_LINES + 1):
        for start in range(len(lines) - count + 1):
            if all(filled[start : start + count]) and all(short[start + 1 : start + count - 1]):
                yield start, start + count


def _readings(lines: list[str]) -> Iterator[tuple[str, Collection[str]]]:
    """How these lines may be read as one, and the kinds that such a reading does not tell of."""
    if len(lines) == 1:
        plain = lines[0]
        yield plain, ()
        bare = plain.replace("|", " ")
        not_of_bare: Collection[str] = _OF_CELLS
    else:
        # the last cell of a row and the first of the next do not belong together, so bars stay here
        quoted = [_OF_QUOTE.sub("", line) for line in lines]
        blocks = [_OF_BLOCK.sub("", line) for line in lines]
        items = len(lines) > 2 and quoted[1:] != blocks[1:]
        plain, bare = " ".join(quoted), " ".join(blocks)
        not_of_bare = _OF_CELLS if items else _OF_ITEMS
        yield plain, _OF_CELLS if items else ()
        # five figures and five more on the next line are two numbers, unless they are a telephone or a BSN together
        if (number := _BETWEEN_DIGITS.sub("", "\n".join(quoted)).replace("\n", " ")) != plain:
            yield number, ("number",)
    if bare != plain:
        yield bare, not_of_bare
    if _TAG.search(plain):
        yield _TAG.sub("", plain), ()
        yield _TAG.sub(" ", plain), ()
