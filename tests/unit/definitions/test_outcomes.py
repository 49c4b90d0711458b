from dataclasses import MISSING, fields

import pytest
from given.paths import ROOT

from effectstudie.definitions.outcomes import Merge, Norm, Outcome, OutcomeClass, compared_over_time, outcomes_from
from effectstudie.shared.yaml_files import read_yaml

PLAIN = read_yaml(ROOT / "config/outcomes.yaml")
OUTCOMES = outcomes_from(PLAIN)


def test_every_key_of_the_configuration_becomes_a_field():
    schema = read_yaml(ROOT / "workflow/schemas/outcomes.schema.yaml")["additionalProperties"]
    derived = {"id", "parts", "shared_questions", "largest_answer", "of_youth", "persons", "covariates", "scores"}
    keys = {field.name: field for field in fields(Outcome) if field.name not in derived}
    assert keys.keys() == schema["properties"].keys()
    assert {name for name, field in keys.items() if field.default is MISSING} == set(schema["required"])


def test_parts_of_an_outcome_are_typed():
    assert OUTCOMES["violence_class"].merge == (Merge((0, 1), "none_or_mild", "geen of licht geweld"),)
    assert OUTCOMES["violence_class"].classes[1] == OutcomeClass("mild", "licht geweld")
    assert OUTCOMES["parenting_stress"].norm == Norm(40.4, "het gemiddelde van de algemene bevolking", "method")
    assert OUTCOMES["parenting_stress"].axis == (25, 65)
    assert OUTCOMES["partner_violence"].object == "het partnergeweld"


def test_waves_and_values_follow_from_the_kind_and_the_measurement():
    assert OUTCOMES["safety"].waves == ("T0", "follow_up") and OUTCOMES["mark_help"].waves == ("follow_up",)
    assert OUTCOMES["low_income"].codes == [0, 100] and OUTCOMES["violence_class"].codes == [0, 1, 2]


def test_classes_and_outcomes_of_one_measurement_are_not_compared_over_time():
    kinds = {"b": {"kind": "percentage"}, "class": {"kind": "class"}, "a": {"kind": "mean"},
             "once": {"kind": "mean", "measured": "T0"}}  # fmt: skip
    assert list(compared_over_time(outcomes_from(kinds))) == ["b", "a"]


def test_a_key_that_a_rule_did_not_pass_is_not_taken_for_its_default():
    outcome = Outcome.of("safety", {"unit": "adult", "kind": "mean"})
    assert (outcome.id, outcome.measured, outcome.norm) == ("safety", "", None)
    with pytest.raises(AttributeError, match="decimals"):
        outcome.decimals  # noqa: B018


def test_an_unknown_key_is_refused():
    with pytest.raises(TypeError, match="outcome safety: no such keys: colour"):
        Outcome.of("safety", {"kind": "mean", "colour": "red"})
