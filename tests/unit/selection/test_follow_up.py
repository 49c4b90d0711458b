import pandas as pd

from effectstudie.selection.follow_up import follow_up_wave


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
