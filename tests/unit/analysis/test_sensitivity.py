"""The sensitivity table: what each analysis is of."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.analysis.effect.analysed import analysed
from effectstudie.analysis.effect.estimate import effect_estimate
from effectstudie.analysis.effect.without_start import WithoutStart
from effectstudie.analysis.pairs import other_follow_up, wide
from effectstudie.analysis.sensitivity import sensitivity_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import SENSITIVITY
from effectstudie.methods.estimate import Estimate

MEAN = {"unit": "adult", "kind": "mean", "section": "risk"}
YES_NO = {"unit": "adult", "kind": "percentage", "section": "risk"}
COUNT = {"unit": "adult", "kind": "mean", "section": "violence", "counts": True}
OUTCOME = outcomes_from({"o": MEAN})
WAVES = ["T0", "T1", "T2"]


def study(values, households=40, seed=1):
    """Long tables of a study: values(rng, group, wave) per adult; the first ten households have two adults."""
    rng = np.random.default_rng(seed)
    rows, matched = [], []
    for number in range(households):
        group = "approach" if number % 2 else "control"
        home = f"h{number}"
        matched.append((home, group, 1.0 if group == "approach" else 0.5 + (number % 3), number // 4))
        for adult in range(2 if number < 10 else 1):
            unit = ("adult", f"a{number}.{adult}", home, group)
            for wave in WAVES:
                rows.append((*unit, "participation", wave, 1.0))
                rows.append((*unit, "o", wave, float(values(rng, group, wave))))
    columns = ["unit", "unit_id", "household", "group", "outcome", "wave", "value"]
    waves = pd.DataFrame(rows, columns=columns)
    table = waves[waves["wave"] != "T2"].replace({"wave": {"T1": "follow_up"}})
    return table, waves, pd.DataFrame(matched, columns=["household", "group", "weight", "subclass"])


def found(values, spec, **options):
    table, waves, matched = study(values, **options)
    result = sensitivity_of(table, waves, matched, outcomes_from({"o": spec}), ["T1", "T2"], WAVES)
    assert list(result.columns) == SENSITIVITY.names
    return result.set_index("analysis"), table, waves, matched


def normal(rng, group, wave):
    return rng.normal(10 - 3 * (wave != "T0") - 2 * (wave != "T0") * (group == "approach"), 2)


def changes(table, wave="follow_up"):
    wide = table[table["outcome"] == "o"].pivot(index=["unit_id", "household", "group"], columns="wave", values="value")
    return (wide[wave] - wide["T0"]).rename("change").reset_index()


def test_every_analysis_of_a_mean_is_there():
    result, *_ = found(normal, MEAN)
    assert set(result.index) == {
        "main", "household_means", "cr2", "random_intercept", "matching_weights", "ancova", "all_waves",
        "all_waves_reml", "other_follow_up",
    }  # fmt: skip


def test_the_main_analysis_is_the_pooled_t_test_of_the_changes():
    result, table, *_ = found(normal, MEAN)
    of = changes(table).groupby("group")["change"].apply(list)
    t = stats.ttest_ind(of["approach"], of["control"])
    interval = t.confidence_interval()
    row = result.loc["main"]
    assert (row["statistic"], row["p"], row["df1"]) == pytest.approx((t.statistic, t.pvalue, t.df))
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((interval.low, interval.high))
    assert row["value"] == pytest.approx(np.mean(of["approach"]) - np.mean(of["control"]))
    assert (row["n"], row["households"]) == (50, 40)


def test_household_means_are_welchs_test_of_one_value_a_household():
    result, table, *_ = found(normal, MEAN)
    of = changes(table).groupby(["group", "household"])["change"].mean()
    t = stats.ttest_ind(of["approach"], of["control"], equal_var=False)
    assert (result.loc["household_means", "statistic"], result.loc["household_means", "p"]) == pytest.approx(
        (t.statistic, t.pvalue)
    )


def test_the_other_rule_of_follow_up_takes_the_last_wave_first():
    result, _, waves, _ = found(normal, MEAN)
    of = changes(waves, "T2").groupby("group")["change"].apply(list)
    assert result.loc["other_follow_up", "p"] == pytest.approx(stats.ttest_ind(of["approach"], of["control"]).pvalue)
    turned = other_follow_up(waves, ["T2", "T1"], "T0")
    assert set(turned["wave"]) == {"T0", "follow_up"}


def test_weights_and_adjustment_estimate_something_else_than_the_main_analysis():
    result, *_ = found(normal, MEAN)
    values = result.loc[["main", "matching_weights", "ancova"], "value"]
    assert values.nunique() == 3
    assert (values < 0).all()


def test_a_variant_of_other_weights_is_weighted_and_one_of_other_pairs_is_the_main_analysis_of_them():
    table, waves, matched = study(normal)
    alone = matched.assign(subclass=range(len(matched)), weight=1 + matched["weight"] ** 2)
    variants = {"as_chosen": matched, "entropy": alone}
    outcomes = outcomes_from({"o": MEAN})
    given = (table, waves, matched, outcomes, ["T1", "T2"], WAVES)
    result = sensitivity_of(*given, variants, weighted=True).set_index("analysis")
    units = changes(table).merge(alone[["household", "weight"]], on="household")
    means = [
        np.average(of["change"], weights=of["weight"]) for _, of in units.groupby(units["group"] == "control")
    ]  # approach first
    assert result.loc["matching_entropy", "value"] == pytest.approx(means[0] - means[1])
    assert result.loc["matching_entropy", "households"] == len(alone)
    assert "matching_as_chosen" not in result.index
    result = sensitivity_of(*given, {"ratio_1": matched.head(30)}).set_index("analysis")
    kept = changes(table).query("household in @matched.household.head(30).tolist()").groupby("group")["change"].mean()
    assert result.loc["matching_ratio_1", "value"] == pytest.approx(kept["approach"] - kept["control"])


def test_households_are_counted_also_where_matched_sets_are_the_clusters():
    result, *_ = found(normal, MEAN)
    assert set(result["households"]) == {40}


def test_yes_no_outcomes_and_counts_get_a_model_of_their_own_on_the_log_scale():
    yes_no, *_ = found(lambda rng, group, wave: 100 * (rng.random() < 0.5), YES_NO)
    counts, *_ = found(lambda rng, group, wave: rng.poisson(5 if wave == "T0" else 3), COUNT)
    for result in (yes_no, counts):
        assert abs(result.loc["gee", "value"]) < 3
        assert 0 < result.loc["gee", "p"] < 1
    assert "gee" not in found(normal, MEAN)[0].index


def test_a_constant_outcome_is_undefined_everywhere_and_said_so():
    result, *_ = found(lambda rng, group, wave: 7, MEAN)
    assert result["p"].isna().all()
    assert (result["note"] != "").all() and set(result["reason"]) == {"design", "spread"}


def test_a_group_without_follow_up_is_undefined_and_said_so():
    table, waves, matched = study(normal)
    gone = table[(table["group"] == "control") | (table["wave"] == "T0")]
    result = sensitivity_of(gone, waves[waves["wave"] == "T0"], matched, OUTCOME, ["T1", "T2"], WAVES)
    assert result["p"].isna().all()
    assert (result["note"] != "").all() and set(result["reason"]) == {"pairs"}


def test_neither_order_of_rows_nor_names_of_persons_change_a_figure():
    table, waves, matched = study(normal)
    first = sensitivity_of(table, waves, matched, OUTCOME, ["T1", "T2"], WAVES)
    names = sorted(set(waves["unit_id"]) | set(matched["household"]))
    renamed = {name: f"x{(number * 37) % 101:03d}" for number, name in enumerate(names)}

    def other(frame):
        shuffled = frame.sample(frac=1, random_state=2)
        return shuffled.assign(**{c: shuffled[c].map(renamed) for c in ("unit_id", "household") if c in frame})

    second = sensitivity_of(other(table), other(waves), other(matched), OUTCOME, ["T1", "T2"], WAVES)
    pd.testing.assert_frame_equal(first, second, rtol=1e-10)


def test_another_matching_is_an_analysis_unless_it_compares_the_same_households():
    table, waves, matched = study(normal)
    ways = {
        "fewer": matched[matched["household"] != "h0"],
        "other_pairs": matched.assign(subclass=matched["subclass"].to_numpy()[::-1], weight=1.0),
        "other_groups": matched.assign(group=matched["group"].map({"approach": "control", "control": "approach"})),
    }
    result = sensitivity_of(table, waves, matched, OUTCOME, ["T1", "T2"], WAVES, ways).set_index("analysis")
    assert [name for name in result.index if name.startswith("matching_")] == [
        "matching_weights", "matching_fewer", "matching_other_groups",
    ]  # fmt: skip
    assert result.loc["matching_fewer", "n"] == result.loc["main", "n"] - 2
    assert result.loc["matching_other_groups", "value"] == pytest.approx(-result.loc["main", "value"])


def test_everyone_with_any_wave_counts_in_the_model_of_all_waves():
    table, waves, matched = study(normal)
    once = (waves["unit_id"].isin(["a20.0", "a21.0"])) & (waves["wave"] != "T0")
    result = sensitivity_of(table, waves[~once], matched, OUTCOME, ["T1", "T2"], WAVES).set_index("analysis")
    assert (result.loc["all_waves_reml", "n"], result.loc["all_waves", "n"]) == (50, 48)
    # complete, it is the difference in change to the mean of both follow-ups
    result = sensitivity_of(table, waves, matched, OUTCOME, ["T1", "T2"], WAVES).set_index("analysis")
    of = [changes(waves, wave).groupby("group")["change"].mean() for wave in ("T1", "T2")]
    expected = sum(mean["approach"] - mean["control"] for mean in of) / 2
    assert result.loc["all_waves_reml", "value"] == pytest.approx(expected)


def test_estimates_made_elsewhere_are_rows_as_they_are():
    table, waves, matched = study(normal)
    covariates = matched.assign(x=np.arange(len(matched)) % 7.0).set_index("household")[["x"]]
    effect = effect_estimate(analysed(wide(table, matched, "o", "adult"), covariates, "persons"), ["x"])
    without = WithoutStart(Estimate(value=-1.5, se=0.5, p=0.004, n=70), 30)
    result = sensitivity_of(
        table, waves, matched, OUTCOME, ["T1", "T2"], WAVES, effects={"o": effect}, without_t0={"o": without}
    ).set_index("analysis")
    assert (result.loc["att", "value"], result.loc["att", "n_smallest"]) == (effect.att.value, 25)
    assert result.loc["staying_weights", "note"] == effect.staying.note != ""
    assert (effect.att.clusters, result.loc["att", "households"]) == (10, 40)
    assert tuple(result.loc["without_t0", ["value", "se", "p", "n", "n_smallest"]]) == (-1.5, 0.5, 0.004, 70, 30)


def test_of_two_waves_there_is_no_analysis_of_all_of_them_beside_the_main_one():
    table, waves, matched = study(normal)
    waves = waves[waves["wave"] != "T2"]
    result = sensitivity_of(table, waves, matched, OUTCOME, ["T1"], ["T0", "T1"]).set_index("analysis")
    assert {"all_waves", "other_follow_up"}.isdisjoint(result.index)
    assert result.loc["all_waves_reml", "value"] == pytest.approx(result.loc["main", "value"])


@pytest.mark.parametrize(
    ("rule", "follow_up", "other"),
    [
        ("first", ["T1", "T2", "T3"], "T3"),
        ("last", ["T1", "T2", "T3"], "T1"),
        ("nearest", ["T1", "T2", "T3"], "T2"),
        ("nearest", ["T3", "T1"], "T3"),
    ],
)
def test_the_other_follow_up_is_another_than_that_of_the_rule(rule, follow_up, other):
    """Everyone is there at each wave, and by the main analysis T1 is the follow-up."""
    table, waves, matched = study(normal)
    third = waves[waves["wave"] == "T2"].assign(wave="T3", value=lambda rows: rows["value"] * 2)
    third.loc[third["outcome"] == "participation", "value"] = 1.0
    waves = pd.concat([waves, third])
    table = table.assign(measured_at=table["wave"].replace("follow_up", "T1"))
    result = sensitivity_of(table, waves, matched, OUTCOME, follow_up, [*WAVES, "T3"], rule=rule).set_index("analysis")
    of = changes(waves, other).groupby("group")["change"].mean()
    assert result.loc["other_follow_up", "value"] == pytest.approx(of["approach"] - of["control"])
