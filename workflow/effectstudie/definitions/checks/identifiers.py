"""Whether what people wrote in config/ or as a correction names somebody, who is not meant there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from effectstudie.privacy.cleared import Cleared, found_in_text
from effectstudie.privacy.identifiers import LIKELY
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import PLACES

# What is meant to stand under a key: who made the report and who cleared or corrected, and where the institute is.
_NAMES, _ADDRESS = ("name",), ("address", "postcode")
_MEANT = {"authors": _NAMES, "people": _NAMES, "address": _ADDRESS, "who": tuple(LIKELY)}
_SHA256 = re.compile(r"[0-9a-f]{40,}|age1\w+")
_COMMENT = re.compile(r"(?:^|\s)#\s?(.*)$", re.MULTILINE)
# A number or a day that is put right.
_ANSWER = re.compile(r"[\d.,:/ -]*")


def naming_problems(written: Mapping[str, Any], project: Path, cleared: Cleared) -> list[str]:
    """A sentence for each text that seems to name somebody. `written`: path → content of a file of settings.

    Remarks in it count too: they go along where the file goes.
    """
    problems = []
    for path, content in written.items():
        texts = [(say("key {key}", key=key), text, key) for key, text in _texts(content)]
        if path.endswith(".yaml") and (project / path).exists():
            remarks = _COMMENT.findall((project / path).read_text(encoding="utf-8"))
            texts += [(say("remark"), remark, "") for remark in remarks]
        problems += [
            say("{path}, {place}: seems to hold {what}; take that out{end}", path=path, place=place, what=what, end=end)
            for place, text, key in texts
            for what, end in found_in_text(text, path, place, cleared, _meant(key), contact=True)
        ]
    return problems


def _meant(key: str) -> tuple[str, ...]:
    return tuple(kind for part in key.split(".") for kind in _MEANT.get(part, ()))


def _texts(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file, with the keys above it."""
    if isinstance(content, str):
        if not _SHA256.fullmatch(content):
            yield key, content
    elif isinstance(content, Mapping):
        for name, value in content.items():
            if name not in PLACES:
                yield from _texts(value, f"{key}.{name}" if key else str(name))
    elif isinstance(content, Sequence):
        for value in content:
            yield from _texts(value, key)


def correction_problems(path: str | None, rows: Sequence[Mapping[str, str]], cleared: Cleared) -> list[str]:
    """A sentence for each reason or new value that seems to name somebody, and whatever is certain in who made it."""
    return _problems_of_rows(
        path, dict(enumerate(rows, start=2)), "corrections", ("reason", "who", "old_value", "new_value"), cleared
    )


def recode_problems(path: str | None, rows: Mapping[int, Mapping[str, str]], cleared: Cleared) -> list[str]:
    """The same of the reason and the codes of a recode."""
    return _problems_of_rows(path, rows, "recodes", ("reason", "old", "new"), cleared)


def _problems_of_rows(
    path: str | None, rows: Mapping[int, Mapping[str, str]], name: str, columns: Sequence[str], cleared: Cleared
) -> list[str]:
    problems = []
    for line, row in rows.items():
        for column in columns:
            text = row[column] or ""
            if column.startswith(("old", "new")) and _ANSWER.fullmatch(text):
                continue
            problems += [
                say(
                    "{path}, line {line}: column {column} seems to hold {what}; write it without that{end}",
                    path=path,
                    line=line,
                    column=column,
                    what=what,
                    end=end,
                )
                for what, end in found_in_text(text, name, column, cleared, _MEANT.get(column, ()))
            ]
    return problems
