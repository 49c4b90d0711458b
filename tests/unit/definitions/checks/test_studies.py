"""Mistakes that only several files together show: one sentence with file, key and what is allowed."""

import shutil

import pytest
from given.project_files import ACE, CLASSIFICATION, MANSA, STUDY, licensed

from effectstudie.definitions.load import load, refuse_invented
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

CTS2 = "resources/instruments/cts2.yaml"
AUDIT = "resources/instruments/auditc_own.yaml"
CTSPC = "resources/instruments/ctspc.yaml"
HELP = "resources/instruments/help.yaml"
TSCC = "resources/instruments/tscc.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "sentence"),
    [
        (
            STUDY,
            "risk_cumulation, satisfaction_help",
            "risk_accumulation, satisfaction_help",
            f"{STUDY}: outcomes names the outcome 'risk_accumulation', which does not exist (did you mean "
            "'risk_cumulation'?); known: ",
        ),
        (STUDY, "[age_group,", "[age_groups,", f"{STUDY}: background names the outcome 'age_groups', which does not"),
        (STUDY, "outcomes: [", "outcomes: [sex, ", f"{STUDY}: key outcomes names 'sex', which background names too"),
        (
            STUDY,
            "selected: strategy_2",
            "selected: strategy_4",
            f"{STUDY}: matching.selected names the strategy 'strategy_4', which does not exist (did you mean "
            "'strategy_3'?); known: strategy_1, strategy_2, strategy_3.",
        ),
        (
            STUDY,
            "[total_violence, partner_violence,",
            "[total_violense, partner_violence,",
            f"{STUDY}: matching.strategies.strategy_1.covariates names the covariate 'total_violense', which does not "
            "exist (did you mean 'total_violence'?); known: ",
        ),
        (
            STUDY,
            "exact: []",
            "exact: [sexe]",
            f"{STUDY}: matching.strategies.strategy_1.exact names the covariate 'sexe', which does not exist; known: ",
        ),
        (
            STUDY,
            "regio: Groningen",
            "regio: Gronigen",
            f"{STUDY}: approach.regio names the region 'Gronigen', which does not exist (did you mean 'Groningen'?)",
        ),
        (
            STUDY,
            "waves: [T1, T2]",
            "waves: [T1, T3]",
            f"{STUDY}: follow_up.waves names the wave 'T3', which does not exist",
        ),
        (
            STUDY,
            "waves: [T1, T2]",
            "waves: [T0]",
            f"{STUDY}: follow_up.waves names the wave 'T0', which does not exist",
        ),
        (
            STUDY,
            'version: "0.9"',
            'version: "0.9"\nisbn: 978-90-1234-567-0',
            f"{STUDY}: key isbn is '978-90-1234-567-0', whose last digit does not fit the others; allowed: an ISBN as "
            "it was given, or no key isbn",
        ),
        (
            STUDY,
            "adult: [90, 120]",
            "adult: [120, 90]",
            f"{STUDY}: key recruitment.minutes.adult is [120, 90]; allowed: two whole numbers, the lowest first.",
        ),
        (
            STUDY,
            "target: [50, 100]",
            "target: [100, 50]",
            f"{STUDY}: key recruitment.target is [100, 50]; allowed: two whole numbers, the lowest first.",
        ),
        (
            STUDY,
            "report_date: 2026-11-21",
            "report_date: 2026-02-30",
            f"{STUDY}: key report_date is '2026-02-30'; allowed: a day that exists.",
        ),
        (
            "config/outcomes.yaml",
            "variable: safety.mark",
            "variable: safety.marks",
            "config/outcomes.yaml: safety.variable names the variable 'safety.marks', which does not exist (did you "
            "mean 'safety.mark'?); known: ",
        ),
        (
            "config/outcomes.yaml",
            "variable: ctspc.child_abuse\n  unit: child",
            "variable: ctspc.child_abuse\n  unit: adult",
            "config/outcomes.yaml: child_abuse.variable is 'ctspc.child_abuse', which exists for child only.",
        ),
        (
            "config/outcomes.yaml",
            "codes: [0, 1], id: none_or_mild",
            "codes: [0, 9], id: none_or_mild",
            "config/outcomes.yaml: violence_class.merge names the class 9, which does not exist; known: 0, 1, 2.",
        ),
        (
            f"{CLASSIFICATION}/violence.yaml",
            "score: cts2.partner_violence",
            "score: cts2.partner_violense",
            f"{CLASSIFICATION}/violence.yaml: partner_violence.score names the variable 'cts2.partner_violense', which",
        ),
        (
            f"{CLASSIFICATION}/violence.yaml",
            "score: ctspc.child_abuse",
            "score: ctspc.witness",
            f"{CLASSIFICATION}/violence.yaml: child_abuse.score names the variable 'ctspc.witness.minor', which does",
        ),
        (
            f"{CLASSIFICATION}/violence.yaml",
            "mild_from: 4",
            "mild_from: 22",
            f"{CLASSIFICATION}/violence.yaml: key partner_violence.mild_from must be lower than frequent_from.",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "score: background.age\n  unit: adult",
            "score: background.age\n  unit: child",
            f"{CLASSIFICATION}/variables.yaml: age_group.score is 'background.age', which exists for adult only.",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "[[12, 0], [null, 1]]",
            "[[null, 1], [12, 0]]",
            f"{CLASSIFICATION}/variables.yaml: key paid_work.bands must have rising bounds, and null as the last.",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "man:",
            "n_children:",
            f"{CLASSIFICATION}/variables.yaml: key n_children is the name of a variable that is made already; choose",
        ),
        (
            f"{CLASSIFICATION}/risk_factors.yaml",
            "score: background.income,",
            "score: background.incom,",
            f"{CLASSIFICATION}/risk_factors.yaml: low_income.score names the variable 'background.incom', which does",
        ),
        (
            f"{CLASSIFICATION}/covariates.yaml",
            "variable: n_children",
            "variable: n_childs",
            f"{CLASSIFICATION}/covariates.yaml: n_children.variable names the variable 'n_childs', which does",
        ),
        (
            f"{CLASSIFICATION}/covariates.yaml",
            "variable: unemployment\n  of_adults: mean",
            "variable: unemployment",
            f"{CLASSIFICATION}/covariates.yaml: unemployment.variable is 'unemployment', which exists for adult only.",
        ),
        (
            f"{CLASSIFICATION}/covariates.yaml",
            "variable: n_children",
            "variable: risk_cumulation",
            f"{CLASSIFICATION}/covariates.yaml: n_children.variable names the variable 'risk_cumulation', which does",
        ),
        (
            ACE,
            "size: 10",
            "size: 9",
            f"{ACE}: scales.count has 10 items, but its size says 9.",
        ),
        (
            CTS2,
            "minor: [5, 35, 49, 67]",
            "minor: [5, 5, 49, 67]",
            f"{CTS2}: scales.psychological names item 5 twice.",
        ),
        (
            CTS2,
            "minor: [5, 35, 49, 67]",
            "minor: [6, 35, 49, 67]",
            f"{CTS2}: scales.psychological names item 6, which no form has.",
        ),
        (
            CTS2,
            "total_of: [psychological,",
            "total_of: [psycological,",
            f"{CTS2}: scales.partner_violence.total_of names the scale 'psycological', which does not exist (did you",
        ),
        (
            CTS2,
            "  partner_violence:  #",
            "  twice: {label: x, total_of: [partner_violence, injury]}\n  partner_violence:  #",
            f"{CTS2}: scales.twice.total_of names 'partner_violence', which is a total itself; name the scales.",
        ),
        (
            CTS2,
            "recode: {1: 0, ",
            "recode: {",
            f"{CTS2}: key recode must give every answer from 1 to 8 once.",
        ),
        (
            CTS2,
            "mirror: [own, partner]",
            "mirror: [own, other]",
            f"{CTS2}: units.household.mirror names the view 'other', which does not exist; known: own, partner.",
        ),
        (
            CTS2,
            "\nmissing:",
            "\nreverse: [5]\nmissing:",
            f"{CTS2}: key reverse cannot go with recode; give the reversed items codes that fit.",
        ),
        (
            "resources/instruments/safety.yaml",
            "columns: [veiligheid]",
            "columns: [veilighied]",
            "resources/instruments/safety.yaml: forms.adult names the column 'veilighied', which does not exist (did "
            "you mean 'veiligheid'?); known: ",
        ),
        (
            MANSA,
            "last: 16",
            "last: 17",
            f"{MANSA}: forms.adult names the column 'mansa_17', which does not exist (did you mean 'mansa_1",
        ),
        (
            MANSA,
            "answers: [1, 7]",
            "answers: [1, 7]\nwaves: [T0, T5]",
            f"{MANSA}: waves names the wave 'T5', which does not exist",
        ),
        (
            CTS2,
            "directions: [own, partner]",
            "directions: [own, parner]",
            f"{CTS2}: units.adult.directions names the view 'parner', which does not exist (did you mean 'partner'?)",
        ),
        (
            CTS2,
            "mirror: [own, partner]",
            "mirror: [own, partner], directions: [own, partner]",
            f"{CTS2}: units.household.directions cannot go with mirror, which makes both sides the same acts.",
        ),
        (CTS2, "year: [3, ", "year: [0, ", f"{CTS2}: prevalence.year names the answer 0; allowed: 1 to 8."),
        (
            CTSPC,
            "moves: [{item: 3,",
            "moves: [{item: 6,",
            f"{CTSPC}: scales.physical.moves names item 6, which is in no part of the scale.",
        ),
        (
            CTSPC,
            "    age: kind_leeftijd\n",
            "",
            f"{CTSPC}: key forms.parent.age is missing; ages and moves need the column with the age.",
        ),
        (
            TSCC,
            "norm_scales: [underresponse,",
            "norm_scales: [underesponse,",
            f"{TSCC}: norm_scales names the scale 'underesponse', which does not exist (did you mean 'underresponse'?)",
        ),
        (
            TSCC,
            "    code: 0\n    missing: {max_share: 0, fill: nothing, round: none}",
            "    code: 0\n    missing: {max_share: 0.1, fill: nothing, round: none}",
            f"{TSCC}: scales.underresponse.missing.max_share must be 0: count of items that were skipped has no",
        ),
        (TSCC, "ages: {from: 8, below: 18}", "ages: {from: 18, below: 8}", f"{TSCC}: key ages.from must be lower than"),
        (
            HELP,
            "weights: [13, 14, 15, 16]\n    size: 8",
            "weights: [13, 14, 15]\n    size: 7",
            f"{HELP}: scales.satisfaction.weights must have a weight for each of the 4 items.",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "{scores: [tsi.AA.t, ",
            "{scores: [tsi.A.t, ",
            f"{CLASSIFICATION}/variables.yaml: clinical_trauma names the variable 'tsi.A.t', which does not exist (did",
        ),
        (
            f"{CLASSIFICATION}/variables.yaml",
            "    - {code: 0, label: normaal}",
            "    - {code: 0, label: normaal, when: {score: tscyc.anger.t, below: 60}}",
            f"{CLASSIFICATION}/variables.yaml: key trauma_level_by_parent.classes must have a condition `when` in all",
        ),
        (
            MANSA,
            "  adult: {}",
            "  child: {}",
            f"{MANSA}: units.child takes the form 'adult' of the table volwassenen; allowed: kinderen or jeugd.",
        ),
        (
            AUDIT,
            "{0: 1.5, 1: 3.5, 2: 5.5, 3: 8, 4: 12}",
            "{0: 1.5, 1: 3.5, 2: 5.5, 3: 8}",
            f"{AUDIT}: scales.drinks_per_week.tables must give item 2 a value for every answer from 0 to 4.",
        ),
        (
            AUDIT,
            "set: {2: 0, 3: 0}",
            "set: {2: 0, 4: 0}",
            f"{AUDIT}: gates names item 4, which no form has.",
        ),
        (
            "resources/instruments/safety.yaml",
            "answers: [1, 10]",
            "answers: [0, 9]",
            "resources/instruments/safety.yaml: item 1 is the column 'veiligheid', which the codebook allows a number "
            "from 1 to 10, but key answers says 0 to 9.",
        ),
        (
            "resources/exports/kinderen.yaml",
            "key: [respondent_id, kind_id]",
            "key: [respondent_id, kind]",
            "resources/exports/kinderen.yaml: key or age_column names the column 'kind', which does not exist (did",
        ),
    ],
)
def test_a_name_or_number_that_does_not_fit_another_is_one_sentence(project, path, old, new, sentence):
    project.edit(path, old, new)
    # the first: what follows from the mistake in other files may be said too
    assert project.problems()[0].startswith(sentence)


def test_a_threshold_above_the_number_of_risk_factors_is_refused(project):
    project.edit(STUDY, "risk_threshold: 4", "risk_threshold: 7")
    line = "single_parent: {score: background.single_parent, yes_when: {equals: 1}}"
    project.edit(f"{CLASSIFICATION}/risk_factors.yaml", line, "")
    assert project.problem() == (
        f"{STUDY}: key risk_threshold is 7; allowed: at most 6, the number of risk factors in "
        f"{CLASSIFICATION}/risk_factors.yaml."
    )


def test_a_variable_of_families_counts_a_yes_no_variable_of_persons(project):
    path = f"{CLASSIFICATION}/variables.yaml"
    for wrong in ("age_group", "traumatised_parents", "nothing"):
        project.edit(path, "any_of: clinical_trauma}", f"any_of: {wrong}}}")
        assert f"traumatised_parents.any_of names the yes/no variable of persons '{wrong}'" in project.problem()
        project.edit(path, f"any_of: {wrong}}}", "any_of: clinical_trauma}")
    project.edit(path, "traumaklachten, unit: household, any_of", "traumaklachten, unit: adult, any_of")
    said = f"{path}: key traumatised_parents.unit must be household, for any_of counts households."
    assert said in project.problems()


def test_problems_are_of_families(project):
    project.edit(STUDY, "traumatised_parents, risk_cumulation,", "clinical_trauma, risk_cumulation,")
    assert project.problem() == (
        f"{STUDY}: key problems names 'clinical_trauma', whose unit is adult; allowed: household, for the table counts "
        "families."
    )


def test_the_approach_of_a_study_is_spelled_as_the_list_has_it(project):
    project.edit(STUDY, "aanpak: Multifocus", "aanpak: multi-focus")
    assert project.problem() == (
        f"{STUDY}: key approach.aanpak is 'multi-focus', and approaches of config/config.yaml has 'Multifocus'; write "
        "both in the spelling of the exports."
    )


def test_the_code_of_an_approach_has_to_be_an_answer(project):
    project.edit(STUDY, "help_code: 7", "help_code: 8")
    assert project.problem() == f"{STUDY}: key approach.help_code is 8; allowed: 1 to 7, the answers of help.chosen."


def test_what_a_mark_is_about_has_to_be_a_score(project):
    project.edit("config/outcomes.yaml", "about: help.chosen", "about: help.choice")
    assert project.problem().startswith("config/outcomes.yaml: mark_help.about names the variable 'help.choice', which")


def test_a_study_may_not_have_the_name_of_another_folder_of_results(project):
    shutil.copy(project.folder / STUDY, project.folder / "config/studies/cohort.yaml")
    project.edit("config/studies/cohort.yaml", "study: groningen", "study: cohort")
    assert project.problem() == (
        "config/studies/cohort.yaml: key study is 'cohort', which the workflow uses itself; choose another name."
    )


# Norm tables and keys that are not the real ones.


MANIFEST = "resources/norms/licensed/manifest.yaml"


def of_invented(project, outcomes, covariates="childhood_adversity", final=True):
    """The study with these outcomes and covariates as the only ones that may rest on invented keys or norms."""
    project.edit(STUDY, "clinical_trauma, parenting_stress, parenting_competence, safety,", f"{outcomes} safety,")
    project.edit(STUDY, "[security, ppq, mpf, simspr, sis, kidscreen, tsi, tscc, tscyc]", "[ppq]")
    project.edit(STUDY, "traumatised_parents, risk_cumulation,", "risk_cumulation,")
    project.edit(STUDY, "emotionally_insecure_children, insecurely_attached_children, stressed_parents,", "")
    project.edit(STUDY, "           traumatised_children]", "           ]")
    project.edit(
        STUDY, "emotional_insecurity, clinical_trauma_child, quality_of_life_child, low_income,", "low_income,"
    )
    project.edit(STUDY, "parents_trauma", covariates)
    if final:
        project.edit("config/config.yaml", "final: false", "final: true")


def test_a_final_report_refuses_what_rests_on_an_illustrative_key_or_norm(project):
    of_invented(project, "clinical_trauma,")
    assert project.problems() == [
        f"{STUDY}: outcomes names 'clinical_trauma', which rests on the illustrative {what}; key final of "
        "config/config.yaml is true: take it out, or put the real one in."
        for what in (
            "key of tsi (a file in resources/instruments/licensed takes its place)",
            "norm of tsi (a table in resources/norms/licensed takes its place)",
        )
    ]


@pytest.mark.parametrize("called", ["thv", "tijdelijk huisverbod", "household_restraining_order"])
def test_a_covariate_by_its_column_or_label_gets_its_name(project, called):
    project.edit(STUDY, "exact: [restraining_order]", f"exact: [{called}]")
    assert (
        f"names the covariate '{called}', which does not exist (did you mean 'restraining_order'?)" in project.problem()
    )


def add_twente(project):
    text = (project.folder / STUDY).read_text(encoding="utf-8")
    (project.folder / "config/studies/twente.yaml").write_text(text.replace("study: groningen", "study: twente"))


def test_of_final_reports_all_that_are_made_are_told_at_once(project):
    of_invented(project, "clinical_trauma,")
    add_twente(project)
    assert {problem.split(":")[0] for problem in project.problems()} == {STUDY, "config/studies/twente.yaml"}


def test_a_study_that_is_not_made_does_not_hold_up_a_final_report(project):
    add_twente(project)
    of_invented(project, "", "childhood_adversity")
    settings = load({**read_yaml(project.folder / "config/config.yaml"), "final": True}, project.folder)
    with pytest.raises(ConfigError) as error:
        refuse_invented(settings, settings.studies)
    assert {problem.split(":")[0] for problem in error.value.problems} == {"config/studies/twente.yaml"}
    refuse_invented(settings, ["groningen"])


def test_a_report_that_is_not_final_may_use_them(project):
    of_invented(project, "clinical_trauma,", final=False)
    assert project.load().norms["tsi"]["status"] == "illustrative"


def test_licensed_files_take_the_place_of_illustrative_ones_and_make_a_final_report_possible(project):
    of_invented(project, "clinical_trauma,", "parents_trauma")
    licensed(project)
    settings = project.load()
    assert settings.norms["tsi"]["path"] == "resources/norms/licensed/tsi.csv"
    assert settings.definition_files["tsi"] == "resources/instruments/licensed/tsi.yaml"
    assert settings.instruments["tsi"]["key"]["status"] == "manual"


def test_a_matching_covariate_on_an_illustrative_key_is_refused_too(project):
    of_invented(project, "", "parents_trauma")
    assert "matching names 'parents_trauma', which rests on the illustrative key of tsi" in project.problem()


def test_a_licensed_manifest_with_a_mistake_is_one_sentence(project):
    licensed(project)
    project.edit(MANIFEST, "kind: linear", "kind: liner")
    assert project.problem() == (
        f"{MANIFEST}: key tsi.kind is 'liner'; allowed: linear (mean, sd) or lookup (raw_from, raw_to, value)."
    )


def test_a_licensed_table_is_checked_against_the_definition(project):
    licensed(project)
    project.edit("resources/norms/licensed/tsi.csv", "AA,", "AAA,")
    assert project.problems() == [
        "resources/norms/licensed/tsi.csv: has no rows for the scale AA.",
        "resources/norms/licensed/tsi.csv: names the scale 'AAA', which the instrument has no norm for.",
    ]


def test_a_norm_that_no_manifest_names_is_said(project):
    manifest = project.folder / "resources/norms/illustrative/manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text[: text.index("tsi:")], encoding="utf-8")
    assert project.problem().startswith("resources/instruments/tsi.yaml: key norm_scales asks for a norm table, and no")


def test_what_rests_on_no_invented_key_or_norm_may_be_final(project):
    of_invented(project, "")
    assert project.load().config["final"] is True


def test_an_appendix_shows_every_scale_of_an_instrument(project):
    project.edit(STUDY, "appendix: [security, ppq,", "appendix: [ppq,")
    found = project.load().outcomes_of("groningen")
    assert found["ppq__warmth"] == {
        "variable": "ppq.warmth", "unit": "child", "kind": "mean", "section": "appendix",
        "label": "warmte en betrokkenheid", "measure": "PPQ warmte en betrokkenheid", "decimals": 1,
    }  # fmt: skip
    assert "tsi__AA" in found and not any(name.startswith("security__") for name in found)


def test_an_instrument_of_the_appendix_has_to_exist(project):
    project.edit(STUDY, "appendix: [security,", "appendix: [securty,")
    assert f"{STUDY}: appendix names the instrument 'securty', which does not exist" in project.problem()


def test_a_final_report_has_no_illustrative_instrument_in_its_appendix(project):
    of_invented(project, "")
    project.edit(STUDY, "appendix: [ppq]", "appendix: [mpf]")
    assert "appendix names 'mpf', which rests on the illustrative key of mpf" in project.problem()


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("{m: 1}", "imputation.m is 1; allowed: a whole number from 2 to 100."),
        ("{m: 101}", "imputation.m is 101; allowed: a whole number from 2 to 100."),
        ("{m: 2.5}", "imputation.m is 2.5; allowed: a whole number from 2 to 100."),
        ("{}", "imputation.m is missing."),
    ],
)
def test_how_often_to_impute_is_a_whole_number(project, asked, problem):
    project.edit(STUDY, "risk_threshold: 4", f"imputation: {asked}\nrisk_threshold: 4")
    assert project.problem() == f"{STUDY}: key {problem}"


def test_a_study_may_ask_for_imputation(project):
    project.edit(STUDY, "risk_threshold: 4", "imputation: {m: 20}\nrisk_threshold: 4")
    assert project.load().studies["groningen"]["imputation"] == {"m": 20}


def test_titles_of_figures_are_of_outcomes_of_the_study(project):
    titles = "resources/texts/groningen/figuren.yaml"
    (project.folder / titles).write_text("total_violence: Het geweld daalt\nsafty: Veiliger\n", encoding="utf-8")
    assert project.problem().startswith(f"{titles}: the file names the outcome 'safty', which does not exist (did you")
    (project.folder / titles).write_text("total_violence: Het geweld daalt\n", encoding="utf-8")
    assert project.load().figure_titles == {"groningen": {"total_violence": "Het geweld daalt"}}
    (project.folder / titles).write_text("total_violence: 3\n", encoding="utf-8")
    assert project.problem() == f"{titles}: key total_violence is 3; allowed: a title of 120 characters at most."


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("waves: [T1]\n  label: T2",
         "key follow_up.label is 'T2'; allowed: T1, one of the waves that are the follow-up."),
        ("label: T3", "key follow_up.label is 'T3'; allowed: T1 or T2, one of the waves that are the follow-up."),
        ("waves: [T1, T2]\n  rule: nearest\n  nearest_days: 365",
         "key follow_up.label is missing; with rule: nearest it says what figures call the follow-up: T1 or T2."),
        ("label: T2\n  rule: nearest", "key follow_up.nearest_days is missing; it goes with rule: nearest."),
        ("rule: last\n  nearest_days: 365", "key follow_up.nearest_days is there, and rule is not nearest."),
        ("rule: middle", "key follow_up.rule is 'middle'; allowed: first, last or nearest."),
        ("label: T2\n  rule: nearest\n  nearest_days: 1:30",
         "key follow_up.nearest_days is '1:30'; allowed: a whole number of days from 1."),
    ],
)  # fmt: skip
def test_a_follow_up_that_cannot_be_is_told(project, written, told):
    project.edit(STUDY, "waves: [T1, T2]\n  label: T2", written)
    assert project.problem() == f"{STUDY}: {told}"


@pytest.mark.parametrize(
    "written", ["rule: first", "waves: [T2]", "label: T1\n  rule: nearest\n  nearest_days: 365", "waves: [T2, T1]"]
)
def test_a_follow_up_says_what_it_needs_to_and_no_more(project, written):
    project.edit(STUDY, "waves: [T1, T2]\n  label: T2", written)
    assert project.load().studies["groningen"]["follow_up"]["waves"]


def test_a_follow_up_of_none_of_the_measurements_of_the_cohort_is_told(project):
    project.config["waves"] = ["T0", "T1"]
    project.edit(STUDY, "waves: [T1, T2]", "waves: [T2]")
    assert project.problem() == (
        f"{STUDY}: key follow_up.waves is ['T2']; allowed: at least one of T1, the waves of this cohort in "
        "config/config.yaml."
    )


def test_a_cohort_that_has_only_its_start_is_right_for_now(project):
    project.config["waves"] = ["T0"]
    assert project.load().studies["groningen"]["follow_up"]["waves"] == []


def test_a_strategy_of_which_the_cohort_has_no_covariate_is_told(project):
    project.config["tables"] = ["volwassenen"]
    project.edit(
        STUDY, "covariates: [restraining_order, partner_violence, n_children, share_men]", "covariates: [n_children]"
    )
    assert project.problem().startswith(
        f"{STUDY}: key matching.strategies.strategy_2.covariates names nothing that can be made of the waves and tables"
    )
