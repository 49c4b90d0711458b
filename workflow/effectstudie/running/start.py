"""The command `snakemake` of .venv (envs/install.sh): a slip that it would answer with a traceback is a sentence."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from effectstudie.shared.words import read_words

WORDS = Path(__file__).parents[3] / "resources/words/running.nl.yaml"
_KEY = re.compile(r"[a-zA-Z_][\w-]*\w$")


def main(arguments: Sequence[str], snakemake: Callable[[list[str]], None]) -> int:
    """Start Snakemake with these arguments; 2 with a sentence where --config is not what it can be."""
    try:
        if mistakes := config_mistakes(arguments, read_words(WORDS)["config"]):
            print("\n".join(mistakes), file=sys.stderr)
            return 2
        snakemake(list(arguments))
    except KeyboardInterrupt:
        print(f"\n{read_words(WORDS)['errors']['interrupted']}", file=sys.stderr)
        return 130
    return 0


def config_mistakes(arguments: Sequence[str], words: Mapping[str, Any]) -> list[str]:
    """A sentence for each entry behind --config that is no name=value, with what to type.

    `words`: part `config` of resources/words/running.nl.yaml.
    """
    entries = _entries(arguments)
    if not entries:
        return []
    if any(entry.startswith("=") for entry in entries) or any(entry.endswith("=") for entry in entries[:-1]):
        joined = re.sub(r" ?= ?", "=", " ".join(entries))
        return [words["spaces"].format(entries=joined)]
    mistakes = []
    for entry in entries:
        key, sign, _ = entry.partition("=")
        above, dot, deeper = key.partition(".")
        if not sign:
            mistakes.append(words["no_value"].format(entry=entry))
        elif dot:
            mistakes.append(words["deeper"].format(key=key, above=above, deeper=deeper))
        elif not _KEY.match(key):
            mistakes.append(words["no_key"].format(key=key))
    return mistakes


def _entries(arguments: Sequence[str]) -> list[str]:
    """What stands behind --config or -C, up to the next option."""
    entries, inside = [], False
    for argument in arguments:
        if argument.startswith(("--config=", "-C=")):
            entries.append(argument.partition("=")[2])
        inside = argument in ("--config", "-C") or inside and not argument.startswith("-")
        if inside and argument not in ("--config", "-C"):
            entries.append(argument)
    return entries


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
