"""The row of an estimate: its verdict, its bracket, what it rests on, and of whom it is."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, units

from effectstudie.analysis.effect.estimate import effect_estimate
from effectstudie.analysis.effect.table import effects_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import BALANCE_ANALYSED, ESTIMATES
from effectstudie.methods.effect.margin import judge
from effectstudie.methods.effect.robustness_value import robustness_value
from effectstudie.methods.estimate import Estimate
from effectstudie.methods.power import detectable_errors

SPEC = {"unit": "adult", "kind": "mean", "better": "higher"}


def study(change=1.0, **options):
    """Pairs, candidates with four more of the pool, and the matched households."""
    pairs, covariates = invented(seed=3, approach=40, change=change, **options)
    homes = pairs.drop_duplicates("household").set_index("household")
    role = homes["group"].map({"approach": "approach", "control": "pool"})
    candidates = covariates.assign(role=role)
    more = pd.DataFrame({"x": -2.0, "y": [0.0, 1, 2, 3], "role": "pool"}, index=[f"pool{n}" for n in range(4)])
    matched = homes[["group", "subclass", "weight"]].reset_index()
    return pairs, pd.concat([candidates, more]), matched


def made(pairs, candidates, matched, without_t0=None, estimand="persons", **spec):
    plain = {key: value for key, value in {**SPEC, **spec}.items() if value is not None}
    effects = effects_of(
        {"o": pairs},
        candidates,
        matched,
        outcomes_from({"o": plain}),
        {"o": without_t0} if without_t0 else {},
        estimand,
    )
    assert ESTIMATES.problems(effects.estimates) == [] == BALANCE_ANALYSED.problems(effects.balance)
    (row,) = effects.estimates.to_dict("records")
    return row, effects


def test_a_row_has_the_estimate_and_whom_it_is_of():
    given = study()
    row, effects = made(*given)
    of, estimate = effects.of["o"].of, effects.of["o"].att
    assert [row[name] for name in ("value", "se", "df", "p")] == [estimate.value, estimate.se, estimate.df, estimate.p]
    assert (row["ci_low"], row["ci_high"]) == estimate.ci95
    assert (row["n_approach"], row["n_control"]) == (of.treated.sum(), (~of.treated).sum())
    assert (row["households_approach"], row["households_control"]) == (of.households_of(True), of.households_of(False))
    assert (row["sets"], row["sets_whole"], row["estimand"]) == (40, effects.of["o"].whole, "persons")
    assert (row["by_group"], pd.isna(row["left_out"])) == (True, True)


def test_covariates_come_in_the_order_of_what_the_matching_left_unlike():
    pairs, candidates, matched = study()
    row, _ = made(pairs, candidates, matched)
    first, second = row["covariates"].split()[1:]
    gaps = {}
    weights = matched.set_index("household")["weight"]
    for name in "xy":
        sides = {
            role: candidates.loc[candidates["role"] == role].index.intersection(weights.index)
            for role in ("approach", "pool")
        }
        means = {role: np.average(candidates.loc[homes, name], weights=weights[homes]) for role, homes in sides.items()}
        spread = candidates.loc[candidates["role"] == "approach", name].std()
        gaps[name] = abs(means["approach"] - means["pool"]) / spread
    assert gaps[first] > gaps[second]
    turned = candidates.rename(columns={"x": "y", "y": "x"})[["x", "y", "role"]]
    assert made(pairs, turned, matched)[0]["covariates"].split()[1:] == [second, first]
    row, _ = made(pairs, candidates.assign(still=1.0), matched)
    assert row["left_out"] == "still:constant"


def test_households_are_the_estimand_where_the_study_says_so():
    pairs, candidates, matched = study()
    row, _ = made(pairs, candidates, matched, estimand="households")
    assert (row["n_approach"], row["n_control"]) == (row["households_approach"], row["households_control"])
    expected = effect_estimate(units(pairs, candidates[["x", "y"]], "households"), row["covariates"].split()[1:])
    assert (row["estimand"], row["value"]) == ("households", expected.att.value)


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("margin", [None, 0.1, 3.0])
@pytest.mark.parametrize("change", [0.0, 1.0])
def test_what_may_be_said_follows_from_both_intervals_and_the_margin(change, margin, better):
    row, _ = made(*study(change), better=better, margin=margin)
    expected = judge(row["value"], row["se"], row["df"], better, margin)
    found = {name: row[name] for name in ("verdict", "relevant", "p_not_worse", "p_not_better", "p_equivalence")}
    for name, value in found.items():
        wanted = getattr(expected, name)
        assert value == wanted or (pd.isna(value) and (wanted == "" or np.isnan(wanted))), name
    assert (row["ci90_low"], row["ci90_high"]) == expected.ci90
    assert row["margin"] == margin or (margin is None and np.isnan(row["margin"]))
    unclear = "no_relevant_difference" if margin == 3 else "undecided"
    assert row["verdict"] == (unclear if change == 0 else "better" if better == "higher" else "worse")


def test_an_outcome_of_which_neither_side_is_better_is_not_judged():
    row, _ = made(*study(), better=None)
    assert row["p"] < 0.05 and pd.isna(row["verdict"]) and pd.isna(row["relevant"]) and np.isnan(row["p_equivalence"])


def test_what_could_have_been_found_is_in_the_unit_of_the_outcome():
    pairs, candidates, matched = study()
    row, _ = made(pairs, candidates, matched)
    assert row["detectable"] == pytest.approx(detectable_errors(row["df"]) * row["se"])
    tenfold = pairs.assign(T0=10 * pairs["T0"], follow_up=10 * pairs["follow_up"])
    assert made(tenfold, candidates, matched)[0]["detectable"] == pytest.approx(10 * row["detectable"])


def test_both_ends_of_the_bracket_say_the_same_of_the_direction_or_not():
    given = study()
    assert made(*given)[0]["value"] > 0
    words = {}
    for value in (0.2, -0.2, 0.0, np.nan):
        row, _ = made(*given, Estimate(value=value, ci95=(value - 1, value + 1)))
        words[value] = row["bracket"]
        limits = [row["ci_low_without_t0"], row["ci_high_without_t0"]]
        np.testing.assert_array_equal([row["value_without_t0"], *limits], [value, value - 1, value + 1])
    assert (words.pop(0.2), words.pop(-0.2)) == ("same", "opposite")
    assert all(pd.isna(word) for word in words.values())
    assert pd.isna(made(*given)[0]["bracket"])


def test_the_robustness_value_is_of_least_squares_and_has_no_limit_where_the_interval_has_nought():
    row, effects = made(*study())
    of, covariates = effects.of["o"].of, ["x", "y"]
    root = np.sqrt(of.weight)
    design = np.column_stack([of.treated, of.before, of.covariates[covariates], np.ones(len(root))]) * root[:, None]
    coefficients, (left,), *_ = np.linalg.lstsq(design, of.change * root, rcond=None)
    df = len(root) - 5
    t = coefficients[0] / np.sqrt(left / df * np.linalg.inv(design.T @ design)[0, 0])
    assert sorted(row["covariates"].split()) == ["T0", *covariates]
    assert row["robustness_value"] == pytest.approx(robustness_value(t, df))
    assert row["robustness_value_ci"] == pytest.approx(robustness_value(t, df, 0.05)) and row["ci_low"] > 0
    assert row["benchmark"] in ("T0", *covariates) and 0 < row["benchmark_outcome"] < 1
    row, _ = made(*study(change=0.0))
    assert row["ci_low"] < 0 < row["ci_high"]
    assert row["robustness_value"] > 0 == row["robustness_value_ci"]


def test_the_analysed_are_as_alike_as_their_table_says():
    row, effects = made(*study(loss=0.3))
    table = effects.balance.set_index("covariate")
    assert list(table.index) == ["x", "y"] and set(table["outcome"]) == {"o"}
    for kind in ("unweighted", "weighted"):
        sizes = table[f"smd_{kind}"].abs()
        assert (row[f"max_smd_{kind}"], row[f"worst_{kind}"]) == (sizes.max(), sizes.idxmax())
        assert row[f"n_unlike_{kind}"] == (sizes > 0.25).sum()


def test_an_outcome_without_anyone_is_undefined_throughout():
    pairs, candidates, matched = study()
    row, _ = made(pairs.assign(follow_up=np.nan), candidates, matched, margin=0.5)
    figures = [
        "value",
        "se",
        "p",
        "detectable",
        "robustness_value",
        "robustness_value_ci",
        "tipping",
        "max_smd_weighted",
    ]
    assert all(np.isnan(row[name]) for name in figures)
    assert all(pd.isna(row[name]) for name in ("verdict", "covariates", "benchmark", "worst_weighted", "bracket"))
    assert (row["n_approach"], row["n_unlike_weighted"], row["sets_whole"]) == (0, 0, 0)
    assert (row["reason"], row["note"]) == ("pairs", "a group has no complete cases")


def test_every_outcome_has_a_row_in_order():
    pairs, candidates, matched = study()
    outcomes = outcomes_from({"b": SPEC, "a": {**SPEC, "unit": "child"}})
    effects = effects_of({"a": pairs, "b": pairs}, candidates, matched, outcomes, {}, "persons")
    assert effects.estimates[["outcome", "unit"]].values.tolist() == [["b", "adult"], ["a", "child"]]
    assert effects.balance["outcome"].tolist() == ["b", "b", "a", "a"]


def test_without_an_outcome_over_time_there_is_nothing_to_estimate():
    _, candidates, matched = study()
    effects = effects_of({}, candidates, matched, {}, {}, "persons")
    assert (list(effects.estimates), list(effects.balance)) == (ESTIMATES.names, BALANCE_ANALYSED.names)
    assert len(effects.estimates) == len(effects.balance) == len(effects.of) == 0
