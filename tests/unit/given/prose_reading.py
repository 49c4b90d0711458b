"""Reading generated sentences: their numbers and directions, and whether they are Dutch at all.

The only help is a mark before each wording, `⟦side.apart#0⟧`, which says what a sentence is about and which wordings
were used; the marks are taken out before a sentence is read.
"""

import re

from given.words import TEXTS

PHRASES = {"approach": "de A-groep", "control": "de controlegroep", "T0": "T0", "follow_up": "T2",
           "approach_label": "A", "control_label": "controlegroep"}  # fmt: skip
UNITS = {
    "mark": TEXTS["units_in_sentences"]["rapportcijfer (1-10)"],
    "incidents": TEXTS["units_in_sentences"]["incidenten per jaar, per kind"],
}
OUTCOME_BLOCKS = ("level", "unproven", "side", "estimate", "published", "untested", "within", "norm")
CLASS_BLOCKS = ("level", "classes", "untested")
TOO_STRONG = ("fors", "enorm", "bewezen", "dankzij", "zorgt voor", "leidt tot", "door de aanpak", " wij ", " we ")
MARK = re.compile(r"⟦([^⟧]+)⟧")
NUMBER = re.compile(r"[−-]?(?:\d+(?:\.\d{3})*(?:,\d+)?%?|,\d+)")
P = re.compile(r"\bp\s[=<>≥]\s,\d+")
_MOVES = {
    "down": r"\bdaal\w*|\bdal(?:en|ing)\b",
    "up": r"\bstijg\w*",
    "same": r"\bvrijwel gelijk\b|\bgelijk (?:blij\w+ )?op\b|\bverandert [^:]* nauwelijks|Weinig verandering",
}


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


def plain(sentence):
    return MARK.sub("", sentence).replace("\u00a0", " ")


def topic(sentence):
    """What a marked sentence is about, and which of its wordings it is."""
    name, _, place = MARK.match(sentence).group(1).partition("#")
    return name, int(place or 0)


def assert_sound(sentence):
    """Whole sentences, with nothing left over from their making."""
    assert sentence.endswith(".") and sentence[0].isupper(), sentence
    assert not re.search(
        r"\bnan\b|\bNone\b|[{}⟦⟧\[\]]| {2}| [.;:)]| ,(?!\d)|\( |,,|;;|\.\.|\(\)|;\)|; \)|[-−]0(?![\d,])", sentence
    ), sentence
    assert not re.search(r"\b(?:niet|geen) (?:niet|geen)\b", sentence), sentence
    assert sentence.count("(") == sentence.count(")"), sentence
    assert not any(word in sentence.lower() for word in TOO_STRONG), sentence


def numbers(text):
    return set(NUMBER.findall(re.sub(r"\bT\d|95%-interval", "", text)))


def directions(sentence):
    """Which way a sentence says that values go, in its order."""
    found = [(hit.start(), name) for name, pattern in _MOVES.items() for hit in re.finditer(pattern, sentence)]
    return [name for _, name in sorted(found)]
