"""Matching of households through R: what is matched, what is left out and why, what is refused."""

import json

import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching import match
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import ConfigError, InputError, MatchingError

ONE_TO_ONE = {"label": "one", "covariates": ["x"], "ratio": 1, "caliper": None, "exact": [], "missing": "complete"}


def match_households(households, strategy, seed):
    """`strategy`: as a study's file has it."""
    return match.match_households(households, Strategy.of(strategy), seed)


def frame(approach, pool, **columns):
    """Households a0, a1, … and p0, p1, … with covariate x."""
    names = [f"a{i}" for i in range(len(approach))] + [f"p{i}" for i in range(len(pool))]
    role = ["approach"] * len(approach) + ["pool"] * len(pool)
    data = {"household": names, "order": range(len(names)), "role": role, "x": [*approach, *pool]}
    return pd.DataFrame(data | columns)


def sets(result):
    groups = result.matched.groupby("subclass", sort=False)["household"]
    return {members.iloc[0]: members.iloc[1:].tolist() for _, members in groups}


def random_households(seed, tied, n=120):
    random = np.random.default_rng(seed)
    role = np.where(np.arange(n) < 30, "approach", "pool")
    x = random.poisson(2, n) if tied else random.normal(size=n)
    frame = pd.DataFrame({"household": [f"h{i:03}" for i in range(n)], "order": random.permutation(n), "role": role})
    return frame.assign(x=x + (role == "approach"), thv=random.integers(0, 2, n))


def test_each_approach_household_gets_the_nearest_control_the_largest_score_first():
    """One covariate: nearest in score is nearest in x. a0 (5) goes first and takes p1, a1 takes p0."""
    result = match_households(frame([5.0, 3.0], [2.8, 5.1, 1.0, 0.0]), ONE_TO_ONE, 1)
    assert sets(result) == {"a0": ["p1"], "a1": ["p0"]}
    assert result.matched.columns.tolist() == ["household", "group", "subclass", "weight", "propensity_score"]
    assert result.matched["group"].tolist() == ["approach", "control", "approach", "control"]
    assert result.matched["subclass"].tolist() == [1, 1, 2, 2]
    assert result.matched["weight"].tolist() == [1.0] * 4


def test_a_second_control_comes_after_all_have_their_first():
    result = match_households(frame([5.0, 3.0], [2.8, 5.1, 1.0, 0.0]), ONE_TO_ONE | {"ratio": 2}, 1)
    assert sets(result) == {"a0": ["p1", "p2"], "a1": ["p0", "p3"]}


def test_a_set_of_two_controls_and_a_set_of_one_have_weights_that_sum_to_three():
    result = match_households(frame([5.0, 3.0], [2.8, 5.1, 1.0]), ONE_TO_ONE | {"ratio": 2}, 1)
    assert sets(result) == {"a0": ["p1", "p2"], "a1": ["p0"]}
    assert result.matched["weight"].tolist() == pytest.approx([1, 0.75, 0.75, 1, 1.5])
    assert result.summary["ratio_asked"] == 2
    assert result.summary["ratio_reached"] == 1.5
    assert result.summary["sets_by_controls"] == {"1": 1, "2": 1}
    assert result.summary["ess_controls"] == pytest.approx(9 / 3.375)
    assert result.summary["warnings"] == ["Not all treated units will get 2 matches."]


def test_approach_is_the_treated_group_whatever_the_alphabet_or_the_rows_say():
    """Approach has the higher x, so a higher x must mean a higher score."""
    households = frame([5.0, 3.0], [2.8, 5.1, 1.0, 0.0]).iloc[::-1]
    result = match_households(households, ONE_TO_ONE, 1)
    assert result.summary["score_model"]["coefficients"]["x"] > 0
    roles = households.set_index("household")["role"][result.matched["household"]]
    assert roles.map({"approach": "approach", "pool": "control"}).tolist() == result.matched["group"].tolist()


@pytest.mark.parametrize("tied", [True, False])
def test_the_order_of_the_rows_does_not_matter(tied):
    households = random_households(3, tied)
    strategy = ONE_TO_ONE | {"covariates": ["x", "thv"], "ratio": 2, "caliper": 0.2}
    first = match_households(households, strategy, 1)
    for seed in range(3):
        again = match_households(households.sample(frac=1, random_state=seed), strategy, 1)
        pd.testing.assert_frame_equal(again.matched, first.matched)
        pd.testing.assert_frame_equal(again.candidates, first.candidates)
        assert again.summary == first.summary


def test_a_tie_goes_to_the_earlier_in_the_shuffle():
    households = frame([1.0, 0.0], [1.0, 1.0, 0.0, 5.0])
    assert sets(match_households(households, ONE_TO_ONE, 1))["a0"] == ["p0"]
    assert sets(match_households(households.assign(order=[0, 1, 3, 2, 4, 5]), ONE_TO_ONE, 1))["a0"] == ["p1"]


def test_tied_scores_are_counted():
    assert match_households(frame([1.0, 0.0], [1.0, 1.0, 0.0, 3.0]), ONE_TO_ONE, 1).summary["ties"]["tied_scores"] == 5


def test_perfect_separation_is_reported():
    result = match_households(frame([10.0, 11, 12], [1.0, 2, 3]), ONE_TO_ONE, 1)
    assert "glm.fit: fitted probabilities numerically 0 or 1 occurred" in result.summary["warnings"]


def test_separation_by_one_covariate_is_reported_though_r_is_silent():
    """Every approach household has a restraining order: no finite coefficient, and no warning of glm."""
    households = frame([5.0, 3.0, 4.0], [4.5, 3.5, 6.0, 2.0, 1.0], thv=[1, 1, 1, 1, 1, 0, 0, 1])
    summary = match_households(households, ONE_TO_ONE | {"covariates": ["x", "thv"]}, 1).summary
    assert summary["warnings"] == [
        "The score model tells the group of some households with certainty by thv: these coefficients have no "
        "finite value, and the SD of the score, which the caliper follows from, is arbitrary."
    ]


def test_an_indicator_of_one_group_only_is_left_out_with_a_note():
    """With it the score of the household without x would be endless, and the caliper with it."""
    households = frame([5.0, 3.0, 4.0], [2.0, 5.0, 1.0, np.nan])
    result = match_households(households, ONE_TO_ONE | {"missing": "indicator"}, 1)
    assert set(result.summary["score_model"]["coefficients"]) == {"(Intercept)", "x"}
    assert result.summary["notes"] == [
        "x_missing is left out of the score model: it would tell some groups with certainty."
    ]
    assert result.summary["warnings"] == []
    assert result.summary["sd_lp"] < 3


def test_an_approach_household_without_a_control_within_the_caliper_is_left_out_and_counted():
    households = frame([5.0, 3.0, 20.0], [2.9, 5.1, 1.0, 0.0])
    result = match_households(households, ONE_TO_ONE | {"caliper": 0.1}, 1)
    assert sets(result) == {"a0": ["p1"], "a1": ["p0"]}
    summary = result.summary
    assert summary["n_unmatched_approach"] == 1
    assert summary["unmatched_approach"]["no_control_within_caliper"] == 1
    score = np.log(result.candidates["propensity_score"] / (1 - result.candidates["propensity_score"]))
    assert summary["caliper_sd"] == 0.1
    assert summary["caliper_lp"] == pytest.approx(0.1 * score.std())
    assert summary["sd_lp"] == pytest.approx(score.std())


def test_an_approach_household_whose_controls_are_all_taken_is_counted_apart():
    result = match_households(frame([5.0, 3.0, 4.0], [2.9, 5.0]), ONE_TO_ONE, 1)
    assert result.summary["unmatched_approach"] == {
        "missing_covariate": 0,
        "missing_exact": 0,
        "exact_stratum": 0,
        "no_control_within_caliper": 0,
        "no_control_left": 1,
    }


def test_no_control_within_the_caliper_at_all_is_refused():
    with pytest.raises(MatchingError, match=r"No approach household has a control within 0.01 SD .*strategy 'one'"):
        match_households(frame([5.0, 3.0], [2.0, 4.0, 1.0]), ONE_TO_ONE | {"caliper": 0.01}, 1)


def with_strata(approach, pool, of_approach, of_pool):
    households = frame(approach, pool)
    households["e"] = [*of_approach, *of_pool]
    return households


def test_where_nobody_is_equal_that_is_blamed_and_not_the_caliper():
    households = with_strata([5.0, 3.0, 1.0], [5.0, 3.0], [1, 2, np.nan], [3, 4])
    with pytest.raises(MatchingError) as error:
        match_households(households, ONE_TO_ONE | {"caliper": 0.2, "exact": ["e"]}, 1)
    why = "of 2 there is none that is equal on e, of 1 it is not known what they are on e"
    assert str(error.value).endswith(f"has a control: {why}; name less in exact.")


def test_where_few_are_equal_and_those_are_far_both_are_told():
    households = with_strata([5.0, 3.0, 1.0], [1.0, 9.0, 4.0], [1, 2, 2], [1, 1, 3])
    with pytest.raises(MatchingError) as error:
        match_households(households, ONE_TO_ONE | {"caliper": 0.01, "exact": ["e"]}, 1)
    assert "has a control: of 2 there is none that is equal on e, and 1 have none within 0.01 SD" in str(error.value)
    assert str(error.value).endswith("; name less in exact, or widen the caliper.")


def test_where_all_lack_a_covariate_it_is_said_what_may_help():
    households = frame([np.nan, np.nan, 2.0], [1.0, 2.0])
    households.loc[2, "role"] = "pool"
    with pytest.raises(MatchingError, match="with no missing covariates; set missing to indicator, or take out"):
        match_households(households, ONE_TO_ONE, 1)


def test_complete_leaves_out_households_with_a_missing_covariate_and_counts_them():
    households = frame([5.0, 3.0, np.nan], [2.8, 5.1, 1.0, np.nan, np.nan])
    result = match_households(households, ONE_TO_ONE, 1)
    assert sets(result) == {"a0": ["p1"], "a1": ["p0"]}
    assert result.summary["missing"] == {"x": {"approach": 1, "pool": 2}}
    assert result.summary["unmatched_approach"]["missing_covariate"] == 1
    assert result.summary["pool_set_aside"]["missing_covariate"] == 2
    assert (result.summary["n_approach"], result.summary["n_pool"]) == (3, 5)
    assert result.summary["score_model"]["n_pool"] == 3
    assert len(result.candidates) == 5


def test_indicator_fills_the_mean_of_all_candidates_and_adds_a_column():
    households = frame([5.0, 3.0, np.nan], [2.0, 5.0, 1.0, np.nan, 2.0])
    result = match_households(households, ONE_TO_ONE | {"missing": "indicator"}, 1)
    candidates = result.candidates.set_index("household")
    assert candidates.loc["a2", "x"] == 3.0
    assert candidates["x_missing"].tolist() == [0, 0, 1, 0, 0, 0, 1, 0]
    assert result.covariates == ["x", "x_missing"]
    assert set(result.summary["score_model"]["coefficients"]) == {"(Intercept)", "x", "x_missing"}
    assert result.summary["unmatched_approach"]["missing_covariate"] == 0
    assert sets(result)["a2"] == ["p3"]  # missing with missing


def test_an_indicator_that_copies_another_is_left_out_with_a_note():
    households = frame([5.0, 3.0, np.nan], [2.0, 5.0, 1.0, np.nan, 4.0], y=[1, 0, np.nan, 0, 1, 1, np.nan, 0])
    result = match_households(households, ONE_TO_ONE | {"covariates": ["x", "y"], "missing": "indicator"}, 1)
    assert result.summary["notes"] == [
        "y_missing is left out of the score model: it follows from the covariates before it."
    ]
    assert result.covariates == ["x", "y", "x_missing"]


def test_a_constant_covariate_is_left_out_with_a_note_but_stays_in_the_balance():
    result = match_households(frame([5.0, 3.0], [2.0, 4.0], thv=1), ONE_TO_ONE | {"covariates": ["thv", "x"]}, 1)
    assert result.summary["notes"] == ["thv is left out of the score model: it is the same for every household."]
    assert result.covariates == ["thv", "x"]


def test_covariates_that_do_not_tell_the_groups_apart_are_refused():
    """Both groups have mean 4: the score model's slope is 0."""
    with pytest.raises(MatchingError, match="All propensity scores of strategy 'one' are equal"):
        match_households(frame([5.0, 3.0], [6.0, 2.0, 4.0]), ONE_TO_ONE, 1)


def test_only_constant_covariates_are_refused():
    with pytest.raises(MatchingError, match="No covariate of strategy 'one' differs between households"):
        match_households(frame([1.0, 1.0], [1.0, 1.0]), ONE_TO_ONE, 1)


def test_controls_come_from_the_exact_stratum():
    households = frame([5.0, 3.0], [5.0, 3.0, 2.0], region=["n", "s", "s", "n", "n"])
    result = match_households(households, ONE_TO_ONE | {"exact": ["region"]}, 1)
    assert sets(result) == {"a0": ["p1"], "a1": ["p0"]}
    assert result.covariates == ["x", "region"]
    assert result.candidates["region"].tolist() == ["n", "s", "s", "n", "n"]


def test_strata_without_both_groups_and_missing_strata_are_set_aside_and_counted():
    households = frame([5.0, 3.0, 4.0], [4.8, 3.0, 2.0, 2.5], region=["n", "s", None, "n", "w", "n", None])
    result = match_households(households, ONE_TO_ONE | {"exact": ["region"]}, 1)
    assert sets(result) == {"a0": ["p0"]}
    assert result.summary["unmatched_approach"]["exact_stratum"] == 1
    assert result.summary["unmatched_approach"]["missing_exact"] == 1
    assert result.summary["pool_set_aside"] == {"missing_covariate": 0, "missing_exact": 1, "exact_stratum": 1}
    assert result.summary["score_model"]["n_approach"] == 3  # set aside after the score model
    assert result.candidates["region"].tolist() == ["n", "s", "missing", "n", "w", "n", "missing"]


def test_with_strata_the_caliper_is_measured_within_those_that_have_both_groups():
    """In n x is about 11, in s about 1, in w 50: over everyone the SD would be that of the regions. Score = a + b x."""
    x = {"approach": [12.0, 2.5], "pool": [10.0, 11.5, 1.0, 0.0, 50.0]}
    households = frame(*x.values(), region=["n", "s", "n", "n", "s", "s", "w"], z=[1, 0, 0, 1, 1, 0, 0])
    result = match_households(households, ONE_TO_ONE | {"exact": ["region"], "caliper": 1.0}, 1)
    slope = result.summary["score_model"]["coefficients"]["x"]
    n, s = np.array([12, 10, 11.5]), np.array([2.5, 1, 0])
    squares = ((n - n.mean()) ** 2).sum() + ((s - s.mean()) ** 2).sum()
    within = abs(slope) * np.sqrt(squares / (6 - 2))
    assert result.summary["sd_lp_within_strata"] == pytest.approx(within, rel=1e-5)
    assert result.summary["caliper_lp"] == pytest.approx(within, rel=1e-5)
    assert result.summary["sd_lp"] > 5 * within
    assert sets(result) == {"a0": ["p1"]}  # 2.5 and 1 are 1.5 apart, the SD is 1.15
    assert result.summary["unmatched_approach"]["no_control_within_caliper"] == 1


def test_one_stratum_of_everyone_gives_the_caliper_of_no_strata():
    households = frame([5.0, 3.0], [2.9, 5.1, 1.0, 0.0], region="n")
    plain, exact = (
        match_households(households, ONE_TO_ONE | {"caliper": 0.2, "exact": of}, 1).summary for of in ([], ["region"])
    )
    assert exact["caliper_lp"] == pytest.approx(plain["caliper_lp"], rel=1e-12)
    assert "sd_lp_within_strata" not in plain


def test_scores_that_differ_between_strata_only_are_refused():
    households = frame([1.0, 0.0, 1.0], [1.0, 0.0, 0.0], thv=[1, 0, 1, 1, 0, 0])
    with pytest.raises(MatchingError, match="All propensity scores of strategy 'one' are equal within the strata"):
        match_households(households, ONE_TO_ONE | {"exact": ["thv"], "caliper": 0.2}, 1)


def test_whole_number_strata_are_shown_without_decimals():
    households = frame([5.0, 3.0], [5.0, 3.0, 2.0], thv=[1.0, 0.0, 0.0, 1.0, np.nan])
    result = match_households(households, ONE_TO_ONE | {"exact": ["thv"]}, 1)
    assert result.candidates["thv"].tolist() == ["1", "0", "0", "1", "missing"]


def test_yes_no_strata_are_shown_as_a_share():
    households = frame([5.0, 3.0], [5.0, 3.0, 2.0], thv=[1.0, 0.0, 0.0, 1.0, 1.0])
    result = match_households(households, ONE_TO_ONE | {"exact": ["thv"]}, 1)
    assert result.covariates == ["x", "thv"]
    assert result.candidates["thv"].tolist() == [1, 0, 0, 1, 1]


def test_no_stratum_with_both_groups_is_refused():
    households = frame([5.0, 3.0], [5.0, 3.0], region=["n", "n", "s", "s"])
    with pytest.raises(
        MatchingError, match="has a control: of 2 there is none that is equal on region; name less in exact"
    ):
        match_households(households, ONE_TO_ONE | {"exact": ["region"]}, 1)


def test_nobody_left_after_missing_covariates_is_refused():
    with pytest.raises(MatchingError, match="no households of both approach and pool with no missing covariates"):
        match_households(frame([np.nan], [5.0, 3.0]), ONE_TO_ONE, 1)


def test_the_first_control_is_the_nearer_one():
    """A stratum with one approach household: MatchIt may number the further control first."""
    for seed in range(5):
        households = random_households(seed, tied=False, n=60)
        households["region"] = households["order"] % 7
        result = match_households(households, ONE_TO_ONE | {"ratio": 2, "exact": ["region"]}, 1)
        score = np.log(result.matched["propensity_score"] / (1 - result.matched["propensity_score"]))
        gap = (score - score.groupby(result.matched["subclass"]).transform("first")).abs()
        controls = result.matched["group"].eq("control")
        assert gap[controls].groupby(result.matched["subclass"][controls]).is_monotonic_increasing.all()


def test_the_summary_is_plain_data_without_households():
    households = random_households(1, tied=True)
    summary = match_households(households, ONE_TO_ONE | {"ratio": 2, "caliper": 0.2}, 7).summary
    text = json.dumps(summary, allow_nan=False)
    assert not any(household in text for household in households["household"])
    assert summary["seed"] == 7
    assert summary["method"] == "nearest"
    assert summary["replacement"] is False
    assert summary["order"].startswith("largest propensity score first")
    assert list(summary["versions"]) == ["R", "MatchIt"]
    assert summary["matchit"] == vars(r_bridge.matchit_route())
    assert summary["n_matched_approach"] + summary["n_unmatched_approach"] == summary["n_approach"] == 30


@pytest.fixture
def by_distances(monkeypatch):
    """MatchIt is given distances for one call; what it is given otherwise."""

    def call(*arguments):
        with monkeypatch.context() as within:
            within.setattr(r_bridge, "matchit_route", lambda: r_bridge.Route("4.7.1", "distances", "passed"))
            return match_households(*arguments)

    return call


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_scores_and_distances_give_the_same_pairs(seed, tied, by_distances):
    if r_bridge.matchit_route().route != "score":
        pytest.skip("MatchIt 4.7 or newer is not installed")
    strategy = ONE_TO_ONE | {"ratio": 2, "caliper": 0.3, "exact": ["thv"] if seed % 2 else []}
    households = random_households(seed, tied)
    both = [made(households, strategy, 1) for made in (match_households, by_distances)]
    assert [made.summary["matchit"]["route"] for made in both] == ["score", "distances"]
    pd.testing.assert_frame_equal(both[0].matched, both[1].matched)


def test_which_of_controls_alike_is_taken_does_not_depend_on_matchit(monkeypatch):
    """As MatchIt 4.7 does given scores: of those with the same score the last comes first."""
    households = frame([5.0, 4.0], [3.0, 3.0, 3.0, 1.0])
    expected = match_households(households, ONE_TO_ONE, 1).matched
    theirs = pd.DataFrame({"treated": [0, 1], "k": 1, "control": [4, 3]})
    found = r_bridge.NearestMatch(theirs, np.array([1.0, 1, 0, 1, 1, 0]), [])
    monkeypatch.setattr(r_bridge, "match_nearest", lambda *_, **__: found)
    pd.testing.assert_frame_equal(match_households(households, ONE_TO_ONE, 1).matched, expected)


def test_what_matchit_returns_is_checked_before_it_is_used(monkeypatch):
    """MatchIt as 4.5.1 is with a plain caliper: the two pairs crosswise."""

    def crosswise(*args, **kwargs):
        right = r_bridge.match_nearest(*args, **kwargs)
        pairs = right.pairs.assign(control=right.pairs["control"].to_numpy()[::-1])
        return r_bridge.NearestMatch(pairs, right.weights, right.warnings)

    monkeypatch.setattr(match, "r_bridge", type("Bridge", (), vars(r_bridge) | {"match_nearest": crosswise}))
    with pytest.raises(MatchingError, match="wider than the caliper"):
        match_households(frame([5.0, 3.0], [2.8, 5.1, 1.0, 0.0]), ONE_TO_ONE | {"caliper": 0.2}, 1)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"design": "genetic"}, "design is 'genetic'; nearest, optimal, full, overlap or entropy is allowed."),
        ({"design": "full"}, "ratio is 1; it is allowed with nearest / optimal, not with full."),
        ({"design": "optimal", "caliper": 0.2}, "caliper is 0.2; it is allowed with nearest / full, not with optimal."),
        (
            {"design": "optimal", "order": "smallest"},
            "order is 'smallest'; it is allowed with nearest, not with optimal.",
        ),
    ],
)
def test_another_design_or_the_choice_of_another_is_refused(given, what):
    with pytest.raises(ConfigError) as caught:
        match_households(frame([5.0], [2.0]), ONE_TO_ONE | given, 1)
    assert caught.value.problems == [f"strategy 'one': {what}"]


def test_all_mistakes_of_a_strategy_come_at_once():
    strategy = {"label": "s", "covariates": [], "ratio": 1.5, "caliper": 0, "missing": "drop", "exact": ["region"]}
    with pytest.raises(ConfigError) as caught:
        match_households(frame([5.0], [2.0]), strategy, 1)
    assert caught.value.problems == [
        "strategy 's': covariates is (); a list of columns is allowed.",
        "strategy 's': ratio is 1.5; a whole number from 1 is allowed.",
        "strategy 's': caliper is 0; a number above 0 or null is allowed.",
        "strategy 's': missing is 'drop'; complete or indicator is allowed.",
        "strategy 's': exact names 'region', which is no covariate of the households; there are ['x'].",
    ]


def test_the_roles_are_no_covariate():
    with pytest.raises(ConfigError, match="covariates names 'role', which is no covariate"):
        match_households(frame([5.0], [2.0]), ONE_TO_ONE | {"covariates": ["role"]}, 1)


def test_all_mistakes_of_the_households_come_at_once():
    households = frame([5.0, 3.0], [np.inf, 1.0], town=list("nsns"), empty=np.nan, x_missing=[0, 1, 0, 1])
    households = households.assign(
        household=["a", "a", "p", "q"], order=[1, 1, 2, 3], role=["approach", "pool", "x", "x"]
    )
    strategy = ONE_TO_ONE | {"covariates": ["x", "town", "empty", "x_missing"]}
    with pytest.raises(InputError) as caught:
        match_households(households, strategy, 1)
    assert caught.value.problems == [
        "households: a household is missing or occurs twice: give each household one row.",
        "households: order must be a different whole number for each household: shuffle again.",
        "households: role must be approach or pool in each row: leave out other households.",
        "households: covariate x has infinite values: correct them.",
        "households: covariate town is str; numbers or 0/1 are allowed: recode it.",
        "households: covariate empty is missing everywhere: take it out of the strategy.",
    ]


def test_a_covariate_with_the_name_of_an_indicator_is_refused():
    households = frame([5.0, 3.0], [2.0, 1.0], x_missing=[0, 1, 0, 1])
    with pytest.raises(InputError, match="x_missing is made from x: rename the covariate of that name"):
        match_households(households, ONE_TO_ONE | {"covariates": ["x", "x_missing"]}, 1)


def test_the_covariates_of_all_candidates_are_as_the_score_model_had_them():
    households = random_households(3, tied=False)
    households.loc[[2, 50, 51], "x"] = np.nan
    strategy = ONE_TO_ONE | {"covariates": ["x"], "exact": ["thv"], "missing": "indicator"}
    result = match_households(households, strategy, 1)
    found = result.covariates_of_candidates
    # what must be equal is a covariate too: over all strata together the pool need not have the share of the approach
    assert list(found) == ["household", "role", "x", "x_missing", "thv", "stratum"]
    given = households.set_index("household").loc[found["household"]]
    assert len(found) == len(households) and found["role"].tolist() == given["role"].tolist()
    assert found["x"].tolist() == pytest.approx(given["x"].fillna(households["x"].mean()).tolist())
    assert found["x_missing"].tolist() == given["x"].isna().astype(float).tolist()
    # a stratum has one value of what must be equal, and every pair lies in one
    assert found.groupby(given["thv"].to_numpy())["stratum"].unique().map(len).tolist() == [1, 1]
    stratum = found.set_index("household")["stratum"]
    for approach, controls in sets(result).items():
        assert set(stratum[controls]) == {stratum[approach]}


def test_exact_names_that_are_no_covariates_make_strata_and_no_column():
    town = np.where(np.arange(8) % 2 == 0, "north", "south")
    households = frame([5.0, 4.0, 3.0, 2.5], [4.5, 4.0, 3.0, 2.0], town=town, size=np.arange(8) % 3)
    found = match_households(households, ONE_TO_ONE | {"exact": ["town"]}, 1).covariates_of_candidates
    assert list(found) == ["household", "role", "x", "stratum"]
    assert found.groupby("stratum")["household"].apply(set).tolist() == [
        {"a0", "a2", "p0", "p2"},
        {"a1", "a3", "p1", "p3"},
    ]
    assert set(match_households(households, ONE_TO_ONE, 1).covariates_of_candidates["stratum"]) == {0}
