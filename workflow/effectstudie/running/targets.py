"""What may be asked for on the command line."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence

from effectstudie.definitions.checks.studies import RESERVED_STUDIES
from effectstudie.running.results import STAGES
from effectstudie.shared.errors import ConfigError


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
        raise ConfigError(["--report is for what may be published: leave out the targets that end in _intern."])
    if unknown:
        raise ConfigError(
            [
                f"There is no study '{name}'.{_meant(name, studies)} The studies are: {', '.join(sorted(studies))}; "
                "a new one is a file in config/studies/."
                for name in unknown
            ]
        )


def _meant(name: str, studies: Mapping) -> str:
    close = difflib.get_close_matches(name, list(studies), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""
