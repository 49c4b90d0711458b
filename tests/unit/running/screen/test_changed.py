"""What changed is told with its file, its key, and both values."""

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.screen.changed import settings_changed

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))


def lines(now, *before, wildcards=("groningen",)):
    return settings_changed(now, frozenset(map(repr, before)), wildcards, WORDS).lines


@pytest.mark.parametrize(
    ("now", "before", "line"),
    [
        (
            {"study": {"title": "A", "report_date": "2026-11-28"}},
            {"title": "A", "report_date": "2026-11-21"},
            "config/studies/groningen.yaml: report_date: 2026-11-21 → 2026-11-28",
        ),
        (
            {"outcomes": {"injury": {"label": "letsel", "unit": "adult"}}},
            {"injury": {"label": "wonden", "unit": "adult"}},
            "config/outcomes.yaml: injury.label: wonden → letsel",
        ),
        (
            {"privacy": {"minimum_cell": 6}},
            {"minimum_cell": 5},
            "config/config.yaml: privacy.minimum_cell: 5 → 6",
        ),
        ({"seed": 8}, 7, "config/config.yaml: seed: 7 → 8"),
        ({"final": True}, False, "config/config.yaml: final: false → true"),
        (
            {"reported": ["a", "c", "b"]},
            ["a", "d", "b"],
            "config/studies/groningen.yaml: outcomes: erbij c, weg d",
        ),
        ({"reported": ["b", "a"]}, ["a", "b"], "config/studies/groningen.yaml: outcomes: andere volgorde"),
        (
            {"study": {"matching": {"strategies": {"s": {"caliper": None}}}}},
            {"matching": {"strategies": {"s": {"caliper": 0.5}}}},
            "config/studies/groningen.yaml: matching.strategies.s.caliper: 0.5 → niets",
        ),
        ({"study": {"title": "x" * 99}}, {"title": "y"}, f"config/studies/groningen.yaml: title: y → {'x' * 59}…"),
    ],
)
def test_a_change_is_told_with_file_key_and_values(now, before, line):
    assert lines(now, before) == [line]


def test_a_strategy_is_named():
    assert lines({"strategy": {"caliper": 0.9}}, {"caliper": 1.0}, wildcards=("groningen", "strategy_2")) == [
        "config/studies/groningen.yaml: matching.strategies.strategy_2.caliper: 1.0 → 0.9"
    ]


def test_a_key_that_is_new_and_one_that_is_gone():
    assert lines({"study": {"a": 1}}, {"b": 2}) == [
        "config/studies/groningen.yaml: a is nu 1",
        "config/studies/groningen.yaml: b: 2 → niets",
    ]


def test_several_parameters_are_each_held_against_what_looks_most_like_them():
    """Of the values before nobody wrote down the names."""
    before = ({"title": "A", "isbn": "x"}, {"injury": {"label": "a"}, "trauma": {"label": "b"}}, ["T0", "T1"])
    now = {
        "outcomes": {"injury": {"label": "c"}, "trauma": {"label": "b"}},
        "waves": ["T0"],
        "study": {"title": "B", "isbn": "x"},
    }
    assert lines(now, *before) == [
        "config/outcomes.yaml: injury.label: a → c",
        "config/config.yaml: waves: weg T1",
        "config/studies/groningen.yaml: title: A → B",
    ]


def test_of_two_numbers_nobody_can_tell_which_was_which():
    assert lines({"seed": 1, "m": 2}, 3, 4) == [
        "config/config.yaml: seed is nu 1",
        "config/studies/groningen.yaml: imputation.m is nu 2",
    ]


RULES = {
    "sha256": "a",
    "variables": {},
    "corrections_sha256": "c",
    "cleared": [],
    "regions": ["Twente"],
    "missing_codes": {"refused": [99]},
}


def of_intake(**changed):
    """The rules of three exports, of which two changed."""
    before = {name: RULES for name in ("T0_jeugd", "T1_jeugd", "huishoudens")}
    now = {name: {**RULES, **(changed if name != "huishoudens" else {})} for name in before}
    return settings_changed({"rules": now}, frozenset([repr(before)]), (), WORDS)


def test_a_correction_names_the_exports_that_it_mends():
    assert of_intake(corrections_sha256="d").lines == ["corrections.csv (T0_jeugd, T1_jeugd)"]


def test_a_name_of_a_column_and_what_was_cleared_name_their_file():
    assert of_intake(variables={"V1": "mansa_01"}).lines == [
        "config/variables.csv: V1: niets → mansa_01 (T0_jeugd, T1_jeugd)"
    ]
    assert of_intake(cleared=[{"mark": "ab"}]).lines == ["config/cleared.yaml (T0_jeugd, T1_jeugd)"]


def test_another_export_is_told_without_its_checksum():
    changed = of_intake(sha256="b")
    assert (changed.lines, changed.exports) == (["een andere export (T0_jeugd, T1_jeugd)"], {"T0_jeugd", "T1_jeugd"})


def test_what_holds_for_all_exports_is_told_once():
    assert of_intake(regions=["Twente", "Drenthe"]).lines == ["config/config.yaml: regions: erbij Drenthe"]


def test_what_follows_from_other_settings_is_left_out_and_packages_are_told_as_such():
    changed = settings_changed({"contain": ["x"], "r": "R 4.3"}, frozenset(), ("groningen",), WORDS)
    assert (changed.lines, changed.packages) == ([], True)


def test_the_record_of_a_run_is_told_by_its_parts():
    before = {"config": {"seed": 1}, "study": {"title": "A"}, "variables": {}, "plan": None}
    now = {"config": {"seed": 2}, "study": {"title": "A"}, "variables": {"T1_jeugd": {"V1": "x"}}, "plan": None}
    assert lines({"settings": now}, before) == [
        "config/config.yaml: seed: 1 → 2",
        "config/variables.csv: T1_jeugd is nu een lijst van instellingen",
    ]
