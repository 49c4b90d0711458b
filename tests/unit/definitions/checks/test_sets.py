import pytest

from effectstudie.definitions.checks.sets import set_problems

OVERLAP = {"selected": "a", "strategies": {"a": {"design": "overlap", "covariates": ["x"], "missing": "complete"}}}
ENTROPY = OVERLAP | {"strategies": {"a": OVERLAP["strategies"]["a"] | {"design": "entropy"}}}
NEAREST = {"selected": "a", "strategies": {"a": {"covariates": ["x"], "ratio": 1, "caliper": None,
                                                 "missing": "complete"}}}  # fmt: skip
STUDIES = {"noord": {"matching": NEAREST}, "oost": {"matching": NEAREST, "published_beside": ["noord"]}}
OUTCOMES = {name: {"kind": kind, "measured": ""} for name, kind in {"stress": "mean", "sex": "class"}.items()}
SET = {"studies": ["noord", "oost"], "controls": "shared", "primary": ["stress"], "placebo": {"like": "oost"}}
FILE = "config/sets/land.yaml"


def problems(spec=None, studies=None, name="land"):
    return set_problems({name: SET | (spec or {})}, STUDIES | (studies or {}), OUTCOMES)


def test_a_set_of_studies_that_count_each_other_is_right():
    assert problems() == []
    assert problems({"controls": "once"}) == []


@pytest.mark.parametrize(
    ("spec", "studies", "name", "said"),
    [
        ({}, {}, "noord", "config/sets/noord.yaml: key set is 'noord', which is the name of a study"),
        ({}, {}, "cohort", "config/sets/cohort.yaml: key set is 'cohort', which is the name of a study"),
        (
            {"studies": ["noord", "osst", "oost"]},
            {},
            "land",
            f"{FILE}: studies names the study 'osst', which does not exist",
        ),
        ({"placebo": {"like": "west"}}, {}, "land", f"{FILE}: placebo.like names the study 'west'"),
        ({"primary": ["sex"]}, {}, "land", f"{FILE}: primary names the outcome 'sex'"),
        (
            {},
            {"oost": {"matching": NEAREST}},
            "land",
            f"config/studies/oost.yaml: key published_beside does not name noord, whose reports go out before or with "
            f"this one by {FILE}; add them.",
        ),
        (
            {},
            {"oost": STUDIES["oost"] | {"estimand": "households"}},
            "land",
            f"{FILE}: key studies holds oost, whose effect is of others than that of noord; allowed: studies with",
        ),
        ({}, {"noord": {"matching": OVERLAP}}, "land", f"{FILE}: key studies holds oost, whose effect is of others"),
        (
            {"controls": "once"},
            {"noord": {"matching": ENTROPY}},
            "land",
            f"{FILE}: key controls is 'once', but noord takes the whole pool",
        ),
    ],
)
def test_a_mistake_is_one_sentence(spec, studies, name, said):
    (problem,) = problems(spec, studies, name)
    assert problem.startswith(said)
