"""What may be asked for on the command line."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from effectstudie.definitions.checks.studies import RESERVED_STUDIES
from effectstudie.running.results import STAGES
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say


def check_targets(arguments: Sequence[str], studies: Mapping, rules: Collection[str] = ()) -> None:
    """ConfigError when a target on the command line asks for a stage of a study that does not exist.

    `rules`: names that look like such a target and are none.
    """
    asked = [
        re.match(rf"(?:{'|'.join((*STAGES, 'archive'))})_(\w+)$|results/(\w+)/", argument)
        for argument in arguments
        if argument not in rules
    ]
    names = {name.removesuffix("_intern") for match in asked if match for name in match.groups() if name}
    unknown = sorted(names - set(studies) - set(RESERVED_STUDIES))
    if "--report" in arguments and any("_intern" in argument for argument in arguments):
        raise ConfigError([say("--report is for what may be published: leave out the targets that end in _intern.")])
    if unknown:
        raise ConfigError(
            [
                say(
                    "There is no study '{name}'.{meant} The studies are: {studies}; a new one is a file in "
                    "config/studies/.",
                    name=name,
                    meant=_meant(name, studies),
                    studies=sorted(studies),
                )
                for name in unknown
            ]
        )


def refuse_without_follow_up(study: str, follow_up: Mapping[str, Any]) -> None:
    """ConfigError where a study has no measurement after T0; `follow_up`: of its file, as the cohort has it."""
    if not follow_up["waves"]:
        raise ConfigError(
            [
                say(
                    "config/config.yaml: key waves is T0 alone, so {study} has nothing to compare yet: before there is "
                    "a follow-up ask for power_{study}, or for a stage up to match_{study}.",
                    study=study,
                )
            ]
        )


def _meant(name: str, studies: Mapping) -> str:
    close = difflib.get_close_matches(name, list(studies), n=1)
    return say(" Did you mean '{close}'?", close=close[0]) if close else ""


def unknown_target(
    name: str,
    rules: Iterable[str],
    menu: Mapping[str, Collection[str]],
    studies: Sequence[str],
    words: Mapping[str, Any],
) -> str:
    """The sentence on a name that nothing makes, with the names that may have been meant.

    `rules`: all names that may be asked for; `menu`: names of the menu → their files; `words`:
    resources/words/running.nl.yaml.
    """
    said = words["errors"]
    if name in studies:
        meant = [f"report_{name}"]
    elif name in (*STAGES, "archive"):
        meant = [f"{name}_{study}" for study in studies]
    else:
        files = [file for made in menu.values() for file in made]
        meant = difflib.get_close_matches(name, [*rules, *dict.fromkeys(files)], n=1)
    told = said["meant"].format(names=said["or"].join(meant)) if meant else ""
    return said["unknown"].format(name=name, meant=told)
