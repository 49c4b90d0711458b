"""The summary: outcomes sorted by what was found, as sentences and as one table."""

from collections.abc import Mapping, Sequence

from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.shared import formats

ORDER = (
    "down", "up", "changed", "unchanged", "negligible", "untested", "different", "groups", "too_small", "uniform",
)  # fmt: skip


def finding(facts: OutcomeFacts) -> str:
    """What the change over the measurements amounts to: a key of `summary.verdicts` in the texts."""
    if len(facts.shown) < 2:
        return _not_compared(facts)
    state = facts.time.state
    if state != "significant":
        return {"not_significant": "unchanged"}.get(state, state)
    direction = facts.common_direction
    if direction == "mixed" or not facts.better:
        return "changed"
    return "improved" if (direction == "down") == (facts.better == "lower") else "worsened"


def _not_compared(facts: OutcomeFacts) -> str:
    return "uniform" if facts.uniform else "too_small"


def contrast(facts: OutcomeFacts) -> str:
    """Whether the groups develop differently: different, same, negligible, untested, too_small or uniform."""
    if len(facts.shown) < 2:
        return _not_compared(facts)
    return {"significant": "different", "not_significant": "same"}.get(facts.interaction.state, facts.interaction.state)


def summary_sentences(found: Sequence[OutcomeFacts], texts: Mapping) -> list[str]:
    """Per finding one sentence that lists its outcomes."""
    words = texts["summary"]
    items: dict[str, list[str]] = {}
    for facts in found:
        name = finding(facts)
        if name in ("improved", "worsened"):
            name = facts.common_direction
        items.setdefault(name, []).append(facts.object)
        if contrast(facts) == "different":
            items.setdefault("different", []).append(facts.object)
        if len(facts.shown) == 2 and facts.group.state == "significant":
            items.setdefault("groups", []).append(facts.object)
    sentences = [words[name].format(items=formats.joined(items[name])) for name in ORDER if name in items]
    contrasts = {contrast(facts) for facts in found}
    if "different" not in contrasts and contrasts & {"same", "negligible"}:
        sentences.append(words["no_difference_small" if "negligible" in contrasts else "no_difference"])
    return sentences
