"""Read and write YAML. Whether what a file says is right, definitions/checks/content.py tells.

A plain word means what the core schema of YAML 1.2 makes of it: `1:1`, `no` and `1_000` are text, and 010 is ten.
PyYAML by itself follows YAML 1.1, where they are 61, false, a thousand and eight.
"""

import re
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import Sentence, say

# Far above what any file needs, and low enough to be read at once.
DEEPEST = 50  # levels of lists and keys
MOST_VALUES = 100_000  # with each alias counted as all that it stands for
LARGEST = 5_000_000  # bytes
_LONG_NUMBER = re.compile(r"0x[0-9a-fA-F]{38,}|0o[0-7]{38,}|[-+]?[0-9]{40,}")
_TAG = "tag:yaml.org,2002:"
# What the parser says most, in words for who does not know YAML.
_OF_PARSER = {
    "mapping values are not allowed in this context": say(
        "a colon stands where none can; put text with a colon between quotes, and keys of one level straight below "
        "each other"
    ),
    "did not find expected ',' or ']'": say("a list that begins with [ has no ]"),
    "did not find expected ',' or '}'": say("keys that begin with {{ have no }}"),
    "found unexpected end of stream": say("a quote is not closed"),
    "found character that cannot start any token": say(
        "no value begins with this sign; put text between quotes, and spaces in the place of tabs"
    ),
    "could not find expected ':'": say("the key before it has no colon"),
    "did not find expected key": say("its first word does not stand straight below the keys above it"),
    "did not find expected '-' indicator": say("it does not begin with -, as the list above it does"),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Of no width, or turning the direction of what stands behind them: a reader sees another text than the program.
UNSEEN = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN}]")


# The words of the core schema (YAML 1.2.2, section 10.3.2), by the signs that they may begin with. `<<` is of YAML 1.1:
# keys that others take over.
_CORE = {
    "null": (r"null|Null|NULL|~|", "nN~", ""),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
    "merge": (r"<<", "<"),
}


# the parser in C where PyYAML was built with it: every job of a run reads the configuration again
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML of the core schema, where a key that is written twice is an error."""

    yaml_implicit_resolvers: dict = {}


class _Dumper(yaml.SafeDumper):
    """Puts between quotes what either version of YAML would take for something else than text."""


for _kind, (_words, *_firsts) in _CORE.items():
    _first = [sign for signs in _firsts for sign in signs or [""]]
    for _of in (_Loader, _Dumper):
        _of.add_implicit_resolver(f"{_TAG}{_kind}", re.compile(f"(?:{_words})$"), _first)


def _mapping_without_duplicates(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict:
    lines: dict[Any, int] = {}
    for key, _ in node.value:
        if key.tag == f"{_TAG}merge":
            continue
        name = loader.construct_object(key, deep=True)
        if isinstance(name, list | dict):
            raise _problem(key, say("a list or keys cannot be a key"))
        if name in lines:
            raise yaml.YAMLError(say("line {line}: key '{name}' stands here twice", line=lines[name], name=name))
        lines[name] = key.start_mark.line + 1
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return int(node.value, base)


def _finite(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    number = loader.construct_yaml_float(node)
    if not isfinite(number):
        raise _problem(node, say("{value} is no number that can be counted with", value=node.value))
    return number


_Loader.add_constructor(f"{_TAG}map", _mapping_without_duplicates)
_Loader.add_constructor(f"{_TAG}int", _whole)
_Loader.add_constructor(f"{_TAG}float", _finite)


def read_yaml(path: str | Path) -> Any:
    """The content of a YAML file; ConfigError when it cannot be read, or would take a machine's time or memory."""
    try:
        content = Path(path).read_bytes()
        if len(content) > LARGEST:
            size, largest = len(content) / 1e6, LARGEST / 1e6
            told = say(
                "{path}: is {size:.0f} MB; allowed: at most {largest:.0f} MB.", path=path, size=size, largest=largest
            )
            raise ConfigError([told])
        text = content.decode("utf-8")
        _refuse_odd(yaml.parse(text, Loader=_Loader))
        return yaml.load(text, Loader=_Loader)
    except FileNotFoundError:
        raise ConfigError([say("{path}: there is no such file.", path=path)]) from None
    except UnicodeDecodeError:
        raise ConfigError([say("{path}: is not UTF-8 text; save it as UTF-8.", path=path)]) from None
    except (yaml.YAMLError, ValueError, LookupError) as error:  # PyYAML lets the last two through
        raise ConfigError([say("{path}: is not valid YAML: {reason}.", path=path, reason=_reason(error))]) from None


def _reason(error: Exception) -> str:
    if what := _OF_PARSER.get(getattr(error, "problem", None)):
        return say("line {line}: {what}", line=error.problem_mark.line + 1, what=what)
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Sentence) else " ".join(str(error).split())


def yaml_text(content: Any, **layout: Any) -> str:
    """YAML of plain values, which read_yaml and readers of YAML 1.1 both read back as they are."""
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, **layout)


def _refuse_odd(events: Iterable[yaml.Event]) -> None:
    """YAMLError for what has no use here: tags, signs that cannot be printed, and more than the limits above.

    It looks at the text alone, since an alias of aliases has no end once a value is made of it.
    """
    inside: list[list] = []  # of each list or mapping that is not closed yet: its anchor, and how many values it has
    sizes: dict[str, int] = {}
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            anchor, size = event.anchor, 1
            _refuse_odd_scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_tag(event)
            inside.append([event.anchor, 1])
            if len(inside) > DEEPEST:
                raise _problem(event, say("is deeper than {levels} levels", levels=DEEPEST))
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            anchor, size = inside.pop()
        elif kind is yaml.AliasEvent:
            anchor, size = None, sizes.get(event.anchor, 0)
            if not size:
                raise _problem(
                    event, say("alias *{name} stands for nothing that is complete above it", name=event.anchor)
                )
        else:
            continue
        if anchor:
            sizes[anchor] = size
        if inside:
            inside[-1][1] += size
            if inside[-1][1] > MOST_VALUES:
                raise _problem(
                    event, say("has more than {most} values, with all that its aliases stand for", most=MOST_VALUES)
                )


def _refuse_odd_scalar(event: yaml.ScalarEvent) -> None:
    if event.tag:
        _refuse_tag(event)
    if not event.value.isascii() and (sign := _UNSEEN.search(event.value)):
        told = say("holds U+{code}, a sign that nobody sees; take it out", code=f"{ord(sign[0]):04X}")
        raise _problem(event, told)
    if event.style == '"':
        if _CONTROL.search(event.value):
            raise _problem(event, say("holds a sign that cannot be printed; take it out"))
    elif not event.style and len(event.value) >= 40 and _LONG_NUMBER.fullmatch(event.value):
        raise _problem(
            event, say("{start}… is a number of 40 signs or more; text stands between quotes", start=event.value[:20])
        )


def _refuse_tag(event: yaml.NodeEvent) -> None:
    if event.tag not in (None, "!"):
        raise _problem(event, say("tag {tag} is not allowed; take it out", tag=event.tag.replace(_TAG, "!!")))


def _problem(at: yaml.Event | yaml.Node, what: str) -> yaml.YAMLError:
    return yaml.YAMLError(say("line {line}: {what}", line=at.start_mark.line + 1, what=what))
