import pandas as pd
import pytest

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.mapping.held import Held, fits, held_in, kind_of, likeness, together

SEX = Column("geslacht", "code", "", values={1: "man", 2: "vrouw"})
ITEM = Column("tsi_1", "code", "", low=0, high=3)
AGE = Column("leeftijd", "number", "", low=16, high=97)
DAY, TEXT = Column("afnamedatum", "date", ""), Column("regio", "text", "")


def held(*values, declared=()):
    return held_in(pd.Series(values, dtype=object), {99, -9}, declared)


def test_answers_are_told_apart_from_no_answer_days_and_texts():
    assert held("1", 2.0, None, 99, "98", declared=[(97, 98)]) == Held(frozenset({1.0, 2.0}), frozenset(), False)
    assert held("2016-01-02", "3-4-2017") == Held(frozenset(), frozenset(), True)
    assert held("man", "vrouw", 1) == Held(frozenset({1.0}), frozenset({"man", "vrouw"}), False)
    assert held(None, 99).empty
    assert len(held(*map(str, [f"naam {number}" for number in range(100)])).texts) == 20


@pytest.mark.parametrize(
    ("column", "values", "like"),
    [
        (SEX, (1, 2), 1.0),
        (SEX, (0, 1), 0.375),
        (SEX, ("man", "Vrouw"), 1.0),
        (SEX, ("Jan", "Piet"), 0.0),
        (ITEM, (0, 1, 2, 3), 1.0),
        (ITEM, (0,), 0.625),
        (AGE, (20, 30.5), 0.75),
        (AGE, ("2016-01-02",), 0.0),
        (DAY, ("2016-01-02",), 0.5),
        (DAY, (1, 2), 0.0),
        (TEXT, ("Twente",), 0.5),
        (TEXT, ("2016-01-02",), 0.0),
        (ITEM, (), 0.5),
    ],
)
def test_values_are_as_like_as_they_are_those_of_the_codebook(column, values, like):
    assert likeness(column, held(*values)) == like
    assert fits(column, held(*values)) is (like >= 0.5)


def test_some_slips_of_the_pen_are_no_other_column():
    assert fits(AGE, held(*range(20, 40), 400))
    assert not fits(SEX, held(1, 2, 3))


def test_columns_together_hold_what_each_of_them_does():
    assert together([held(0, 1), held(3), held("x")]) == Held(frozenset({0.0, 1.0, 3.0}), frozenset({"x"}), False)
    assert kind_of(ITEM) == kind_of(Column("tsi_2", "code", "", low=0, high=3)) != kind_of(SEX)
