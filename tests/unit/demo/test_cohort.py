"""The demonstration cohort keeps the contract of the raw exports. One small cohort is made for all tests."""

import numpy as np
import pandas as pd
import pyreadstat

from effectstudie.definitions.export_columns import REPORTING, columns_of
from effectstudie.demo.cohort import make_cohort
from effectstudie.demo.export import write_exports

WAVES = ("T0", "T1", "T2")
NO_ANSWER = (99, 98, -8, -9)


def of_file(name, codebooks):
    wave, _, table = name.rpartition("_")
    return columns_of(codebooks[table], wave or None)


def test_there_are_ten_exports(cohort):
    assert set(cohort) == {"huishoudens", *(f"{wave}_{table}" for wave in WAVES for table in REPORTING)}


def test_columns_are_those_of_the_codebook_in_its_order(cohort, codebooks):
    for name, frame in cohort.items():
        assert list(frame) == list(of_file(name, codebooks)), name


def test_every_answer_is_allowed_or_says_why_there_is_none(cohort, codebooks):
    for name, frame in cohort.items():
        for column in of_file(name, codebooks).values():
            answers = frame[column.name].dropna()
            if column.values is not None:
                assert answers.isin([*column.values, *NO_ANSWER]).all(), (name, column.name)
            elif column.low is not None:
                assert (answers.between(column.low, column.high) | answers.isin(NO_ANSWER)).all(), (name, column.name)
            if column.kind == "code":
                assert (answers % 1 == 0).all(), (name, column.name)


def test_keys_are_unique_in_a_wave(cohort, codebooks):
    for name, frame in cohort.items():
        assert not frame.duplicated(codebooks[name.rpartition("_")[2]]["key"]).any(), name


def test_everyone_belongs_to_a_household_of_the_cohort_and_stays_in_it(cohort):
    known = set(cohort["huishoudens"]["huishouden_id"])
    for table, person in (("volwassenen", "respondent_id"), ("kinderen", "kind_id"), ("jeugd", "kind_id")):
        rows = pd.concat([cohort[f"{wave}_{table}"] for wave in WAVES])
        assert set(rows["huishouden_id"]) <= known
        assert (rows.groupby(person)["huishouden_id"].nunique() == 1).all()
        assert rows[person].str.startswith("DEMO-H").all()


def test_sex_and_age_of_a_person_agree_between_waves(cohort):
    for table, person, sex, age in (
        ("volwassenen", "respondent_id", "geslacht", "leeftijd"),
        ("kinderen", "kind_id", "kind_geslacht", "kind_leeftijd"),
        ("jeugd", "kind_id", "geslacht", "leeftijd"),
    ):
        first, last = (
            cohort[f"{wave}_{table}"].drop_duplicates(person).set_index(person)[[sex, age, "afnamedatum"]]
            for wave in ("T0", "T2")
        )
        both = first.join(last.add_suffix("_T2"), how="inner")
        assert (both[sex] == both[f"{sex}_T2"]).all()
        assert (both[f"{age}_T2"] - both[age]).isin([1, 2]).all()
        assert (both["afnamedatum_T2"] > both["afnamedatum"]).all()


def test_the_first_visit_follows_the_report(cohort):
    adults = cohort["T0_volwassenen"].merge(cohort["huishoudens"], on="huishouden_id")
    assert (adults["afnamedatum"] > adults["melddatum"]).all()


def test_nobody_enters_after_the_first_wave_and_some_return_after_missing_one(cohort):
    seen = {wave: set(cohort[f"{wave}_volwassenen"]["respondent_id"]) for wave in WAVES}
    assert seen["T1"] | seen["T2"] < seen["T0"]
    assert seen["T2"] - seen["T1"]


def test_children_outside_the_ages_of_a_questionnaire_have_no_answers_on_it(cohort, codebooks):
    for table, age in (("kinderen", "kind_leeftijd"), ("jeugd", "leeftijd")):
        for wave in WAVES:
            frame = cohort[f"{wave}_{table}"]
            for column in columns_of(codebooks[table], wave).values():
                if column.ages:
                    outside = ~frame[age].between(*column.ages)
                    assert frame.loc[outside, column.name].isna().all()
    assert cohort["T0_jeugd"]["leeftijd"].min() >= 8
    assert (cohort["T0_kinderen"]["kind_leeftijd"] > 12).any()


def test_help_is_asked_at_follow_up_only_and_adversity_at_the_start_only(cohort):
    assert "ace_01" in cohort["T0_volwassenen"] and "ace_01" not in cohort["T1_volwassenen"]
    assert "hulp_cijfer" not in cohort["T0_volwassenen"] and "hulp_cijfer" in cohort["T1_jeugd"]


def test_use_of_help_is_not_applicable_where_none_was_received(cohort):
    adults = cohort["T1_volwassenen"]
    without = adults[adults["hulp_ggz_ontvangen"] == 0]["hulp_ggz_nut"].dropna()
    assert len(without) and without.isin([98, -8, 99, -9]).all()


def test_many_of_an_approach_judge_the_approach_itself_and_nobody_else_does(cohort):
    approach = cohort["huishoudens"].set_index("huishouden_id")["aanpak"]
    adults = cohort["T1_volwassenen"]
    choices = adults[adults["hulp_keuze"].between(1, 7)]
    itself = (choices["hulp_keuze"] == 7).groupby(choices["huishouden_id"].map(approach).fillna("")).mean()
    studied = ["Multifocus", "Veilig Verder", "Samen Verder"]
    assert itself[studied].between(0.1, 0.9).all()
    assert (itself.drop(studied) == 0).all()


def test_a_partner_who_is_not_there_does_not_drink(cohort):
    alone = cohort["T0_volwassenen"].query("partner == 0")[[f"auditc_partner_{n}" for n in (1, 2, 3)]]
    assert len(alone) and (alone.isin(NO_ANSWER) | alone.isna()).all(axis=None)


def test_both_approaches_and_others_take_part_each_in_its_region(cohort):
    homes = cohort["huishoudens"].groupby("aanpak")["regio"].agg(set)
    assert homes["Multifocus"] == {"Groningen"} and homes["Veilig Verder"] == {"Den Haag"}
    assert len(homes.index.drop(["", "Multifocus", "Veilig Verder"])) >= 2
    assert cohort["huishoudens"]["regio"].nunique() == 13


def test_only_some_households_without_approach_have_a_restraining_order(cohort):
    pool = cohort["huishoudens"].query("aanpak == ''")["thv"]
    assert 0 < pool.sum() < len(pool) / 4


def test_answers_are_missing_in_all_ways_that_exports_have(cohort):
    answers = cohort["T0_volwassenen"].select_dtypes("number").to_numpy()
    assert np.isnan(answers).any()
    assert all((answers == code).any() for code in NO_ANSWER)


def test_two_adults_of_a_household_are_a_man_and_a_woman(cohort):
    adults = cohort["T0_volwassenen"]
    pairs = adults[adults.duplicated("huishouden_id", keep=False)].groupby("huishouden_id")["geslacht"].agg(set)
    assert len(pairs) and (pairs == {1.0, 2.0}).all()


def test_same_seed_same_cohort_and_other_seed_another(definition, codebooks, cohort):
    again, other = (make_cohort(definition, codebooks, seed) for seed in (1, 2))
    for name, frame in cohort.items():
        pd.testing.assert_frame_equal(frame, again[name])
    assert not cohort["T0_volwassenen"].equals(other["T0_volwassenen"])


def test_spss_file_carries_labels_missing_codes_and_the_word_synthetic(tmp_path, cohort, codebooks):
    frame = cohort["T1_volwassenen"]
    write_exports(cohort, [tmp_path / "T1_volwassenen.sav", tmp_path / "huishoudens.sav"], codebooks)
    assert len(pyreadstat.read_sav(str(tmp_path / "huishoudens.sav"))[0]) == len(cohort["huishoudens"])
    back, meta = pyreadstat.read_sav(str(tmp_path / "T1_volwassenen.sav"), user_missing=True)
    assert meta.file_label == "synthetische demonstratiecohort"
    assert meta.column_names_to_labels["cts2_01"] == "CTS2 item 1"
    assert meta.variable_value_labels["geslacht"] == {
        1: "man", 2: "vrouw", 98: "niet van toepassing", 99: "weigert of weet niet"
    }  # fmt: skip
    assert {bounds["lo"] for bounds in meta.missing_ranges["cts2_01"]} == {98.0, 99.0}
    pd.testing.assert_series_equal(back["cts2_01"], frame["cts2_01"])
    assert list(pd.to_datetime(back["afnamedatum"])) == list(frame["afnamedatum"])


def test_an_export_is_the_same_whichever_others_are_made(cohort, definition, codebooks):
    other = make_cohort(definition, codebooks, 1, ["T0", "T1", "T2", "T3"], ["volwassenen", "jeugd"])
    assert set(other) == {
        "huishoudens",
        *(f"{w}_{table}" for w in (*WAVES, "T3") for table in ("volwassenen", "jeugd")),
    }
    for name in set(other) & set(cohort):
        pd.testing.assert_frame_equal(other[name], cohort[name])


def test_a_measurement_after_the_last_one_is_later_and_of_fewer(definition, codebooks):
    made = make_cohort(definition, codebooks, 1, ["T0", "T2", "T3"], ["volwassenen"])
    early, late = (made[f"{wave}_volwassenen"].set_index("respondent_id") for wave in ("T2", "T3"))
    assert 0 < len(late) < len(early) and late.index.isin(early.index).all()
    assert (late["afnamedatum"] > early["afnamedatum"].reindex(late.index)).all()
    assert late["hulp_cijfer"].notna().any() and "ace_01" not in late
