"""The Dutch words of a page, which stand in files that an analyst can read and change.

Parts of a text may hold for some cohorts only: `{{ if children }}ouders en kinderen{{ else }}volwassenen{{ end }}` is
the first where the cohort has questionnaires about children, and else the second. Parts do not lie inside each other.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.yaml_files import read_yaml


class Words(dict):
    """The words of one file, or of one part of it. To ask for a key that is not there names the file and the key."""

    def __init__(self, content: Mapping[str, Any], file: str, place: str = ""):
        super().__init__((key, _part(value, file, f"{place}{key}.")) for key, value in content.items())
        self.file, self.place = file, place

    def __missing__(self, key: str) -> Any:
        raise ConfigError(
            [
                say(
                    "{file}: key {place}{key} is missing, and a page needs it.",
                    file=self.file,
                    place=self.place,
                    key=key,
                )
            ]
        )


def _part(value: Any, file: str, place: str) -> Any:
    return Words(value, file, place) if isinstance(value, Mapping) else value


# What a part may depend on: questionnaires of parents about children, of children themselves, of either, of both.
CONDITIONS = ("parents", "youth", "children", "both")
_PART = re.compile(
    rf"\{{\{{ if ({'|'.join(CONDITIONS)}) \}}\}}(.*?)(?:\{{\{{ else \}}\}}(.*?))?\{{\{{ end \}}\}}", re.DOTALL
)


def read_words(*paths: str | Path, true: Collection[str] = CONDITIONS) -> Words:
    """The words of these YAML files together; ConfigError where a file cannot be read or repeats a key of another.

    `true`: the conditions that hold for the cohort.
    """
    together = Words({}, ", ".join(map(str, paths)))
    for path in paths:
        content = Words(with_parts(read_yaml(path), true), str(path))
        if twice := sorted(together.keys() & content.keys()):
            raise ConfigError(
                [
                    say("{path}: key {key} stands in {file} too.", path=path, key=key, file=together[key].file)
                    for key in twice
                ]
            )
        together.update(content)
    return together


def with_parts(content: Any, true: Collection[str]) -> Any:
    """A text, or all texts of lists and mappings, with those of their parts whose condition is true.

    A part that falls away leaves its ends of lines, so that what is wrong further on is told with the right line.
    """
    if isinstance(content, str):
        return _PART.sub(lambda match: _chosen(match, true), content) if "{{ if" in content else content
    if isinstance(content, Mapping):
        return {key: with_parts(value, true) for key, value in content.items()}
    return [with_parts(value, true) for value in content] if isinstance(content, list) else content


def _chosen(match: re.Match, true: Collection[str]) -> str:
    condition, yes, no = match.groups(default="")
    chosen, other = (yes, no) if condition in true else (no, yes)
    return chosen + "\n" * other.count("\n")
