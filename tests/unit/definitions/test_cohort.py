"""What is left of an instrument where a cohort has not all tables and measurements."""

import pytest
from given.paths import ROOT

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.instruments import score_names
from effectstudie.shared.yaml_files import read_yaml

THREE = ["T0", "T1", "T2"]


def left_of(name, waves=("T0", "T1", "T2"), tables=("volwassenen", "kinderen", "jeugd")):
    return Cohort(waves, tables).instrument(read_yaml(ROOT / f"resources/instruments/{name}.yaml"))


def scores(definition, unit="child"):
    return set(score_names(definition, definition["units"][unit]))


def test_a_cohort_has_all_tables_in_their_order_unless_told_otherwise():
    assert Cohort.of({"waves": THREE}).tables == ["volwassenen", "kinderen", "jeugd"]
    assert Cohort.of({"waves": ["T0", "T1"], "tables": ["jeugd", "volwassenen"]}).exports == [
        *("huishoudens", "T0_volwassenen", "T0_jeugd", "T1_volwassenen", "T1_jeugd")
    ]


@pytest.mark.parametrize(
    ("tables", "units", "conditions"),
    [
        (["volwassenen"], ["household", "adult"], set()),
        (["volwassenen", "kinderen"], ["household", "adult", "child"], {"parents", "children"}),
        (["volwassenen", "jeugd"], ["household", "adult", "child", "youth"], {"youth", "children"}),
        (["volwassenen", "kinderen", "jeugd"], ["household", "adult", "child", "youth"],
         {"parents", "youth", "children", "both"}),
    ],
)  # fmt: skip
def test_whom_it_has_and_what_parts_of_texts_hold_follow_from_its_tables(tables, units, conditions):
    assert (Cohort(THREE, tables).units, Cohort(THREE, tables).conditions) == (units, conditions)


@pytest.mark.parametrize(
    ("asked", "waves", "found"),
    [
        (None, ["T0", "T1"], ["T0", "T1"]),
        ("follow_up", ["T0", "T1"], ["T1"]),
        ("follow_up", ["T0", "T1", "T2", "T3"], ["T1", "T2", "T3"]),
        (["T1", "T2"], ["T0", "T1", "T3"], ["T1"]),
    ],
)
def test_measurements_of_a_definition_are_those_that_the_cohort_has(asked, waves, found):
    assert Cohort(waves).waves_of(asked) == found


def test_an_instrument_of_which_all_is_there_is_as_it_was_written():
    for name in ("ctspc", "security", "ace", "background"):
        assert left_of(name) == read_yaml(ROOT / f"resources/instruments/{name}.yaml")


def test_an_instrument_of_absent_tables_or_measurements_is_none():
    assert left_of("tscyc", tables=["volwassenen", "jeugd"]) is None
    assert left_of("help", waves=["T0"]) is None
    assert left_of("help", waves=["T0", "T2"])["waves"] == ["T2"]


def test_scales_and_totals_are_those_of_the_forms_that_are_left():
    by_child = left_of("ctspc", tables=["volwassenen", "jeugd"])
    assert list(by_child["forms"]) == ["child"] and "neglect" not in by_child["scales"]
    assert by_child["scales"]["child_abuse"]["total_of"] == ["psychological", "physical"]
    assert {"child_abuse", "witness"} <= scores(by_child)
    by_parents = left_of("ctspc", tables=["volwassenen", "kinderen"])
    assert "witness" not in by_parents["scales"] and "neglect" in scores(by_parents)


def test_norms_and_units_are_those_of_the_scales_and_forms_that_are_left():
    assert left_of("security", tables=["volwassenen", "kinderen"])["norm_scales"] == ["parent"]
    assert list(left_of("help", tables=["volwassenen"])["units"]) == ["adult"]
    assert set(left_of("background", tables=["volwassenen"])["scales"]).isdisjoint({"sex_child", "age_child"})
