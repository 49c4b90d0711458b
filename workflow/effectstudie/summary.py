"""The summary: outcomes sorted by what was found, as sentences and as one table."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie import formats
from effectstudie.prose_facts import OutcomeFacts, Verdict
from effectstudie.tables import GROUPS, WAVES

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


def key_table(found: Sequence[OutcomeFacts], labels: Mapping, texts: Mapping) -> pd.DataFrame:
    """One row per outcome: the printed values of both groups and the two findings."""
    rows = []
    for facts in found:
        line = {"Uitkomst": formats.capital(texts["titles"].get(facts.outcome, facts.label))}
        for group in GROUPS:
            shown, single = facts.shown.get(group), facts.single.get(group)
            values = dict.fromkeys(WAVES, formats.ABSENT)
            if shown:
                values = dict(zip(WAVES, (shown.before_text, shown.after_text), strict=True))
            elif single:
                values[single.wave] = single.text
            for wave, value in values.items():
                line[f"{labels['groups'][group]} {labels['waves'][wave]}"] = value
        line["Verandering"] = _with_size(finding(facts), facts.time, texts)
        line["Verschil in ontwikkeling"] = _with_size(contrast(facts), facts.interaction, texts)
        rows.append(line)
    return pd.DataFrame(rows)


def _with_size(name: str, result: Verdict, texts: Mapping) -> str:
    said = texts["summary"]["verdicts"][name]
    return f"{said} ({result.size})" if name in ("improved", "worsened", "changed", "different") else said
