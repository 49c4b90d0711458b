"""Whether the approach does more, or less, where risk factors accumulate; with households as clusters."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, pairs_of, renamed

from effectstudie.analysis.effect.by_risk import by_risk
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import BY_RISK
from effectstudie.methods.two_way import two_way


def cells(sizes=(6, 6, 6, 6), seed=1, effect=1.5):
    """Households of one in four cells, control before approach, not at risk before at risk; and their risk status."""
    rng = np.random.default_rng(seed)
    homes, risk = [], {}
    for cell, size in enumerate(sizes):
        group, at_risk = ("control", "approach")[cell // 2], cell % 2
        for number in range(size):
            name = f"h{cell}.{number:02d}"
            risk[name] = at_risk
            before = rng.normal(5, 1)
            after = before + rng.normal(effect * (group == "approach") * at_risk, 1)
            homes.append((name, group, 1.0, number, (before, after)))
    return pairs_of(*homes), statuses(risk_status=risk)


def statuses(**by_name):
    """Outcome → household → whether risk factors accumulate; `__` for the point of a name."""
    rows = [
        (home, name.replace("__", "."), 100.0 * value) for name, of in by_name.items() for home, value in of.items()
    ]
    return pd.DataFrame(rows, columns=["household", "outcome", "value"])


def found(pairs, risk, own=(), what="difference_between_groups", kind="mean"):
    table = by_risk({"o": pairs}, risk, outcomes_from({"o": {"unit": "adult", "kind": kind}}), {"o": own})
    assert BY_RISK.problems(table) == []
    assert table["what"].tolist() == ["level_t0", "change", "difference_between_groups"]
    (row,) = table[table["what"] == what].to_dict("records")
    return row


def by_hand(values, pairs, risk):
    """At risk - not within groups: the differences in each group, weighed by n1 n0 / (n1 + n0)."""
    at_risk = pairs["household"].map(risk.set_index("household")["value"] == 100).to_numpy(dtype=bool)
    differences, weights = [], []
    for group in ("approach", "control"):
        mine = (pairs["group"] == group).to_numpy()
        ones, others = values[mine & at_risk], values[mine & ~at_risk]
        differences.append(ones.mean() - others.mean())
        weights.append(len(ones) * len(others) / (len(ones) + len(others)))
    return np.average(differences, weights=weights)


@pytest.mark.parametrize("sizes", [(6, 6, 6, 6), (12, 5, 7, 9)])
def test_level_and_change_at_risk_are_weighed_means_of_the_differences_within_groups(sizes):
    pairs, risk = cells(sizes, seed=3)
    change = (pairs["follow_up"] - pairs["T0"]).to_numpy()
    for what, values in (("level_t0", pairs["T0"].to_numpy()), ("change", change)):
        row = found(pairs, risk, what=what)
        assert row["value"] == pytest.approx(by_hand(values, pairs, risk))
        assert row["ci_low"] < row["value"] < row["ci_high"]
        assert row["n_smallest"] == min(sizes[0] + sizes[2], sizes[1] + sizes[3])


def test_the_level_of_a_group_alone_is_no_part_of_what_goes_with_risk():
    pairs, risk = cells((4, 9, 9, 4), seed=5)
    higher = pairs.assign(T0=pairs["T0"] + 50 * (pairs["group"] == "approach"))
    plain = found(pairs, risk, what="level_t0")["value"]
    assert found(higher, risk, what="level_t0")["value"] == pytest.approx(plain)


def test_of_a_percentage_those_who_say_yes_are_counted_apart():
    homes = [(f"{group[0]}{n}", group, 1.0, n, (100.0 * (n % 8 == 0), 100.0 * (n % 3 == 0)))
             for group in ("approach", "control") for n in range(16)]  # fmt: skip
    pairs = pairs_of(*homes)
    risk = statuses(risk_status={home[0]: home[3] >= 10 for home in homes})
    row = found(pairs, risk, what="level_t0", kind="percentage")
    assert row["n_smallest"] == 0 and row["p"] == row["p"]  # none of those at risk says yes
    assert found(pairs, risk, what="level_t0")["n_smallest"] == 12


def published(pairs, risk):
    """The interaction of the published analysis of variance."""
    change = (pairs["follow_up"] - pairs["T0"]).to_numpy()
    at_risk = pairs["household"].map(risk.set_index("household")["value"] == 100).to_numpy(dtype=bool)
    return two_way(change, (pairs["group"] == "approach").to_numpy(), at_risk)[2]


@pytest.mark.parametrize("seed", range(3))
def test_single_households_in_equal_cells_give_the_published_test(seed):
    pairs, risk = cells(seed=seed)
    row, expected = found(pairs, risk), published(pairs, risk)
    # of equal cells the error of each cell apart is the pooled one
    assert (row["value"] / row["se"]) ** 2 == pytest.approx(expected.f)
    assert (row["n"], row["n_smallest"], row["households"]) == (24, 6, 24)


def test_single_households_in_unequal_cells_come_close():
    pairs, risk = cells((40, 30, 25, 20), seed=4)
    row, expected = found(pairs, risk), published(pairs, risk)
    assert (row["value"] / row["se"]) ** 2 == pytest.approx(expected.f, rel=0.25)
    assert row["n_smallest"] == 20


@pytest.mark.parametrize("effect", [3.0, -3.0])
def test_the_value_is_how_much_more_the_approach_does_at_risk(effect):
    pairs, risk = cells(effect=effect)
    means = (pairs["follow_up"] - pairs["T0"]).groupby(pairs["household"].str[:2]).mean()
    row = found(pairs, risk)
    assert row["value"] == pytest.approx(means["h3"] - means["h1"] - (means["h2"] - means["h0"]))
    assert np.sign(row["value"]) == np.sign(effect)
    assert row["ci_low"] < row["value"] < row["ci_high"]


def test_members_of_a_household_count_as_one_where_they_change_alike():
    pairs, risk = cells()
    twice = pd.concat([pairs, pairs.assign(unit_id=pairs["unit_id"] + "b")])
    first, second = found(pairs, risk), found(twice, risk)
    for name in ("value", "se", "df", "p", "households"):
        assert second[name] == pytest.approx(first[name])
    assert (second["n"], second["n_smallest"]) == (48, 12)


def test_who_has_no_known_risk_or_no_follow_up_is_left_out():
    pairs, risk = cells((7, 6, 6, 7))
    without = risk[risk["household"] != "h0.06"]
    lost = pairs.assign(follow_up=pairs["follow_up"].mask(pairs["household"] == "h3.06"))
    row = found(lost, without)
    kept = ~pairs["household"].isin(["h0.06", "h3.06"])
    assert row == found(pairs[kept], risk)
    assert row["n"] == 24


def test_an_outcome_that_is_a_factor_itself_is_held_against_the_count_without_it():
    pairs, all_factors = cells()
    other = dict.fromkeys(pairs["household"], 0) | dict.fromkeys(pairs["household"][::2], 1)
    without = statuses(risk_status__low_income=other)
    both = pd.concat([all_factors, without])
    row = found(pairs, both, ["low_income"])
    plain = found(pairs, without.assign(outcome="risk_status"))
    assert row.pop("without_factor") == "low_income" and pd.isna(plain.pop("without_factor"))
    assert row == plain
    assert row["value"] != found(pairs, both)["value"]


def test_an_outcome_of_more_factors_has_no_count_that_is_not_made_of_it():
    row = found(*cells(), ["low_income", "unemployment"])
    assert (row["note"], row["reason"]) == ("the index is made of the outcome itself", "input")
    assert np.isnan(row["value"]) and row["n"] == 0 and pd.isna(row["without_factor"])


@pytest.mark.parametrize("cell", range(4))
def test_a_cell_without_anyone_is_undefined_and_said_so(cell):
    row = found(*cells([6 * (place != cell) for place in range(4)]))
    assert (row["reason"], row["n_smallest"], row["n"]) == ("pairs", 0, 18)
    assert np.isnan(row["value"])


def test_without_any_status_nothing_is_known():
    pairs, risk = cells()
    for own in ((), ("low_income",)):
        row = found(pairs, risk.assign(outcome="other"), own)
        assert (row["reason"], row["n"]) == ("pairs", 0)


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_names_change_a_digit(seed):
    rng = np.random.default_rng(seed)
    draw = (lambda mean: 100.0 * (rng.random() < 0.5)) if seed else None
    pairs, covariates = invented(seed, draw=draw, adults=(1, 2, 3))
    covariates = covariates.assign(risk=rng.integers(0, 2, len(covariates)))
    first = found(pairs, statuses(risk_status=covariates["risk"]))
    assert first["se"] > 0
    for again in range(3):
        others, of_others = renamed(pairs, covariates, again)
        assert found(others, statuses(risk_status=of_others["risk"])) == first
