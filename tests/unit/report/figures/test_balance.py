"""Figures of balance and overlap."""

from given.figures import BALANCE
from given.labels import LABELS

from effectstudie.report.figures import balance


def test_love_data_takes_absolute_differences_and_leaves_out_undefined_ones():
    data = balance.love_data(BALANCE, LABELS)
    assert data.values.tolist() == [["Huisverbod", "vóór", 0.6], ["Huisverbod", "na", 0.1], ["Area: stad", "na", 0.3]]
