"""How secure the answer is: each rule at its limits and beside them."""

import pytest
from given.study_results import inputs
from given.words import TEXTS

from effectstudie.report.summary.rating import RATINGS, rate, rated_facts, rules_table

WORDS = TEXTS["summary"] | TEXTS["summary"]["facts"]
RULES = inputs().rating
BEST = {"design": "by_lot", "households": 1000, "balance": 0.0, "loss": 0.0, "plan": True, "clustering": True,
        "invented": 0.0}  # fmt: skip
NUMBERS = [
    (name, kind, rating, limit)
    for name, rule in RULES.items()
    if name != "words"
    for kind in ("at_most", "at_least")
    for rating, limit in zip(RATINGS, rule.get(kind, ()), strict=False)
]


def test_every_point_of_the_file_has_a_fact_and_every_rating_a_word():
    assert set(BEST) == set(RULES) - {"words"} and len(RULES["words"]) == len(RATINGS)
    assert rate(RULES, BEST, WORDS).rating == 5


@pytest.mark.parametrize(("name", "kind", "rating", "limit"), NUMBERS)
def test_a_number_at_its_limit_has_the_rating_and_beyond_it_the_next(name, kind, rating, limit):
    beyond = limit + 0.001 if kind == "at_most" else limit - 0.001
    at, past = (rate(RULES, BEST | {name: number}, WORDS) for number in (limit, beyond))
    assert (at.rating, past.rating) == (rating, rating - 1)
    assert [point.name for point in past.weakest] == [name]


@pytest.mark.parametrize("name", ["households", "balance", "loss", "invented"])
def test_what_is_not_known_is_not_sure(name):
    found = rate(RULES, BEST | {name: float("nan")}, WORDS)
    assert found.rating == 1 and [(one.name, one.fact) for one in found.weakest] == [(name, "onbekend")]


@pytest.mark.parametrize(
    ("name", "fact", "allowed"), [("design", "matched", 4), ("plan", False, 3), ("clustering", False, 3)]
)
def test_a_way_or_a_no_allows_no_more_than_its_rule(name, fact, allowed):
    found = rate(RULES, BEST | {name: fact}, WORDS)
    assert found.rating == allowed and [one.name for one in found.weakest] == [name]


def test_the_rating_is_the_lowest_and_all_points_that_allow_no_more_are_named():
    found = rate(RULES, BEST | {"plan": False, "households": 30, "loss": 20}, WORDS)
    assert found.rating == 3 and {one.name for one in found.weakest} == {"plan", "households"}


def test_the_table_of_the_rules_shows_limits_facts_and_what_they_allow():
    found = rate(RULES, BEST | {"households": 45, "loss": 26.4, "balance": 0.834}, WORDS)
    rows = {row[0].partition(" (")[0]: [cell.replace("\u00a0", " ") for cell in row[1:]]
            for row in rules_table(RULES, found, WORDS).printed()}  # fmt: skip
    assert rows["Aantal huishoudens"] == ["≥ 100", "≥ 60", "≥ 30", "≥ 15", "45", "3"]
    assert rows["Uitval"][-2:] == ["26%", "3"]
    assert rows["Gelijkenis na matching"] == ["≤ 0,10", "≤ 0,25", "≤ 0,50", "≤ 1", "0,83", "2"]
    assert rows["Vooraf vastgelegd"] == ["ja", "–", "nee", "–", "ja", "5"]


def test_the_facts_of_a_study_are_those_that_may_be_shown():
    shown = inputs().shown
    matched_on = inputs().study["matching"]["strategies"]["strategy_2"]["covariates"]
    facts = rated_facts(shown, "strategy_2", tuple(matched_on), planned=False, invented_share=10.0)
    assert facts["households"] == 45 and facts["loss"] == pytest.approx(100 * 6 / 51)
    after = shown.balance["strategy_2"].query("sample == 'matched'").set_index("covariate")["smd"]
    assert facts["balance"] == after[list(matched_on)].abs().max()
    # what was not matched on may be unlike and does not count
    assert rated_facts(shown, "strategy_2", (), False, 0.0)["balance"] != facts["balance"]
