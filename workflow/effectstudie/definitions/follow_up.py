"""Which measurement is a person's follow-up, as a study's file has it under `follow_up`."""

from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.shared import formats

# The first or the last of the waves in which somebody took part, or the one nearest to a number of days after T0.
FIRST, LAST, NEAREST = RULES = ("first", "last", "nearest")


def follow_up_of(written: Mapping[str, Any], waves: Sequence[str]) -> dict[str, Any]:
    """What a study's file says, with the `waves` and the `label` that it leaves to the cohort.

    `waves` of the cohort. Of those that the study names the ones that the cohort has count, in the study's order. The
    label of a measurement that it has not makes place for that of the one that the rule takes first.
    """
    used = [wave for wave in written.get("waves", waves[1:]) if wave in waves]
    otherwise = used[-1 if written.get("rule") == LAST else 0] if used else ""
    label = written.get("label")
    return {**written, "waves": used, "label": label if label in used else otherwise}


def by_rule(follow_up: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The wording for the rule of a follow-up, which has one wave, or more. `words`: one, first, last, nearest."""
    waves, rule = follow_up["waves"], follow_up.get("rule", FIRST)
    pattern = words["one" if len(waves) == 1 else rule]
    return pattern.format(waves=formats.joined(waves), days=formats.number(follow_up.get("nearest_days") or 0))
