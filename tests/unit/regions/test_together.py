import numpy as np
import pytest
from given.set_of_studies import OUTCOME, effect

from effectstudie.methods.regions.random_effects import random_effects
from effectstudie.regions.effects import covariance
from effectstudie.regions.together import mean_of, region_rows, together_rows

STUDIES = {name: {"stress": effect(seed, f"{name}.")} for name, seed in {"noord": 1, "oost": 2, "zuid": 3}.items()}
ALL = dict.fromkeys(STUDIES, {"stress"})
OUTCOMES = {"stress": OUTCOME}


def test_the_mean_is_of_the_method_with_what_is_shared():
    effects = [of["stress"] for of in STUDIES.values()]
    found, largest = mean_of(effects)
    between = covariance(effects)
    assert found == random_effects([one.estimate.value for one in effects], between)
    errors = np.sqrt(np.diag(between))
    assert largest == pytest.approx(max((between / np.outer(errors, errors))[np.triu_indices(3, 1)]))


def test_only_effects_that_a_report_tells_count_so_that_a_mean_tells_of_no_other():
    shown = ALL | {"zuid": set()}
    rows, shares = together_rows(STUDIES, shown, OUTCOMES, "shared")
    without, _ = together_rows({name: STUDIES[name] for name in ("noord", "oost")}, ALL, OUTCOMES, "shared")
    np.testing.assert_equal(rows, without)
    assert set(shares) == {("stress", "noord"), ("stress", "oost")}
    assert sum(shares.values()) == pytest.approx(1)
    table = region_rows(STUDIES, shown, dict.fromkeys(STUDIES, OUTCOMES), ["stress"], shares)
    assert table["shown"].tolist() == [True, True, False]
    assert table["share"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("told", [1, 0])
def test_one_study_has_no_mean(told):
    rows, shares = together_rows(STUDIES, dict.fromkeys(STUDIES, set()) | {"oost": {"stress"} if told else set()},
                                 OUTCOMES, "once")  # fmt: skip
    assert (rows[0]["n_studies"], rows[0]["reason"], rows[0]["verdict"], shares) == (told, "studies", "", {})
    assert np.isnan(rows[0]["value"])


def test_two_studies_of_the_same_households_are_one():
    found, largest = mean_of([STUDIES["noord"]["stress"]] * 2)
    assert (found.mean.reason, round(largest, 9)) == ("design", 1)
    assert np.isnan(found.mean.value)
