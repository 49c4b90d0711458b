"""The headline, the answers and the numbers of the summary page, for every combination of what can be found."""

import re
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from given.outcome_facts import VERDICTS, both, facts
from given.study_results import inputs
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.values import treat, with_rounded_sizes
from effectstudie.report.prose.outcome import Estimated
from effectstudie.report.study_labels import study_labels
from effectstudie.report.summary.answers import Asked, answers, headline, key_numbers

GIVEN = inputs()
# names as long as those of either study
STUDY = GIVEN.study | {"approach": GIVEN.study["approach"] | {"label": "Veilig Verder"}}
PHRASES = study_labels(STUDY, GIVEN.covariates, GIVEN.shown.limits, TEXTS)["phrases"]
UNIT = TEXTS["units_in_sentences"]["incidenten per jaar, per huishouden"]
SECTIONS = {
    "total_violence": "violence",
    **{f"wellbeing{at}": "wellbeing" for at in range(8)},
    "risk_cumulation": "risk",
}
LONG = "klinische traumaklachten van kinderen"
OUTCOMES = outcomes_from({
    name: {"section": section, "kind": "mean", "decimals": 0, "unit": "household", "measure": "m", "better": "lower"}
    for name, section in SECTIONS.items()
})  # fmt: skip
# words that a reader would have to look up
UNEXPLAINED = re.compile(
    r"\bp\b|\bSMD\b|\bSD\b|significan|standaarddeviatie|variantie|\bT\d\b|\bn =|η|interval|interactie|matching"
    r"|propensity|ANOVA|\bnan\b|None|[{}]"
)
WITHIN = ("significant", "not_significant", "untested")


def one(name, pair, within, verdict, value=3.0):
    known = facts(pair, "significant", outcome=name, unit=UNIT if name == "total_violence" else None,
                  within={group: VERDICTS[state] for group, state in within.items()})  # fmt: skip
    estimated = Estimated(verdict, value, "1.234", "−1.234 tot 1.234") if verdict else None
    return type(known)(**(vars(known) | {"estimated": estimated}))


def asked(*found, by_risk=()):
    shown = replace(GIVEN.shown, effect_by_risk=pd.DataFrame(by_risk, columns=["outcome", "what", "value", "p"]))
    titles = dict.fromkeys(OUTCOMES, LONG) | {"total_violence": "totaal geweld"}
    return Asked(found, OUTCOMES, shown, titles, PHRASES, TEXTS)


def words(text):
    return len(text.replace("\u00a0", " ").split())


def every():
    """What can be found of violence, of the others (few or many), and of risk."""
    pairs = [{}, {"approach": "down"}, {"control": "up"}, both("down"), both("up"), both("up", "down"), both("stays")]
    judged = (("better", -3.0), ("worse", 3.0), ("undecided", 3.0), ("better", float("nan")), ("", 0))
    mains = [None]
    for pair, states, (verdict, value) in product([*pairs, both("bound")], product(WITHIN, repeat=2), judged):
        mains.append(one("total_violence", pair, dict(zip(pair, states, strict=False)), verdict, value))
    # in turns: every kind of wellbeing with every kind of risk, and each main with some of them
    others = [
        [one(f"wellbeing{at}", both(value), {"approach": VERDICT}, verdict)
         for at, VERDICT in enumerate([state] * count)]
        for value, state, count, verdict in product(
            ("down", "up"), WITHIN, (1, 3, 8), ("better", "worse", "not_relevantly_better", ""))
    ]  # fmt: skip
    risks = [
        (one("risk_cumulation", both(value), {"approach": state}, "undecided"),
         [("total_violence", what, amount, p) for what in ("level_t0", "change")])
        for value, state, amount, p in product(("down", "up"), WITHIN, (-12.0, 12.0), (0.01, 0.4, float("nan")))
    ]  # fmt: skip
    for at, main in enumerate(mains):
        risk, rows = risks[at * 5 % len(risks)]
        yield main, asked(*([main] if main else []), *others[at * 7 % len(others)], risk, by_risk=rows)
    for found, (risk, rows) in product(others[::2], risks[::11]):
        yield mains[-1], asked(mains[-1], *found, risk, by_risk=rows)


EVERY = [(main, given, headline(given), answers(given)) for main, given in every()]


def test_a_headline_has_twenty_words_and_an_answer_forty_and_no_term_to_look_up():
    for _, _, head, told in EVERY:
        assert words(head) <= 20, head
        for text in (head, *told):
            assert text.endswith(".") and text[0].isupper() and not UNEXPLAINED.search(text), text
            assert not re.search(r" {2}| \.|,,|\.\.", text), text
        assert len(told) == 4 and max(map(words, told)) <= 40, max(told, key=words)


def test_the_headline_and_the_answers_say_what_was_found_and_no_more():
    for main, given, head, (change, difference, *_) in EVERY:
        verdict = main.estimated.verdict if main and main.estimated else ""
        if main is None or not main.both:
            assert ("niet getoetst" if main is None else "niets te zeggen") in head
            continue
        moved = {
            group: main.within[group].state == "significant" and main.shown[group].direction for group in main.shown
        }
        assert ("daalt in" in head) == (moved["approach"] == "down"), head
        assert ("stijgt in" in head) == (moved["approach"] == "up"), head
        assert ("beide groepen" in head) == (set(moved.values()) == {"down"}), head
        assert ("beter dan" in head) == (verdict == "better") and ("slechter dan" in head) == (verdict == "worse"), head
        assert change.startswith("Ja") == (moved["approach"] == "down")
        assert change.startswith("Nee") == (moved["approach"] == "up")
        certain = {one.estimated.verdict for one in given.facts if one.estimated}
        assert ("Niet aangetoond" in difference) == (not certain & {"better", "worse"}), difference
        if main.estimated and main.estimated.value == main.estimated.value:
            assert f"1.234 incidenten per jaar {'hoger' if main.estimated.value > 0 else 'lager'}" in (
                difference.replace("\u00a0", " ")
            )


@pytest.mark.parametrize(
    ("value", "p", "said"),
    [
        (12.0, 0.01, "meer geweld"),
        (-12.0, 0.01, "minder geweld"),
        (12.0, 0.4, "niet aangetoond"),
        (12.0, float("nan"), "niet aangetoond"),
    ],
)
def test_what_goes_with_risk_has_its_direction(value, p, said):
    main = one("total_violence", both("down"), {}, "undecided")
    given = asked(main, by_risk=[("total_violence", "level_t0", value, p)])
    assert said in answers(given)[2] and ("12" in answers(given)[2]) == (p == 0.01)


def test_there_are_at_most_three_numbers_each_with_what_it_is_of():
    counts = set()
    for main, given, *_ in EVERY:
        numbers = key_numbers(given)
        counts.add(len(numbers))
        assert len(numbers) <= 3
        for one_ in numbers:
            assert one_["number"].strip() and words(one_["label"]) >= 3 and not re.search(r"\bp\b|[{}]", one_["label"])
        effect = [one_["number"] for one_ in numbers if one_["number"][0] in "+−"]
        if effect:
            assert effect[0].startswith("+" if main.estimated.value > 0 else "−")
    assert {0, 2} <= counts


MARK = {"unit": "adult", "measured": "follow_up", "section": "help", "decimals": 0, "better": "higher"}
SATISFIED = ("zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden")
HELP = outcomes_from({
    "satisfaction": MARK | {"kind": "class", "classes": {at: {"id": f"c{at}", "label": text} for at, text in
                                                         enumerate(SATISFIED, 1)},
                            "merge": [{"codes": [1, 2], "id": "not", "label": "(zeer) ontevreden"},
                                      {"codes": [4, 5], "id": "rather", "label": "(zeer) tevreden"}]},
    "mark": MARK | {"kind": "mean", "decimals": 1, "label": "cijfer", "measure": "rapportcijfer (1-10)"},
})  # fmt: skip


def told_of_help(counts, p):
    """The answer on the help. `counts`: group -> of each class."""
    rows = [{"outcome": f"satisfaction.c{at}", "group": group, "n": sum(of), "mean": 100 * count / sum(of)}
            for group, of in counts.items() for at, count in enumerate(of, 1)]  # fmt: skip
    rows += [{"outcome": "mark", "group": group, "n": sum(of), "mean": 7.1} for group, of in counts.items()]
    frame = pd.DataFrame(rows).assign(unit="adult", wave="follow_up", sd=1.0, ci_low=6.0, ci_high=8.0)
    treated = treat(frame, HELP, 5, 10)
    tests = pd.DataFrame([{"outcome": "mark", "analysis": "t_test", "effect": "group", "wave": "follow_up", "p": p,
                           "reason": None}])  # fmt: skip
    values = with_rounded_sizes(treated.values, Limits(minimum_cell=5, minimum_group=10))
    shown = replace(GIVEN.shown, values=values, together=treated.together, tests=tests)
    return answers(Asked([], HELP, shown, {}, PHRASES, TEXTS))[3].replace("\u00a0", " ")


@pytest.mark.parametrize("p", [0.01, 0.4, float("nan")])
@pytest.mark.parametrize("of", [(5, 5, 10, 10, 10), (2, 1, 0, 15, 20), (0, 0, 20, 3, 2), (0, 0, 0, 3, 2)])
def test_the_help_is_told_by_all_who_are_satisfied_and_the_marks(of, p):
    text = told_of_help({"approach": of, "control": (6, 7, 8, 9, 10)}, p)
    assert words(text) <= 40 and not UNEXPLAINED.search(text), text
    assert "in de controlegroep 48% (zeer) tevreden" in text
    many = sum(of) >= 10
    assert ("in de Veilig Verder-groep" in text) == many
    assert ("Cijfer: Veilig Verder 7,1, hulp in de controlegroep 7,1" in text) == many
    assert ("is aangetoond" in text) == (many and p == 0.01)
    assert "3 " not in text and "2%" not in text
