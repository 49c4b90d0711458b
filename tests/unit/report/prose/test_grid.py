"""Every pattern of results, as a grid: sentences are whole and Dutch, every wording is used, and they take turns."""

import re
from collections import Counter
from itertools import cycle, product

import pytest
from given.outcome_facts import ESTIMATES, VALUES, VERDICTS, both, facts
from given.prose_reading import (
    CLASS_BLOCKS,
    MARK,
    OUTCOME_BLOCKS,
    PHRASES,
    TEXTS,
    UNITS,
    P,
    assert_sound,
    directions,
    marked,
    numbers,
    plain,
    topic,
)

from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.means import outcome_sentences, published_line
from effectstudie.report.prose.outcome import ClassFacts, Verdict

GROUPS, WAVES, PLACES = ("approach", "control"), ("T0", "follow_up"), range(8)
REASONS = [Verdict("untested", reason=reason) for reason in ("pairs", "spread", "still", "")]
# their p stands in the line of the published tests
IN_LINE = ("side", "unproven")
WORDS = {"down": "down", "up": "up", "stays": "same", "equal": "same", "little": "up"}


def norm_of(*states):
    tests = [
        {"group": group, "wave": wave, "above": state == "above", "verdict": verdict}
        for (wave, group), state in zip(product(WAVES, GROUPS), states, strict=False)
        for verdict in [VERDICTS["significant" if state in ("above", "below") else state]]
    ]
    return {"label": "het gemiddelde van de jeugd", "text": "54", "tests": tests, "hidden": len(tests) < 4}


NORMS = [{}, norm_of("above", "below", "above", "below"), norm_of("above", "not_significant", "below")]


def outcomes():
    """All levels, tests and estimates, with what else can differ taken by turns."""
    places, norms, units = cycle(PLACES), cycle(NORMS), cycle((None, *UNITS.values()))
    all_tests = [*zip(*[VERDICTS] * 3, strict=True), ("untested", "significant", "untested")]
    for pair, tests, estimated, plural in product(product(VALUES, repeat=2), all_tests, ESTIMATES, (False, True)):
        for side in ("higher", "lower", ""):
            yield facts(
                both(*pair), *tests, estimated, plural=plural, side=side, place=next(places), norm=next(norms),
                n=110 if side else None, unit=next(units), better="higher" if side == "higher" else "lower",
            )  # fmt: skip
    for group, value, within, plural in product(GROUPS, VALUES, (*VERDICTS.values(), *REASONS), (False, True)):
        for place in (0, 1):
            own = {group: within}
            yield facts({group: value}, within=own, place=place, plural=plural, norm=next(norms), unit=next(units))
    for place, reasons in product(PLACES, product(REASONS, repeat=3)):
        told = dict(zip(("time", "group", "interaction"), reasons, strict=True))
        yield type(facts({}))(**(vars(facts(both("down"), place=place)) | told))
    yield facts({})
    yield facts(both("down", "up"), article="", label="letsel", place=1)


def test_every_pattern_of_results_is_told_in_whole_sentences_and_uses_every_wording():
    texts, marks = marked(TEXTS, OUTCOME_BLOCKS)
    used = set()
    for one in outcomes():
        line = published_line(one, texts)
        sentences = [*outcome_sentences(one, texts, PHRASES), *([line] if line else [])]
        for sentence in sentences:
            used.update(MARK.findall(sentence))
            assert_sound(plain(sentence))
            assert "significant" not in sentence or P.search(plain(sentence)) or topic(sentence)[0].startswith(IN_LINE)
        told = plain(sentences[0])
        for group in one.shown if len(one.shown) == 2 else ():
            assert PHRASES[group] in told
        wrong = r"\b(daalt|stijgt|blijft|ligt)\b" if one.plural else r"\b(dalen|stijgen|blijven|liggen)\b"
        of_outcome = [plain(sentence) for sentence in sentences if not topic(sentence)[0].startswith("estimate")]
        assert not any(re.search(wrong, sentence) for sentence in of_outcome), sentences
    assert marks - used == set()


@pytest.mark.parametrize("pair", list(product(WORDS, repeat=2)))
def test_each_group_has_its_own_direction_in_every_wording(pair):
    for place in PLACES:
        one = facts(both(*pair), place=place)
        told = plain(outcome_sentences(one, TEXTS, PHRASES)[0])
        said, expected = directions(told), [WORDS[name] for name in pair]
        assert said == (expected[:1] if expected[0] == expected[1] and len(said) == 1 else expected), told
        assert not re.search(r"\b(maar|terwijl)\b", told), told


def test_wordings_of_one_outcome_differ_in_words_only():
    for pair, estimated in product(product(VALUES, repeat=2), ESTIMATES):
        told = []
        for place in PLACES:
            one = facts(both(*pair), "significant", "significant", estimated=estimated, side="lower", place=place)
            text = plain(" ".join(outcome_sentences(one, TEXTS, PHRASES)))
            told.append((numbers(text), re.findall("hoger|lager|beter|slechter|significant", text.partition("95%")[0])))
        assert all(one[0] == told[0][0] and set(one[1]) >= {"lager"} for one in told), told


def test_no_pattern_comes_back_more_than_twice_in_a_theme_of_eight():
    texts, _ = marked(TEXTS, OUTCOME_BLOCKS)
    for pair, estimated in product(product(VALUES, repeat=2), ESTIMATES):
        theme = [facts(both(*pair), "significant", "significant", estimated=estimated, side="lower", place=place)
                 for place in PLACES]  # fmt: skip
        firsts = [MARK.match(one).group(1) for each in theme for one in outcome_sentences(each, texts, PHRASES)]
        assert max(Counter(firsts).values()) <= 2, Counter(firsts).most_common(1)


def class_outcome(shown, change, difference, **more):
    return ClassFacts(
        label="ernst van het geweld", article="de", class_label="ernstig geweld", units="huishoudens",
        shown={group: VALUES[name] for group, name in shown.items()}, change=dict(zip(GROUPS, change, strict=True)),
        difference=dict(zip(WAVES, difference, strict=True)), **more,
    )  # fmt: skip


def test_every_pattern_of_class_results_is_told_in_whole_sentences_and_uses_every_wording():
    texts, marks = marked(TEXTS, CLASS_BLOCKS)
    used, places = set(), cycle(PLACES)
    tested = [VERDICTS["significant"], VERDICTS["not_significant"], *REASONS[::2]]
    for pair, change, difference in product(
        [("down", "up"), ("down", "down"), ("bound", "up"), ("down",), ()],
        product(tested, repeat=2),
        product(tested, repeat=2),
    ):
        place = next(places)
        one = class_outcome(
            dict(zip(GROUPS, pair, strict=False)), change, difference, place=place, in_fives=bool(place % 2)
        )
        sentences = class_sentences(one, texts, PHRASES)
        for sentence in sentences:
            used.update(MARK.findall(sentence))
            assert_sound(plain(sentence))
        names = [topic(sentence)[0] for sentence in sentences]
        assert ("classes.fives" in names) == (one.in_fives and len(pair) > 0)
        # a group that is not shown is not compared either: the p would narrow down what its counts can be
        assert any(name.startswith("classes.difference") for name in names) == (len(pair) == 2)
        text = " ".join(map(plain, sentences))
        told = [one.change[group] for group in one.shown] + [*one.difference.values()] * (len(pair) == 2)
        assert sorted(P.findall(text)) == sorted(verdict.p.replace("\u00a0", " ") for verdict in told if verdict.p)
    assert {mark for mark in marks - used if not mark.startswith("level")} == {"untested.because.spread"}


@pytest.mark.parametrize(("time", "pair", "said"), [
    ("not_significant", "down", True), ("not_significant", "stays", False), ("significant", "down", False),
    ("untested", "down", False),
])  # fmt: skip
def test_of_values_that_go_up_or_down_is_told_when_that_is_not_significant(time, pair, said):
    for place, sentence in enumerate(TEXTS["unproven"]):
        told = outcome_sentences(facts(both(pair), time, place=place), TEXTS, PHRASES)
        assert (sentence in told) == said


def test_what_is_hidden_of_a_norm_is_said_to_be_and_nothing_where_all_is():
    verdict = Verdict("significant", "p\u00a0=\u00a0,010")
    test = {"group": "approach", "wave": "T0", "above": True, "verdict": verdict}
    for tests, hidden, said in (([test], True, True), ([test], False, False), ([], True, False)):
        norm = {"label": "de norm", "text": "8", "tests": tests, "hidden": hidden}
        told = outcome_sentences(facts(both("down"), norm=norm), TEXTS, PHRASES)
        assert (TEXTS["norm"]["hidden"][0] in told) == said
