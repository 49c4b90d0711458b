"""The sentences of a report, and what differs between those of two reports, word by word."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from lxml import html as parser

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "dt", "dd", "caption", "figcaption", "td", "th"}
HEADINGS = {"h2": 0, "h3": 1, "h4": 2}

# Contents repeat the headings, the mark of a run always differs, and cells of tables are compared as tables.
SKIPPED = "//nav | //aside | //style | //script | //div[contains(@class, 'table')]//thead | " + (
    "//div[contains(@class, 'table')]//tbody | //a[@class='skip'] | //span[@class='data']"
)

# Behind the end of a sentence, where the next begins like one: "e.a. (1998)" and "1.029" stay whole.
END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý0-9„“\"'‘])")
# Two sentences with fewer of their words in common are not the same one in other words.
ALIKE = 0.4


class Sentence(NamedTuple):
    """A sentence and the headings above it."""

    place: str
    text: str


class Rewording(NamedTuple):
    """What became of a sentence: (operation, words), where operation is same, removed or added."""

    place: str
    parts: list[tuple[str, str]]


def sentences_of_page(html: str) -> list[Sentence]:
    """All sentences of a report in its order."""
    page = parser.fromstring(html)
    for element in page.xpath(SKIPPED):
        element.drop_tree()
    above, sentences = ["", "", ""], []
    for element in page.iter():
        if element.tag not in BLOCKS:
            continue
        text = _text_outside_blocks(element)
        if element.tag in HEADINGS:
            level = HEADINGS[element.tag]
            above[level:] = [" ".join(text.split()), *[""] * (2 - level)]
        place = " › ".join(heading for heading in above if heading)
        sentences += [Sentence(place, sentence) for sentence in split(text)]
    return sentences


def _text_outside_blocks(element: parser.HtmlElement) -> str:
    """The text of an element but for that of blocks in it."""
    parts = [element.text or ""]
    for child in element:
        parts.append(" " if child.tag in BLOCKS else _text_outside_blocks(child))
        parts.append(child.tail or "")
    return "".join(parts)


def sentences_of_record(record: Mapping[str, Any], headings: Mapping[str, str]) -> list[Sentence]:
    """Those in `render.json`, where the page is not at hand. `headings`: of the chapters summary and certainty."""
    summary = record.get("summary", {})
    texts = [(headings["summary"], text) for text in [summary.get("participants", ""), *summary.get("sentences", [])]]
    for section in record.get("sections", []):
        for block in section["blocks"]:
            place = f"{section['title']} › {block['title']}"
            texts += [(place, text) for item in block["items"] for text in item["sentences"]]
    texts += [(headings["certainty"], text) for chapter in record.get("certain", {}).values() for text in chapter]
    return [Sentence(place, sentence) for place, text in texts for sentence in split(text)]


def split(text: str) -> list[str]:
    """The sentences of a text, with single plain spaces."""
    plain = " ".join(text.split())
    return [sentence for sentence in END.split(plain) if sentence]


def rewordings(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Rewording]:
    """Every sentence that differs, in the order of the reports; of two that are alike only the words."""
    before, after = ([sentence.text for sentence in sentences] for sentences in (old, new))
    reworded = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        for first, second in _paired(before[i1:i2], after[j1:j2]):
            one = None if first is None else old[i1 + first]
            other = None if second is None else new[j1 + second]
            words = words_apart(one.text if one else "", other.text if other else "")
            reworded.append(Rewording((other or one).place, words))
    return reworded


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Places of sentences that are alike, in order; None beside one that has no other."""
    pairs: list[tuple[int | None, int | None]] = []
    start = 0
    for place, sentence in enumerate(old):
        best = max(range(start, len(new)), key=lambda other: (_likeness(sentence, new[other]), -other), default=None)
        if best is None or _likeness(sentence, new[best]) < ALIKE:
            pairs.append((place, None))
            continue
        pairs += [(None, other) for other in range(start, best)]
        pairs.append((place, best))
        start = best + 1
    return [*pairs, *((None, other) for other in range(start, len(new)))]


def _likeness(first: str, second: str) -> float:
    """The share of the words of both that they have in common."""
    words, others = set(first.split()), set(second.split())
    return len(words & others) / max(len(words | others), 1)


def words_apart(old: str, new: str) -> list[tuple[str, str]]:
    """Two sentences as one: (same, removed or added; words), in order."""
    before, after = old.split(), new.split()
    parts = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(("same", " ".join(before[i1:i2])))
            continue
        if i2 > i1:
            parts.append(("removed", " ".join(before[i1:i2])))
        if j2 > j1:
            parts.append(("added", " ".join(after[j1:j2])))
    return parts
