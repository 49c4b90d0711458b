"""What changed in the settings of a job: from its parameters of before and of now to file, key and both values."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Parameter → file that it is set in, between braces the study; all others are keys of config/config.yaml.
_STUDY = "config/studies/{study}.yaml"
_FILES = {
    **dict.fromkeys(("study", "problems", "reported", "follow_up", "strategy", "estimand", "design", "m"), _STUDY),
    **dict.fromkeys(("beside", "covariates"), _STUDY),
    "outcomes": "config/outcomes.yaml",
    "plan": "config/plans/{study}.yaml",
    "primary": "config/plans/{study}.frozen.yaml",
    "rating": "config/rating.yaml",
    "figure_titles": "resources/texts/{study}/figuren.yaml",
    "norms": "resources/norms/",
    "variables": "config/variables.csv",
}
# Keys whose parameter is called otherwise, or that lie deeper than their parameter.
_KEYS = {
    **{"reported": "outcomes", "strategy": "matching.strategies", "m": "imputation.m", "folder": "raw_dir"},
    **{"key_file": "pseudonym_key_file", "fisher_for": "fisher_exact_for", "beside": "published_beside"},
}
# The whole of what a file says stands in these: its own keys follow.
_WHOLE = ("study", "outcomes", "plan", "rating", "figure_titles", "norms", "covariates", "variables", "config")
# What follows from other files or parameters, which are told themselves.
_FOLLOWS = {
    *("scores", "exports", "first_wave", "contain", "own_factors", "columns_behind", "invented", "own_exports"),
    *("key_fingerprint", "thresholds"),
}
_PACKAGES = {"r", "mice", "optmatch"}
_LONGEST = 60
_ABSENT = object()


@dataclass
class Changed:
    """`lines`: a sentence per change. `exports`: names of those that are not what they were. `packages`, `program`:
    whether these are others.
    """

    lines: list[str] = field(default_factory=list)
    exports: set[str] = field(default_factory=set)
    packages: bool = False
    program: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines or self.exports or self.packages or self.program)


def settings_changed(
    now: Mapping[str, Any], before: frozenset[str], wildcards: Sequence[str], words: Mapping[str, Any]
) -> Changed:
    """`now`: parameter → value, of those that changed; `before`: values of then, as Python writes them, in any order.

    `wildcards`: of the job, the study first; `words`: resources/words/running.nl.yaml.
    """
    changed, said, study = Changed(), words["changed"], next(iter(wildcards), "")
    of_exports: dict[str, list[str]] = {}
    for name, old in _paired(now, before).items():
        new = now[name]
        if name in _PACKAGES:
            changed.packages = True
        elif name == "wiring":
            changed.program = True
        elif name == "rules":
            _of_exports(old, new, said, changed, of_exports)
        elif name == "settings":
            for part in new:
                earlier = old.get(part, {}) if isinstance(old, Mapping) else {}
                changed.lines += _lines(part, earlier, new[part], study, said)
        elif name not in _FOLLOWS:
            strategy = wildcards[1:] if name == "strategy" else ()
            changed.lines += _lines(name, old, new, study, said, *strategy)
    changed.lines += [said["of_exports"].format(what=what, exports=", ".join(of)) for what, of in of_exports.items()]
    changed.lines = list(dict.fromkeys(changed.lines))
    return changed


def _of_exports(old: Any, new: Mapping, said: Mapping, changed: Changed, of_exports: dict[str, list[str]]) -> None:
    """The rules of intake (sources.rules_of_intake): what is of one export names it, the rest is told once."""
    for export, rules in new.items():
        earlier = old.get(export, {}) if isinstance(old, Mapping) else {}
        if earlier and rules["sha256"] != earlier.get("sha256"):
            changed.exports.add(export)
            of_exports.setdefault(said["export"], []).append(export)
        if earlier and rules["corrections_sha256"] != earlier.get("corrections_sha256"):
            of_exports.setdefault("corrections.csv", []).append(export)
        if earlier and rules["cleared"] != earlier.get("cleared"):
            of_exports.setdefault("config/cleared.yaml", []).append(export)
        for key, then, value in _differences("", earlier.get("variables", {}), rules["variables"]):
            line = said["value"].format(
                file=_FILES["variables"], key=key, old=_told(then, said), new=_told(value, said)
            )
            of_exports.setdefault(line, []).append(export)
        for key in rules.keys() - {"sha256", "corrections_sha256", "cleared", "variables"}:
            changed.lines += _lines(key, earlier.get(key, _ABSENT), rules[key], "", said)


def _lines(name: str, old: Any, new: Any, study: str, said: Mapping[str, str], *deeper: str) -> Iterator[str]:
    file = _FILES.get(name, "config/config.yaml").format(study=study)
    start = "" if name in _WHOLE else ".".join([_KEYS.get(name, name), *deeper])
    if isinstance(new, Mapping) and not isinstance(old, Mapping):
        old = {} if old is _ABSENT or old is None else old
    for key, then, value in _differences(start, old, new):
        form = "list" if isinstance(then, list) and isinstance(value, list) else "value"
        if then is _ABSENT and value is not _ABSENT:
            form = "now"
        if form == "list":
            parts = {
                "added": [one for one in value if one not in then],
                "gone": [one for one in then if one not in value],
            }
            told = [said[part].format(names=_told(names, said)) for part, names in parts.items() if names]
            yield said["list"].format(file=file, key=key, what=", ".join(told) or said["order"])
        else:
            yield said[form].format(file=file, key=key, old=_told(then, said), new=_told(value, said))


def _differences(place: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Key, value of then and value of now, as deep as both have keys."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*new, *(key for key in old if key not in new)]:
            deeper = f"{place}.{key}" if place else str(key)
            yield from _differences(deeper, old.get(key, _ABSENT), new.get(key, _ABSENT))
    elif old != new:
        yield place, old, new


def _told(value: Any, said: Mapping[str, str]) -> str:
    """A value as it stands in a file; a long one is not repeated."""
    if value is _ABSENT or value is None or value == "":
        return said["none"]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        text = ", ".join(map(str, value))
    else:
        text = said["more_keys"] if isinstance(value, Mapping) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _paired(now: Mapping[str, Any], before: frozenset[str]) -> dict[str, Any]:
    """Parameter → its value before: the one that looks most like it; _ABSENT where that cannot be told."""
    left = [value for text in sorted(before) if (value := _read(text)) is not _ABSENT]
    pairs = {}
    for name, value in sorted(now.items(), key=lambda item: not isinstance(item[1], Mapping)):
        same = [one for one in left if type(one) is type(value)] or ([None] if None in left else [])
        likeness = [_likeness(one, value) for one in same]
        best = max(likeness, default=0)
        if likeness.count(best) == 1:
            pairs[name] = same[likeness.index(best)]
            left.remove(pairs[name])
        else:
            pairs[name] = _ABSENT
    return {name: pairs[name] for name in now}


def _read(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return _ABSENT


def _likeness(one: Any, other: Any) -> int:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return 1 + len(one.keys() & other.keys()) + sum(one[key] == other.get(key) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return 1 + sum(value in other for value in one)
    return 1
