"""Sentences to an analyst that know what they were made of: English in the code, Dutch by `messages.dutch`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_FIELD = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2}")
_PRIVATE = re.compile("\x02([^\x03]*)\x03")


class Sentence(str):
    """A text in English, with the template and the values that it was made of.

    `template`: with fields, as str.format takes them; `values`: by field, texts, numbers or sentences; a list is its
    parts with commas between them.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]):
        sentence = super().__new__(cls, template.format(**{key: listed(value) for key, value in values.items()}))
        sentence.template, sentence.values = template, dict(values)
        return sentence

    def __getnewargs__(self):
        return self.template, self.values

    def __add__(self, other: str) -> "Sentence":
        return joined("", [self, other])

    def __radd__(self, other: str) -> "Sentence":
        return joined("", [other, self])


def say(template: str, /, **values: Any) -> Sentence:
    """A sentence of the catalogue.

    >>> say("{file}, row {row}: the id is empty.", file="T1_jeugd.sav", row=3)
    'T1_jeugd.sav, row 3: the id is empty.'
    """
    return Sentence(template, values)


def joined(between: str, parts: Iterable[str]) -> Sentence:
    """The parts with a mark or a word between them; each is said in Dutch by itself, and so is the word.

    >>> joined(say(" or "), [say("one row"), say("one column")])
    'one row or one column'
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence("{between}".join(f"{{{key}}}" for key in values), {"between": between, **values})


def private(text: str) -> Sentence:
    """Mark a part that the analyst's own screen may show and a log may not, such as an answer."""
    return Sentence("\x02{text}\x03", {"text": text})


def for_screen(text: str) -> str:
    """The text with its private parts."""
    return _PRIVATE.sub(r"\1", text)


def for_log(text: str) -> str:
    """The text without its private parts."""
    return _PRIVATE.sub("", text)


def seen_from(text: str, folder: object) -> str:
    """The sentence with the files in it as they are called from within a folder."""
    if not isinstance(text, Sentence):
        return text.removeprefix(f"{folder}/")
    values = {key: value if isinstance(value, list) else _inside(value, folder) for key, value in text.values.items()}
    return Sentence(text.template, values)


def has_words(template: str) -> bool:
    """Whether there is anything to say in Dutch beside what the fields hold."""
    return bool(_WORD.search(_FIELD.sub("", template)))


def listed(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _inside(value: Any, folder: object) -> Any:
    text = value if isinstance(value, str) else str(value)
    return seen_from(text, folder) if text.startswith(f"{folder}/") else value
