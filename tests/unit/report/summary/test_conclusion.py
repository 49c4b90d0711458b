"""The conclusion answers the questions in their order, and tells no result again word for word."""

import re
from collections import Counter
from dataclasses import replace

from given.study_results import contents, inputs, rated

from effectstudie.report.prose.summary import finding
from effectstudie.report.summary.answers import Asked
from effectstudie.report.summary.conclusion import conclusion_said
from effectstudie.report.summary.page import summary_said

GIVEN = inputs()
UNLIKE = {"covariate": "n_children", "label": "Aantal kinderen", "smd": "0,83", "direction": "minder kinderen",
          "sentence": "", "could": "Dat kan het beeld vertekenen."}  # fmt: skip


def asked(**changed):
    made = contents()
    known = Asked(made.outcome_facts, made.outcomes, made.shown, made.short_titles, made.labels["phrases"], made.texts)
    return replace(known, **changed), made


def said(given, unlike=()):
    return conclusion_said(given, unlike, rated(), GIVEN.rating["words"])


def test_it_answers_the_questions_of_the_summary_in_their_order():
    given, _ = asked()
    summary = summary_said(
        given, GIVEN.study, rated(), GIVEN.rating["words"], [], {"follow_up": "later", "left": "later"}
    )
    parts = said(given)
    assert [part["question"] for part in parts] == [one["question"] for one in summary["answers"]]
    assert all(part["sentences"] and all(text.endswith(".") for text in part["sentences"]) for part in parts)


def test_no_sentence_of_the_results_comes_back_word_for_word():
    given, made = asked()
    results = {one.strip() for text in made.sentences.values() for one in re.split(r"(?<=\.) ", text)}
    concluded = {one for part in said(given) for text in part["sentences"] for one in re.split(r"(?<=\.) ", text)}
    assert len(results) > 20 and not results & concluded


def test_every_estimated_outcome_is_named_or_counted_once():
    given, _ = asked()
    verdicts = Counter(one.estimated.verdict for one in given.facts if one.estimated)
    text = " ".join(said(given)[1]["sentences"])
    for verdict, count in verdicts.items():
        titles = [
            given.titles[one.outcome] for one in given.facts if one.estimated and one.estimated.verdict == verdict
        ]
        assert all(text.count(title) == 1 for title in titles) or f"{count} uitkomsten" in text, verdict
    assert ("aangetoond dat" in text) == (not verdicts["better"] + verdicts["worse"])


def test_what_the_groups_are_unlike_in_is_said_where_they_are_compared():
    given, _ = asked()
    parts = said(given, [UNLIKE])
    assert [UNLIKE["could"] in " ".join(part["sentences"]) for part in parts] == [False, True, False, False]
    assert UNLIKE["could"] not in str(said(given))


def test_without_anything_to_estimate_or_to_test_it_says_so():
    given, _ = asked(facts=[], outcomes={})
    change, difference, risk, help_ = (part["sentences"] for part in said(given))
    assert any("te klein om dat te schatten" in text for text in difference)
    assert help_ == [given.texts["conclusion"]["no_help"]]
    assert change == [given.words["unknown"]] and risk


def test_that_progress_comes_by_itself_too_is_only_said_where_something_improves():
    for given in (asked()[0], asked(facts=[], outcomes={})[0]):
        improves = any(finding(one) == "improved" for one in given.facts)
        assert ("Dat beide groepen vooruitgaan" in " ".join(said(given)[0]["sentences"])) == improves
