"""R behind rbridge: what goes in is checked, what comes out is plain, nothing is lost or leaks."""

import os
import sys

import numpy as np
import pandas as pd
import pytest
from given.r_packages import needs_mice, needs_optmatch

from effectstudie.shared import r_bridge, r_session
from effectstudie.shared.errors import EffectstudieError, InputError, MatchingError, MissingPackage

GROUP = np.array([True, True, True, False, False, False])
OVERLAP = [1.0, 4.0, 5.0, 2.0, 3.0, 0.0]


def frame(**columns):
    return pd.DataFrame({"age at T0": OVERLAP} | columns)


@pytest.fixture
def r_code(monkeypatch):
    """Change the R code for one test."""

    def change(old, new):
        assert old in r_bridge.R_CODE
        monkeypatch.setattr(r_bridge, "R_CODE", r_bridge.R_CODE.replace(old, new))

    return change


def test_r_starts_without_profile_or_saved_workspace():
    r_bridge.versions()
    from rpy2.rinterface_lib import embedded

    assert "--vanilla" in embedded.get_initoptions()


def test_versions_are_those_of_r_and_matchit():
    versions = r_bridge.versions()
    assert list(versions) == ["R", "MatchIt"]
    assert all(version[0].isdigit() for version in versions.values())


@pytest.fixture
def matchit(monkeypatch):
    """The route of a MatchIt of some version, whose probe goes as told."""

    def route(version, pairs):
        monkeypatch.setattr(r_bridge, "versions", lambda: {"R": "4.5.0", "MatchIt": version})
        monkeypatch.setattr(r_bridge, "_nearest", pairs)
        r_bridge.matchit_route.cache_clear()
        return r_bridge.matchit_route()

    yield route
    r_bridge.matchit_route.cache_clear()


def right(*_, by_score):
    assert by_score
    return r_bridge.NearestMatch(pd.DataFrame([[1, 1, 4], [1, 2, 3]]), np.ones(5), [])


def without_caliper(*_, by_score):
    return r_bridge.NearestMatch(pd.DataFrame([[0, 1, 2], [1, 1, 4], [1, 2, 3]]), np.ones(5), [])


def broken(*_, by_score):
    raise MatchingError("R stopped.")


@pytest.mark.parametrize(
    ("version", "pairs", "expected"),
    [
        ("4.7.1", right, ("score", "passed")),
        ("4.10.0", right, ("score", "passed")),
        ("5.0", right, ("score", "passed")),
        ("4.6.9", right, ("distances", "passed")),
        ("4.5.1", without_caliper, ("distances", "failed")),
        ("4.9.0", without_caliper, ("distances", "failed")),
        ("4.9.0", broken, ("distances", "failed")),
    ],
)
def test_matchit_is_given_scores_where_it_is_new_enough_and_passes_the_probe(matchit, version, pairs, expected):
    found = matchit(version, pairs)
    assert (found.version, found.route, found.probe) == (version, *expected)


def test_the_probe_tells_the_fault_of_matchit_here():
    """4.5.0 to 4.5.3 ignore a caliper below 1 (issue 163)."""
    route = r_bridge.matchit_route()
    faulty = route.version in ("4.5.0", "4.5.1", "4.5.2", "4.5.3")
    assert (route.probe, route.version) == ("failed" if faulty else "passed", r_bridge.versions()["MatchIt"])


def test_score_model_has_coefficients_by_column_name():
    model = r_bridge.fit_propensity(frame(**{"low-income": [0, 1, 0, 0, 1, 0]}), GROUP, 1)
    assert list(model.coefficients) == ["(Intercept)", "age at T0", "low-income"]
    assert model.converged
    assert model.warnings == []


def test_score_of_one_yes_no_covariate_is_the_log_odds_of_its_cell():
    """Covariate 1: 2 of 3 are approach, log odds log 2; covariate 0: 1 of 3, log odds -log 2."""
    model = r_bridge.fit_propensity(pd.DataFrame({"yes": [1, 1, 0, 1, 0, 0]}), GROUP, 1)
    assert model.linear_predictor == pytest.approx(np.log([2, 2, 0.5, 2, 0.5, 0.5]), abs=1e-8)


def test_approach_is_the_modelled_group():
    """Higher values in the approach group: a positive coefficient, not the alphabet's second level."""
    assert r_bridge.fit_propensity(frame(), GROUP, 1).coefficients["age at T0"] > 0


def test_perfect_separation_comes_back_as_a_warning(capfd):
    model = r_bridge.fit_propensity(pd.DataFrame({"x": [10.0, 11, 12, 1, 2, 3]}), GROUP, 1)
    assert "glm.fit: fitted probabilities numerically 0 or 1 occurred" in model.warnings
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_missing_and_infinite_values_are_refused_with_the_column(value):
    with pytest.raises(InputError, match=r"Column 'income' holds missing or infinite values: fill or leave out"):
        r_bridge.fit_propensity(frame(income=[1, 2, value, 4, 5, 6]), GROUP, 1)


def test_missing_whole_numbers_are_refused_not_turned_into_minus_two_thousand_million():
    column = pd.array([1, 2, None, 4, 5, 6], dtype="Int64")
    with pytest.raises(InputError, match="Column 'income' holds missing"):
        r_bridge.fit_propensity(frame(income=column), GROUP, 1)


def test_a_column_of_one_value_is_refused():
    with pytest.raises(InputError, match="Column 'thv' has one value in every row: leave it out"):
        r_bridge.fit_propensity(frame(thv=1), GROUP, 1)


@pytest.mark.parametrize(
    "column",
    [
        list("aabbcc"),
        pd.Categorical([1, 2, 1, 2, 1, 2]),
        pd.date_range("2020-01-01", periods=6),
        [1, None, 2, "3", 4, 5],
    ],
)
def test_columns_that_are_not_numbers_are_refused(column):
    with pytest.raises(InputError, match=r"Column 'income' is .*: R gets numbers only; recode it"):
        r_bridge.fit_propensity(frame(income=column), GROUP, 1)


def test_whole_numbers_beyond_those_of_r_keep_their_value():
    big = np.array(OVERLAP, dtype=np.int64) * 10**10
    small = r_bridge.fit_propensity(frame(), GROUP, 1)
    model = r_bridge.fit_propensity(pd.DataFrame({"big": big}), GROUP, 1)
    assert model.linear_predictor == pytest.approx(small.linear_predictor, abs=1e-7)


def test_all_problems_of_the_columns_come_at_once():
    with pytest.raises(InputError) as caught:
        r_bridge.fit_propensity(frame(thv=1, town=list("aabbcc")), GROUP, 1)
    assert len(caught.value.problems) == 2


def test_two_columns_of_one_name_are_refused():
    doubled = pd.DataFrame(np.arange(12).reshape(6, 2), columns=["a", "a"])
    with pytest.raises(InputError, match="Two columns have the same name, and R would lose one"):
        r_bridge.fit_propensity(doubled, GROUP, 1)


@pytest.mark.parametrize("group", [np.array(["approach"] * 3 + ["pool"] * 3), GROUP.astype(int), np.array([True] * 6)])
def test_the_group_must_be_true_and_false(group):
    with pytest.raises(InputError, match=r"The group must be given as true \(approach\) and false \(control\)"):
        r_bridge.match_nearest(np.array(OVERLAP), group, ratio=1, caliper=None, seed=1)


def test_pairs_are_row_numbers_from_zero():
    """Treated 5 takes 3 first (the largest), 4 takes 2, 1 takes what is left."""
    match = r_bridge.match_nearest(np.array(OVERLAP), GROUP, ratio=1, caliper=None, seed=1)
    assert match.pairs.to_numpy().tolist() == [[0, 1, 5], [1, 1, 3], [2, 1, 4]]
    assert match.weights.tolist() == [1.0] * 6


@pytest.mark.parametrize(("bytes_", "by"), [(302, "distances"), (303, "distances"), (1, "score")])
def test_more_distances_than_the_machine_has_memory_for_are_refused(monkeypatch, bytes_, by):
    """3 x 3 distances of 8 bytes, 4.2 times: 302.4 bytes. Given scores MatchIt makes none of them."""
    monkeypatch.setattr(r_bridge, "memory", lambda: bytes_)
    monkeypatch.setattr(r_bridge, "matchit_route", lambda: r_bridge.Route("4.5.1", by, "failed"))
    monkeypatch.setattr(r_bridge, "_nearest", lambda *_: "matched")
    given = {"ratio": 1, "caliper": None, "seed": 1}
    if bytes_ != 302:
        assert r_bridge.match_nearest(np.array(OVERLAP), GROUP, **given) == "matched"
        return
    with pytest.raises(MatchingError, match=r"To match 3 households with 3 possible controls takes .* MatchIt 4\.5\.1"):
        r_bridge.match_nearest(np.array(OVERLAP), GROUP, **given)


def test_a_caliper_below_one_is_kept():
    """The plain call of MatchIt 4.5.1 takes any control nearer than 1."""
    score = np.array([0.5, 0.1, 0.2, 0.85])
    match = r_bridge.match_nearest(score, np.array([True, True, False, False]), ratio=1, caliper=0.2, seed=1)
    assert match.pairs[["treated", "control"]].to_numpy().tolist() == [[1, 2]]


def test_pairs_stay_within_a_stratum():
    match = r_bridge.match_nearest(
        np.array([1.0, 2.0, 1.1, 2.1]),
        np.array([True, True, False, False]),
        ratio=1,
        caliper=None,
        seed=1,
        stratum=np.array([1, 2, 2, 1]),
    )
    assert match.pairs[["treated", "control"]].to_numpy().tolist() == [[0, 3], [1, 2]]


def test_warnings_of_matchit_come_back_and_the_console_stays_silent(capfd):
    score = np.array([1.0, 2.0, 3.0, 1.5])
    match = r_bridge.match_nearest(score, np.array([True, True, True, False]), ratio=1, caliper=None, seed=1)
    assert match.warnings == ["Fewer control units than treated units; not all treated units will get a match."]
    assert capfd.readouterr() == ("", "")


def test_an_error_of_r_says_what_was_asked(capfd):
    score = np.array([1.0, 2.0, 5.0, 6.0])
    with pytest.raises(MatchingError) as caught:
        r_bridge.match_nearest(score, np.array([True, True, False, False]), ratio=2, caliper=0.5, seed=1)
    assert str(caught.value) == (
        'R stopped with "No units were matched." (ratio 2, caliper 0.5, exact strata 1, treated 2, controls 2).'
        " R also warned: Not all treated units will get 2 matches."
    )
    assert capfd.readouterr() == ("", "")


def test_an_error_of_r_names_the_column(r_code):
    r_code("m <- glm(", 'warning("look at x0"); stop("x0 is odd"); m <- glm(')
    with pytest.raises(MatchingError, match='R stopped with "age at T0 is odd".*R also warned: look at age at T0'):
        r_bridge.fit_propensity(frame(), GROUP, 1)


def test_a_coefficient_that_r_cannot_estimate_is_refused():
    with pytest.raises(MatchingError, match="leave out covariates that follow from the others"):
        r_bridge.fit_propensity(frame(again=OVERLAP), GROUP, 1)


def test_the_same_seed_gives_the_same_draw(r_code):
    r_code("function() c(as.character(getRversion())", "function() c(as.character(runif(1))")
    assert r_bridge.versions() == r_bridge.versions()


def test_missing_matchit_says_what_to_install(r_code):
    r_code("MatchIt", "NoSuchPackage")
    r_bridge.matchit_route.cache_clear()
    with pytest.raises(
        EffectstudieError, match="NoSuchPackage.*r-base-core r-cran-matchit.*conda environment in envs/"
    ):
        r_bridge.match_nearest(np.array(OVERLAP), GROUP, ratio=1, caliper=None, seed=1)


def test_missing_r_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "rpy2.rinterface_lib", None)
    r_session.functions_of.cache_clear()
    with pytest.raises(EffectstudieError, match="R could not be started.*install R with MatchIt: `apt-get install"):
        r_bridge.versions()
    r_session.functions_of.cache_clear()


def test_fisher_of_a_large_table_is_exact():
    """Agresti's job satisfaction, published p .7827."""
    table = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]
    assert r_bridge.fisher_p(table) == pytest.approx(0.782685, abs=1e-6)


def test_fisher_of_two_by_two_is_a_sum_of_hypergeometric_terms():
    """3 1 / 1 3: tables as or less likely: (16 + 1 + 16 + 1) / 70."""
    assert r_bridge.fisher_p([[3, 1], [1, 3]]) == pytest.approx(34 / 70)


def test_fisher_leaves_out_empty_rows_and_columns():
    assert r_bridge.fisher_p([[3, 0, 1], [0, 0, 0], [1, 0, 3]]) == pytest.approx(34 / 70)


def test_fisher_of_one_filled_column_is_undefined():
    assert np.isnan(r_bridge.fisher_p([[3, 0], [1, 0]]))


@pytest.mark.parametrize("table", [[], [[1, 2], [3]], [[1, -1], [2, 2]], [[0.5, 1], [1, 1]], [[np.nan, 1], [1, 1]]])
def test_fisher_refuses_what_is_not_a_table_of_counts(table):
    with pytest.raises(InputError, match="needs a table of whole counts of 0 or more, rows of equal length"):
        r_bridge.fisher_p(table)


def test_fisher_says_when_r_cannot_do_the_table(r_code):
    r_code("workspace = 2e7", "workspace = 200")
    with pytest.raises(EffectstudieError, match="Fisher's exact test failed. R stopped with .*FEXACT"):
        r_bridge.fisher_p([[10, 12, 14, 9], [6, 17, 12, 11], [13, 8, 12, 20]])


def test_starting_r_leaves_the_library_path_of_other_programs_alone(monkeypatch):
    r_session.functions_of.cache_clear()
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    r_bridge.versions()
    assert os.environ["LD_LIBRARY_PATH"] == "/somewhere"


def with_gaps(n=80):
    rng = np.random.default_rng(2)
    x = rng.normal(size=n)
    columns = {"score T0": x, "yes": (x + rng.normal(size=n) > 0).astype(float), "near": x + 1e-6 * rng.normal(size=n)}
    frame = pd.DataFrame(columns)
    frame.loc[3:9, "yes"] = np.nan
    frame.loc[7:12, "near"] = np.nan
    return frame, np.arange(n) % 4 == 0


@needs_mice
def test_every_gap_gets_a_value_that_occurs_and_what_is_known_stays():
    frame, group = with_gaps()
    sets = r_bridge.impute(frame, group, 4, 1)
    assert len(sets) == 4
    for one in sets:
        assert list(one) == list(frame) and one.notna().all(axis=None)
        assert one.where(frame.notna()).equals(frame)
        for name in frame:
            assert set(one[name]) <= set(frame[name].dropna())
    assert len({tuple(one["yes"][3:10]) for one in sets}) > 1


@needs_mice
def test_the_same_seed_imputes_the_same_and_another_does_not():
    frame, group = with_gaps()
    first, again, other = (r_bridge.impute(frame, group, 3, seed) for seed in (5, 5, 6))
    assert all(one.equals(two) for one, two in zip(first, again, strict=True))
    assert not all(one.equals(two) for one, two in zip(first, other, strict=True))


@needs_mice
def test_imputed_values_follow_what_is_known():
    """yes is what x is: each gap can have one value only, as near ones all have that."""
    x = np.linspace(-1, 1, 200)
    frame = pd.DataFrame({"x": x, "yes": (x > 0).astype(float)})
    frame.loc[[10, 20, 180, 190], "yes"] = np.nan
    for one in r_bridge.impute(frame, np.arange(200) % 2 == 0, 5, 1):
        assert one["yes"][[10, 20, 180, 190]].tolist() == [0.0, 0.0, 1.0, 1.0]


def test_missing_mice_names_the_package_of_debian(r_code):
    r_code("mice::mice", "mice.that.is.not.here::mice")
    with pytest.raises(MissingPackage, match="key imputation needs R's package mice, .*`apt install r-cran-mice`"):
        r_bridge.impute(*with_gaps(), 3, 1)


def test_missing_optmatch_names_it_and_how_to_get_it(r_code):
    r_code('requireNamespace("optmatch", quietly = TRUE)', "FALSE")
    with pytest.raises(
        MissingPackage, match="design full need R's package optmatch, .*Debian lacks: .*install.packages"
    ):
        r_bridge.match_optimal(np.array(OVERLAP), GROUP, ratio=None, caliper=None, seed=1)


@needs_optmatch
def test_sets_of_optmatch_have_the_number_of_their_row():
    found = r_bridge.match_optimal(
        np.array([1.0, 5, 5.4, 1.1, 0.8, 5.1, 20]), np.arange(7) < 3, ratio=None, caliper=1.0, seed=1
    )
    first, second = found.sets[0], found.sets[1]
    assert found.sets.tolist() == [first, second, second, first, first, second, 0]
    assert found.weights.tolist() == pytest.approx([1, 1, 1, 0.5, 0.5, 2, 0])


def test_gaps_in_what_r_would_misread_are_refused():
    frame, group = with_gaps()
    frame["yes"] = frame["yes"].where(frame["yes"] != 0)
    frame["near"] = np.inf
    frame["none"] = np.nan
    with pytest.raises(InputError) as error:
        r_bridge.impute(frame, group, 3, 1)
    assert [problem.split("'")[1] for problem in error.value.problems] == ["yes", "near", "none"]


def test_mice_that_leaves_a_gap_is_an_error(r_code):
    r_code("made <- mice::mice(", "made <- list(imp = lapply(data, function(x) x[is.na(x)])); c(")
    with pytest.raises(EffectstudieError, match="imputation of covariates failed"):
        r_bridge.impute(*with_gaps(), 1, 1)
