"""The Dutch words of a page, which stand in files that an analyst can read and change."""

from collections.abc import Mapping
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


def read_words(*paths: str | Path) -> Words:
    """The words of these YAML files together; ConfigError where a file cannot be read or repeats a key of another."""
    together = Words({}, ", ".join(map(str, paths)))
    for path in paths:
        content = Words(read_yaml(path), str(path))
        if twice := sorted(together.keys() & content.keys()):
            raise ConfigError(
                [
                    say("{path}: key {key} stands in {file} too.", path=path, key=key, file=together[key].file)
                    for key in twice
                ]
            )
        together.update(content)
    return together
