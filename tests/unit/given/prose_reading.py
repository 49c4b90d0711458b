"""Reading generated sentences: numbers, directions, what is called significant; and whether they are Dutch at all.

The only help is a mark before each wording, `⟦time.significant#0⟧`, which says what a sentence is about and which
wordings were used; the marks are taken out before a sentence is read.
"""

import re
from decimal import Decimal
from functools import cache

from given.words import TEXTS

PHRASES = {"approach": "de A-groep", "control": "de controlegroep", "T0": "T0", "follow_up": "T2",
           "approach_label": "A", "control_label": "controlegroep"}  # fmt: skip
UNITS = {
    "mark": TEXTS["units_in_sentences"]["rapportcijfer (1-10)"],
    "percentage": None,
    "incidents": TEXTS["units_in_sentences"]["incidenten per jaar, per kind"],
    "score": None,
    "glasses": TEXTS["units_in_sentences"]["glazen per week"],
}
OUTCOME_BLOCKS = ("level", "time", "group", "interaction", "no_contrast", "untested", "within", "norm")
CLASS_BLOCKS = ("level", "classes", "untested")
WORDS = {"down": ("daalt", "dalen", "daling"), "up": ("stijgt", "stijgen", "stijging"), "same": ("blijft", "blijven")}
DIRECTION = {word: direction for direction, words in WORDS.items() for word in words}
TOO_STRONG = ("fors", "enorm", "bewezen", "aangetoond", "dankzij", "zorgt voor", "leidt tot", "door de aanpak", " wij ",
              " we ")  # fmt: skip
MARK = re.compile(r"⟦([^⟧]+)⟧")
NUMBER = re.compile(r"[−-]?(?:\d+(?:\.\d{3})*(?:,\d+)?%?|,\d+)")


def marked(texts, blocks):
    """The texts with a mark before each wording of these blocks, and all marks."""
    marks = set()

    def mark(part, path):
        if isinstance(part, dict):
            return {key: mark(value, f"{path}.{key}") for key, value in part.items()}
        if isinstance(part, list):
            return [mark(value, f"{path}#{place}") for place, value in enumerate(part)]
        if path == "classes.share":  # stands within a sentence and gets its capital
            return part
        marks.add(path)
        return f"⟦{path}⟧{part}"

    return {**texts, **{block: mark(texts[block], block) for block in blocks}}, marks


@cache
def plain(sentence):
    return MARK.sub("", sentence)


def topic(sentence):
    return MARK.match(sentence).group(1).split("#")[0]


def amount(printed):
    return Decimal(printed.replace(".", "").replace(",", ".").replace("−", "-"))


@cache
def assert_sound(sentence):
    """One whole sentence, with nothing left over from its making."""
    assert sentence.endswith(".") and sentence[0].isupper(), sentence
    assert not re.search(
        r"\bnan\b|\bNone\b|[{}⟦⟧\[\]]| {2}| [.,;:)]|\( |,,|;;|\.\.|\(\)|;\)|[-−]0(?![\d,])", sentence
    ), sentence
    assert not re.search(r"\b(?:niet|geen) (?:niet|geen)\b", sentence), sentence
    assert sentence.count("(") == sentence.count(")"), sentence
    assert not any(word in sentence.lower() for word in TOO_STRONG), sentence


@cache
def claims(sentence):
    """Of every `significant` in a sentence: True where something is, False where it is said not to be."""
    before = (sentence[: found.start()] for found in re.finditer("significant", sentence))
    return [not part.endswith(("niet ", "geen ")) for part in before]


@cache
def numbers(text):
    return set(NUMBER.findall(re.sub(r"\bT\d", "", text)))


def directions(sentence):
    return [DIRECTION[word] for word in re.findall(r"\w+", sentence) if word in DIRECTION]
