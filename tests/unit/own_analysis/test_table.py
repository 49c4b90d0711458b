"""A row a unit, with all of its measurements and what it has of its household."""

import numpy as np
import pandas as pd
import pytest
from given.own_study import WAVES, WORDS, at_each_wave, layout, long, persons
from given.person_files import pseudonym
from pandas.testing import assert_frame_equal

from effectstudie.own_analysis.table import table_of_unit
from effectstudie.own_analysis.variables import variables_of

# name, household, role, safety at T0, T1 and T2; None: did not take part
PEOPLE = (
    ("anna", "h1", "approach", 5.0, 7.0, 8.0),
    ("bram", "h1", "approach", 4.0, None, 6.0),
    ("cato", "h2", "pool", 6.0, None, None),
    ("daan", "h3", "pool", 7.0, 7.5, None),
    ("eva", "h4", "approach", 3.0, 4.0, None),
    ("fien", "h3", "pool", None, None, 2.0),
)


def tables():
    analysis, waves = [], []
    for name, household, role, *marks in PEOPLE:
        who = (name, household, role)
        taken = [(wave, mark) for wave, mark in zip(WAVES, marks, strict=True) if mark]
        for wave, mark in taken:
            waves += [(*who, "participation", wave, 1.0), (*who, "safety", wave, mark)]
        later = [(wave, mark) for wave, mark in taken if wave != "T0"][:1]
        for as_called, found in (("T0", [one for one in taken if one[0] == "T0"]), ("follow_up", later)):
            for wave, mark in found:
                analysis += [
                    (*who, "participation", as_called, wave, 1.0),
                    (*who, "safety", as_called, wave, mark),
                ]
    analysis.append(("anna", "h1", "approach", "sex", "T0", "T0", 2.0))
    matched = pd.DataFrame({
        "household": ["h1", "h2"], "group": ["approach", "control"], "subclass": [1, 1], "weight": [1.0, 0.5],
        "propensity_score": [0.6, 0.4],
    })  # fmt: skip
    covariates = pd.DataFrame({"household": ["h1", "h2", "h3", "h4"], "x": [1.0, np.nan, 3.0, 4.0]})
    return {
        "analysis": long(analysis),
        "waves": at_each_wave(waves),
        "matched": persons(matched, "group"),
        "households": persons(covariates),
        "filled": persons(covariates.fillna(2.5).assign(x_missing=[0.0, 1.0, 0.0, 0.0])),
    }


def made(given=None, waves=WAVES):
    return table_of_unit(**(given or tables()), order=waves, variables=variables_of(layout(waves=waves), WORDS))


@pytest.fixture(scope="module")
def table():
    names = {f"P{pseudonym(name)}": name for name, *_ in PEOPLE}
    found = made()
    return found.set_index(found["volwassene"].map(names))


def test_a_row_is_a_unit_and_members_of_a_household_lie_together(table):
    assert sorted(table.index) == sorted(name for name, *_ in PEOPLE)
    assert table.loc[["anna", "bram"], "huishouden"].tolist() == [f"H{pseudonym('h1')}"] * 2
    assert (table["huishouden"] != table["huishouden"].shift()).sum() == table["huishouden"].nunique() == 4


def test_measurements_stand_beside_each_other_and_the_follow_up_is_that_of_the_report(table):
    columns = ["safety_T0", "safety_vervolg", "safety_T1", "safety_T2"]
    assert table.loc["anna", columns].tolist() == [5, 7, 7, 8]
    assert table.loc["bram", ["safety_vervolg", "safety_T2", "vervolg_was"]].tolist() == [6, 6, 2]
    assert table.loc["cato", [*columns[1:], "vervolg_was"]].isna().all()
    assert table.loc["anna", "sex_T0"] == 2 and table["mark_vervolg"].isna().all()


def test_who_took_part_is_yes_or_no(table):
    columns = ["deelname_T0", "deelname_vervolg", "deelname_T1", "deelname_T2"]
    assert table.loc["bram", columns].tolist() == [1, 1, 0, 1]
    assert table.loc["cato", columns].tolist() == [1, 0, 0, 0]


def test_each_household_has_its_group_and_only_the_matched_their_weight(table):
    assert table["groep"].to_dict() == {"anna": 1, "bram": 1, "cato": 2, "daan": 3, "eva": 4, "fien": 3}
    of_matching = table[["subklasse", "gewicht", "propensityscore"]]
    assert of_matching.loc["cato"].tolist() == [1, 0.5, 0.4]
    assert of_matching.notna().all(axis=1).equals(table["gematcht"] == 1)
    assert table.loc["cato", ["m_x", "m_x_missing"]].tolist() == [2.5, 1] and np.isnan(table.loc["cato", "k_x"])


def test_those_count_in_a_test_who_are_matched_and_have_both_measurements(table):
    assert table["safety_telt"].to_dict() == {"anna": 1, "bram": 1, "cato": 0, "daan": 0, "eva": 0, "fien": 0}


def test_the_order_of_rows_makes_no_difference():
    given = tables()
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in given.items()}
    assert_frame_equal(made(given), made(turned))


def test_the_first_wave_may_have_another_name():
    given = tables()
    renamed = {"T1": "T2", "T0": "T1", "T2": "T3"}
    given["analysis"]["measured_at"] = given["analysis"]["measured_at"].cat.rename_categories(renamed)
    given["waves"]["wave"] = given["waves"]["wave"].cat.rename_categories(renamed)
    other = made(given, ("T1", "T2", "T3"))
    told = other.columns.str.replace(r"_T(\d)$", lambda wave: f"_T{int(wave[1]) - 1}", regex=True)
    assert other.set_axis(told, axis=1).equals(made())
