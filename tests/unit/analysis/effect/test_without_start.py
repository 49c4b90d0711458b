"""The other end of the bracket: the whole pool, weighted to be like the approach on all but the start."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.analysis.effect.without_start import Pool, pool_changes, without_start
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.methods.balancing_weights import entropy_weights

OUTCOMES = outcomes_from({"o": {"unit": "adult", "kind": "mean"}, "k": {"unit": "child", "kind": "mean"}})


def cohort(seed=1, approach=20, pool=150, adults=(1, 2)):
    """Persons of pool_changes and candidates; x is higher in the approach, whose change is 2 more, and 1 for each x."""
    rng = np.random.default_rng(seed)
    people, homes = [], {}
    for number in range(approach + pool):
        of_approach = number < approach
        x, y = rng.normal(0.7 * of_approach, 1), float(rng.integers(0, 2))
        homes[f"h{number:03d}"] = ("approach" if of_approach else "pool", 0, x, y)
        for _ in range(rng.choice(adults)):
            before = rng.normal(5, 1)
            people.append((f"h{number:03d}", before, before + x + 2 * of_approach + rng.normal(0, 0.5)))
    candidates = pd.DataFrame.from_dict(homes, orient="index", columns=["role", "stratum", "x", "y"])
    return pd.DataFrame(people, columns=["household", "T0", "follow_up"]), candidates


def matched_of(candidates):
    return set(candidates.index[candidates["role"] == "approach"])


def found(persons, candidates, contain=(), matched=None):
    return without_start(persons, candidates, matched_of(candidates) if matched is None else matched, contain)


def test_the_pool_is_weighted_to_have_the_means_of_the_approach():
    persons, candidates = cohort()
    rows = persons.join(candidates, on="household")
    approach = rows["role"] == "approach"
    weights = entropy_weights(rows.loc[~approach, ["x", "y"]], rows.loc[approach, ["x", "y"]].mean()).weights
    change = rows["follow_up"] - rows["T0"]
    expected = change[approach].mean() - np.average(change[~approach], weights=weights)
    estimate = found(persons, candidates).estimate
    assert estimate.value == pytest.approx(expected, rel=1e-9)
    assert estimate.value == pytest.approx(2, abs=3 * estimate.se)
    assert (estimate.n, estimate.clusters) == (len(rows), len(candidates))
    assert found(persons, candidates).n_smallest == approach.sum()
    # unweighted, x would be in it
    assert found(persons, candidates[["role", "stratum"]]).estimate.value == pytest.approx(
        change[approach].mean() - change[~approach].mean()
    )


def test_where_the_start_lies_changes_nothing():
    persons, candidates = cohort()
    higher = persons["household"].isin(matched_of(candidates))
    moved = persons.assign(**{wave: persons[wave] + 7 * higher for wave in ("T0", "follow_up")})
    assert found(moved, candidates).estimate.value == pytest.approx(found(persons, candidates).estimate.value)


@pytest.mark.parametrize("missing", [False, True])
def test_a_covariate_that_holds_the_start_does_not_count_and_neither_does_its_indicator(missing):
    persons, candidates = cohort()
    far = candidates["role"].eq("approach") * 100.0 + np.arange(len(candidates)) % 3
    worse = candidates.assign(**dict.fromkeys(["z", *["z_missing"] * missing], far))
    assert found(persons, worse).estimate.reason == "fit"
    assert found(persons, worse, ["z"]) == found(persons, candidates)
    assert found(persons, worse, ["x", "y", "z"]) == found(persons, candidates[["role", "stratum"]])
    # another name that begins alike is another covariate
    assert found(persons, worse.rename(columns={"z": "z_more"}), ["z"]).estimate.reason == "fit"


def test_controls_are_of_the_strata_of_the_matched_approach_households():
    persons, candidates = cohort()
    other = candidates.assign(stratum=np.arange(len(candidates)) % 3)
    first = other["stratum"] == 0
    matched = set(other.index[first]) & matched_of(other)
    wild = persons.assign(follow_up=persons["follow_up"].where(persons["household"].isin(other.index[first]), 1e6))
    kept = persons["household"].isin(other.index[first])
    alone = found(persons[kept], candidates[first.to_numpy()], matched=matched)
    assert found(wild, other, matched=matched) == alone
    assert alone.estimate.clusters == first.sum()


def test_approach_households_without_a_control_do_not_count():
    persons, candidates = cohort()
    lone = sorted(matched_of(candidates))[:4]
    matched = matched_of(candidates) - set(lone)
    gone = ~persons["household"].isin(lone)
    assert found(persons, candidates, matched=matched) == found(persons[gone], candidates.drop(index=lone))


def test_weights_that_cannot_be_found_are_refused():
    persons, candidates = cohort()
    estimate = found(persons, candidates.assign(z=1.0 * (candidates["role"] == "approach"))).estimate
    assert (estimate.reason, estimate.note) == ("fit", "no weights make the pool like the approach")
    assert np.isnan(estimate.value) and estimate.n == len(persons)


def yes_no(approach, pool, twice=()):
    """Hundred households of the approach and sixty of the pool, of which so many have z; `twice`: with two members."""
    homes = [f"h{number:03d}" for number in range(160)]
    z = [1.0] * approach + [0.0] * (100 - approach) + [1.0] * pool + [0.0] * (60 - pool)
    candidates = pd.DataFrame({"role": ["approach"] * 100 + ["pool"] * 60, "stratum": 0, "z": z}, index=homes)
    people = [*homes, *twice]
    persons = pd.DataFrame({"household": people, "T0": 0.0, "follow_up": np.arange(len(people)) % 7.0})
    return found(persons, candidates).estimate


@pytest.mark.parametrize(
    ("pool", "note"),
    [(9, "the weighted pool counts as 9.2 households; 10 are needed"), (10, "")],  # 1 / (.99^2 / 9 + .01^2 / 51)
)
def test_a_weighted_pool_of_few_households_is_refused(pool, note):
    assert yes_no(99, pool).note == note


@pytest.mark.parametrize("twice", [(), ("h100",)])
@pytest.mark.parametrize(("share", "note"), [(21, "one household has 21 % of the weight of the pool"), (19, "")])
def test_a_household_with_more_than_a_fifth_of_the_weight_is_refused_however_many_its_members(share, note, twice):
    assert yes_no(share, 1, twice).note == note


@pytest.mark.parametrize("gone", ["approach", "pool"])
def test_a_group_without_complete_cases_is_undefined_and_said_so(gone):
    persons, candidates = cohort()
    there = persons["household"].map(candidates["role"]) != gone
    one_sided = found(persons[there], candidates)
    assert (one_sided.estimate.reason, one_sided.n_smallest) == ("pairs", 0)
    assert one_sided.estimate.note == "a group has no complete cases"


@pytest.mark.parametrize("few_values", [False, True])
def test_neither_order_nor_names_change_a_digit(few_values):
    persons, candidates = cohort(seed=3)
    if few_values:
        persons = persons.assign(T0=persons["T0"].round(), follow_up=persons["follow_up"].round())
        candidates = candidates.drop(columns="x")
    first = found(persons, candidates)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        names = dict(zip(candidates.index, (f"n{p:03d}" for p in rng.permutation(len(candidates))), strict=True))
        again = persons.assign(household=persons["household"].map(names)).sample(frac=1, random_state=seed)
        assert found(again, candidates.rename(index=names).sample(frac=1, random_state=seed)) == first


# The changes of the pool.


def long(*rows):
    """(unit, unit_id, household, outcome, wave, value)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "outcome", "wave", "value"])


def person(unit, unit_id, household, outcome, before, after):
    return [(unit, unit_id, household, outcome, wave, value) for wave, value in (("T0", before), ("follow_up", after))]


TABLE = long(
    *person("adult", 1, 7, "o", 2.0, 3.0),
    *person("adult", 2, 7, "o", 4.0, 9.0),
    *person("adult", 3, 8, "o", 5.0, 5.0),
    *person("adult", 4, 8, "o", 5.0, np.nan),
    *person("child", 5, 8, "o", 1.0, 1.0),  # an outcome of adults
    *person("child", 5, 8, "k", 6.0, 7.0),
    *person("adult", 1, 7, "other", 1.0, 1.0),
    ("adult", 6, 9, "o", "T0", 1.0),
)


def changes(estimand, parts=(TABLE,)):
    rows = pool_changes(parts, OUTCOMES, estimand)
    return {
        name: sorted(frame[["household", "T0", "follow_up"]].itertuples(index=False, name=None))
        for name, frame in rows.items()
    }


def test_the_pool_has_persons_with_both_measurements_or_households_with_their_means():
    assert changes("persons") == {"o": [(7, 2, 3), (7, 4, 9), (8, 5, 5)], "k": [(8, 6, 7)]}
    assert changes("households") == {"o": [(7, 3, 6), (8, 5, 5)], "k": [(8, 6, 7)]}


@pytest.mark.parametrize("estimand", ["persons", "households"])
def test_some_rows_at_a_time_are_all_rows(estimand):
    categories = TABLE.astype({"outcome": "category", "unit": "category", "wave": "category"})
    parts = [categories.iloc[start : start + 3] for start in range(0, len(TABLE), 3)]
    assert changes(estimand, parts) == changes(estimand)
    assert changes(estimand, []) == {}


@pytest.mark.parametrize("estimand", ["persons", "households"])
def test_the_pool_has_an_estimate_of_each_outcome_that_somebody_has_twice(estimand):
    persons, candidates = cohort(adults=(1, 2))
    rows = [
        row
        for place, of in enumerate(persons.itertuples())
        for row in person("adult", place, of.household, "o", of.T0, of.follow_up)
    ]
    pool = Pool(candidates, matched_of(candidates), lambda: [long(*rows)])
    result = pool.without_start(OUTCOMES, {"o": ["y"]}, estimand)
    assert list(result) == ["o"]
    if estimand == "households":
        persons = persons.groupby("household", as_index=False)[["T0", "follow_up"]].mean()
        assert result["o"].estimate.n == len(candidates)
    expected = found(persons, candidates, ["y"]).estimate
    assert result["o"].estimate.value == pytest.approx(expected.value)
    assert result["o"].estimate.p == pytest.approx(expected.p)
