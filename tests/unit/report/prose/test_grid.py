"""Every pattern of results, as a grid: the sentences are true, whole and Dutch, and every wording is used."""

import re
from dataclasses import replace
from itertools import chain, cycle, product
from random import Random

import pytest
from given.prose_checks import assert_true_of_class, assert_true_of_outcome
from given.prose_reading import (
    CLASS_BLOCKS,
    MARK,
    OUTCOME_BLOCKS,
    PHRASES,
    TEXTS,
    UNITS,
    assert_sound,
    claims,
    directions,
    marked,
    numbers,
    plain,
)

from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.means import outcome_sentences
from effectstudie.report.prose.outcome import ClassFacts, OutcomeFacts, Shown, Single, Verdict
from effectstudie.report.prose.summary import contrast, finding, summary_sentences

GROUPS = ("approach", "control")
VERDICTS = {
    "small": Verdict("significant", "p\u00a0=\u00a0,011", ",02", "small"),
    "medium": Verdict("significant", "p\u00a0=\u00a0,006", ",13", "medium_to_large"),
    "large": Verdict("significant", "p\u00a0<\u00a0,001", ",31", "large"),
    "negligible": Verdict("negligible"),
    "not_significant": Verdict("not_significant", "p\u00a0=\u00a0,510"),
    "untested": Verdict("untested", reason="pairs"),
}
OWN = [
    *VERDICTS.values(),
    Verdict("untested", reason="spread"),
    Verdict("untested"),
    Verdict("significant", "p\u00a0=\u00a0,044"),
]
DIRECTIONS = ("down", "up", "same")
PLACES = range(12)  # after so many outcomes the wordings start again
LABELS = {False: ("geweld in het gezin", "het"), True: ("klachten", "de")}


def printed(kind, value):
    text = f"{value:.1f}".replace(".", ",") if kind in ("mark", "score") else f"{value:.0f}"
    return text + "%" if kind == "percentage" else text


def shown(kind, level, direction, step):
    """Values around a level; `same` moves less than is printed."""
    low, high = {"down": (level + step, level), "up": (level, level + step), "same": (level + 0.01, level + 0.02)}[
        direction
    ]
    return Shown(low, high, printed(kind, low), printed(kind, high))


def pair(kind, directions_, levels, steps):
    return {g: shown(kind, *one) for g, one in zip(GROUPS, zip(levels, directions_, steps, strict=True), strict=True)}


def norm_of(name, waves):
    """`waves`: the groups and measurements at which there is a value."""
    if name == "none":
        return {}
    sides = {
        "above": [(True, VERDICTS["small"])],
        "below": [(False, VERDICTS["large"])],
        "level": [(False, VERDICTS["not_significant"])],
        "various": [(True, VERDICTS["small"]), (False, VERDICTS["large"]), (True, VERDICTS["not_significant"]),
                    (False, VERDICTS["untested"])],
        "untested": [(False, VERDICTS["untested"])],
    }[name]  # fmt: skip
    tests = [
        {"group": group, "wave": wave, "above": above, "verdict": verdict}
        for (wave, group), (above, verdict) in zip(waves, cycle(sides))
    ]
    return {"label": "het gemiddelde van de jeugd", "value": 54, "text": "54", "tests": tests}


NORMS = ("none", "above", "below", "level", "various", "untested")
BOTH_WAVES = tuple(product(("T0", "follow_up"), GROUPS))


def _own_p(verdict, last):
    """Each effect has a p of its own, so that one cannot stand for another."""
    return replace(verdict, p=verdict.p[:-1] + last if verdict.p else "")


def outcome(shown_, *, plural=False, kind="score", effects=("untested",) * 3, **more):
    label, article = LABELS[plural]
    time, group, interaction = (_own_p(VERDICTS[name], last) for name, last in zip(effects, "123", strict=True))
    return OutcomeFacts(
        outcome="v", label=label, article=article, plural=plural, better="lower", unit=UNITS[kind], shown=shown_,
        time=time, group=group, interaction=interaction, within=more.pop("within", {}), **more,
    )  # fmt: skip


def both_shown():
    """Facts with both groups: all effects by all directions, with everything else that can differ drawn beside it."""
    rng = Random(7)
    for directions_, effects, plural, kind in product(
        product(DIRECTIONS, repeat=2), product(VERDICTS, repeat=3), (False, True), UNITS
    ):
        changes = {g: rng.choice((-3.0, -2.0, 1.5, 2.5)) for g in GROUPS}
        levels = rng.choice(((5, 7), (7, 5), (6, 6), (1, 5), (5, 1), (0, 0)))
        yield outcome(
            pair(kind, directions_, levels, rng.choice(((1, 2), (2, 1), (1, 1)))),
            plural=plural,
            kind=kind,
            effects=effects,
            within={group: rng.choice(OWN) for group in GROUPS} if rng.random() < 0.9 else {},
            norm=norm_of(rng.choice(NORMS), BOTH_WAVES),
            place=rng.choice(PLACES),
            tested_change=rng.choice((None, sum(changes.values()) / 2, 0.0)),
            tested_within=rng.choice(({}, changes)),
            tested_difference=rng.choice((None, 2.0, -2.0, 0.0)),
        )  # fmt: skip


def not_both_shown():
    """Facts without values of one group or both, at one measurement or both."""
    rng = Random(8)
    for whole, waves, plural, kind, uniform, place in product(
        ((), *((group,) for group in GROUPS)),
        product((None, "T0", "follow_up"), repeat=2),
        (False, True),
        UNITS,
        (False, True),
        PLACES,
    ):
        values = {g: shown(kind, 6, DIRECTIONS[place % 3], 1) for g in whole}
        single = {
            g: Single(wave, printed(kind, level))
            for g, wave, level in zip(GROUPS, waves, (1, 4), strict=True)
            if wave and g not in whole
        }
        places = [(w, g) for w, g in BOTH_WAVES if g in whole or (g in single and single[g].wave == w)]
        yield outcome(
            values, plural=plural, kind=kind, uniform=uniform, place=place, single=single,
            norm=norm_of(rng.choice(NORMS), places), within={g: rng.choice(OWN) for g in whole if rng.random() < 0.9},
        )  # fmt: skip


def test_every_pattern_of_results_gives_true_sentences_and_uses_every_wording():
    texts, marks = marked(TEXTS, OUTCOME_BLOCKS)
    used = set()
    count = 0
    for facts in chain(both_shown(), not_both_shown()):
        sentences = outcome_sentences(facts, texts, PHRASES)
        assert_true_of_outcome(facts, sentences)
        used.update(mark for sentence in sentences for mark in MARK.findall(sentence))
        count += 1
    assert count > 20_000
    # `still` is a reason of class outcomes only
    assert marks - used == {"untested.because.still"}


def class_outcome(values, change, difference, **more):
    return ClassFacts(
        label="ernst van het geweld", article="de", class_label="ernstig geweld", units="huishoudens", shown=values,
        change=dict(zip(GROUPS, change, strict=True)),
        difference=dict(zip(("T0", "follow_up"), difference, strict=True)), **more,
    )  # fmt: skip


def classes():
    """All directions, tests and hidden groups of a class outcome."""

    def tested(p):
        return Verdict("significant", p + "3"), Verdict("not_significant", p + "4")

    reasons = [Verdict("untested", reason=reason) for reason in ("pairs", "still", "")]
    changes = list(product((*tested("p\u00a0=\u00a0,01"), *reasons), (*tested("p\u00a0=\u00a0,02"), *reasons)))
    differences = list(product((*tested("p\u00a0=\u00a0,03"), reasons[2]), (*tested("p\u00a0=\u00a0,04"), reasons[2])))
    places = cycle(PLACES)
    for directions_, change, difference in product(product(DIRECTIONS, repeat=2), changes, differences):
        values = pair("percentage", directions_, (60, 70), (4, 5))
        yield class_outcome(values, change, difference, place=next(places))
    for whole, waves, change, uniform in product(
        ((), *((group,) for group in GROUPS)), product((None, "T0", "follow_up"), repeat=2), changes, (False, True)
    ):
        values = {group: shown("percentage", 60, "down", 5) for group in whole}
        found = zip(GROUPS, waves, ("30%", "40%"), strict=True)
        single = {group: Single(wave, text) for group, wave, text in found if wave and group not in whole}
        yield class_outcome(values, change, differences[0], single=single, uniform=uniform, place=next(places))


def test_every_pattern_of_class_results_gives_true_sentences_and_uses_every_wording():
    texts, marks = marked(TEXTS, CLASS_BLOCKS)
    used = set()
    for facts in classes():
        sentences = class_sentences(facts, texts, PHRASES)
        assert_true_of_class(facts, sentences)
        used.update(mark for sentence in sentences for mark in MARK.findall(sentence))
    left = {"untested.all", "untested.because.spread"}  # of the analysis of variance
    assert {mark for mark in marks - used if not mark.startswith("level")} == left


def test_the_p_of_a_comparison_with_a_hidden_group_is_not_said():
    change = [Verdict("significant", "p\u00a0<\u00a0,01")] * 2
    difference = [Verdict("not_significant", "p\u00a0≥\u00a0,05")] * 2
    facts = class_outcome({"control": shown("percentage", 60, "down", 5)}, change, difference)
    text = " ".join(class_sentences(facts, TEXTS, PHRASES))
    assert "≥" not in text and text.count("<") == 1


@pytest.mark.parametrize("place", PLACES)
def test_outcomes_that_follow_each_other_are_worded_differently(place):
    patterns = [("large", "not_significant", "not_significant"), ("not_significant", "small", "not_significant"),
                ("small", "not_significant", "large")]  # fmt: skip
    for effects, directions_ in product(patterns, product(DIRECTIONS, repeat=2)):
        made = []
        for at in (place, place + 1):
            facts = outcome(pair("score", directions_, (5, 7), (1, 2)), effects=effects, place=at)
            made.append(outcome_sentences(facts, TEXTS, PHRASES))
        own, following = made
        repeated = set(own) & set(following)
        # what is seldom said has one wording
        assert all(sentence.startswith("Afgerond zijn de metingen gelijk") for sentence in repeated), repeated


def test_wordings_of_one_outcome_differ_in_words_only():
    for effects, directions_ in product(product(VERDICTS, repeat=3), product(DIRECTIONS, repeat=2)):
        told = []
        for place in PLACES:
            facts = outcome(pair("incidents", directions_, (5, 7), (1, 2)), effects=effects, place=place)
            sentences = outcome_sentences(facts, TEXTS, PHRASES)
            told.append([(numbers(one), claims(one)[:1], sorted({*directions(one)})) for one in sentences])
        assert all(one == told[0] for one in told), told


def named_outcomes():
    """Outcomes under names of their own, in lists of several lengths."""
    rng = Random(9)
    found = [*list(both_shown())[::13], *list(not_both_shown())[::29]]
    rng.shuffle(found)
    for start in range(0, len(found), 15):
        part = found[start : start + rng.choice((1, 2, 15))]
        yield [replace(facts, label=f"uitkomst{place}x", article="de") for place, facts in enumerate(part)]


def test_the_summary_lists_every_outcome_once_under_what_was_found():
    texts, marks = marked(TEXTS, ("summary",))
    used = set()
    for found in named_outcomes():
        sentences = summary_sentences(found, texts)
        used.update(mark for sentence in sentences for mark in MARK.findall(sentence))
        under = {MARK.match(sentence).group(1).split(".")[1]: plain(sentence) for sentence in sentences}
        for sentence in under.values():
            assert_sound(sentence)
        for facts in found:
            named = {name for name, sentence in under.items() if f"{facts.label}" in re.findall(r"\w+", sentence)}
            both = len(facts.shown) == 2
            assert ("different" in named) == (both and facts.interaction.state == "significant")
            assert ("groups" in named) == (both and facts.group.state == "significant")
            (name,) = named - {"different", "groups"}
            assert (name in ("too_small", "uniform")) == (not both)
            if both:
                state = {"down": "significant", "up": "significant", "changed": "significant",
                         "unchanged": "not_significant"}.get(name, name)  # fmt: skip
                assert state == facts.time.state
            if name in ("down", "up"):
                assert {one.direction for one in facts.shown.values()} == {name}
                assert finding(facts) == ("improved" if name == "down" else "worsened")
                assert ("daling" in under[name]) == (name == "down")
        tested = {facts.interaction.state for facts in found if len(facts.shown) == 2} - {"untested"}
        assert ("no_difference" in under) == (tested == {"not_significant"})
        assert ("no_difference_small" in under) == ("negligible" in tested and "significant" not in tested)
    assert {mark for mark in marks - used if "verdicts" not in mark} == {"summary.participants"}


def test_every_verdict_of_the_table_of_the_summary_occurs():
    facts = [*list(both_shown())[::13], *list(not_both_shown())[::29]]
    assert {finding(one) for one in facts} | {contrast(one) for one in facts} == set(TEXTS["summary"]["verdicts"])
