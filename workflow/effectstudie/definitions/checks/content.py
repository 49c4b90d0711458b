"""Hold the content of a file against its schema, and names against those that are known.

Sentences name the file, the key, the value found and what is allowed. All mistakes of a file come at once.
"""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import Sentence, joined, say

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def check_schema(content: Any, schema: Mapping, path: str | Path) -> None:
    """Raise a ConfigError with one sentence for each place where `content` breaks `schema`."""
    # here, because a start that has nothing to check has no use for it
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema)
    errors = sorted(validator.iter_errors(content), key=lambda error: [str(part) for part in error.absolute_path])
    if errors:
        raise ConfigError([sentence for error in errors for sentence in _sentences(error, path)])


def check_names(
    path: str | Path,
    key: str,
    names: Iterable[str],
    known: Iterable[str],
    what: str,
    also: Mapping[str, str] | None = None,
) -> list[str]:
    """A sentence for each name that is not among the known ones.

    `also`: what people call them otherwise, in small letters → the known name that is meant.
    """
    known, also = list(known), also or {}
    return [
        say(
            "{path}: {key} names the {what} '{name}', which does not exist{hint}.",
            path=path,
            key=key,
            what=what,
            name=name,
            hint=_hint(name, known, also),
        )
        for name in names
        if name not in known
    ]


_TYPES = {
    "object": say("keys with values"),
    "array": say("a list"),
    "string": say("text"),
    "integer": say("a whole number"),
    "number": say("a number"),
    "boolean": say("true or false"),
    "null": "null",
}


def _sentences(error: "ValidationError", path: str | Path) -> list[str]:
    key = ".".join(str(part) for part in error.absolute_path)
    at = say("key {key}", key=key) if key else say("the file")
    inside = f"{key}." if key else ""
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = [name for name in error.instance if name not in known]
        return [
            say("{path}: key {key} is unknown{hint}.", path=path, key=f"{inside}{name}", hint=_hint(str(name), known))
            for name in unknown
        ]
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        # jsonschema reports each missing key as its own error; keep the one this error is about
        return [
            say("{path}: key {key} is missing.", path=path, key=f"{inside}{name}")
            for name in missing
            if f"'{name}'" in error.message
        ]
    if error.validator == "dependentRequired":
        pairs = [(key, name) for key, names in error.validator_value.items() for name in names]
        # as above: the pair that this error is about
        return [
            say("{path}: key {key} is missing; it goes with {other}.", path=path, key=f"{inside}{name}", other=key)
            for key, name in pairs
            if error.message.startswith(f"{name!r} is a dependency of {key!r}")
        ]
    if "propertyNames" in error.absolute_schema_path:
        return [
            say(
                "{path}: key {key} is no name that is allowed; allowed: {allowed}.",
                path=path,
                key=f"{inside}{error.instance}",
                allowed=_allowed(error),
            )
        ]
    return [
        say(
            "{path}: {at} is {value}; allowed: {allowed}{meant}.",
            path=path,
            at=at,
            value=_show(error.instance),
            allowed=_allowed(error),
            meant=_meant(error),
        )
    ]


def described(schema: Mapping) -> Sentence:
    """What the description of a schema says is allowed; the catalogue of messages has it in Dutch, under `schemas`."""
    text = str(schema["description"]).strip().rstrip(".")
    return Sentence(text.replace("{", "{{").replace("}", "}}"), {})


def _allowed(error: "ValidationError") -> str:
    if "description" in error.schema:
        return described(error.schema)
    rule = error.validator_value
    words = {
        "enum": lambda: say("one of {allowed}", allowed=list(map(str, rule))),
        "const": lambda: str(rule),
        "type": lambda: joined(say(" or "), [_TYPES[kind] for kind in ([rule] if isinstance(rule, str) else rule)]),
        "minimum": lambda: say("at least {rule}", rule=rule),
        "maximum": lambda: say("at most {rule}", rule=rule),
        "exclusiveMinimum": lambda: say("above {rule}", rule=rule),
        "minItems": lambda: say("a list of at least {rule}", rule=rule),
        "minProperties": lambda: say("at least {rule} keys", rule=rule) if rule > 1 else say("at least 1 key"),
        "uniqueItems": lambda: say("a list without the same item twice"),
        "pattern": lambda: say("text like {rule}", rule=rule),
    }
    return words[error.validator]() if error.validator in words else error.message


# Words that YAML 1.1 took for true and false, and that many still write.
_TRUTHS = {**dict.fromkeys(("yes", "on", "y", "ja"), "true"), **dict.fromkeys(("no", "off", "n", "nee"), "false")}


def _meant(error: "ValidationError") -> str:
    """What to write where a word stands for true or false."""
    meant = _TRUTHS.get(str(error.instance).lower()) if error.validator == "type" else None
    if not meant or "boolean" not in error.validator_value:
        return ""
    return say(" ({word} is written as {meant})", word=error.instance, meant=meant)


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


LONG_LIST = 60


def _hint(name: str, known: list[str], also: Mapping[str, str] | None = None) -> str:
    also, small = also or {}, name.casefold()
    otherwise = [also[called] for called in difflib.get_close_matches(small, also, n=1, cutoff=0.75)]
    # a word out of a name, where that is out of one only
    part = {meant for called, meant in also.items() if small in called.split()}
    otherwise = otherwise or (list(part) if len(part) == 1 else [])
    close = otherwise if small in also else difflib.get_close_matches(name, known, n=1) or otherwise
    guess = say(" (did you mean '{near}'?)", near=close[0]) if close else ""
    if len(known) > LONG_LIST:
        near = difflib.get_close_matches(name, known, n=10, cutoff=0.3)
        known = [*near, say("and {count} others", count=len(known) - len(near))]
    return say("{guess}; known: {known}", guess=guess, known=known or [say("none")])
