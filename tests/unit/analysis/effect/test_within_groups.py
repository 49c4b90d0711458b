"""Change over time and distance from a norm, with households as clusters."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, pairs_of, renamed

from effectstudie.analysis.effect.within_groups import within_groups, within_verdicts
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import WITHIN_GROUPS, WITHIN_VERDICTS
from effectstudie.methods.anova import mixed_anova
from effectstudie.methods.means import one_sample_t, paired_t

NORM = {"value": 5.5, "label": "norm"}


def found(pairs, norm=None, analysis="cr2"):
    plain = {"unit": "adult", "kind": "mean", **({"norm": norm} if norm else {})}
    table = within_groups({"o": pairs}, outcomes_from({"o": plain}))
    assert WITHIN_GROUPS.problems(table) == []
    table = table.fillna({"group": "both", "wave": "both"}).set_index(["what", "group", "wave"])
    return table[table["analysis"] == analysis].drop(columns="analysis")


def test_households_of_one_person_give_the_published_tests():
    pairs, _ = invented(seed=1, adults=(1,))
    result = found(pairs, NORM)
    for group in ("approach", "control"):
        mine = pairs[pairs["group"] == group]
        published = paired_t(mine["T0"], mine["follow_up"])
        row = result.loc["change", group, "both"]
        assert (row["value"], row["df"], row["p"]) == pytest.approx((published.mean, published.df, published.p))
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(published.ci95)
        assert row["n"] == row["households"] == published.n
        for wave in ("T0", "follow_up"):
            published = one_sample_t(mine[wave], 5.5)
            row = result.loc["norm", group, wave]
            assert (row["value"], row["df"], row["p"]) == pytest.approx(
                (published.mean - 5.5, published.df, published.p)
            )
            assert row["n"] == published.n


def test_the_norm_is_held_against_all_with_a_value_and_the_change_of_all_with_both():
    pairs, _ = invented(seed=2, loss=0.4)
    result = found(pairs, NORM)
    mine = pairs[pairs["group"] == "approach"]
    sizes = result["n"].xs("approach", level="group")
    assert sizes["norm", "T0"] == len(mine) > sizes["norm", "follow_up"] == mine["follow_up"].notna().sum()
    assert sizes["change", "both"] == sizes["norm", "follow_up"]


def test_together_is_the_mean_of_both_groups_however_many_they_are():
    pairs = pairs_of(
        *((f"a{n}", "approach", 1.0, n, (0, 4 + n % 3)) for n in range(6)),
        *((f"c{n}", "control", 2.0, n, (0, 1 + n % 2), (0, 1)) for n in range(20)),
    )
    result = found(pairs).xs("both", level="wave").loc["change"]
    assert (result.loc["approach", "value"], result.loc["control", "value"]) == pytest.approx((5, 1.25))
    assert result.loc["both", "value"] == pytest.approx((5 + 1.25) / 2)
    assert result.loc["both", ["n", "households"]].tolist() == [46, 26]
    # of independent groups half the root of the sum of squares
    errors = result.loc[["approach", "control"], "se"]
    assert result.loc["both", "se"] == pytest.approx(np.hypot(*errors) / 2)


def test_members_who_change_alike_count_as_one():
    once = [(f"{group}{n}", group, 1.0, n, (5, 5 + (n * 5) % 7)) for group in ("approach", "control") for n in range(9)]
    twice = [(*home, home[-1]) for home in once]
    first, second = found(pairs_of(*once), NORM), found(pairs_of(*twice), NORM)
    figures = ["value", "se", "df", "p", "households"]
    pd.testing.assert_frame_equal(first[figures], second[figures])
    assert (second["n"] == 2 * first["n"]).all()


def test_weights_of_the_matching_do_not_count():
    pairs, _ = invented(seed=3)
    pd.testing.assert_frame_equal(found(pairs, NORM), found(pairs.assign(weight=pairs["weight"] ** 2), NORM))


def test_without_a_norm_there_is_change_alone():
    assert list(found(invented(seed=4)[0]).index) == [("change", of, "both") for of in ("both", "approach", "control")]


def test_a_group_without_anyone_leaves_it_and_both_together_undefined():
    pairs, _ = invented(seed=5)
    pairs["follow_up"] = pairs["follow_up"].mask(pairs["group"] == "control")
    result = found(pairs, NORM)
    for row in (("change", "both", "both"), ("change", "control", "both"), ("norm", "control", "follow_up")):
        assert result.loc[row, "reason"] == "pairs" and np.isnan(result.loc[row, "value"])
    assert result.loc["change", "approach", "both"]["p"] > 0
    assert result.loc["norm", "control", "T0"]["p"] > 0


def test_change_that_is_the_same_for_all_is_not_tested():
    result = found(pairs_of(*((f"{g}{n}", g, 1.0, n, (n, n + 2)) for g in ("approach", "control") for n in range(5))))
    assert set(result["reason"]) == {"spread"} and result["p"].isna().all()
    assert result["value"].tolist() == pytest.approx([2, 2, 2])


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_names_change_a_digit(seed):
    rng = np.random.default_rng(seed)
    draw = (lambda mean: 100.0 * (rng.random() < 0.5)) if seed else None
    pairs, covariates = invented(seed, draw=draw, adults=(1, 2, 3))
    first = found(pairs, NORM)
    for again in range(3):
        pd.testing.assert_frame_equal(found(renamed(pairs, covariates, again)[0], NORM), first, check_exact=True)


@pytest.mark.parametrize("seed", range(3))
def test_main_is_the_published_test_whoever_lives_together(seed):
    pairs, _ = invented(seed, adults=(1, 2, 3))
    result = found(pairs, NORM, "main")
    both = pairs.assign(group=pd.Categorical(pairs["group"], ["approach", "control"]))
    time = mixed_anova(both, "unit_id", "group", ["T0", "follow_up"]).effects["time"]
    row = result.loc["change", "both", "both"]
    assert ((row["value"] / row["se"]) ** 2, row["df"], row["p"]) == pytest.approx((time.f, time.df2, time.p))
    for group in ("approach", "control"):
        mine = pairs[pairs["group"] == group]
        published = paired_t(mine["T0"], mine["follow_up"])
        row = result.loc["change", group, "both"]
        assert (row["value"], row["p"], row["ci_low"]) == pytest.approx(
            (published.mean, published.p, published.ci95[0])
        )
        published = one_sample_t(mine["T0"], 5.5)
        assert result.loc["norm", group, "T0"]["p"] == pytest.approx(published.p)


def test_a_household_counts_once_in_means_of_households():
    homes = [(f"{group}{n}", group, 1.0, n, *[(0, n % 5 + extra) for extra in range(1 + n % 3)])
             for group in ("approach", "control") for n in range(9)]  # fmt: skip
    pairs = pairs_of(*homes)
    result = found(pairs, analysis="household_means").loc["change"]
    means = [np.mean([end for _, end in home[4:]]) for home in homes[:9]]
    row = result.loc["approach", "both"]
    assert (row["value"], row["se"]) == pytest.approx((np.mean(means), np.std(means, ddof=1) / 3))
    assert row["n"] == 18 and row["households"] == 9
    together = result.loc["both", "both"]
    # two groups alike: the same mean, with half the variance
    assert (together["value"], together["se"]) == pytest.approx((row["value"], row["se"] / np.sqrt(2)))


def test_single_households_have_no_other_answer_by_a_random_intercept_than_as_published():
    pairs, _ = invented(seed=6, adults=(1,))
    main, mixed = (found(pairs, NORM, analysis) for analysis in ("main", "random_intercept"))
    assert mixed["value"].tolist() == pytest.approx(main["value"].tolist())
    assert mixed["p"].tolist() == pytest.approx(main["p"].tolist())


def test_weights_of_the_matching_count_in_their_own_analysis():
    homes = [(f"{group}{n}", group, 1.0 + n % 2, n, (0, n % 2)) for group in ("approach", "control") for n in range(8)]
    row = found(pairs_of(*homes), analysis="matching_weights").loc["change", "control", "both"]
    assert row["value"] == pytest.approx(2 / 3)  # of 1 and 0 with weights 2 and 1


def test_a_conclusion_that_some_analysis_does_not_share_differs_and_is_nowhere_without_any():
    rows = [("a", "main", 0.01), ("a", "cr2", 0.02), ("b", "main", 0.03), ("b", "cr2", 0.2),
            ("c", "main", 0.6), ("c", "cr2", 0.4)]  # fmt: skip
    base = {"unit": "adult", "group": "approach", "what": "change", "wave": None, "value": 1.0}
    table = pd.DataFrame([{**base, "outcome": name, "analysis": by, "p": p} for name, by, p in rows])
    verdict = within_verdicts(table, {"a": "x", "b": "y", "c": "z"}).set_index("outcome")
    assert WITHIN_VERDICTS.problems(verdict.reset_index()) == []
    assert verdict["verdict"].to_dict() == {"a": "holds", "b": "differs", "c": "nowhere"}
    assert verdict.loc["b", "against"] == "cr2"
    assert verdict["p_holm"].tolist() == [0.01, 0.03, 0.6]  # each the only one of its family
