"""The first sentences on an outcome: where each group starts, where it ends, and what may not be shown."""

from collections.abc import Mapping

from effectstudie.report.prose.outcome import Facts, Shown
from effectstudie.report.prose.wording import pick, spoken, unit_text, verb
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def level(facts: Facts, measured: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """What may be shown of the groups, in one sentence; empty where nothing may.

    `measured`: what the values are of, with its article.
    """
    words, place = texts["level"], facts.place
    filled = _names(facts, measured, texts, phrases)
    directions = {group: shown.direction for group, shown in facts.shown.items()}
    for group, shown in facts.shown.items():
        filled |= {f"{group}_{name}": text for name, text in _group(facts, shown, group, filled, texts).items()}
    if facts.both:
        approach, control = (directions[group] for group in COMPARED)
        if "" in (approach, control):
            return pick(words["bounded"], place).format(t0=phrases["T0"], t1=phrases["follow_up"], **filled)
        if approach != control:
            return pick(words["apart"], place).format(**filled)
        small = all(shown.small for shown in facts.shown.values())
        filled |= {"verb": verb(texts, approach, facts.plural), "noun": texts["nouns"].get(approach)}
        filled |= {"little": words["little"] if small else "", "light": words["light"] if small else ""}
        return pick(words["both_stay" if approach == "same" else "both_move"], place).format(**filled)
    if facts.shown:
        ((group, shown),) = facts.shown.items()
        own = {"group": phrases[group], **_group(facts, shown, group, filled, texts)}
        kind = "one" if shown.direction else "one_bounded"
        return pick(words[kind], place).format(t0=phrases["T0"], t1=phrases["follow_up"], **filled, **own)
    return ""


def hidden(facts: Facts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """What may not be shown: of both groups, or of one."""
    words = texts["level"]
    if not facts.shown:
        return [words["none"].format(object=facts.object)]
    return [words["no_group"].format(group=phrases[group]) for group in COMPARED if group not in facts.shown]


def _names(facts: Facts, measured: str, texts: Mapping, phrases: Mapping[str, str]) -> dict[str, str]:
    return {
        "object": measured,
        "subject": formats.capital(measured),
        "be": verb(texts, "be", facts.plural),
        **{group: phrases[group] for group in COMPARED},
    }


def _group(facts: Facts, shown: Shown, group: str, names: Mapping[str, str], texts: Mapping) -> dict[str, str]:
    """The printed values of one group, and every form of the words that say how they move."""
    filled = {
        "before": spoken(facts.unit, shown.before_text),
        "after": spoken(facts.unit, shown.after_text),
        "unit": unit_text(facts.unit, shown.after_text),
        "object": names["object"],
        "group": names[group],
    }
    if not shown.direction:
        return {name: filled[name] for name in ("before", "after", "unit")}
    filled["verb"] = verb(texts, shown.direction, facts.plural)
    equal = shown.before_text == shown.after_text
    # a change that is there, but smaller than what matters
    little = texts["level"]["little"] if shown.small and shown.direction != "same" else ""
    kind = "moves" if shown.direction != "same" else "equal" if equal else "stays"
    forms = {name: form[kind].format(**filled, little=little) for name, form in texts["level"]["forms"].items()}
    return {name: filled[name] for name in ("before", "after", "unit")} | forms
