"""What was found, sorted: of an outcome, of a theme, and of all."""

from collections.abc import Mapping, Sequence

from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.prose.wording import of_number
from effectstudie.shared import formats

CERTAIN = ("better", "worse")


def finding(facts: OutcomeFacts) -> str:
    """What the change over both groups amounts to: a key of `summary.verdicts` in the texts."""
    if not facts.both:
        return "too_small"
    state = facts.time.state
    if state != "significant":
        return {"not_significant": "unchanged"}.get(state, state)
    direction = facts.common_direction
    if direction == "mixed" or not facts.better:
        return "changed"
    return "improved" if (direction == "down") == (facts.better == "lower") else "worsened"


def within_group(facts: OutcomeFacts, group: str) -> str:
    """What happened in one group: improved, worsened, unchanged (as far as shown), or empty where it is not tested."""
    shown, result = facts.shown.get(group), facts.within.get(group)
    if shown is None or result is None or result.state == "untested" or not facts.better:
        return ""
    if result.state != "significant" or shown.direction not in ("up", "down"):
        return "unchanged"
    return "improved" if (shown.direction == "down") == (facts.better == "lower") else "worsened"


def theme_finding(all_facts: Sequence[OutcomeFacts], words: Mapping[str, str]) -> str:
    """How many outcomes of a theme improve or worsen over both groups; empty where none was tested."""
    found = [finding(facts) for facts in all_facts]
    total = sum(name in ("improved", "worsened", "changed", "unchanged", "negligible") for name in found)
    if not total:
        return ""
    better, worse = found.count("improved"), found.count("worsened")
    kind = "both" if better and worse else "better" if better else "worse" if worse else "none"
    kind = "all" if better == total > 1 else kind
    return of_number(words, kind, total).format(better=better, worse=worse, total=total)


def theme_effect(
    all_facts: Sequence[OutcomeFacts], titles: Mapping[str, str], phrases: Mapping[str, str], words: Mapping[str, str]
) -> str:
    """Of which outcomes of a theme the approach ends better or worse than was to be expected; empty without any."""
    estimated = [facts for facts in all_facts if facts.estimated]
    if not estimated:
        return ""
    parts = []
    for verdict in CERTAIN:
        items = [titles[facts.outcome] for facts in estimated if facts.estimated.verdict == verdict]
        if items:
            parts.append(words[verdict].format(items=formats.joined(items), **phrases))
    return " ".join(parts) or words["none"].format(**phrases)
