"""Covariates of households at the first wave."""

from math import isnan

import pandas as pd
from given.variable_rows import ROLES, variables

from effectstudie.selection.covariates import household_covariates, rows_of_covariates
from effectstudie.selection.values import values_of

COVARIATES = {
    "violence": {"variable": "cts2.partner_violence"},
    "life": {"variable": "mansa.mark", "of_adults": "mean"},
    "adversity": {"variable": "ace.count", "of_adults": "max"},
}
HOUSEHOLDS = pd.DataFrame({"household": ["x", "p", "h"], "household_order": [1, 3, 2]})


def covariates(*rows, roles=ROLES):
    return household_covariates(variables(*rows), HOUSEHOLDS, roles, COVARIATES, "T0")


def test_covariates_are_one_number_a_household_at_the_first_wave():
    found = covariates(
        ("household", "h", "h", "T0", "cts2.partner_violence", 9),
        ("household", "h", "h", "T1", "cts2.partner_violence", 1),
        ("adult", "a", "h", "T0", "cts2.partner_violence", 5),
        ("adult", "a", "h", "T0", "mansa.mark", 4),
        ("adult", "b", "h", "T0", "mansa.mark", 7),
        ("adult", "a", "h", "T0", "ace.count", 1),
        ("adult", "b", "h", "T0", "ace.count", 6),
        ("adult", "c", "p", "T0", "mansa.mark", 8),
    )
    assert list(found.columns) == ["household", "order", "role", "violence", "life", "adversity"]
    assert list(found["household"]) == ["h", "p"]  # by the seeded shuffle
    of_h, of_p = found.to_dict("records")
    assert (of_h["role"], of_h["violence"], of_h["life"], of_h["adversity"]) == ("approach", 9, 5.5, 6)
    assert (of_p["role"], of_p["life"]) == ("pool", 8)
    assert isnan(of_p["violence"])
    assert isnan(of_p["adversity"])


def test_the_rows_that_covariates_look_at_give_the_covariates_of_all_rows():
    rows = [
        ("adult", "a", "h", "T0", "background.age", 30),  # no covariate, but this adult took part
        ("adult", "a", "h", "T0", "background.sex", 1),
        ("adult", "b", "p", "T0", "background.age", 40),
        ("adult", "b", "p", "T0", "mansa.mark", 4),
        ("adult", "c", "p", "T0", "mansa.mark", 7),
        ("adult", "c", "p", "T1", "mansa.mark", 1),
        ("household", "p", "p", "T0", "cts2.partner_violence", 9),
    ]
    table = variables(*rows)
    names = {spec["variable"] for spec in COVARIATES.values()}
    kept = []
    for unit in ("adult", "household"):
        part = {"variables": table[table["unit"] == unit], "participation": table[:0]}
        kept.append(rows_of_covariates(values_of(part, unit, names, ROLES.index, "T0"), COVARIATES, "T0"))
    found = household_covariates(pd.concat(kept), HOUSEHOLDS, ROLES, COVARIATES, "T0")
    assert len(found) == 2
    assert found.equals(covariates(*rows))


def test_households_without_adults_at_the_first_wave_are_no_candidates():
    found = covariates(("adult", "a", "h", "T0", "mansa.mark", 4), ("adult", "c", "p", "T1", "mansa.mark", 4))
    assert list(found["household"]) == ["h"]


def test_the_mean_of_three_adults_does_not_hang_on_their_pseudonyms():
    marks = (0.1, 0.7, 0.3)
    rows = [("adult", name, "h", "T0", "mansa.mark", mark) for name, mark in zip("abc", marks, strict=True)]
    assert covariates(*rows).equals(covariates(*rows[::-1]))
    assert covariates(*rows).equals(covariates(rows[1], rows[0], rows[2]))
