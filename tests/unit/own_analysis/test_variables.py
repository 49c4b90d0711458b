"""The columns of a data file, as SPSS takes them."""

import re

import pytest
from given.own_study import OF_ALL, OUTCOMES, WORDS, layout

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.own_analysis.variables import groups_of, variables_of


@pytest.fixture(scope="module")
def adults():
    return {one.name: one for one in variables_of(layout(), WORDS)}


def of(outcome, **changed):
    return variables_of(layout(outcomes={outcome: outcomes_from({"o": {**OF_ALL, **changed}})["o"]}), WORDS)


def test_a_file_has_who_and_group_first_then_outcomes_then_covariates(adults):
    of_matching = ["groep", "gematcht", "subklasse", "gewicht", "propensityscore"]
    took_part = [f"deelname_{wave}" for wave in ("T0", "vervolg", "T1", "T2")]
    outcomes = ["sex_T0", "safety_T0", "safety_vervolg", "safety_T1", "safety_T2", "safety_telt"]
    assert list(adults)[:18] == ["huishouden", "volwassene", *of_matching, *took_part, "vervolg_was", *outcomes]
    assert list(adults)[-3:] == ["k_x", "m_x", "m_x_missing"]
    assert {"mark_vervolg", "trauma_telt"} <= set(adults)
    assert not {"mark_T0", "mark_telt", "sex_vervolg", "tsi__AA_telt"} & set(adults)


def test_a_file_has_the_outcomes_of_its_unit_only(adults):
    households = [one.name for one in variables_of(layout(unit="household"), WORDS)]
    assert "violence_T0" in households and "violence_T0" not in adults
    assert not {"volwassene", "safety_T0"} & set(households)


def test_labels_and_values_are_dutch_and_of_the_study(adults):
    assert adults["safety_vervolg"].label == "Gevoel van veiligheid; rapportcijfer (1-10); vervolg"
    assert adults["trauma_T0"].label == "Aandeel met klachten; T0"
    assert adults["groep"].values == {1: "Samen", 2: "Controle", 3: "Overig", 4: "Samen, niet gematcht"}
    assert adults["trauma_T0"].values == {0: "nee", 100: "ja"} and adults["safety_telt"].values == {0: "nee", 1: "ja"}
    assert adults["sex_T0"].values == {1: "man", 2: "vrouw"} and adults["vervolg_was"].values == {1: "T1", 2: "T2"}
    assert adults["m_x_missing"].label == "Kenmerk was onbekend en is ingevuld: Kenmerk x"
    study = {"approach": {"label": "Samen"}, "control_label": "Controle", "rest_label": "Overig"}
    assert list(groups_of(study, WORDS).values()) == list(adults["groep"].values.values())


def test_a_class_that_may_be_better_has_an_order_and_another_has_none(adults):
    (violence,) = (one for one in variables_of(layout(unit="household"), WORDS) if one.name == "violence_T0")
    assert (violence.measure, adults["sex_T0"].measure) == ("ordinal", "nominal")
    assert adults["safety_T0"].measure == adults["trauma_T0"].measure == "scale"


def test_the_first_wave_of_a_cohort_may_have_another_name_and_a_cohort_two_waves():
    names = [one.name for one in variables_of(layout(waves=("T1", "T2")), WORDS)]
    assert [name for name in names if name.startswith("safety")] == [
        *("safety_T1", "safety_vervolg", "safety_T2", "safety_telt")
    ]


@pytest.mark.parametrize("outcome", ["a" * 90, "tsi__é.a b"])
def test_spss_takes_every_name(outcome):
    names = [one.name for one in of(outcome, kind="mean")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,63}", name)] == []
    assert len(names) == len(set(names)) and names[-8].endswith("_T0")


def test_a_long_name_of_a_covariate_is_cut_too():
    long = {"a" * 90: "Kenmerk", "a" * 91: "Ander kenmerk"}
    *_, first, second = (one.name for one in variables_of(layout(covariates=long, filled=[]), WORDS))
    assert (first, second) == ("k_" + "a" * 62, "k_" + "a" * 60 + "_2")


def test_names_that_spss_cannot_tell_apart_get_a_number():
    two = {"tsi__D": OUTCOMES["tsi__AA"], "tsi__d": OUTCOMES["tsi__AA"]}
    names = [one.name for one in variables_of(layout(outcomes=two), WORDS)]
    assert {"tsi__D_T0", "tsi__d_2_T0", "tsi__d_2_vervolg"} <= set(names)


def test_labels_are_no_longer_than_spss_takes_and_end_with_a_whole_letter():
    long = of("o", kind="class", label="é" * 300, classes={1: {"id": "a", "label": "ë" * 100}})
    (start,) = (one for one in long if one.name == "o_T0")
    assert start.label.startswith("Eé") and len(start.label.encode()) <= 250
    assert start.values == {1: "ë" * 60}
