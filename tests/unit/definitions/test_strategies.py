import pytest
from given.paths import ROOT

from effectstudie.definitions.strategies import Strategy
from effectstudie.shared.yaml_files import read_yaml


def test_a_strategy_of_a_study_has_what_its_file_says_and_the_defaults_of_the_rest():
    plain = read_yaml(ROOT / "config/studies/groningen.yaml")["matching"]["strategies"]["strategy_2"]
    strategy = Strategy.of(plain)
    assert strategy.covariates == ("restraining_order", "partner_violence", "n_children", "share_men")
    assert (strategy.ratio, strategy.caliper, strategy.exact, strategy.order) == (2, 1.0, (), "largest")
    assert strategy.named == "strategy 'Strategie 2'"


def test_a_covariate_that_is_named_twice_counts_once_and_no_choice_is_left_open():
    plain = {"covariates": ["x", "y", "x"], "ratio": 1, "caliper": None, "missing": "complete"}
    assert Strategy.of(plain).covariates == ("x", "y")
    with pytest.raises(TypeError, match="caliper"):
        Strategy.of({key: value for key, value in plain.items() if key != "caliper"})


@pytest.mark.parametrize(
    ("given", "choices", "weighted"),
    [
        ({"design": "optimal", "ratio": 2}, (2, None, None), False),
        ({"design": "full", "caliper": 0.2}, (None, 0.2, None), True),
        ({"design": "nearest", "ratio": 2, "caliper": 0.2}, (2, 0.2, "largest"), False),
    ],
)
def test_a_design_has_its_own_choices_and_no_others(given, choices, weighted):
    strategy = Strategy.of({"covariates": ["x"], "missing": "complete"} | given)
    assert (strategy.ratio, strategy.caliper, strategy.order) == choices
    assert strategy.weighted is weighted and not strategy.weighs


def test_a_strategy_that_weighs_has_no_ratio_caliper_or_order():
    plain = {"design": "overlap", "covariates": ["x"], "exact": ["y"], "missing": "complete"}
    strategy = Strategy.of(plain)
    assert strategy.weighs and not Strategy.of({**plain, "design": "nearest", "ratio": 1, "caliper": None}).weighs
    assert (strategy.ratio, strategy.caliper, strategy.order) == (None, None, None)
