import pandas as pd
from given.paths import ROOT
from given.words import TEXTS

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.tables.effect import (
    bracket,
    by_risk,
    estimates,
    imputed,
    reliable_change,
    unmeasured,
    within_groups,
)
from effectstudie.shared.formats import NBSP
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/pages/report/effect.nl.yaml")["effect"]
EFFECT = {"value": 1.25, "ci_low": -0.5, "ci_high": 3.0}


def test_the_effect_with_imputed_covariates_stands_beside_the_effect():
    shown = pd.DataFrame([
        {"outcome": "a", **EFFECT, "value": 1.5, "share": 0.07, "fmi": 0.12},
        {"outcome": "b", **EFFECT, "share": 0.0, "fmi": 0.06},
    ])  # fmt: skip
    estimated = pd.DataFrame([{"outcome": "a", **EFFECT}])
    table = imputed(shown, estimated, {"a": "Uitkomst A", "b": "Uitkomst B"}, {"a": 1, "b": 2}, WORDS)
    assert table.printed() == [
        ["Uitkomst A", f"1,3 [\u22120,5;{NBSP}3,0]", f"1,5 [\u22120,5;{NBSP}3,0]", "7%", "12%"],
        ["Uitkomst B", "–", f"1,25 [\u22120,50;{NBSP}3,00]", "0%", "6%"],
    ]
    assert [column.head for column in table.columns] == WORDS["heads"]["imputed"]


NAMES = {"a": "Uitkomst A", "b": "Uitkomst B"}
LABELS = {"groups": {"approach": "X", "control": "Controles"}, "waves": {"T0": "T0", "follow_up": "T2"}}
ESTIMATE = f"1,3 [−0,5;{NBSP}3,0]"


def test_an_estimate_stands_with_its_margin_its_verdict_and_which_way_is_better():
    outcomes = {"a": Outcome.of("a", {"decimals": 1, "better": "lower"})}
    row = {"outcome": "a", **EFFECT, "margin": 2.0, "detectable": 4.04, "verdict": "undecided", "relevant": "unclear"}
    table = estimates(pd.DataFrame([row]), NAMES, outcomes, WORDS)
    assert table.printed() == [["Uitkomst A", ESTIMATE, "lager", "2,0", "onbeslist", "4,0"]]


def test_what_is_not_known_without_t0_or_of_the_lost_is_a_dash():
    row = {"outcome": "a", **EFFECT, "value_without_t0": float("nan"), "ci_low_without_t0": float("nan")}
    row |= {"ci_high_without_t0": float("nan"), "value_like_others": 0.9, "tipping": float("nan")}
    table = bracket(pd.DataFrame([row]), NAMES, {"a": 1}, WORDS)
    assert table.printed() == [["Uitkomst A", ESTIMATE, "–", "0,9", "–"]]


def test_the_strongest_covariate_stands_beside_the_robustness_value():
    row = {"outcome": "a", "robustness_value": 0.128, "robustness_value_ci": 0.0, "benchmark": "n_children"}
    row |= {"benchmark_group": 0.18, "benchmark_outcome": 0.01, "max_smd_unweighted": 1.2, "max_smd_weighted": 0.3}
    row |= {
        "worst_unweighted": "n_children",
        "worst_weighted": None,
        "max_step_unweighted": "",
        "max_step_weighted": "",
    }
    (found,) = unmeasured(
        pd.DataFrame([row]), NAMES, {"n_children": "Aantal kinderen"}, WORDS, TEXTS["counts"]
    ).printed()
    assert found == ["Uitkomst A", "13%", "0%", "Aantal kinderen", "18%", "1%", "1,2 of meer (aantal kinderen)", "0,30"]


def test_who_changed_is_counted_per_group():
    row = {"outcome": "a", "group": "approach", "recovered": float("nan"), "improved": 6, "unchanged": 8}
    table = reliable_change(pd.DataFrame([{**row, "worse": 6}]), NAMES, LABELS["groups"], WORDS)
    assert table.printed() == [["Uitkomst A", "X", "–", "6", "8", "6"]]


def test_both_groups_and_each_stand_in_one_row_and_a_norm_has_no_both():
    rows = [
        {"outcome": "a", "group": group, "what": "change", "wave": None, **EFFECT, "p": p}
        for group, p in ((None, 0.01), ("approach", 0.2), ("control", 0.0001))
    ]
    rows += [{"outcome": "a", "group": "control", "what": "norm", "wave": "follow_up", **EFFECT, "p": 0.3}]
    table = within_groups(pd.DataFrame(rows), NAMES, {"a": 1}, LABELS, WORDS)
    assert [column.head for column in table.columns] == [
        "Uitkomst", "Wat", "Beide groepen", "p", "X", "p", "Controles", "p",
    ]  # fmt: skip
    assert table.printed() == [
        ["Uitkomst A", "verandering", ESTIMATE, ",010", ESTIMATE, ",200", ESTIMATE, "<,001"],
        ["Uitkomst A", "afstand tot de norm op T2", "", "", "–", "–", ESTIMATE, ",300"],
    ]


def test_what_goes_with_risk_says_which_factor_does_not_count_and_what_is_not_shown():
    rows = [
        {"outcome": name, "what": what, "without_factor": factor, **EFFECT, "p": 0.5}
        for name, factor, whats in (("a", None, ("level_t0", "difference_between_groups")), ("b", "x", ("change",)))
        for what in whats
    ]
    table = by_risk(pd.DataFrame(rows), NAMES, {"a": 1, "b": 1}, WORDS)
    assert table.printed() == [
        ["Uitkomst A", ESTIMATE, ",500", "–", "–", ESTIMATE, ",500", ""],
        ["Uitkomst B", "–", "–", ESTIMATE, ",500", "–", "–", WORDS["own_factor"]],
    ]
