"""Mistakes in a copy of the project's own files: each gives one sentence with file, key and what is allowed."""

import shutil

from given.paths import ROOT
from given.project_files import Project, correct


def test_what_is_set_for_a_study_names_no_place_on_this_machine(project):
    (project.folder / "config/variables.csv").write_text("file,raw_name,canonical_name\nT1_jeugd,V1,leeftijd\n")
    told = project.load().set_for("groningen")
    assert set(told["config"]).isdisjoint({"raw_dir", "pseudonym_key_file", "corrections_file", "variables_file"})
    assert told["config"]["seed"] == 20261121 and told["study"]["risk_threshold"] == 4
    assert told["outcomes"]["safety"]["decimals"] == 1 and "security__parent" in told["outcomes"]
    assert told["variables"] == {"T1_jeugd": {"V1": "leeftijd"}}


def test_exports_of_an_instrument_are_those_of_its_forms_and_waves(settings):
    assert settings.exports_of("ace") == ["T0_volwassenen"]
    assert settings.exports_of("ctspc") == [
        *("T0_kinderen", "T1_kinderen", "T2_kinderen"),
        *("T0_jeugd", "T1_jeugd", "T2_jeugd"),
    ]


def test_outcomes_over_time_are_those_of_the_study_that_are_compared_with_what_a_planning_needs(settings):
    found = settings.outcomes_over_time("groningen")
    assert "safety" in found and not {"violence_class", "mark_help", "age_child", "security__parent"} & found.keys()
    assert list(found) == [name for name in settings.studies["groningen"]["outcomes"] if name in found]
    assert found["safety"].keys() == {"variable", "unit", "kind", "section", "label", "measure", "decimals", "margin"}


def test_a_study_needs_the_score_that_says_what_a_mark_is_about(settings):
    assert {"help.mark", "help.chosen"} <= set(settings.scores_of("groningen"))


def test_outcomes_of_a_study_are_its_background_problems_and_outcomes_in_order(settings):
    found = settings.outcomes_of("groningen", "unit", "better")
    study = settings.studies["groningen"]
    named = [*study["background"], *study["problems"], *study["outcomes"]]
    scales = [name for name in found if "__" in name]
    assert list(found) == [*sorted(set(named), key=named.index), *scales]
    assert found["safety"] == {"unit": "adult", "better": "higher"}
    assert found["sex"] == {"unit": "adult"}
    assert settings.outcomes_of("groningen")["safety"] == settings.outcomes["safety"]


def test_what_is_shown_is_known_by_what_it_is_the_sum_of_and_whom_it_is_asked_of(settings):
    plain, found = settings.outcomes_of("groningen"), settings.outcomes_to_show("groningen")
    assert found["total_violence"]["parts"] == ("cts2.partner_violence", "child_abuse_household")
    assert found["simspr__insecurity"]["parts"][0] == "simspr.reactivity"
    assert found["quality_of_life_child"] == plain["quality_of_life_child"] | {
        "of_youth": True,
        "scores": ("kidscreen.index10",),
    }
    # whom a household is counted by, and what else is made from the same answers
    assert found["traumatised_parents"]["persons"] == "clinical_trauma" and "persons" not in found["clinical_trauma"]
    assert found["child_abuse_household"]["persons"] == found["child_abuse"]["variable"]
    same = {"clinical_trauma": "psychological_problems", "paid_work": "unemployment", "education": "low_education"}
    same |= {"traumatised_parents": "psychological_problems", "restraining_order": "restraining_order"}
    assert {name: found[name]["covariates"] for name in same} == {name: (one,) for name, one in same.items()}
    assert found["violence_class"]["scores"] == found["total_violence"]["scores"] != found["child_abuse"]["scores"]
    # what parents say of a child, or children and parents both, is of all children
    assert found["security__mother"]["of_youth"] and "of_youth" not in found["security__parent"]
    assert found["safety"] == plain["safety"] | {"scores": ("safety.mark",)}


def test_covariates_of_a_study_are_those_of_all_strategies_once(settings):
    strategies = settings.studies["groningen"]["matching"]["strategies"].values()
    named = {name for strategy in strategies for name in strategy["covariates"]}
    assert settings.covariates_of("groningen") == sorted(named)


def test_approaches_are_those_of_the_studies_and_of_the_list_each_once(settings):
    found = settings.approaches()
    assert {study["approach"]["aanpak"] for study in settings.studies.values()} < set(found)
    assert set(settings.config["approaches"]) <= set(found) and len(set(found)) == len(found)


def test_a_name_for_one_export_goes_before_that_for_all_waves(project):
    rows = "volwassenen,V1,cts2_01\nT1_volwassenen,V1,cts2_02\nT1_volwassenen,V3,cts2_03\njeugd,V1,sis_01\n"
    (project.folder / "config/variables.csv").write_text("file,raw_name,canonical_name\n" + rows)
    settings = project.load()
    assert settings.variables_of("T0_volwassenen") == {"V1": "cts2_01"}
    assert settings.variables_of("T1_volwassenen") == {"V1": "cts2_02", "V3": "cts2_03"}
    assert settings.variables_of("huishoudens") == {}


def test_digest_of_corrections_changes_with_those_of_its_export_only(project):
    header = "file,id,column,old_value,new_value,reason,who,date\n"
    digests = []
    for old_value in ("1", "2"):
        row = f"T0_jeugd,K1,sis_01,{old_value},,typefout,AB,2026-01-02\n"
        correct(project, header + row)
        settings = project.load()
        digests.append((settings.corrections_digest("T0_jeugd"), settings.corrections_digest("T1_jeugd")))
    assert digests[0][0] != digests[1][0]
    assert digests[0][1] == digests[1][1]


def test_covariates_that_are_made_from_an_outcomes_own_answers_hold_its_start(settings):
    held = settings.covariates_with("groningen")
    assert list(held) == settings.studies["groningen"]["outcomes"]
    # total violence is partner violence and child abuse
    both = ["partner_violence", "total_violence"]
    for outcome in ("partner_violence", "physical_violence", "injury", "total_violence", "violence_class"):
        assert held[outcome] == both, outcome
    assert held["child_abuse"] == ["total_violence"]
    assert held["low_income"] == ["low_income"]
    assert held["quality_of_life"] == ["quality_of_life"]
    # a yes or no of a score holds that score
    assert held["clinical_trauma"] == ["parents_trauma"]
    # the count of risk factors rests on all of them
    assert held["risk_cumulation"] == ["low_education", "low_income", "unemployment"]
    # children are asked apart, and what stands in the register is made from no answer
    assert held["clinical_trauma_child"] == held["quality_of_life_child"] == held["safety"] == []
    assert not {"restraining_order", "n_children"} & {name for names in held.values() for name in names}


def test_a_study_without_the_key_estimates_over_persons_and_its_strategy_without_one_couples(tmp_path):
    project = Project(tmp_path)
    path = "config/studies/groningen.yaml"
    project.edit(path, "estimand: persons", "estimand: households")
    changed = project.load()
    assert changed.estimand_of("groningen") == "households" and changed.design_of("groningen") == "nearest"
    project.edit(path, "estimand: households", "")
    project.edit(path, "selected: strategy_2", "selected: strategy_3")
    changed = project.load()
    assert changed.estimand_of("groningen") == "persons" and changed.design_of("groningen") == "overlap"


def test_covariates_of_other_studies_do_not_count(tmp_path):
    project = Project(tmp_path)
    shutil.copy(ROOT / "config/studies/haaglanden.yaml", project.folder / "config/studies")
    held = project.load().covariates_with("haaglanden")
    assert held["clinical_trauma"] == ["psychological_problems"]
    assert held["unemployment"] == []


def test_risk_factors_that_are_made_from_an_outcomes_own_answers_are_named(settings):
    factors = settings.risk_factors_with("groningen")
    assert list(factors) == settings.studies["groningen"]["outcomes"]
    assert factors.pop("risk_cumulation") == list(settings.classification["risk_factors"])
    alone = ("low_income", "unemployment", "own_drinking", "partner_drinking")
    assert {outcome: names for outcome, names in factors.items() if names} == {name: [name] for name in alone}
