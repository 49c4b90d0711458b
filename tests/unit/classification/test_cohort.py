from math import inf, isnan, nan

import pandas as pd
import pytest
from given.paths import ROOT
from given.person_files import pseudonym, written

from effectstudie.classification.cohort import classify_cohort, classify_exports, participation_of
from effectstudie.classification.conditions import holds
from effectstudie.classification.risk import risk_counts
from effectstudie.classification.rows import VARIABLE_COLUMNS
from effectstudie.classification.variables import yes_no_or_bands
from effectstudie.classification.violence import class_of, total_violence, violence_class
from effectstudie.scoring.score_tables import SCORE_COLUMNS
from effectstudie.shared.yaml_files import read_yaml

CLASSIFICATION = ROOT / "resources" / "classification"
VIOLENCE, VARIABLES, RISK_FACTORS = (
    read_yaml(CLASSIFICATION / f"{name}.yaml") for name in ("violence", "variables", "risk_factors")
)
NO_CHILDREN = pd.DataFrame({"unit": [], "unit_id": [], "household": [], "wave": []}, dtype=object)
NOT_APPLICABLE = "n/a"


def scores(*rows):
    """(unit, unit_id, household, wave, score, value); a value of None is missing, NOT_APPLICABLE not applicable."""
    frame = pd.DataFrame(rows, columns=SCORE_COLUMNS[:-1])
    status = [{None: "missing", NOT_APPLICABLE: "not_applicable"}.get(value, "ok") for value in frame["value"]]
    value = pd.to_numeric(frame["value"], errors="coerce").astype(float)
    return frame.assign(value=value, status=status)


def partner(minor, severe=0, household="h", wave="T0"):
    return _parts("household", household, household, wave, "cts2.partner_violence", minor, severe)


def child(minor, severe=0, child="k", household="h", wave="T0"):
    return _parts("child", child, household, wave, "ctspc.child_abuse", minor, severe)


def _parts(unit, unit_id, household, wave, score, minor, severe):
    if minor is None or minor == NOT_APPLICABLE:
        severe = total = minor
    else:
        total = minor + severe
    known = [(unit, unit_id, household, wave, f"{score}.{part}.known", None) for part in ("minor", "severe")]
    return [
        *known,
        (unit, unit_id, household, wave, score, total),
        (unit, unit_id, household, wave, f"{score}.minor", minor),
        (unit, unit_id, household, wave, f"{score}.severe", severe),
    ]


def took_part(*children, household="h", wave="T0"):
    return pd.DataFrame([("child", one, household, wave) for one in children], columns=list(NO_CHILDREN))


def value_of(frame, household="h", wave="T0"):
    rows = frame[(frame["household"] == household) & (frame["wave"] == wave)]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def class_at(rows, children=NO_CHILDREN, **at):
    return value_of(violence_class(scores(*rows), VIOLENCE, children), **at)


# The classes on their bounds.


@pytest.mark.parametrize(
    ("minor", "severe", "found"), [(0, 0, 0), (3, 0, 0), (4, 0, 1), (21, 0, 1), (22, 0, 2), (0, 1, 2), (3, 1, 2)]
)
def test_partner_violence_has_classes_from_4_and_22_incidents_and_one_severe(minor, severe, found):
    assert class_at(partner(minor, severe)) == found


@pytest.mark.parametrize(("minor", "severe", "found"), [(0, 0, 0), (1, 0, 1), (2, 0, 1), (3, 0, 2), (0, 1, 2)])
def test_child_abuse_has_classes_from_1_and_3_incidents_and_one_severe(minor, severe, found):
    assert class_at([*partner(0), *child(minor, severe)], took_part("k")) == found


@pytest.mark.parametrize(("minor", "severe", "found"), [(3, 1, 2), (22, 0, 2), (21, 0, None), (0, 0, None)])
def test_what_was_reported_can_make_the_highest_class_certain_and_no_other(minor, severe, found):
    rows = partner(None)
    rows[0] = (*rows[0][:5], minor)
    rows[1] = (*rows[1][:5], severe)
    classes = violence_class(scores(*rows), VIOLENCE, NO_CHILDREN)
    assert [found] == [None if isnan(value) else value for value in classes["value"]]


def test_class_of_an_unknown_count_is_unknown():
    found = class_of(pd.Series([nan, 4.0]), pd.Series([0.0, 0.0]), VIOLENCE["partner_violence"])
    assert isnan(found[0])
    assert found[1] == 1


# A household: the worse of both.


@pytest.mark.parametrize(("of_partners", "of_child", "found"), [(0, 1, 1), (4, 0, 1), (4, 3, 2), (22, 1, 2)])
def test_household_has_the_worse_of_partner_violence_and_child_abuse(of_partners, of_child, found):
    assert class_at([*partner(of_partners), *child(of_child)], took_part("k")) == found


def test_of_several_children_the_worst_counts():
    rows = [*partner(0), *child(0, child="k"), *child(3, child="l")]
    assert class_at(rows, took_part("k", "l")) == 2


@pytest.mark.parametrize(("of_partners", "of_child"), [(None, 0), (None, 2), (0, None), (4, None)])
def test_household_is_unknown_where_one_of_both_is(of_partners, of_child):
    assert isnan(class_at([*partner(of_partners), *child(of_child)], took_part("k")))


@pytest.mark.parametrize(("of_partners", "of_child"), [(None, 3), (22, None)])
def test_the_highest_class_is_certain_whatever_is_unknown(of_partners, of_child):
    assert class_at([*partner(of_partners), *child(of_child)], took_part("k")) == 2


def test_one_unknown_child_leaves_the_household_unknown_below_the_highest_class():
    rows = [*partner(0), *child(1, child="k"), *child(None, child="l")]
    assert isnan(class_at(rows, took_part("k", "l")))
    rows = [*partner(0), *child(3, child="k"), *child(None, child="l")]
    assert class_at(rows, took_part("k", "l")) == 2


def test_a_household_without_children_or_without_a_partner_has_none_of_that_violence():
    assert class_at(partner(4)) == 1
    assert class_at([*partner(NOT_APPLICABLE), *child(1)], took_part("k")) == 1
    assert class_at(partner(NOT_APPLICABLE)) == 0


def test_children_of_whom_nothing_was_heard_in_a_wave_leave_it_unknown():
    rows = [*partner(4), *child(0), *partner(4, wave="T1")]
    assert class_at(rows, took_part("k")) == 1
    assert isnan(class_at(rows, took_part("k"), wave="T1"))


def test_a_child_that_reports_alone_decides_only_on_the_highest_class():
    # no adult took part, so partner violence is unknown
    assert class_at(child(0, 1), took_part("k")) == 2
    assert isnan(class_at(child(1), took_part("k")))


# Total violence.


def test_total_violence_adds_partner_violence_and_all_children():
    rows = [*partner(10, 2), *child(3, child="k"), *child(1, 1, child="l")]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k", "l"))) == 12 + 3 + 2


def test_total_violence_without_children_is_partner_violence():
    assert value_of(total_violence(scores(*partner(10)), VIOLENCE, NO_CHILDREN)) == 10


def test_total_violence_without_a_partner_is_child_abuse():
    rows = [*partner(NOT_APPLICABLE), *child(3)]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k"))) == 3


def test_child_abuse_that_does_not_apply_adds_nothing():
    rows = [*partner(10), *child(NOT_APPLICABLE)]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k"))) == 10


@pytest.mark.parametrize(
    "rows",
    [
        [*partner(None), *child(3)],
        [*partner(10), *child(3, child="k"), *child(None, child="l")],
        partner(10),  # nothing was heard of the children
    ],
)
def test_total_violence_is_unknown_where_a_part_is(rows):
    assert isnan(value_of(total_violence(scores(*rows), VIOLENCE, took_part("k", "l"))))


# Yes/no variables and bands.


@pytest.mark.parametrize(
    ("condition", "met"), [({"equals": 2}, [2]), ({"below": 2}, [1]), ({"from": 2}, [2, 3]), ({"above": 2}, [3])]
)
def test_conditions_on_their_bounds(condition, met):
    values = pd.Series([1, 2, 3])
    assert list(values[holds(values, condition)]) == met


def adults(score, *values, wave="T0"):
    return scores(*[("adult", f"r{i}", "h", wave, score, value) for i, value in enumerate(values)])


def test_yes_is_100_and_no_is_0_and_unknown_is_left_out():
    rows = adults("background.paid_hours", 11.5, 12, None, NOT_APPLICABLE)
    found = yes_no_or_bands(rows, "unemployment", VARIABLES["unemployment"])
    assert found.set_index("unit_id")["value"].to_dict() == {"r0": 100, "r1": 0}


def test_a_band_begins_at_its_lower_bound():
    found = yes_no_or_bands(adults("background.age", 24, 25, 34, 35, 54, 55, 90), "age", VARIABLES["age_group"])
    assert list(found["value"]) == [1, 2, 2, 3, 4, 5, 5]


def test_dutch_is_no_migration_background():
    found = yes_no_or_bands(adults("background.migration_background", 1, 2, 5), "m", VARIABLES["migration"])
    assert list(found["value"]) == [0, 100, 100]


# Risk factors.


NO_RISK = {
    "ace.count": 0,
    "background.income": 3,
    "background.paid_hours": 36,
    "auditc_own.drinks_per_week": 0,
    "auditc_partner.drinks_per_week": 0,
    "background.education": 4,
    "background.single_parent": 0,
}


def adult(name="a", household="h", wave="T0", **answers):
    """One adult without any risk, but for these: ace, income, paid_hours, own, partner, education, single_parent."""
    given = {next(score for score in NO_RISK if key in score): value for key, value in answers.items()}
    rows = [("adult", name, household, wave, score, value) for score, value in {**NO_RISK, **given}.items()]
    ace = given.get("ace.count", 0)
    if not isinstance(ace, tuple):
        return [*rows, *[("adult", name, household, wave, f"ace.count.{bound}", ace) for bound in BOUNDS]]
    rows = [row if row[4] != "ace.count" else (*row[:5], None) for row in rows]
    pairs = zip(BOUNDS, ace, strict=True)
    return [*rows, *[("adult", name, household, wave, f"ace.count.{bound}", value) for bound, value in pairs]]


BOUNDS = ("at_least", "at_most")


def counts(*people, household="h", wave="T0"):
    found = risk_counts(scores(*[row for person in people for row in person]), RISK_FACTORS)
    rows = found[(found["household"] == household) & (found["wave"] == wave)].set_index("variable")["value"]
    return rows["risk_at_least"], rows["risk_at_most"]


def test_there_are_seven_risk_factors():
    assert len(RISK_FACTORS) == 7
    everything = adult(ace=4, income=1, paid_hours=11, own=8.25, partner=9, education=1, single_parent=1)
    assert counts(everything) == (7, 7)
    assert counts(adult()) == (0, 0)


@pytest.mark.parametrize("below", [{"ace": 3}, {"income": 2}, {"paid_hours": 12}, {"own": 8}, {"partner": 8}])
def test_risk_factors_are_absent_on_the_safe_side_of_their_bounds(below):
    assert counts(adult(**below)) == (0, 0)


def test_any_adult_gives_a_factor_to_the_household_once():
    assert counts(adult("a", income=1), adult("b", income=1, single_parent=1)) == (2, 2)


def test_an_unanswered_factor_may_be_there_or_not():
    assert counts(adult(income=None)) == (0, 1)
    assert counts(adult("a", income=None), adult("b", income=2)) == (0, 1)
    assert counts(adult("a", income=None), adult("b", income=1)) == (1, 1)


def test_a_factor_that_does_not_apply_is_absent():
    assert counts(adult(partner=NOT_APPLICABLE)) == (0, 0)


@pytest.mark.parametrize(("bounds", "found"), [((4, 6), (1, 1)), ((1, 3), (0, 0)), ((3, 4), (0, 1))])
def test_unanswered_ace_leave_the_factor_open_only_where_they_could_change_it(bounds, found):
    assert counts(adult(ace=bounds)) == found


def test_ace_stays_with_the_person_in_later_waves():
    later = [row for row in adult("a", wave="T1") if not row[4].startswith("ace")]
    assert counts(adult("a", ace=4), later, wave="T1") == (1, 1)
    newcomer = [row for row in adult("b", wave="T1") if not row[4].startswith("ace")]
    assert counts(adult("a", ace=4), newcomer, wave="T1") == (0, 1)


def test_other_factors_do_not_stay():
    assert counts(adult("a", income=1), adult("a", wave="T1"), wave="T1") == (0, 0)


# Participation.


def test_participation_counts_each_once_a_wave():
    tables = {
        "huishoudens": pd.DataFrame({"household": ["h"]}),
        "T0_volwassenen": pd.DataFrame({"household": ["h", "h"], "respondent": ["a", "b"]}),
        "T0_kinderen": pd.DataFrame({"household": ["h", "h"], "respondent": ["a", "b"], "child": ["k", "k"]}),
        "T0_jeugd": pd.DataFrame({"household": ["h", "h"], "child": ["k", "l"]}),
        "T1_volwassenen": pd.DataFrame({"household": ["h"], "respondent": ["a"]}),
    }
    found = participation_of(tables)
    rows = found.groupby(["wave", "unit"])["unit_id"].agg(lambda ids: "".join(sorted(ids))).to_dict()
    assert rows == {
        ("T0", "household"): "h",
        ("T0", "adult"): "ab",
        ("T0", "child"): "kl",
        ("T0", "youth"): "kl",
        ("T1", "household"): "h",
        ("T1", "adult"): "a",
    }


# The whole cohort.


@pytest.fixture
def cohort():
    everyone = scores(
        *partner(4), *child(0), *partner(0, household="g"), *adult("a"), *adult("b", "g"), *adult("a", wave="T1")
    )
    households = pd.DataFrame({"household": ["h", "g"], "thv": [1.0, -9.0]})
    return everyone, households, pd.concat([took_part("k"), took_part("k", wave="T1")])


def cohort_variables(everyone, households, participation):
    return classify_cohort(everyone, households, participation, VIOLENCE, VARIABLES, RISK_FACTORS, "T0")


def test_cohort_has_a_row_per_unit_wave_and_variable_with_a_value(cohort):
    found = cohort_variables(*cohort)
    assert list(found.columns) == VARIABLE_COLUMNS
    assert found["value"].notna().all()
    assert not found.duplicated(["unit", "unit_id", "wave", "variable"]).any()
    assert {"violence_class", "total_violence", "low_income"} <= set(found["variable"])
    assert not any("." in name for name in found["variable"])


def test_a_refused_restraining_order_is_unknown(cohort):
    found = cohort_variables(*cohort)
    order = found[found["variable"] == "household_restraining_order"]
    assert order.set_index("unit_id")["value"].to_dict() == {"h": 1}
    of_adults = found[found["variable"] == "restraining_order"]
    assert of_adults.set_index("unit_id")["value"].to_dict() == {"a": 1}


def test_children_are_counted_at_the_first_wave_and_zero_counts(cohort):
    everyone, households, participation = cohort
    newcomer = took_part("l", wave="T1")
    found = cohort_variables(everyone, households, pd.concat([participation, newcomer]))
    number = found[found["variable"] == "n_children"]
    assert set(number["wave"]) == {"T0"}
    assert number.set_index("unit_id")["value"].to_dict() == {"h": 1, "g": 0}
    of_adults = found[found["variable"] == "children_over_3"]
    assert of_adults.set_index("unit_id")["value"].to_dict() == {"a": 1, "b": 0}


def test_order_of_rows_changes_nothing(cohort):
    everyone, households, participation = cohort
    key = ["unit", "unit_id", "wave", "variable"]
    one, other = (
        cohort_variables(*tables).sort_values(key, ignore_index=True)
        for tables in (cohort, (everyone[::-1], households[::-1], participation[::-1]))
    )
    pd.testing.assert_frame_equal(one, other)


def test_no_value_is_infinite(cohort):
    assert not cohort_variables(*cohort)["value"].isin([inf, -inf]).any()


def test_a_cohort_is_classified_from_its_files_in_the_order_of_its_units(tmp_path):
    key = ["unit", "unit_id", "wave"]
    ids = ["c", "a", "b"]
    households = pd.DataFrame({"household": ids, "thv": [1.0, 0.0, nan]})
    adults = pd.DataFrame({"household": ids, "respondent": [f"r{name}" for name in ids]})
    exports = {
        "huishoudens": written(tmp_path / "huishoudens.parquet", households, ["household"]),
        "T0_volwassenen": written(tmp_path / "T0_volwassenen.parquet", adults, ["respondent"]),
    }
    marks = pd.DataFrame({"unit": "household", "unit_id": ids, "household": ids, "wave": "T0"})
    counts = [f"count{part}" for part in ("", ".minor", ".severe", ".minor.known", ".severe.known")]
    marks = marks.assign(**dict.fromkeys(counts, [0.0, 1.0, 9.0]), **{"count.rule": "complete"})
    violence = {**VIOLENCE["partner_violence"], "score": "cts2.count"}
    definitions = {
        "violence": {
            "partner_violence": violence,
            "child_abuse": {**violence, "unit": "child", "score": "ctspc.count"},
        },
        "variables": {"often": {"score": "cts2.count", "unit": "household", "yes_when": {"from": 9}}},
        "risk_factors": {},
    }
    scores = [written(tmp_path / "cts2.parquet", marks, key)]
    paths = {name: tmp_path / f"{name}.parquet" for name in ("variables", "participation")}
    sizes = classify_exports(exports, scores, definitions, "T0", **paths)
    found = pd.read_parquet(paths["variables"])
    assert list(found.columns) == VARIABLE_COLUMNS
    assert found[["unit", "unit_id"]].apply(tuple, axis=1).is_monotonic_increasing
    often = found[found["variable"] == "often"].set_index("household")["value"].to_dict()
    assert often == {pseudonym("c"): 0, pseudonym("a"): 0, pseudonym("b"): 100}
    assert sizes["often", "household", "T0"] == 3 and sizes["household_restraining_order", "household", "T0"] == 2
    taken = pd.read_parquet(paths["participation"])
    assert taken["unit"].tolist() == ["adult"] * 3 + ["household"] * 3
