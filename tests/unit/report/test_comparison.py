from dataclasses import replace

import pandas as pd
import pytest
from given.study_results import inputs
from given.words import TEXTS

from effectstudie.disclosure.shown import Count, Matched
from effectstudie.report.comparison import (
    background_sentences,
    follow_up_sentence,
    least_apart,
    missing_said,
    remaining_imbalance,
)
from effectstudie.report.contents import Contents
from effectstudie.report.study_labels import study_labels

NAMES = {"income": "Laag inkomen", "work": "Werk", "sex": "Aandeel mannen"}
FILLED = "Waar een kenmerk ontbrak, is het gemiddelde ingevuld."


def said(marked=(), unmarked=(), rule="indicator"):
    matched = Matched(906, 53, Count(51), 61, Count(2), 55.2, marked, unmarked)
    return missing_said(matched, rule, NAMES, TEXTS["lacking"])


@pytest.mark.parametrize(
    ("marked", "unmarked", "text"),
    [
        ((), (), "Van elk huishouden zijn al deze kenmerken bekend."),
        (("income",), (), f"{FILLED} Bij laag inkomen geeft een extra kenmerk (“onbekend”) aan dat het ontbrak."),
        (
            (),
            ("income", "work"),
            f"{FILLED} Bij laag inkomen en werk is geen extra kenmerk (“onbekend”) gebruikt, omdat de score daarmee "
            "niet te schatten was.",
        ),
        (
            ("income", "work"),
            ("sex",),
            f"{FILLED} Bij laag inkomen en werk geeft een extra kenmerk (“onbekend”) aan dat het ontbrak. Bij aandeel "
            "mannen is geen extra kenmerk (“onbekend”) gebruikt, omdat de score daarmee niet te schatten was.",
        ),
    ],
)
def test_the_text_says_which_missing_covariates_are_in_the_score(marked, unmarked, text):
    assert said(marked, unmarked) == text


def test_without_filling_in_households_were_left_out():
    assert said(("income",), rule="complete") == "Huishoudens met een ontbrekend kenmerk deden niet mee."


GIVEN = inputs()
LABELS = study_labels(GIVEN.study, GIVEN.covariates, GIVEN.shown.limits, TEXTS)


def contents_of(**changed):
    """Of the study of the tests, with these parts of what may be shown changed."""
    return Contents(replace(GIVEN.shown, **changed), GIVEN.outcomes, LABELS, TEXTS)


def imbalance(*smds, selected="strategy_2"):
    """What is left of these (covariate, SMD after matching), each zero before and in the other strategies."""
    rows = [
        {"covariate": name, "level": float("nan"), "sample": sample, "smd": smd if sample == "matched" else 0.0}
        for name, smd in smds
        for sample in ("all", "matched")
    ]
    frame = pd.DataFrame(rows).assign(step="")
    frame["more"] = frame["smd"] > 0
    balance = dict.fromkeys(GIVEN.shown.balance, frame.assign(smd=0.0)) | {selected: frame}
    return remaining_imbalance(contents_of(balance=balance), GIVEN.study)


def test_differences_above_the_limit_are_left_in_the_order_of_their_size_whatever_their_sign():
    left = imbalance(
        ("propensity_score", 0.6), ("share_men", 0.3), ("n_children", -0.71), ("low_income", 0.25), ("unemployment", 0)
    )
    assert [(one["covariate"], one["smd"]) for one in left] == [
        ("n_children", "0,71"), ("share_men", "0,30"), ("propensity_score", "0,60"),
    ]  # fmt: skip
    assert imbalance(("n_children", 0.2), ("low_income", -0.25)) == []
    assert imbalance(("n_children", 0.9), selected="strategy_1") == []


@pytest.mark.parametrize(("smd", "direction"), [(0.5, "more"), (-0.5, "less")])
@pytest.mark.parametrize("name", sorted(GIVEN.covariates))
def test_every_covariate_says_which_way_it_differs_and_what_that_could_do(name, smd, direction):
    (one,) = imbalance((name, smd))
    said = GIVEN.covariates[name][direction]
    assert one["direction"] == said
    assert one["sentence"] == (
        f"De Multifocus-groep heeft na matching gemiddeld nog {said} dan de controlegroep (verschil 0,50 "
        "standaarddeviatie)."
    )
    unknown = "Welke kant dat de uitkomsten op duwt, is niet te zeggen."
    assert one["could"] == GIVEN.covariates[name].get("could", unknown)


def test_a_difference_that_is_only_told_in_steps_has_its_direction_and_its_step():
    row = {"covariate": "low_income", "level": "", "sample": "matched", "smd": float("nan"), "more": True}
    frame = pd.DataFrame([{**row, "step": "over"}, {**row, "covariate": "share_men", "step": "between"}])
    shown = contents_of(balance=dict.fromkeys(GIVEN.shown.balance, frame))
    (one,) = remaining_imbalance(shown, GIVEN.study)
    assert one["smd"] == "meer dan 0,25" and GIVEN.covariates["low_income"]["more"] in one["sentence"]
    assert list(least_apart(frame)) == [0.25, 0.1]


def test_where_it_may_not_be_told_which_group_has_more_the_sentence_says_so_and_names_neither():
    row = {"covariate": "low_income", "level": "", "sample": "matched", "smd": float("nan"), "more": None}
    shown = contents_of(balance=dict.fromkeys(GIVEN.shown.balance, pd.DataFrame([{**row, "step": "over"}])))
    (one,) = remaining_imbalance(shown, GIVEN.study)
    assert one["sentence"] == (
        "Bij laag inkomen verschillen de groepen na matching nog (verschil meer dan 0,25 standaarddeviatie); "
        "welke kant op, is niet getoond."
    )
    assert one["direction"] == "" and "groep heeft" not in one["sentence"]


def test_a_mark_of_missing_answers_and_a_difference_too_large_to_say_have_sentences_too():
    marked, far = imbalance(("n_children", -1.2), ("low_income_missing", 0.4))[::-1]
    assert marked["sentence"] == (
        "Bij laag inkomen (onbekend) is de Multifocus-groep na matching nog hoger dan de controlegroep (verschil 0,40 "
        "standaarddeviatie)."
    )
    assert far["direction"] == "" and "minder" not in far["sentence"] and "1,2 of meer" in far["sentence"]


def told(p, **study):
    """The sentences where the tests of background and problems have these p's; 0.9 where none is given."""
    tests = GIVEN.shown.tests
    of_start = tests["outcome"].isin([*GIVEN.study["background"], *GIVEN.study["problems"]])
    values = tests["outcome"].map(p).fillna(0.9)
    tests = tests.assign(p=tests["p"].mask(of_start & tests["p"].notna(), values))
    return background_sentences(contents_of(tests=tests), GIVEN.study | study)


def test_what_differs_at_the_start_is_named_with_the_values_furthest_apart_and_the_reason():
    differ = told({"paid_work": 0.01}, why_groups_differ="Daarom.")
    assert differ[0].startswith(
        "De achtergrond van de twee groepen verschilt bij de start significant op: betaald werk ("
    )
    assert "tegenover" in differ[0] and differ[-1] == "Daarom."
    assert differ[1] == "Het eerste getal is steeds dat van de Multifocus-groep, het tweede dat van de controlegroep."
    values = GIVEN.shown.values
    work = values[(values["outcome"] == "paid_work") & (values["wave"] == "T0")]
    wide = work.pivot(index="label", columns="group", values="value")
    furthest = (wide["approach"] - wide["control"]).abs().max()
    a, c = (
        float(text.replace(",", ".").strip("%()"))
        for text in differ[0].split(": ")[-1].rstrip(").").split(" tegenover ")
    )
    assert abs(abs(a - c) - furthest) < 0.11


def test_a_difference_with_the_rest_of_the_cohort_is_not_one_between_the_groups():
    def said(**p_of_pairs):
        # one of which both groups are shown
        name, values = "risk_cumulation", GIVEN.shown.values.copy()
        values.loc[(values["outcome"] == name) & (values["wave"] == "T0"), "value"] = 20.0
        rows = [
            {"outcome": name, "effect": "problem", "wave": "T0", "group": pair.replace("_", "|"), "p": p}
            for pair, p in p_of_pairs.items()
        ]
        tests = pd.concat([GIVEN.shown.tests, pd.DataFrame(rows)], ignore_index=True)
        return " ".join(background_sentences(contents_of(tests=tests, values=values), GIVEN.study))

    none = "Bij geen van de problemen waarvan van beide groepen een cijfer te zien is, verschillen"
    assert none in said(approach_control=0.9, approach_rest=0.001)
    assert "problemen bij de start verschilt significant" in said(approach_control=0.001, approach_rest=0.9)
    assert "problemen" not in said(approach_rest=0.001)


def test_without_differences_nothing_is_said_of_numbers():
    said = told({}, why_groups_differ="Daarom.")
    assert not any("eerste getal" in sentence for sentence in said)
    assert said[0].startswith(
        "Op geen van de achtergrondkenmerken die van beide groepen te zien zijn, verschillen de groepen"
    )
    # why the groups differ is for where they do
    assert "Daarom." not in said


def test_a_group_whose_follow_up_was_all_at_one_wave_is_told_beside_one_whose_was_not():
    """Else a reader does not see that the groups were measured at different times."""
    one = [("household", "approach", "T1", 36.0, float("nan"))]
    two = [("household", "control", "T1", 42.0, float("nan")), ("household", "control", "T2", 5.0, float("nan"))]
    columns = ["unit", "group", "wave", "n", "more_than"]
    said = follow_up_sentence(contents_of(follow_up_waves=pd.DataFrame(one + two, columns=columns)))
    assert "van de Multifocus-groep bij 36 op T1" in said and "42 op T1 en 5 op T2" in said
    assert follow_up_sentence(contents_of(follow_up_waves=pd.DataFrame(one, columns=columns))) == ""
