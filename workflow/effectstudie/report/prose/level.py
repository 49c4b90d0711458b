"""The first sentences on an outcome: where each group starts, where it ends, and what may not be shown.

Also what all sentences share: taking turns between wordings, verbs, and the words around a printed number.
"""

from collections.abc import Mapping

from effectstudie.report.prose.outcome import Facts, Shown
from effectstudie.report.prose.wording import pick, spoken, unit_text, verb
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def level(facts: Facts, measured: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """What may be shown of the groups, in one sentence; empty where that takes one sentence per group (see `hidden`).

    `measured`: what the values are of, with its article.
    """
    words, place = texts["level"], facts.place
    filled = _names(facts, measured, texts, phrases)
    if len(facts.shown) == 2:
        for group, shown in facts.shown.items():
            filled |= {f"{group}_{name}": text for name, text in _group(facts, shown, group, filled, texts).items()}
        approach, control = (facts.shown[group].direction for group in COMPARED)
        if approach != control:
            return pick(words["apart"], place).format(**filled)
        filled |= {"verb": verb(texts, approach, facts.plural), "noun": texts["nouns"].get(approach)}
        return pick(words["both_stay" if approach == "same" else "both_move"], place).format(**filled)
    if len(facts.shown) == 1:
        ((group, shown),) = facts.shown.items()
        filled |= {"group": phrases[group], **_group(facts, shown, group, filled, texts)}
        return pick(words["one"], place).format(**filled)
    if _same_wave(facts):
        wave = phrases[facts.single["approach"].wave]
        for group, single in facts.single.items():
            filled[f"{group}_value"] = spoken(facts.unit, single.text) + unit_text(facts.unit, single.text)
        return pick(words["both_at_one"], place).format(wave=wave, **filled)
    return ""


def hidden(facts: Facts, measured: str, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """What may not be shown: of both groups, of one, or of a group at one measurement."""
    words = texts["level"]
    kind = "uniform" if facts.uniform else "small"
    why = words["why"][kind]
    filled = _names(facts, measured, texts, phrases)
    if not facts.shown and not facts.single:
        return [words["none"][kind].format(object=facts.object)]
    if _same_wave(facts):
        return [words["no_wave"].format(other_wave=_other_wave(facts.single["approach"].wave, phrases), why=why)]
    sentences = []
    for group in COMPARED:
        single = facts.single.get(group)
        if single:
            value = spoken(facts.unit, single.text) + unit_text(facts.unit, single.text)
            waves = {"wave": phrases[single.wave], "other_wave": _other_wave(single.wave, phrases)}
            sentences.append(words["at_one"].format(group=phrases[group], value=value, why=why, **waves, **filled))
        elif group not in facts.shown:
            sentences.append(words["no_group"].format(group=phrases[group], why=why))
    return sentences


def _names(facts: Facts, measured: str, texts: Mapping, phrases: Mapping[str, str]) -> dict[str, str]:
    return {
        "object": measured,
        "subject": formats.capital(measured),
        "pronoun": texts["pronouns"].get(measured.split()[0], measured),
        "be": verb(texts, "be", facts.plural),
        **{group: phrases[group] for group in COMPARED},
    }


def _group(facts: Facts, shown: Shown, group: str, names: Mapping[str, str], texts: Mapping) -> dict[str, str]:
    """The printed values of one group, and every form of the words that say how they move."""
    filled = {
        "before": spoken(facts.unit, shown.before_text),
        "after": spoken(facts.unit, shown.after_text),
        "unit": unit_text(facts.unit, shown.after_text),
        "verb": verb(texts, shown.direction, facts.plural),
        "object": names["object"],
        "group": names[group],
    }
    kind = "stays" if shown.direction == "same" else "moves"
    forms = {name: form[kind].format(**filled) for name, form in texts["level"]["forms"].items()}
    return {name: filled[name] for name in ("before", "after", "unit")} | forms


def _same_wave(facts: Facts) -> bool:
    """Whether both groups may be shown at one measurement, and that is the same one."""
    return len(facts.single) == 2 and len({single.wave for single in facts.single.values()}) == 1


def _other_wave(wave: str, phrases: Mapping[str, str]) -> str:
    return phrases[next(other for other in WAVES if other != wave)]
