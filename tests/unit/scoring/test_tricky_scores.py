"""The cases where scoring of these questionnaires goes wrong elsewhere, each as a claim."""

from math import isnan

import numpy as np
import pandas as pd
import pytest
from given.paths import ROOT

from effectstudie.classification.conditions import truth
from effectstudie.definitions.export_columns import columns_of
from effectstudie.definitions.instruments import (
    columns_of_form,
    definition_paths,
    digest,
    form_columns,
    scale_items,
    score_range,
)
from effectstudie.definitions.norm_tables import Norm, read_norm
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED
from effectstudie.quality.odd_waves import never_given
from effectstudie.scoring.instrument import describe, rules_of, score_instrument
from effectstudie.scoring.norms import t_scores
from effectstudie.scoring.reliability import scale_reliability
from effectstudie.scoring.score_tables import long_form
from effectstudie.shared.yaml_files import read_yaml

INSTRUMENTS = ROOT / "resources" / "instruments"
PUBLIC = {name: path for name, path in definition_paths(INSTRUMENTS).items() if path.parent == INSTRUMENTS}
DEFINITIONS = {name: read_yaml(path) for name, path in PUBLIC.items()}
POOLED = {"scale": "s", "sex": None, "age_from": None, "age_below": None}
SKIPPED = float("nan")


def reports(name, form, *rows, default=None, **same):
    """Reports on one form: keys and answers by (view, item) or item; the rest has the lowest answer."""
    definition = DEFINITIONS[name]
    spec = definition["forms"][form]
    default = definition["answers"][0] if default is None else default
    frames = []
    for number, row in enumerate(rows):
        keys = {"household": "h", "respondent": f"r{number}", "child": "k", **same}
        keys |= {key: row[key] for key in row if isinstance(key, str)}
        given = {column: default for column in columns_of_form(spec)}
        for cell, column in form_columns(spec).items():
            given[column] = row.get(cell, row.get(cell[1], default))
        given |= {spec[key]: keys.pop(key, 10) for key in ("age", "sex") if key in spec}
        frames.append({**keys, **given})
    return pd.DataFrame(frames)


def scores(name, tables, norm=None, **changes):
    definition = {**DEFINITIONS[name], **changes}
    tables = {(form, "T0"): table for form, table in tables.items()}
    return pd.concat(score_instrument(definition, tables, norm))


def value(table, unit, score, unit_id=None):
    rows = table[table["unit"] == unit]
    rows = rows if unit_id is None else rows[rows["unit_id"] == unit_id]
    assert len(rows) == 1
    return rows[score].iloc[0]


# 1 Self and partner.


def test_1_the_same_act_of_two_adults_is_aligned_by_who_did_it():
    # r0 did act 7 twice and says so; r1 says that the partner did it 3-5 times: one act, the higher report
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 4}, {("partner", 7): 5})})
    assert value(table, "household", "physical") == 4
    assert value(table, "adult", "physical.own", "r0") == 2
    assert value(table, "adult", "physical.partner", "r1") == 4


def test_1_injury_is_worded_from_the_side_that_receives_it():
    # the odd injury item is an injury of the respondent, so inflicted by the partner
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 11): 3, ("partner", 23): 4})})
    assert value(table, "adult", "injury.partner") == 1
    assert value(table, "adult", "injury.own") == 2
    assert value(table, "adult", "injury") == 3


# 2 Two reporters.


def test_2_one_reporter_who_skipped_leaves_the_value_of_the_other():
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 4}, dict.fromkeys(range(1, 78), SKIPPED))})
    assert value(table, "household", "physical") == 2
    assert value(table, "household", "n_reporters") == 1


def test_2_two_reporters_who_both_skipped_are_missing_and_not_zero():
    skipped = dict.fromkeys(range(1, 78), SKIPPED)
    table = scores("cts2", {"adult": reports("cts2", "adult", skipped, skipped)})
    assert isnan(value(table, "household", "physical"))
    assert value(table, "household", "n_reporters") == 0


def test_2_the_reports_stay_apart_and_their_difference_is_given():
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 4}, {("partner", 7): 5})})
    assert value(table, "household", "physical.discrepancy") == 2  # 4 and 2 incidents
    assert value(table, "household", "n_reporters") == 2
    alone = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 4})})
    assert isnan(value(alone, "household", "physical.discrepancy"))


def test_2_only_the_same_reporters_over_time_on_request():
    units = {"child": {"combine": "highest", "at": "item", "reporters": "same"}}
    definition = {**DEFINITIONS["nosik"], "units": units}
    both = reports("nosik", "parent", {"respondent": "a", 1: 2}, {"respondent": "b", 1: 6})
    one = reports("nosik", "parent", {"respondent": "a", 1: 3})
    table = pd.concat(score_instrument(definition, {("parent", "T0"): both, ("parent", "T1"): one}))
    assert table.set_index("wave")["stress"].to_dict() == {"T0": 24 + 2, "T1": 24 + 3}
    assert list(table["n_reporters"]) == [1, 1]


# 3 The higher of what.


@pytest.mark.parametrize(("at", "expected"), [("item", 12), ("scale", 8)])
def test_3_highest_answers_and_highest_sums_differ(at, expected):
    rows = {"parent": reports("ctspc", "parent", {3: 5}, {4: 6})}  # 4 incidents by one parent, 8 by the other
    table = scores("ctspc", rows, units={"child": {"combine": "highest", "at": at}})
    assert value(table, "child", "physical") == expected


def test_3_what_parents_say_of_themselves_is_averaged():
    table = scores("nosik", {"parent": reports("nosik", "parent", {1: 3}, {1: 6})})
    assert value(table, "child", "stress") == 24 + 4.5
    assert value(table, "child", "stress.discrepancy") == 3


def test_3_a_mean_over_reporters_leaves_out_who_skipped():
    table = scores("nosik", {"parent": reports("nosik", "parent", {1: 3}, dict.fromkeys(range(1, 26), SKIPPED))})
    assert value(table, "child", "stress") == 24 + 3
    assert value(table, "child", "stress.rule") == "complete"


# 4 More than two adults, positions that swap.


def test_4_any_number_of_adults_and_any_order_of_rows_gives_the_same_household():
    rows = [{("own", 7): 5}, {("own", 7): 3, ("partner", 9): 8}, {("partner", 7): 4}]
    orders = [[0, 1, 2], [2, 0, 1]]
    found = [scores("cts2", {"adult": reports("cts2", "adult", *(rows[i] for i in order))}) for order in orders]
    assert value(found[0], "household", "physical") == value(found[1], "household", "physical")
    assert value(found[0], "household", "n_reporters") == 3


def test_4_one_adult_may_report_on_several_children():
    table = scores("ctspc", {"parent": reports("ctspc", "parent", {"child": "k1", 6: 4}, {"child": "k2", 6: 5})})
    assert table.set_index("unit_id")["psychological"].to_dict() == {"k1": 2, "k2": 4}


# 5 Ages.


@pytest.mark.parametrize(
    ("name", "form", "age", "applies"),
    [("tscyc", "parent", 3, True), ("tscyc", "parent", 12.9, True), ("tscyc", "parent", 13, False),
     ("tscyc", "parent", 2.9, False), ("tscc", "youth", 8, True), ("tscc", "youth", 7.9, False),
     ("tscc", "youth", 17.9, True), ("tscc", "youth", 18, False), ("kidscreen", "youth", 18, True)],
)  # fmt: skip
def test_5_ages_are_half_open_and_of_the_wave_itself(name, form, age, applies):
    table = scores(name, {form: reports(name, form, {"age": age})})
    rules = {table[column].iloc[0] for column in table.columns if column.endswith(".rule")}
    assert rules == ({"complete"} if applies else {"not_applicable"})


def test_5_exactly_18_has_no_norm_and_is_not_taken_for_17():
    table = [{**POOLED, "age_from": 8, "age_below": 18, "mean": 5.0, "sd": 2.0}]
    norm = Norm("x", "published", "linear", table)
    found = t_scores(norm, "s", np.array([7.0, 7.0]), np.array([17.0, 18.0]), np.array([1.0, 1.0]))
    assert found[0] == 60
    assert isnan(found[1])


# 6 Both instruments at 8-12.


def clinical(*rows):
    """The verdict on the child: rows (score, T or None for missing)."""
    frame = pd.DataFrame(rows, columns=["score", "value"]).assign(unit="child", unit_id="k", household="h", wave="T0")
    frame = frame.assign(value=frame["value"].astype(float))
    frame["status"] = np.where(frame["value"].isna(), "missing", "ok")
    spec = read_yaml(ROOT / "resources/classification/variables.yaml")["clinical_trauma_child"]
    return truth(spec["when"], frame).iloc[0]


TSCYC = ["tscyc.anxiety.t", "tscyc.depression.t", "tscyc.posttraumatic_stress.t", "tscyc.sexual_concerns.t",
         "tscyc.dissociation.t", "tscyc.anger.t"]  # fmt: skip


def test_6_either_form_decides_and_t_scores_are_not_averaged():
    assert clinical(*((score, 69) for score in TSCYC), ("tscc.anxiety.t", 64)) == 0
    assert clinical(*((score, 69) for score in TSCYC), ("tscc.anxiety.t", 65)) == 1
    assert clinical(*((score, 40) for score in TSCYC[:-1]), ("tscyc.anger.t", 70), ("tscc.anxiety.t", 40)) == 1


def test_6_a_form_that_was_not_asked_does_not_make_the_verdict_unknown():
    assert clinical(*((score, 50) for score in TSCYC)) == 0
    assert isnan(clinical(*((score, None) for score in TSCYC)))


# 7 Norms by sex and age.


STRATA = [
    {"scale": "s", "sex": 1, "age_from": 8, "age_below": 13, "mean": 4, "sd": 2},
    {"scale": "s", "sex": 2, "age_from": 8, "age_below": 17, "mean": 8, "sd": 2},
    {"scale": "s", "sex": 1, "age_from": 13, "age_below": 17, "mean": 6, "sd": 2},
]


@pytest.mark.parametrize(
    ("age", "sex", "t"), [(9, 1, 70), (12.9, 1, 70), (13, 1, 60), (9, 2, 50), (9, SKIPPED, None), (SKIPPED, 1, None)]
)
def test_7_without_sex_or_age_there_is_no_t_and_no_default(age, sex, t):
    norm = Norm("x", "licensed", "linear", STRATA)
    (found,) = t_scores(norm, "s", np.array([8.0]), np.array([age], dtype=float), np.array([sex], dtype=float))
    assert isnan(found) if t is None else found == t


def test_7_a_pooled_stratum_serves_also_who_gave_no_sex():
    pooled = [{**STRATA[0], "sex": None}]
    norm = Norm("x", "licensed", "linear", pooled)
    assert t_scores(norm, "s", np.array([8.0]), np.array([9.0]), np.array([np.nan]))[0] == 70


# 8 and 9 Codes of the CTS.


def test_8_before_but_not_in_the_past_year_is_no_incident_and_yet_ever():
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 2})})
    assert value(table, "adult", "physical") == 0
    assert value(table, "adult", "physical.year") == 0
    assert value(table, "adult", "physical.ever") == 1
    assert isnan(value(table, "adult", "physical.chronicity"))


def test_8_chronicity_is_the_frequency_of_those_with_any():
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 6})})
    assert value(table, "adult", "physical.chronicity") == 8


@pytest.mark.parametrize("name", ["cts2", "ctspc"])
def test_9_eight_is_more_than_twenty_times_here_and_every_code_has_a_value(name):
    assert DEFINITIONS[name]["recode"][8] == 25
    assert DEFINITIONS[name]["recode"][1] == 0
    assert sorted(DEFINITIONS[name]["recode"]) == list(range(1, 9))


def test_9_a_form_where_eight_means_never_needs_its_own_map_and_no_python():
    changes = {
        "recode": {1: 1, 2: 2, 3: 4, 4: 8, 5: 15, 6: 25, 7: 0, 8: 0},
        "prevalence": {"year": [1, 2, 3, 4, 5, 6], "ever": [1, 2, 3, 4, 5, 6, 7]},
    }
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): 6}, default=8)}, **changes)
    assert value(table, "adult", "physical") == 25
    # the higher of two reports is that of more incidents, not of the higher code
    both = reports("cts2", "adult", {("own", 7): 6}, {("partner", 7): 8}, default=8)
    assert value(scores("cts2", {"adult": both}, **changes), "household", "physical") == 25


# 10 Reference period.


def test_10_the_period_that_answers_are_about_is_written_down():
    periods = {name: DEFINITIONS[name].get("reference_period_months") for name in ("cts2", "ctspc", "tsi", "tscyc")}
    assert periods == {"cts2": 12, "ctspc": 12, "tsi": 6, "tscyc": 1}


# 11 and 12 Missing is not zero.


@pytest.mark.parametrize("name", sorted(set(DEFINITIONS) - {"background"}))
@pytest.mark.parametrize("answer", [SKIPPED, REFUSED])
def test_11_no_figure_is_zero_because_all_was_missing(name, answer):
    forms = DEFINITIONS[name]["forms"]
    rows = {form: reports(name, form, {}, default=answer, respondent=form) for form in forms}
    found = long_form(scores(name, rows), name)
    assert len(found)
    assert found["value"].isna().all()
    assert set(found["status"]) == {"missing"}


@pytest.mark.parametrize("name", sorted(set(DEFINITIONS) - {"background"}))
def test_11_not_applicable_is_not_missing(name):
    rows = {form: reports(name, form, {}, default=NOT_APPLICABLE) for form in DEFINITIONS[name]["forms"]}
    assert set(long_form(scores(name, rows), name)["status"]) == {"not_applicable"}


def test_11_a_count_of_never_does_not_count_what_was_skipped():
    table = scores("tscc", {"youth": reports("tscc", "youth", {1: SKIPPED})})
    assert isnan(value(table, "child", "underresponse"))
    complete = scores("tscc", {"youth": reports("tscc", "youth", {1: 3, 2: 1})})
    assert value(complete, "child", "underresponse") == 8
    assert value(complete, "child", "hyperresponse") == 1


@pytest.mark.parametrize(
    ("answers", "year"), [({("own", 7): 3, ("own", 9): SKIPPED}, 1), ({("own", 9): SKIPPED}, None), ({}, 0)]
)
def test_12_prevalence_is_three_valued(answers, year):
    table = scores("cts2", {"adult": reports("cts2", "adult", answers)})
    found = value(table, "adult", "physical.year")
    assert isnan(found) if year is None else found == year


def test_12_a_total_is_yes_when_one_scale_is_and_unknown_when_one_is():
    sexual = {(view, n): SKIPPED for view in ("own", "partner") for n in (15, 19, 47, 51, 57, 63, 75)}
    unknown = scores("cts2", {"adult": reports("cts2", "adult", sexual)})
    assert isnan(value(unknown, "adult", "partner_violence.year"))
    yes = scores("cts2", {"adult": reports("cts2", "adult", {**sexual, ("own", 7): 3})})
    assert value(yes, "adult", "partner_violence.year") == 1


# 13 and 14 Filling in and rounding.


def test_13_symptoms_are_filled_in_with_the_mean_of_the_person_and_said_so():
    row = dict.fromkeys([2, 15, 24, 25, 32, 33, 39, 41], 2) | {50: SKIPPED}
    table = scores("tscc", {"youth": reports("tscc", "youth", row)})
    assert value(table, "child", "anxiety") == 18
    assert value(table, "child", "anxiety.rule") == "person_mean"
    assert (value(table, "child", "anxiety.n_valid"), value(table, "child", "anxiety.n_missing")) == (8, 1)


def test_13_counts_and_kidscreen_are_never_filled_in():
    table = scores("cts2", {"adult": reports("cts2", "adult", {("own", 7): SKIPPED, ("own", 9): 8})})
    assert value(table, "adult", "physical") == 25
    assert value(table, "adult", "physical.rule") == "counts_nothing"
    kidscreen = scores("kidscreen", {"youth": reports("kidscreen", "youth", {2: SKIPPED})})
    assert value(kidscreen, "child", "index10.rule") == "too_few"
    assert isnan(value(kidscreen, "child", "physical"))
    assert value(kidscreen, "child", "peers") == 4
    for name in ("cts2", "ctspc", "ace", "kidscreen"):
        assert DEFINITIONS[name]["missing"]["fill"] == "nothing"


def test_14_a_filled_in_half_is_rounded_up_before_the_norm_table():
    # eight answers of 1 and 2 with mean 1.5, the ninth skipped: 13.5, which a banker would make 14 too, so also 12.5
    items = [2, 15, 24, 25, 32, 33, 39, 41]
    half = dict(zip(items, [1, 2, 1, 2, 1, 2, 1, 2], strict=True)) | {50: SKIPPED}
    assert value(scores("tscc", {"youth": reports("tscc", "youth", half)}), "child", "anxiety") == 14
    ten = dict(zip([1, 3, 10, 11, 12, 24, 25, 35], [1, 1, 1, 1, 1, 1, 2, 2], strict=True))
    even = ten | {43: SKIPPED, 51: SKIPPED}
    assert value(scores("tscc", {"youth": reports("tscc", "youth", even)}), "child", "posttraumatic_stress") == 13


# 15 Sentinels.


def test_15_eight_and_nine_are_marks_and_the_declared_codes_are_not():
    rows = reports("safety", "adult", {1: 8}, {1: 9}, {1: REFUSED}, {1: NOT_APPLICABLE})
    table = scores("safety", {"adult": rows}).set_index("unit_id")
    assert list(table["mark"].dropna()) == [8, 9]
    assert list(table["mark.rule"]) == ["complete", "complete", "too_few", "not_applicable"]


def test_15_a_code_that_is_no_answer_is_missing_and_counted_as_impossible():
    table = scores("kidscreen", {"youth": reports("kidscreen", "youth", {20: 7})})
    assert isnan(value(table, "child", "peers"))
    assert value(table, "child", "peers.n_out_of_range") == 1
    assert value(table, "child", "peers.n_missing") == 0
    assert value(table, "child", "school.n_out_of_range") == 0


# 16 Reversal.


def test_16_reversal_uses_the_declared_ends_and_leaves_missing_missing():
    given = {1: 4, 9: SKIPPED, **dict.fromkeys(range(2, 6), 3)}
    table = scores("kidscreen", {"youth": reports("kidscreen", "youth", given, default=3)})
    assert value(table, "child", "physical") == (6 - 4) + 4 * 3  # 4 is the highest answer seen, 5 the highest there is
    assert isnan(value(table, "child", "psychological"))
    assert DEFINITIONS["kidscreen"]["reverse"] == [1, 9, 10, 11]


# 17 A scale that starts elsewhere.


def test_17_an_end_that_never_occurs_is_said():
    codebook = read_yaml(ROOT / "resources/exports/jeugd.yaml")
    columns = {name: one for name, one in columns_of(codebook, "T0").items() if name.startswith("tscc_")}
    shifted = pd.DataFrame(np.tile([1.0, 2, 3], (4, 18)), columns=list(columns))
    assert never_given({"T0_jeugd": shifted}, {"T0_jeugd": columns})["codes"].tolist() == ["0"]


# 18 Items in two scales, totals.


def test_18_an_item_may_be_in_two_scales():
    scales = DEFINITIONS["tscc"]["scales"]
    assert 11 in scale_items(scales["posttraumatic_stress"])
    assert 11 in scale_items(scales["dissociation"])
    table = scores("tscc", {"youth": reports("tscc", "youth", {11: 3})})
    assert value(table, "child", "posttraumatic_stress") == 3
    assert value(table, "child", "dissociation") == 3


def test_18_there_is_no_total_of_the_kidscreen_27_nor_of_the_seven_sis_scales():
    assert all("total_of" not in scale for scale in DEFINITIONS["kidscreen"]["scales"].values())
    assert set(DEFINITIONS["sis"]["scales"]["insecurity"]["total_of"]).isdisjoint({"constructive", "destructive"})


# 19 The item that moves with age.


@pytest.mark.parametrize(("age", "minor", "severe"), [(0, 0, 4), (1.9, 0, 4), (2, 4, 0), (SKIPPED, 4, 0)])
def test_19_item_c_is_very_severe_under_two_years(age, minor, severe):
    table = scores("ctspc", {"parent": reports("ctspc", "parent", {3: 5, "age": age})})
    assert value(table, "child", "physical.minor") == minor
    assert value(table, "child", "physical.severe") == severe
    assert value(table, "child", "physical.severe.year") == (severe > 0)
    assert value(table, "child", "physical") == 4


# 20 Gates.


def test_20_help_that_was_not_received_is_not_judged():
    row = {1: 1, 7: 4, 13: 5, 2: 1, 8: 2, 14: 1, **dict.fromkeys([3, 4], 0), **dict.fromkeys([9, 10, 15, 16], SKIPPED)}
    table = scores("help", {"adult": reports("help", "adult", row)})
    assert value(table, "adult", "formal_received") == 2
    assert value(table, "adult", "satisfaction") == pytest.approx((4 * 5 + 2 * 1) / 6)
    assert value(table, "adult", "satisfaction.rule") == "complete"


def test_20_who_received_no_formal_help_has_no_satisfaction():
    row = dict.fromkeys([1, 2, 3, 4], 0) | dict.fromkeys([*range(7, 19)], SKIPPED)
    table = scores("help", {"adult": reports("help", "adult", row)})
    assert value(table, "adult", "satisfaction.rule") == "not_applicable"
    assert value(table, "adult", "formal_received") == 0


def test_20_violence_without_a_partner_does_not_apply():
    table = scores("cts2", {"adult": reports("cts2", "adult", {}, default=NOT_APPLICABLE)})
    assert value(table, "adult", "partner_violence.rule") == "not_applicable"
    assert isnan(value(table, "adult", "partner_violence"))


# 21 Floor and cap.


def test_21_t_scores_stop_at_the_floor_and_cap_and_stay_numbers():
    table = [{**POOLED, "mean": 5, "sd": 1}]
    norm = Norm("x", "licensed", "linear", table, floor=35, cap=111)
    assert list(t_scores(norm, "s", np.array([0.0, 5, 20]), np.zeros(3), np.zeros(3))) == [35, 50, 111]


# 22 Cut-offs.


@pytest.mark.parametrize(("t", "verdict"), [(64.4, 0), (64.5, 1), (65, 1)])
def test_22_t_is_rounded_half_up_before_it_is_compared(t, verdict):
    norm = Norm("x", "licensed", "linear", [{**POOLED, "mean": 50, "sd": 10}], round="half_up")
    rounded = t_scores(norm, "s", np.array([t]), np.zeros(1), np.zeros(1))
    assert clinical(("tscc.anxiety.t", float(rounded[0]))) == verdict


@pytest.mark.parametrize(
    ("scale", "items"),
    [("sexual_preoccupation", [4, 8, 17, 22, 23, 44, 47]), ("sexual_distress", [23, 34, 40, 54]),
     ("dissociation_overt", [11, 18, 29, 30, 31, 45, 48]), ("dissociation_fantasy", [5, 38, 53])],
)  # fmt: skip
def test_22_subscales_of_the_tscc_are_not_swapped(scale, items):
    table = scores("tscc", {"youth": reports("tscc", "youth", dict.fromkeys(items, 1))})
    assert value(table, "child", scale) == len(items)


def test_22_satisfaction_has_its_border_at_the_half():
    bands = read_yaml(ROOT / "resources/classification/variables.yaml")["satisfaction"]["bands"]
    assert bands == [[1.5, 1], [2.5, 2], [3.5, 3], [4.5, 4], [None, 5]]


# 23 Skewed counts.


def test_23_one_act_of_more_than_twenty_times_is_25_and_is_not_capped():
    row = {(view, n): 8 for view in ("own", "partner") for n in scale_items(DEFINITIONS["cts2"]["scales"]["physical"])}
    table = scores("cts2", {"adult": reports("cts2", "adult", row)})
    assert value(table, "adult", "physical") == 24 * 25 == score_range(DEFINITIONS["cts2"], "physical")[1]


# 24 A proxy.


def test_24_drinking_of_the_partner_stays_apart_from_own_drinking():
    own, partner = (form_columns(DEFINITIONS[f"auditc_{who}"]["forms"]["adult"]) for who in ("own", "partner"))
    assert not set(own.values()) & set(partner.values())


# 25 Another definition.


def test_25_every_row_names_the_version_of_its_definition():
    table = scores("ace", {"adult": reports("ace", "adult", {})})
    other = scores("ace", {"adult": reports("ace", "adult", {})}, missing={"max_share": 0.1, "fill": "nothing"})
    assert set(table["definition"]) == {digest(DEFINITIONS["ace"])}
    assert set(other["definition"]) != set(table["definition"])


def test_25_the_version_does_not_hang_on_how_the_file_is_laid_out():
    definition = DEFINITIONS["ace"]
    assert digest(dict(reversed(definition.items()))) == digest(definition)


def test_25_every_row_names_its_norm_table():
    path = ROOT / "resources/norms/illustrative/tscc_illustrative.csv"
    norm = read_norm(path, "illustrative", "tscc", {"kind": "linear"})
    table = scores("tscc", {"youth": reports("tscc", "youth", {})}, norm)
    assert set(table["norm"]) == {"illustrative/tscc"}
    assert value(table, "child", "anxiety.t") == pytest.approx(50 + 10 * (0 - 8.1) / 4.86)


def test_25_without_a_norm_there_are_raw_scores_and_no_t():
    table = scores("tscc", {"youth": reports("tscc", "youth", {})})
    assert value(table, "child", "anxiety") == 0
    assert isnan(value(table, "child", "anxiety.t"))


# 26 Privacy.


def test_26_the_log_of_scoring_holds_names_of_scales_and_counts_but_no_id_or_answer():
    definition = DEFINITIONS["safety"]
    rows = reports("safety", "adult", {"respondent": "secret-1", 1: 7}, {"respondent": "secret-2", 1: SKIPPED})
    tables = {("adult", "T0"): rows}
    rules = rules_of(pd.concat(score_instrument(definition, tables)))
    assert describe(definition, None, rules, scale_reliability(definition, tables)).splitlines() == [
        f"Gevoel van veiligheid: key manual, definition {digest(definition)}",
        "mark: adult T0 complete 1",
        "mark: adult T0 too_few 1",
    ]


# Hand-worked cases and keys.


def test_kidscreen_10_by_hand():
    # items 2 5 9 11 13 14 16 21 25 26 answered 1 2 3 4 5 1 2 3 4 5; 9 and 11 are turned: 3 -> 3, 4 -> 2
    row = dict(zip([2, 5, 9, 11, 13, 14, 16, 21, 25, 26], [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], strict=True))
    table = scores("kidscreen", {"youth": reports("kidscreen", "youth", row)})
    assert value(table, "child", "index10") == 1 + 2 + 3 + 2 + 5 + 1 + 2 + 3 + 4 + 5


def test_kidscreen_10_t_of_the_lowest_and_highest_person_parameter():
    # the public constants; the table between sum and person parameter is licensed, only its ends are public
    sums = {10: -4.327, 50: 4.703}
    table = [{**POOLED, "scale": "index10", "raw_from": n, "raw_to": n, "value": pp} for n, pp in sums.items()]
    norm = Norm("kidscreen", "licensed", "lookup", table, standardise={"mean": 1.2078, "sd": 1.03377})
    found = t_scores(norm, "index10", np.array([10.0, 50, 30]), np.full(3, 12.0), np.full(3, 1.0))
    assert found[:2] == pytest.approx([-3.54, 83.81], abs=0.005)
    assert isnan(found[2])


def test_the_tscyc_divides_its_ninety_items_into_tens_of_nine():
    scales = {name: scale for name, scale in DEFINITIONS["tscyc"]["scales"].items() if "total_of" not in scale}
    assert sorted(item for scale in scales.values() for item in scale_items(scale)) == list(range(1, 91))
    assert DEFINITIONS["tscyc"]["scales"]["response_level"]["code"] == 0  # the authors' 1, in codes 0-3


def test_contradictory_answers_are_differences_within_pairs():
    row = {1: 3, 2: 1, 10: 0, 11: 3}
    table = scores("tsi", {"adult": reports("tsi", "adult", row)})
    assert value(table, "adult", "INC") == 2 + 3


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_no_definition_holds_a_wording(name):
    assert set(DEFINITIONS[name]) <= set(read_yaml(ROOT / "workflow/schemas/instrument.schema.yaml")["properties"])
    assert DEFINITIONS[name]["source"]
    assert DEFINITIONS[name]["key"]["note"]
