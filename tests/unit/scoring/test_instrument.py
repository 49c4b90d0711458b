from collections import Counter
from itertools import permutations
from math import isnan

import numpy as np
import pandas as pd
import pytest
from given.answered import definition

from effectstudie.definitions.instruments import columns_of_form
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED
from effectstudie.scoring.instrument import rules_of, score_columns, score_instrument
from effectstudie.scoring.score_tables import ROW_COLUMNS, ROW_KEY, long_form

SKIPPED = float("nan")


def table(rows, prefix, items, default, digits=2):
    """Reports: (household, respondent[, child], {item: answer}); items not named have the default answer."""
    frames = []
    for *ids, answers in rows:
        keys = dict(zip(["household", "respondent", "child"], ids, strict=False))
        frames.append({**keys, **{f"{prefix}{n:0{digits}d}": answers.get(n, default) for n in range(1, items + 1)}})
    return pd.DataFrame(frames)


def scored(spec, tables, norm=None):
    """Scores in long form."""
    return long_form(pd.concat(score_instrument(spec, tables, norm)), spec["instrument"])


def values(scores, unit, score, column="value"):
    rows = scores[(scores["unit"] == unit) & (scores["score"] == score)]
    return rows.set_index("unit_id")[column].to_dict()


def cts2(*rows, default=1):
    return scored(definition("cts2"), {("adult", "T0"): table(rows, "cts2_", 78, default)})


def ctspc(parents=(), children=(), wave="T0"):
    tables = {
        ("parent", wave): table(parents, "ctspc_", 27, 1).reindex(columns=parent_columns()),
        ("child", wave): table(
            [(household, "", child, answers) for household, child, answers in children], "ctspck_", 37, 1
        ).reindex(columns=child_columns()),
    }
    return scored(definition("ctspc"), tables)


def parent_columns():
    return ["household", "respondent", "child", "kind_leeftijd", *(f"ctspc_{n:02d}" for n in range(1, 28))]


def child_columns():
    return ["household", "child", "leeftijd", *(f"ctspck_{n:02d}" for n in range(1, 38))]


def ace(answers):
    rows = [(f"h{i}", f"r{i}", one) for i, one in enumerate(answers)]
    return scored(definition("ace"), {("adult", "T0"): table(rows, "ace_", 10, 0)})


# Keys, against the facts of the authors' forms.


def test_cts2_scales_and_negotiation_are_the_odd_numbers_to_77():
    scales = [scale for scale in definition("cts2")["scales"].values() if "parts" in scale]
    assert definition("cts2")["scales"]["negotiation"]["items"] == [1, 3, 13, 39, 59, 77]
    numbers = [n for scale in scales for part in scale["parts"].values() for n in part]
    assert sorted([*numbers, 1, 3, 13, 39, 59, 77]) == list(range(1, 78, 2))
    assert [scale["size"] for scale in scales] == [8, 12, 7, 6]


def test_cts2_minor_and_severe_acts_are_those_of_the_authors():
    parts = {name: scale.get("parts") for name, scale in definition("cts2")["scales"].items()}
    assert parts["psychological"] == {"minor": [5, 35, 49, 67], "severe": [25, 29, 65, 69]}
    assert parts["physical"] == {"minor": [7, 9, 17, 45, 53], "severe": [21, 27, 33, 37, 43, 61, 73]}
    assert parts["sexual"] == {"minor": [15, 51, 63], "severe": [19, 47, 57, 75]}
    assert parts["injury"] == {"minor": [11, 71], "severe": [23, 31, 41, 55]}


def test_ctspc_scales_and_non_violent_discipline_are_the_letters_a_to_v():
    scales = definition("ctspc")["scales"]
    letters = {
        name: {part: "".join(chr(64 + n) for n in numbers) for part, numbers in scales[name]["parts"].items()}
        for name in ("psychological", "physical")
    }
    assert letters["psychological"] == {"minor": "FN", "severe": "JLU"}
    assert letters["physical"]["minor"] == "CDHPR"
    assert sorted(letters["physical"]["severe"]) == sorted("GOTV" + "IKMS")
    everything = "".join("".join(parts.values()) for parts in letters.values()) + "ABEQ"
    assert sorted(everything) == [chr(65 + n) for n in range(22)]


def test_codes_become_mid_points_of_incidents():
    for name in ("cts2", "ctspc"):
        assert definition(name)["recode"] == {1: 0, 2: 0, 3: 1, 4: 2, 5: 4, 6: 8, 7: 15, 8: 25}


def test_mansa_counts_the_twelve_satisfaction_questions():
    assert definition("mansa")["scales"]["mark"]["items"] == [n for n in range(1, 17) if n not in (7, 9, 10, 11)]


def test_audit_own_and_partner_differ_only_in_their_columns():
    own, partner = definition("auditc_own"), definition("auditc_partner")
    for key in ("answers", "missing", "gates"):
        assert own[key] == partner[key]
    assert own["scales"]["drinks_per_week"] == partner["scales"]["drinks_per_week"]


# Partner violence of adults.


def test_an_adults_score_adds_own_and_partners_acts():
    # item 7 (physical, minor) twice by the respondent = 2, once by the partner = 1; item 21 (severe) 3-5 times = 4
    scores = cts2(("h", "a", {7: 4, 8: 3, 22: 5}))
    assert values(scores, "adult", "cts2.physical") == {"a": 7}
    assert values(scores, "adult", "cts2.physical.minor") == {"a": 3}
    assert values(scores, "adult", "cts2.physical.severe") == {"a": 4}
    assert values(scores, "adult", "cts2.partner_violence") == {"a": 7}


def test_negotiation_is_no_violence():
    assert values(cts2(("h", "a", {1: 8, 2: 8, 77: 8, 78: 8})), "adult", "cts2.partner_violence") == {"a": 0}


def test_never_and_not_in_the_past_year_are_no_incident():
    assert values(cts2(("h", "a", {}), default=2), "adult", "cts2.partner_violence") == {"a": 0}


def test_total_is_the_sum_of_the_four_scales_and_of_their_parts():
    scores = cts2(("h", "a", {5: 3, 7: 4, 15: 5, 11: 6, 25: 3}))  # 1 + 2 + 4 + 8 minor, 1 severe
    assert values(scores, "adult", "cts2.partner_violence") == {"a": 16}
    assert values(scores, "adult", "cts2.partner_violence.minor") == {"a": 15}
    assert values(scores, "adult", "cts2.partner_violence.severe") == {"a": 1}


# Partner violence of households.


def test_the_same_act_seen_by_two_adults_counts_once_by_the_higher_report():
    # a says: I did it once (1); b says: my partner did it 3-5 times (4). b's own act: a says twice (2), b never.
    scores = cts2(("h", "a", {7: 3, 8: 4}), ("h", "b", {8: 5}))
    assert values(scores, "household", "cts2.physical") == {"h": 4 + 2}
    assert values(scores, "adult", "cts2.physical") == {"a": 3, "b": 4}


def test_injury_of_one_adult_is_that_of_the_partner_of_the_other():
    scores = cts2(("h", "a", {11: 3}), ("h", "b", {12: 4, 11: 3}))  # a hurt: 1 or 2; b hurt: 1
    assert values(scores, "household", "cts2.injury") == {"h": 2 + 1}


def test_the_higher_report_is_taken_by_item_and_then_summed():
    # a's acts by item 7 and 9: a reports 4 and 0, b reports 0 and 8: 4 + 8, where the higher sum would be 8
    assert values(cts2(("h", "a", {7: 5}), ("h", "b", {10: 6})), "household", "cts2.physical") == {"h": 12}


def test_a_reporter_who_skipped_does_not_lower_the_other():
    skipped = dict.fromkeys(range(1, 79), SKIPPED)
    scores = cts2(("h", "a", {7: 5}), ("h", "b", skipped))
    assert values(scores, "household", "cts2.physical") == {"h": 4}
    assert values(scores, "adult", "cts2.physical", "status") == {"a": "ok", "b": "missing"}


def test_one_adult_reports_for_the_household_alone():
    assert values(cts2(("h", "a", {7: 3, 8: 4})), "household", "cts2.physical") == {"h": 3}


def test_waves_of_a_household_are_apart():
    tables = {
        ("adult", "T0"): table([("h", "a", {7: 5})], "cts2_", 78, 1),
        ("adult", "T1"): table([("h", "b", {7: 3})], "cts2_", 78, 1),
    }
    scores = scored(definition("cts2"), tables)
    rows = scores[(scores["unit"] == "household") & (scores["score"] == "cts2.physical")]
    assert rows.set_index("wave")["value"].to_dict() == {"T0": 4, "T1": 1}


def test_of_three_adults_the_one_who_reports_most_is_set_against_the_others():
    # b reports most: b's own act 25; the others' view of their partner's: a 2. Their own acts: a 4, c 8, by b 1.
    reports = [{7: 5, 8: 4}, {7: 8, 8: 3}, {7: 6}]
    for names in permutations("abc"):
        scores = cts2(*(("h", name, answers) for name, answers in zip(names, reports, strict=True)))
        assert values(scores, "household", "cts2.physical") == {"h": 25 + 8}


def test_neither_order_of_rows_nor_pseudonyms_change_a_households_score():
    rng = np.random.default_rng(3)
    reports = [dict(enumerate(rng.integers(1, 9, 78), start=1)) for _ in range(3)]
    reports[2] = {**reports[1], 5: SKIPPED, 6: NOT_APPLICABLE}
    found = [
        cts2(*(("h", name, reports[i]) for i, name in zip(order, names, strict=True)))
        for order, names in [((0, 1, 2), "xyz"), ((2, 0, 1), "xyz"), ((0, 1, 2), "zyx"), ((1, 2, 0), "yzx")]
    ]
    households = [scores[scores["unit"] == "household"].reset_index(drop=True) for scores in found]
    for other in households[1:]:
        pd.testing.assert_frame_equal(households[0], other)


# No answer.


def test_all_missing_is_missing_and_never_zero():
    scores = cts2(("h", "a", {}), default=SKIPPED)
    assert set(scores["status"]) == {"missing"}
    assert scores["value"].isna().all()


def test_refused_is_missing():
    scores = cts2(("h", "a", dict.fromkeys(range(5, 79), REFUSED)))
    assert values(scores, "adult", "cts2.physical", "status") == {"a": "missing"}


def test_not_applicable_is_kept_apart_from_missing():
    scores = cts2(("h", "a", {}), default=NOT_APPLICABLE)
    assert set(scores["status"]) == {"not_applicable"}
    assert scores["value"].isna().all()


def test_a_scale_that_does_not_apply_adds_nothing_to_a_total():
    sexual = {n + view: NOT_APPLICABLE for n in (15, 19, 47, 51, 57, 63, 75) for view in (0, 1)}
    scores = cts2(("h", "a", {**sexual, 7: 3}))
    assert values(scores, "adult", "cts2.sexual", "status") == {"a": "not_applicable"}
    assert values(scores, "adult", "cts2.partner_violence") == {"a": 1}


def test_does_not_apply_counts_only_where_nobody_reports_otherwise():
    nothing = dict.fromkeys(range(1, 79), NOT_APPLICABLE)
    scores = cts2(("h", "a", nothing), ("h", "b", {7: 3}))
    assert values(scores, "household", "cts2.physical") == {"h": 1}


@pytest.mark.parametrize(("skipped", "status"), [(3, "ok"), (4, "missing")])
def test_more_than_a_fifth_of_a_scale_skipped_is_missing(skipped, status):
    # psychological: 8 items in two views, so 3 of 16 may be skipped
    gone = dict.fromkeys([5, 6, 35, 36][:skipped], SKIPPED)
    scores = cts2(("h", "a", {**gone, 49: 3}))
    assert values(scores, "adult", "cts2.psychological", "status") == {"a": status}
    assert values(scores, "adult", "cts2.partner_violence", "status") == {"a": status}
    if status == "ok":
        assert values(scores, "adult", "cts2.psychological") == {"a": 1}


def test_what_was_reported_is_known_also_where_a_scale_was_skipped():
    sexual = {n + view: SKIPPED for n in (15, 19, 47, 51, 57, 63, 75) for view in (0, 1)}
    scores = cts2(("h", "a", {**sexual, 7: 3, 21: 4}))  # physical: one minor act, two severe
    assert values(scores, "adult", "cts2.partner_violence", "status") == {"a": "missing"}
    assert values(scores, "adult", "cts2.partner_violence.minor.known") == {"a": 1}
    assert values(scores, "adult", "cts2.partner_violence.severe.known") == {"a": 2}
    assert values(scores, "adult", "cts2.sexual.severe.known", "status") == {"a": "missing"}


def test_a_part_of_which_nothing_is_known_is_missing_though_the_scale_is_not():
    spec = {
        **definition("safety"),
        "instrument": "x",
        "missing": {"max_share": 0.5, "fill": "nothing"},
        "forms": {"adult": {"table": "volwassenen", "views": {"own": {"columns": ["a", "b", "c"]}}}},
        "scales": {"s": {"label": "s", "size": 3, "parts": {"minor": [1, 2], "severe": [3]}}},
    }
    reports = pd.DataFrame({"household": "h", "respondent": ["r"], "a": 2.0, "b": 3.0, "c": SKIPPED})
    scores = scored(spec, {("adult", "T0"): reports})
    assert values(scores, "adult", "x.s") == {"r": 5}
    assert values(scores, "adult", "x.s.minor") == {"r": 5}
    assert values(scores, "adult", "x.s.severe", "status") == {"r": "missing"}


# Child abuse.


def test_two_parents_and_the_child_give_the_higher_report_by_item():
    scores = ctspc(
        parents=[("h", "a", "k", {3: 3, 6: 4}), ("h", "b", "k", {3: 4})],  # C: 1 and 2; F: 2
        children=[("h", "k", {3: 5, 7: 3})],  # C: 4; G, severe: 1
    )
    assert values(scores, "child", "ctspc.physical.minor") == {"k": 4}
    assert values(scores, "child", "ctspc.physical.severe") == {"k": 1}
    assert values(scores, "child", "ctspc.child_abuse") == {"k": 4 + 1 + 2}


def test_neglect_is_direct_abuse_and_witness_and_discipline_are_not():
    scores = ctspc(
        parents=[("h", "a", "k", {1: 8, 2: 8, 5: 8, 17: 8, 23: 3})],
        children=[("h", "k", dict.fromkeys(range(23, 38), 3))],
    )
    assert values(scores, "child", "ctspc.neglect.minor") == {"k": 1}
    assert values(scores, "child", "ctspc.witness") == {"k": 15}
    assert values(scores, "child", "ctspc.child_abuse") == {"k": 1}


def test_a_child_that_reports_alone_has_a_total_without_neglect():
    scores = ctspc(children=[("h", "k", {4: 4})])
    assert values(scores, "child", "ctspc.neglect") == {}
    assert values(scores, "child", "ctspc.child_abuse") == {"k": 2}


def test_neglect_that_a_parent_skipped_leaves_the_total_missing():
    scores = ctspc(parents=[("h", "a", "k", {23: SKIPPED, 24: SKIPPED})])
    assert values(scores, "child", "ctspc.child_abuse", "status") == {"k": "missing"}


# Single instruments.


def test_mansa_is_the_mean_of_twelve_as_a_mark():
    # all 4: 1 + 3 * 9 / 6 = 5.5; the yes/no questions 7, 9, 10, 11 do not count
    report = table([("h", "a", {7: 1, 9: 1, 10: 2, 11: 2})], "mansa_", 16, 4)
    scores = scored(definition("mansa"), {("adult", "T0"): report})
    assert values(scores, "adult", "mansa.mark") == {"a": 5.5}


def test_mansa_ends_are_the_marks_one_and_ten():
    report = pd.concat([table([("h", "a", {})], "mansa_", 16, 1), table([("h", "b", {})], "mansa_", 16, 7)])
    scores = scored(definition("mansa"), {("adult", "T0"): report})
    assert values(scores, "adult", "mansa.mark") == {"a": 1, "b": 10}


def test_mansa_fills_up_to_a_quarter_with_the_persons_own_mean():
    gone = dict.fromkeys([1, 2, 3], SKIPPED)  # 3 of 12; the nine others are 3 x 7 and 6 x 4: mean 5, mark 7
    rows = [("h", "a", {**gone, 4: 7, 5: 7, 6: 7}), ("h", "b", {**gone, 4: SKIPPED})]
    scores = scored(definition("mansa"), {("adult", "T0"): table(rows, "mansa_", 16, 4)})
    found = values(scores, "adult", "mansa.mark")
    assert found["a"] == pytest.approx(7)
    assert isnan(found["b"])


def test_ace_counts_yes():
    assert values(ace([{1: 1, 5: 1, 10: 1}, {}]), "adult", "ace.count") == {"r0": 3, "r1": 0}


def test_unanswered_ace_leave_the_count_unknown_between_bounds():
    scores = ace([{1: 1, 2: 1, 3: 1, 4: SKIPPED, 5: REFUSED}])
    assert values(scores, "adult", "ace.count", "status") == {"r0": "missing"}
    assert values(scores, "adult", "ace.count.at_least") == {"r0": 3}
    assert values(scores, "adult", "ace.count.at_most") == {"r0": 5}


def test_an_ace_without_any_answer_has_no_bounds():
    scores = ace([dict.fromkeys(range(1, 11), SKIPPED)])
    assert scores["value"].isna().all()


def test_bounds_use_the_lowest_and_highest_value_of_an_answer():
    spec = definition("ace")
    spec["answers"], spec["recode"] = [0, 1], {0: 2, 1: 5}
    scores = scored(spec, {("adult", "T0"): table([("h", "a", {1: SKIPPED})], "ace_", 10, 0)})
    assert values(scores, "adult", "ace.count.at_least") == {"a": 20}
    assert values(scores, "adult", "ace.count.at_most") == {"a": 23}


def audit(*answers):
    rows = [(f"h{i}", f"r{i}", dict(enumerate(one, start=1))) for i, one in enumerate(answers)]
    reports = table(rows, "auditc_zelf_", 3, SKIPPED, digits=1)
    return scored(definition("auditc_own"), {("adult", "T0"): reports})


def test_drinks_a_week_are_days_times_glasses():
    scores = audit((3, 2, 1), (4, 4, 0))  # 2.5 * 5.5; 5 * 12
    assert values(scores, "adult", "auditc_own.drinks_per_week") == {"r0": 13.75, "r1": 60}
    assert values(scores, "adult", "auditc_own.total") == {"r0": 6, "r1": 8}


@pytest.mark.parametrize("behind", [NOT_APPLICABLE, SKIPPED, 2])
def test_who_never_drinks_has_no_glasses_whatever_stands_behind_the_gate(behind):
    scores = audit((0, behind, behind))
    assert values(scores, "adult", "auditc_own.drinks_per_week") == {"r0": 0}
    assert values(scores, "adult", "auditc_own.total") == {"r0": 0}


def test_a_skipped_gate_leaves_drinking_unknown():
    scores = audit((SKIPPED, 1, 1), (2, SKIPPED, 0))
    assert values(scores, "adult", "auditc_own.drinks_per_week", "status") == {"r0": "missing", "r1": "missing"}


def test_a_gate_that_does_not_apply_closes_the_questions_behind_it():
    scores = audit((NOT_APPLICABLE, SKIPPED, SKIPPED), (NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE))
    assert set(scores["status"]) == {"not_applicable"}


def test_tables_of_a_product_follow_the_item_and_not_the_order_in_the_file():
    spec = definition("auditc_own")
    spec["scales"]["drinks_per_week"]["items"] = [2, 1]
    reports = table([("h", "r", {1: 3, 2: 2, 3: 0})], "auditc_zelf_", 3, 0, digits=1)
    scores = scored(spec, {("adult", "T0"): reports})
    assert values(scores, "adult", "auditc_own.drinks_per_week") == {"r": 13.75}


def test_reversed_items_turn_within_the_answers_that_are_allowed():
    spec = {**definition("safety"), "answers": [1, 5], "reverse": [1]}
    reports = pd.DataFrame({"household": "h", "respondent": ["a", "b", "c"], "veiligheid": [1, 4, SKIPPED]})
    scores = scored(spec, {("adult", "T0"): reports})
    assert values(scores, "adult", "safety.mark") | {"c": None} == {"a": 5, "b": 2, "c": None}
    assert values(scores, "adult", "safety.mark", "status")["c"] == "missing"


def test_a_total_may_stand_before_its_scales():
    spec = definition("cts2")
    spec["scales"] = dict(reversed(spec["scales"].items()))
    scores = scored(spec, {("adult", "T0"): table([("h", "a", {7: 3, 5: 3})], "cts2_", 78, 1)})
    assert values(scores, "adult", "cts2.partner_violence") == {"a": 2}


# Reliability.


@pytest.mark.parametrize("name", ["cts2", "mpf", "background"])
def test_scores_of_some_units_at_a_time_are_those_of_all_at_once(name):
    spec, rng, tables = definition(name), np.random.default_rng(3), {}
    low, high = spec["answers"]
    for form, of_form in spec["forms"].items():
        for wave, n in (("T0", 60), ("T1", 40)):
            people = rng.permutation(60)[:n]
            given = rng.integers(low, high + 1, (n, len(columns_of_form(of_form)))).astype(float)
            given[rng.random(given.shape) < 0.05] = SKIPPED
            keys = {"household": people // 3, "respondent": people, "child": 100 + people // 2}
            tables[form, wave] = pd.DataFrame({**keys, **dict(zip(columns_of_form(of_form), given.T, strict=True))})
            if of_form["table"] == "jeugd":
                tables[form, wave] = tables[form, wave].drop_duplicates("child", ignore_index=True)
    parts = list(score_instrument(spec, tables, reports=16))
    once = list(score_instrument(spec, tables))
    assert len(parts) > 2 * len(once)
    apart, whole = (pd.concat(one).sort_values(ROW_KEY, ignore_index=True) for one in (parts, once))
    pd.testing.assert_frame_equal(apart, whole, check_categorical=False)
    units = pd.concat([part[["unit", "unit_id"]].drop_duplicates() for part in parts])
    assert not units.duplicated().any()  # of a unit all reports and waves come together
    assert sum(map(rules_of, parts), Counter()) == rules_of(whole)


def test_scores_have_one_row_per_unit_and_wave():
    rows = table([("h", "a", {}), ("h", "b", {}), ("g", "c", {})], "cts2_", 78, 1)
    scores = pd.concat(score_instrument(definition("cts2"), {("adult", "T0"): rows}))
    assert list(scores.columns) == score_columns(definition("cts2"))
    assert list(scores.columns)[: len(ROW_COLUMNS)] == ROW_COLUMNS
    assert not scores.duplicated(ROW_KEY).any()
