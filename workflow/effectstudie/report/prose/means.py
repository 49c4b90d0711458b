"""Sentences from facts. The words stand in `sentences.nl.yaml`; here is only which sentence is true.

A test is said with its p; an effect smaller than small is not called an effect, significant or not.
"""

from collections.abc import Mapping

from effectstudie.report.prose.level import hidden, level
from effectstudie.report.prose.outcome import OutcomeFacts, Verdict
from effectstudie.report.prose.wording import pick, verb
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

EFFECTS = ("time", "group", "interaction")


def outcome_sentences(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Sentences on one outcome. `phrases`: `approach`, `control` and their `_label`s, `T0`, `follow_up`.

    Of the groups together only where both may be shown; of a single one its own change.
    """
    sentences = [level(facts, facts.object, texts, phrases)]
    if len(facts.shown) == 2:
        sentences += _tests(facts, texts, phrases)
    else:
        sentences += [_change(facts, group, texts, phrases) for group in facts.shown]
    sentences += _norm(facts, texts, phrases)
    sentences += hidden(facts, facts.object, texts, phrases)
    return [sentence for sentence in sentences if sentence]


def _tests(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """The effects of time, group and interaction; the change of each group where they develop differently."""
    time, group, interaction = (getattr(facts, effect) for effect in EFFECTS)
    states = {time.state, group.state, interaction.state}
    if states == {"untested"} and len({time.reason, group.reason, interaction.reason}) == 1:
        return [texts["untested"]["all"].format(because=because(time, texts))]
    sentences = [_time(facts, texts)]
    if group.state == interaction.state == "not_significant":
        ps = {"p_group": group.p, "p_interaction": interaction.p}
        sentences.append(pick(texts["no_contrast"], facts.place).format(**ps))
    else:
        sentences += [_group(facts, texts, phrases), _interaction(facts, texts, phrases)]
    if interaction.state == "significant":
        sentences += _within(facts, texts, phrases)
    return sentences


def because(result: Verdict, texts: Mapping) -> str:
    return texts["untested"]["because"][result.reason] if result.reason else ""


def filled_in(result: Verdict, texts: Mapping) -> dict[str, str]:
    evidence = texts["evidence"].format(p=result.p, eta=result.eta) if result.eta else result.p
    return {"p": result.p, "size": result.size, "evidence": evidence, "because": because(result, texts)}


def _time(facts: OutcomeFacts, texts: Mapping) -> str:
    kind, direction = facts.time.state, facts.common_direction
    if kind in ("significant", "not_significant") and direction == "mixed":
        kind += "_mixed"
        # what is shown of everyone and what was tested of those with both measurements need not agree
        if kind == "significant_mixed" and facts.shown_direction != "mixed":
            kind = "significant_equal" if facts.shown_direction == "same" else "significant_opposed"
    noun = texts["nouns"].get(direction, "")
    return pick(texts["time"][kind], facts.place).format(noun=noun, **filled_in(facts.time, texts))


def _side(approach: float, control: float) -> str:
    return "higher" if approach > control else "lower" if approach < control else "equal"


def _group(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    kind = facts.group.state
    a, c = (facts.shown[group] for group in COMPARED)
    sides = {
        "equal" if a.before_text == c.before_text else _side(a.before, c.before),
        "equal" if a.after_text == c.after_text else _side(a.after, c.after),
    }
    if facts.tested_difference is not None:
        sides.add(_side(facts.tested_difference, 0))
    side = sides.pop() if len(sides) == 1 else "equal"
    if kind == "significant" and side == "equal":
        kind = "significant_mixed"
    return pick(texts["group"][kind], facts.place).format(
        be=verb(texts, "be", facts.plural),
        object=facts.object,
        subject=formats.capital(facts.object),
        comparison=texts["comparison"].get(side, ""),
        **{group: phrases[group] for group in COMPARED},
        **filled_in(facts.group, texts),
    )


def _interaction(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    kind, larger = facts.interaction.state, facts.larger_change
    filled = {**filled_in(facts.interaction, texts), "noun": texts["nouns"].get(facts.shown_direction)}
    if kind == "significant" and larger:
        kind = "significant_larger"
        (smaller,) = set(COMPARED) - {larger}
        filled |= {"larger": phrases[larger], "smaller": phrases[smaller]}
    return pick(texts["interaction"][kind], facts.place).format(**filled)


def _within(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Both groups in one sentence where they share a verdict, else one each."""
    found = [facts.within[group] for group in COMPARED if group in facts.within]
    states = [result.state for result in found]
    told = all(result.size and facts.agrees_within(group) for group, result in facts.within.items())
    if states == ["not_significant"] * 2 or (states == ["significant"] * 2 and told):
        filled = {
            f"{group}_{name}": text
            for group in COMPARED
            for name, text in {**filled_in(facts.within[group], texts), "label": phrases[f"{group}_label"]}.items()
        }
        wording = pick(texts["within"]["both" if states[0] == "significant" else "none"], facts.place)
        return [wording.format(approach=phrases["approach"], control=phrases["control"], **filled)]
    return [_change(facts, group, texts, phrases) for group in COMPARED if group in facts.within]


def _change(facts: OutcomeFacts, group: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """The change of one group, tested by itself."""
    # a group that is shown and has no test of its own: too few have both measurements (`treat_tests`)
    words, result = texts["within"], facts.within.get(group, Verdict("untested", reason="pairs"))
    kind = result.state
    if kind == "significant" and not facts.agrees_within(group):
        kind = "significant_unlike"
    sized = words["sized"].format(size=result.size) if result.size else ""
    wording = pick(words[kind], facts.place)
    return wording.format(group=phrases[group], sized=sized, **filled_in(result, texts))


def _norm(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """One sentence per verdict: higher, lower, not significant, untested; each lists the groups and measurements."""
    words, found = texts["norm"], {}
    for test in facts.norm.get("tests", []):
        kind = test["verdict"].state
        if kind == "significant":
            kind = "higher" if test["above"] else "lower"
        found.setdefault(kind, {}).setdefault(test["group"], {})[test["wave"]] = test["verdict"].p
    filled = {
        "norm": facts.norm.get("label"),
        "value": facts.norm.get("text"),
        "object": facts.object,
        "subject": formats.capital(facts.object),
        **{name: verb(texts, name, facts.plural) for name in ("be", "lie", "differ")},
    }
    sentences = []
    for kind, groups in found.items():
        tested = "untested" if kind == "untested" else "tested"
        where = formats.joined([_against(groups[g], words, tested, g, phrases) for g in COMPARED if g in groups])
        wording = pick(words["significant" if kind in ("higher", "lower") else kind], facts.place)
        sentences.append(wording.format(comparison=texts["comparison"].get(kind, ""), where=where, **filled))
    return sentences


def _against(ps: Mapping[str, str], words: Mapping, tested: str, group: str, phrases: Mapping[str, str]) -> str:
    """Where a verdict on the norm holds: a group at one measurement or at both. `ps`: measurement → p."""
    if len(ps) == len(WAVES):
        p0, p1 = (ps[wave] for wave in WAVES)
        waves = {"t0": phrases["T0"], "t1": phrases["follow_up"]}
        return words["items"][tested].format(group=phrases[group], p0=p0, p1=p1, **waves)
    ((wave, p),) = ps.items()
    return words["item"][tested].format(group=phrases[group], wave=phrases[wave], p=p)
