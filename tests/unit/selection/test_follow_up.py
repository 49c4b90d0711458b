import pandas as pd
import pytest
from given.person_files import number, written

from effectstudie.selection.follow_up import another_wave, days_after_start, follow_up_by_rule, follow_up_wave


def participation(*rows):
    """(unit, unit_id, household, wave)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave"])


def test_follow_up_is_t1_and_else_t2_for_each_unit():
    taken = participation(
        ("adult", "a", "h", "T0"),
        ("adult", "a", "h", "T2"),
        ("adult", "a", "h", "T1"),
        ("adult", "b", "h", "T2"),
        ("adult", "c", "h", "T0"),
        ("household", "h", "h", "T1"),
    )
    waves = follow_up_wave(taken, ["T1", "T2"])
    assert waves.set_index(["unit", "unit_id"])["measured_at"].to_dict() == {
        ("adult", "a"): "T1",
        ("adult", "b"): "T2",
        ("household", "h"): "T1",
    }


def test_the_order_of_the_waves_is_the_order_of_preference():
    taken = participation(("adult", "a", "h", "T1"), ("adult", "a", "h", "T2"))
    assert list(follow_up_wave(taken, ["T2", "T1"])["measured_at"]) == ["T2"]


TAKEN = participation(*[("adult", "a", "h", wave) for wave in ("T0", "T1", "T2")], ("adult", "b", "h", "T1"))
DAYS = pd.DataFrame(
    [("adult", "a", "T1", 350), ("adult", "a", "T2", 560), ("adult", "b", "T1", 700)],
    columns=["unit", "unit_id", "wave", "days"],
)


def of_units(found):
    return found.set_index("unit_id")["measured_at"].to_dict()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, {"a": "T1", "b": "T1"}),
        ({"rule": "first"}, {"a": "T1", "b": "T1"}),
        ({"rule": "last"}, {"a": "T2", "b": "T1"}),
        ({"rule": "nearest", "nearest_days": 365}, {"a": "T1", "b": "T1"}),
        ({"rule": "nearest", "nearest_days": 500}, {"a": "T2", "b": "T1"}),
        ({"rule": "nearest", "nearest_days": 455}, {"a": "T1", "b": "T1"}),  # as near: the one that is named first
    ],
)
def test_the_follow_up_of_each_unit_is_by_the_rule_of_the_study(rule, expected):
    assert of_units(follow_up_by_rule(TAKEN, {"waves": ["T1", "T2"], **rule}, DAYS)) == expected


def test_of_two_as_near_the_first_of_the_list_counts_and_a_wave_without_a_date_comes_last():
    rule = {"rule": "nearest", "nearest_days": 455}
    assert of_units(follow_up_by_rule(TAKEN, {"waves": ["T2", "T1"], **rule}, DAYS))["a"] == "T2"
    without = DAYS[DAYS["wave"] != "T1"]
    assert of_units(follow_up_by_rule(TAKEN, {"waves": ["T1", "T2"], **rule}, without)) == {"a": "T2", "b": "T1"}


def test_another_wave_is_the_first_that_was_not_chosen_unless_there_is_no_other():
    chosen = follow_up_wave(TAKEN, ["T1", "T2"])
    assert of_units(another_wave(TAKEN, ["T1", "T2"], chosen)) == {"a": "T2", "b": "T1"}


def test_days_count_from_the_own_start_or_else_that_of_the_household(tmp_path):
    def export(wave, *rows):
        table = pd.DataFrame(rows, columns=["respondent", "household", "afnamedatum"])
        table["afnamedatum"] = pd.to_datetime(table["afnamedatum"])
        return written(tmp_path / f"{wave}_volwassenen.parquet", table, ["respondent"])

    exports = {
        "T0_volwassenen": export("T0", ("a", "h", "2020-01-11")),
        "T1_volwassenen": export("T1", ("a", "h", "2021-01-10"), ("b", "h", "2021-01-01")),
    }
    days = days_after_start(exports, "T0").set_index(["unit", "unit_id", "wave"])["days"]
    home, first, second = number("h"), number("a"), number("b")
    assert days.to_dict() == {
        ("household", home, "T0"): 0, ("household", home, "T1"): 356,
        ("adult", first, "T0"): 0, ("adult", first, "T1"): 365, ("adult", second, "T1"): 356,
    }  # fmt: skip
