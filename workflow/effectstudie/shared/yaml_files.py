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

# Far above what any file needs, and low enough to be read at once.
DEEPEST = 50  # levels of lists and keys
MOST_VALUES = 100_000  # with each alias counted as all that it stands for
LARGEST = 5_000_000  # bytes
_LONG_NUMBER = re.compile(r"0x[0-9a-fA-F]{38,}|[-+]?[0-9]{40,}")
_TAG = "tag:yaml.org,2002:"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


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
            raise yaml.YAMLError(f"line {key.start_mark.line + 1}: a list or keys cannot be a key")
        if name in lines:
            raise yaml.YAMLError(f"line {lines[name]}: key '{name}' stands here twice")
        lines[name] = key.start_mark.line + 1
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return int(node.value, base)


def _finite(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    number = loader.construct_yaml_float(node)
    if not isfinite(number):
        raise yaml.YAMLError(f"line {node.start_mark.line + 1}: {node.value} is no number that can be counted with")
    return number


_Loader.add_constructor(f"{_TAG}map", _mapping_without_duplicates)
_Loader.add_constructor(f"{_TAG}int", _whole)
_Loader.add_constructor(f"{_TAG}float", _finite)


def read_yaml(path: str | Path) -> Any:
    """The content of a YAML file; ConfigError when it cannot be read, or would take a machine's time or memory."""
    try:
        content = Path(path).read_bytes()
        if len(content) > LARGEST:
            raise ConfigError([f"{path}: is {len(content) / 1e6:.0f} MB; allowed: at most {LARGEST / 1e6:.0f} MB."])
        text = content.decode("utf-8")
        _refuse_odd(yaml.parse(text, Loader=_Loader))
        return yaml.load(text, Loader=_Loader)
    except FileNotFoundError:
        raise ConfigError([f"{path}: there is no such file."]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path}: is not UTF-8 text; save it as UTF-8."]) from None
    except (yaml.YAMLError, ValueError, LookupError) as error:  # PyYAML lets the last two through
        reason = " ".join(str(error).split())
        raise ConfigError([f"{path}: is not valid YAML: {reason}."]) from None


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
                raise _problem(event, f"is deeper than {DEEPEST} levels")
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            anchor, size = inside.pop()
        elif kind is yaml.AliasEvent:
            anchor, size = None, sizes.get(event.anchor, 0)
            if not size:
                raise _problem(event, f"alias *{event.anchor} stands for nothing that is complete above it")
        else:
            continue
        if anchor:
            sizes[anchor] = size
        if inside:
            inside[-1][1] += size
            if inside[-1][1] > MOST_VALUES:
                raise _problem(event, f"has more than {MOST_VALUES} values, with all that its aliases stand for")


def _refuse_odd_scalar(event: yaml.ScalarEvent) -> None:
    if event.tag:
        _refuse_tag(event)
    if event.style == '"':
        if _CONTROL.search(event.value):
            raise _problem(event, "holds a sign that cannot be printed; take it out")
    elif not event.style and len(event.value) >= 40 and _LONG_NUMBER.fullmatch(event.value):
        raise _problem(event, f"{event.value[:20]}… is a number of 40 signs or more; text stands between quotes")


def _refuse_tag(event: yaml.NodeEvent) -> None:
    if event.tag not in (None, "!"):
        raise _problem(event, f"tag {event.tag.replace(_TAG, '!!')} is not allowed; take it out")


def _problem(event: yaml.Event, what: str) -> yaml.YAMLError:
    return yaml.YAMLError(f"line {event.start_mark.line + 1}: {what}")
