"""Sentences from facts. The words stand in `sentences.nl.yaml`; here is only which sentence is true.

A paragraph tells what happened in each group and how the approach did, in the unit of the outcome. The tests of the
published method stand apart, in one line with their p (`published_line`).
"""

from collections.abc import Mapping
from math import isnan

from effectstudie.report.prose.level import hidden, level
from effectstudie.report.prose.outcome import OutcomeFacts, Verdict
from effectstudie.report.prose.wording import pick, unit_of_difference, verb
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

EFFECTS = ("time", "group", "interaction")


def outcome_sentences(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """Sentences on one outcome. `phrases`: `approach`, `control` and their `_label`s, `T0`, `follow_up`.

    Of the groups together only where both may be shown; of a single one its own change.
    """
    sentences = [level(facts, facts.object, texts, phrases)]
    if facts.both:
        sentences += [_unproven(facts, texts), _side(facts, texts, phrases), _effect(facts, texts, phrases)]
    else:
        sentences += [_change(facts, group, texts, phrases) for group in facts.shown]
    sentences += _norm(facts, texts, phrases)
    sentences += hidden(facts, texts, phrases)
    return [sentence for sentence in sentences if sentence]


def published_line(facts: OutcomeFacts, texts: Mapping) -> str:
    """The three tests of the published method, each with its size and p; empty where both groups are not shown."""
    if not facts.both:
        return ""
    words = texts["published"]
    items = [
        words["item"].format(effect=words["effects"][effect], verdict=_told(getattr(facts, effect), words, texts))
        for effect in EFFECTS
    ]
    if all(getattr(facts, effect).state == "untested" for effect in EFFECTS):
        return words["none"].format(because=because(facts.time, texts))
    n = words["n"].format(n=formats.number(facts.n)) if facts.n is not None else ""
    return words["line"].format(n=n, items="; ".join(items))


def _told(result: Verdict, words: Mapping, texts: Mapping) -> str:
    return words[_state(result)].format(**filled_in(result, texts))


def _state(result: Verdict) -> str:
    """The state, apart where an effect is significant and how large it is may not be told."""
    return "unsized" if result.state == "significant" and not result.size else result.state


def because(result: Verdict, texts: Mapping) -> str:
    """Why a test is not possible; empty where the sentences do not tell its reason."""
    return texts["untested"]["because"].get(result.reason, "")


def how_large(result: Verdict, texts: Mapping) -> str:
    """The word for how large an effect is; empty where that is not told."""
    return texts["sizes"][result.size] if result.size else ""


def filled_in(result: Verdict, texts: Mapping) -> dict[str, str]:
    return {"p": result.p, "size": how_large(result, texts), "because": because(result, texts)}


def _unproven(facts: OutcomeFacts, texts: Mapping) -> str:
    """That a change of which the direction is told is not significant over both groups together."""
    moves = any(shown.direction in ("down", "up") for shown in facts.shown.values())
    return pick(texts["unproven"], facts.place) if moves and facts.time.state == "not_significant" else ""


def _side(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """Which group lies higher over both measurements, where that difference is significant."""
    if facts.group.state != "significant":
        return ""
    kind = "apart" if facts.side else "unclear"
    return pick(texts["side"][kind], facts.place).format(
        be=verb(texts, "be", facts.plural),
        lie=verb(texts, "lie", facts.plural),
        object=facts.object,
        subject=formats.capital(facts.object),
        comparison=texts["comparison"].get(facts.side, ""),
        t0=phrases["T0"],
        t1=phrases["follow_up"],
        **{group: phrases[group] for group in COMPARED},
    )


def _effect(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """How far the approach ends from what was to be expected without it, with the interval and the verdict."""
    words, found = texts["estimate"], facts.estimated
    if found is None:
        return pick(words["none"], facts.place).format(object=facts.object)
    filled = {
        "verdict": texts["effect"]["verdicts"][found.verdict],
        "approach": phrases["approach"],
        "good": words["good"][facts.better] if facts.better else "",
    }
    if isnan(found.value):
        return pick(words["verdict_only"], facts.place).format(**filled)
    kind = "equal" if not found.printed.strip("0,") else "apart"
    return pick(words[kind], facts.place).format(
        amount=found.printed + unit_of_difference(facts.unit, facts.kind, found.printed, texts),
        comparison=texts["comparison"]["higher" if found.value > 0 else "lower"],
        ci=found.ci,
        **filled,
    )


def _change(facts: OutcomeFacts, group: str, texts: Mapping, phrases: Mapping[str, str]) -> str:
    """The change of one group, tested by itself."""
    # a group that is shown and has no test of its own: too few have both measurements (`treat_tests`)
    words, result = texts["within"], facts.within.get(group, Verdict("untested", reason="pairs"))
    wording = pick(words[_state(result)], facts.place)
    return wording.format(group=phrases[group], **filled_in(result, texts))


def _norm(facts: OutcomeFacts, texts: Mapping, phrases: Mapping[str, str]) -> list[str]:
    """One sentence per verdict: higher, lower, not significant; each lists the groups and measurements."""
    words, by_verdict = texts["norm"], {}
    for test in facts.norm.get("tests", []):
        kind = test["verdict"].state
        if kind == "significant":
            kind = "higher" if test["above"] else "lower"
        by_verdict.setdefault(kind, {}).setdefault(test["group"], {})[test["wave"]] = test["verdict"].p
    filled = {
        "norm": facts.norm.get("label"),
        "value": facts.norm.get("text"),
        "object": facts.object,
        "subject": formats.capital(facts.object),
        **{name: verb(texts, name, facts.plural) for name in ("be", "lie", "differ")},
    }
    sentences = []
    for kind, groups in by_verdict.items():
        where = formats.joined([_against(groups[g], words, g, phrases) for g in COMPARED if g in groups])
        wording = pick(words["significant" if kind in ("higher", "lower") else kind], facts.place)
        sentences.append(wording.format(comparison=texts["comparison"].get(kind, ""), where=where, **filled))
    if sentences and facts.norm["hidden"]:
        sentences.append(pick(words["hidden"], facts.place))
    return sentences


def _against(ps: Mapping[str, str], words: Mapping, group: str, phrases: Mapping[str, str]) -> str:
    """Where a verdict on the norm holds: a group at one measurement or at both. `ps`: measurement → p."""
    if len(ps) == len(WAVES):
        p0, p1 = (ps[wave] for wave in WAVES)
        waves = {"t0": phrases["T0"], "t1": phrases["follow_up"]}
        return words["items"].format(group=phrases[group], p0=p0, p1=p1, **waves)
    ((wave, p),) = ps.items()
    return words["item"].format(group=phrases[group], wave=phrases[wave], p=p)
