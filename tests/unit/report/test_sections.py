"""One truth: whatever the results, sentences, the table of all outcomes and the forest plot say the same of each."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from given.prose_reading import numbers
from given.study_results import contents, inputs, outcomes, results, shown

from effectstudie.methods.effect.margin import judge
from effectstudie.report.prose.summary import theme_finding
from effectstudie.report.sections import _not_a_hundred, class_figure
from effectstudie.report.summary.forest import forest_rows
from effectstudie.report.tables.key import key_table
from effectstudie.shared import formats

SEEDS = range(2)
FOUND = {"verbetert": True, "verslechtert": False}


def other_results(seed):
    """The study with other levels, estimates and p's; nothing about them is alike but their shape."""
    rng, given, defined = np.random.default_rng(seed), results(), outcomes()
    levels, estimates, tests = given.levels.copy(), given.estimates.copy(), given.tests.copy()
    of_means = ~levels["outcome"].str.contains(".", regex=False)
    start, end = (rng.uniform(20, 80, len(levels)) for _ in range(2))
    end = np.where(rng.random(len(levels)) < 0.3, start + rng.normal(0, 0.5, len(levels)), end)
    for name, values in (("mean_t0", start), ("mean_follow_up", end), ("change", end - start)):
        levels[name] = levels[name].mask(of_means, pd.Series(values, levels.index))
    value, se = rng.normal(0, 3, len(estimates)), rng.choice([0.4, 2.0, 9.0], len(estimates))
    estimates = estimates.assign(value=value, ci_low=value - 2 * se, ci_high=value + 2 * se)
    estimates["verdict"] = [
        judge(v, s, 80, defined[name].better, defined[name].margin).verdict
        for name, v, s in zip(estimates["outcome"], value, se, strict=True)
    ]
    tests["p"] = tests["p"].where(tests["p"].isna(), rng.choice([0.0003, 0.03, 0.4], len(tests)))
    return replace(given, levels=levels, estimates=estimates, tests=tests)


@pytest.fixture(scope="module", params=[None, *SEEDS], ids=str)
def told(request):
    given = results() if request.param is None else other_results(request.param)
    made = contents(inputs(shown=shown(given)))
    table = key_table(
        made.outcome_facts, made.shown.estimates, made.shown.levels, made.outcomes, made.labels, made.texts
    )
    rows = {facts.outcome: cells for facts, cells in zip(made.outcome_facts, table.printed(), strict=True)}
    forest = forest_rows(made.outcome_facts, made.shown.estimates, made.outcomes, (), made.short_titles, made.texts)
    return given, made, rows, forest.set_index("outcome")


def of(frame, outcome):
    return (
        frame[frame["outcome"] == outcome].set_index("group")
        if "group" in frame
        else (frame[frame["outcome"] == outcome].iloc[0])
    )


def test_the_levels_are_those_of_who_was_tested_in_text_and_table(told):
    given, made, rows, _ = told
    for facts in made.outcome_facts:
        raw, outcome = of(given.levels, facts.outcome), made.outcomes[facts.outcome]
        show = formats.number if outcome.kind == "mean" else formats.percent
        for group in facts.shown:
            ends = [show(raw.loc[group, f"mean_{end}"], outcome.decimals) for end in ("t0", "follow_up")]
            assert set(ends) <= set(rows[facts.outcome][1:5])
            text = made.sentences[facts.outcome]
            assert all(re.search(rf"(?<![\d,.]){re.escape(end)}(?![\d])", text) for end in ends), text


def test_sentence_table_and_forest_plot_agree_with_the_estimate(told):
    given, made, rows, forest = told
    seen = Counter()
    for facts in made.outcome_facts:
        if not facts.estimated:
            assert rows[facts.outcome][-1] == "–" and facts.outcome not in forest.index
            continue
        raw, better = of(given.estimates, facts.outcome), made.outcomes[facts.outcome].better
        word, text = made.texts["effect"]["verdicts"][raw["verdict"]], made.sentences[facts.outcome]
        assert rows[facts.outcome][-1] == word == forest.loc[facts.outcome, "word"] and word in text
        turned = forest.loc[facts.outcome, "value"]
        if facts.outcome not in made.shown.exact:  # few change: only the word is told
            assert turned != turned and rows[facts.outcome][6] == "–" and not re.search("95%", text)
            continue
        assert turned == 0 or (turned > 0) == ((raw["value"] < 0) == (better == "lower"))
        said = re.search(r"(hoger|lager)(?: uit| is dan verwacht| dan zonder)", text)
        printed = rows[facts.outcome][6].partition(" ")[0]
        if said:
            assert (said[1] == "hoger") == (raw["value"] > 0) == (not printed.startswith("−")), text
        else:
            assert not printed.strip("0,"), text
        seen[raw["verdict"]] += 1
        assert rows[facts.outcome][7] == {"lower": "lager", "higher": "hoger"}[better]
    assert len(seen) >= 3


def test_the_finding_of_a_theme_counts_what_the_table_says(told):
    given, made, rows, _ = told
    p = given.tests[(given.tests["analysis"] == "mixed_anova") & (given.tests["effect"] == "time")].set_index(
        "outcome"
    )["p"]
    for section in ("violence", "wellbeing", "risk"):
        found = [facts for facts in made.outcome_facts if made.outcomes[facts.outcome].section == section]
        good = 0
        for facts in found:
            name, word = facts.outcome, rows[facts.outcome][5].partition(" (")[0]
            if word in FOUND:
                changes = of(given.levels, name)["change"]
                assert p[name] < 0.05 and (changes.sum() < 0) == (
                    (made.outcomes[name].better == "lower") == FOUND[word]
                )
                good += FOUND[word]
        text = theme_finding(found, made.texts["themes"]["finding"])
        counted = re.search(r"verbetering bij (\d+)|alle (\d+) uitkomsten verbeteren", text)
        assert int(counted[1] or counted[2]) == good if counted else not good, text


def test_every_number_in_a_sentence_is_one_of_a_result_table(told):
    _, made, _, _ = told
    for facts in made.outcome_facts:
        known = [part for one in facts.shown.values() for part in (one.before_text, one.after_text)]
        known += [facts.estimated.printed, facts.estimated.ci] if facts.estimated else []
        known += [one.p for one in facts.within.values()] + [facts.norm.get("text", "")]
        known += [test["verdict"].p for test in facts.norm.get("tests", [])]
        assert numbers(made.sentences[facts.outcome]) <= set().union(*map(numbers, known))


def test_no_pattern_comes_back_more_than_twice_in_a_theme(told):
    _, made, _, _ = told
    for section in ("violence", "wellbeing", "risk"):
        found = [facts for facts in made.outcome_facts if made.outcomes[facts.outcome].section == section]
        patterns = Counter()
        for facts in found:
            text = made.sentences[facts.outcome].replace("\u00a0", " ")
            for sentence in re.split(r"(?<=\.) (?=[A-Z])", text):
                plain = re.sub(re.escape(facts.object), "X", sentence, flags=re.IGNORECASE)
                patterns[re.sub(r"\d[\d.,]*|incident\w* per jaar|gla\w+ per week", "#", plain)] += 1
        few = {
            pattern: count for pattern, count in patterns.items() if count > 2 and "te weinig deelnemers" not in pattern
        }
        assert not few


def test_a_class_in_fives_says_so_and_is_told_without_a_size():
    """In the text and under the figure; where no bar is shown nothing is rounded."""
    fives = frozenset(["violence_class"])
    every = shown(privacy=None)
    told = [contents(inputs(shown=one)) for one in (every, replace(every, in_fives=fives))]
    plain, stepped = (class_figure(made, "violence_class").notes for made in told)
    words = told[0].texts
    said = words["sources"]["fives"].format(units="huishoudens")
    assert stepped[0] == said and words["classes"]["fives"] in told[1].sentences["violence_class"]
    assert plain[0] != stepped[0] and plain[1:] == stepped[1:]
    assert words["classes"]["fives"] not in told[0].sentences["violence_class"]
    empty = contents(inputs(shown=replace(shown(), in_fives=fives)))
    assert said not in class_figure(empty, "violence_class").notes


@pytest.mark.parametrize(("shares", "said"), [
    ((33.4, 42.4, 24.2), True), ((33.0, 42.0, 25.0), False), ((33.4, np.nan, 24.2), False), ((np.nan,) * 3, False),
])  # fmt: skip
def test_percentages_that_print_as_other_than_a_hundred_together_have_a_note(shares, said):
    rows = [{"group": "control", "wave": "follow_up", "value": share} for share in shares]
    rows += [{"group": "approach", "wave": "follow_up", "value": share} for share in (50.0, 50.0)]
    assert _not_a_hundred(pd.DataFrame(rows), 0) == said
