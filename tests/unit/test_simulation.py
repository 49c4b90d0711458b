"""The simulations with a known truth: are the studies what was asked for, and is right called right?"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from given.paths import ROOT
from pandas.testing import assert_frame_equal
from simulation import generator, page, study, summary
from simulation.conditions import CONDITIONS, DESIGNS, PLAN, Condition, Design

from effectstudie.analysis.effect.without_start import pool_changes
from effectstudie.analysis.pairs import wide
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.methods.effect.margin import judge

RESULTS = ROOT / "benchmarks/statistics/simulation/results"
MANY = Design("many", 3000, 3000, 1.0, (0.5, 0.1), (1.0, 2.0), 0.3)
PLAIN = Condition("plain")
ONE_ADULT = Condition("single", two_adults=0.0)


def drawn(condition, design=MANY, outcomes=4, seed=0):
    of = generator.households(design, generator.stream(seed, 0))
    rng = generator.stream(seed, 1)
    household = generator.adults(condition, of, rng)
    start = generator.starts(condition, of, household, outcomes, rng)
    return of, generator.outcomes(condition, of, household, start, outcomes, rng)


def all_stay(monkeypatch):
    monkeypatch.setattr(generator, "lost", lambda condition, waves, approach, rng: np.zeros(waves.shape, bool))


def near(value, n):
    """Within four standard errors of a mean of n standard normal numbers."""
    return pytest.approx(value, abs=4 / np.sqrt(n))


def test_the_same_seed_gives_the_same_study_and_another_seed_another():
    (_, first), (_, again), (_, other) = drawn(PLAIN), drawn(PLAIN), drawn(PLAIN, seed=1)
    assert np.array_equal(first.waves, again.waves, equal_nan=True)
    assert first.waves.shape[0] == 4 and not np.array_equal(first.waves[0, :9, 0], other.waves[0, :9, 0])


def test_households_are_as_the_design_has_them():
    of, found = drawn(PLAIN)
    assert of.approach.sum() == 3000 and of.approach[:3000].all()
    assert (of.order[of.approach].sum(), of.order[~of.approach].sum()) == (1500, 300)
    assert of.children[of.approach].mean() == near(1.0, 3000)
    assert of.children[~of.approach].mean() == near(2.0, 3000 / 2)
    assert of.severity[of.approach].mean() == near(0.3, 3000) and of.severity[~of.approach].mean() == near(0.0, 3000)
    assert of.risk.mean() == near(generator.RISK, 6000)
    assert np.bincount(found.household).mean() == near(1.3, 6000)
    made = generator.households(DESIGNS["order_51"], generator.stream(0))
    assert [int(made.order[made.approach == group].sum()) for group in (True, False)] == [50, 57]


def test_measurements_have_their_spread_correlation_and_likeness_within_households(monkeypatch):
    all_stay(monkeypatch)
    of, found = drawn(replace(PLAIN, two_adults=1.0, icc=0.5))
    waves = found.waves.reshape(-1, 3)
    assert waves.std(axis=0) == pytest.approx(1.0, abs=0.02) and waves.mean(axis=0) == pytest.approx(0.0, abs=0.03)
    assert np.corrcoef(waves.T)[np.triu_indices(3, 1)] == pytest.approx(generator.R, abs=0.02)
    change = found.waves[:, :, 1] - found.waves[:, :, 0]
    for values in (found.waves[:, :, 0], found.waves[:, :, 2], change):
        assert np.corrcoef(values[:, ::2].ravel(), values[:, 1::2].ravel())[0, 1] == pytest.approx(0.5, abs=0.03)


def test_without_an_effect_both_groups_change_alike(monkeypatch):
    all_stay(monkeypatch)
    of, found = drawn(ONE_ADULT, outcomes=10)
    approach = of.approach[found.household]
    change = found.waves[:, :, 1:] - found.waves[:, :, :1]
    assert not found.effect.any()
    assert (change[:, approach].mean(axis=(0, 1)) - change[:, ~approach].mean(axis=(0, 1))) == near(0.0, 15_000)


def test_an_effect_and_what_children_do_are_added_and_change_nothing_else():
    of, without = drawn(PLAIN)
    approach, children, risk = (x[without.household] for x in (of.approach, of.children, of.risk))
    for condition, more in (
        (replace(PLAIN, effect=0.3), [0 * approach, 0.3 * approach, 0.3 * approach]),
        (replace(PLAIN, at_risk=0.5), [0 * approach, *2 * [0.5 * approach * risk]]),
        (replace(PLAIN, per_child=-0.3), [0 * children, *2 * [-0.3 * children]]),
        (replace(PLAIN, usual_level=0.44), 3 * [-0.44 * approach]),
    ):
        _, found = drawn(condition)
        seen = ~np.isnan(without.waves)
        assert np.array_equal(np.isnan(found.waves), ~seen)
        added = np.broadcast_to(np.stack(more, axis=1), seen.shape)
        assert (found.waves - without.waves)[seen] == pytest.approx(added[seen])
    _, found = drawn(Condition("both", effect=0.1, at_risk=0.5))
    assert found.effect == pytest.approx(approach * (0.1 + 0.5 * risk))


@pytest.mark.parametrize("adults, lower", [(0.0, 0.6), (1.0, 0.6 * 0.75)])
def test_a_peak_is_at_t0_and_half_of_it_is_left_later(monkeypatch, adults, lower):
    """Of two adults with an icc of .5 each covaries .75 with their mean."""
    all_stay(monkeypatch)
    of, found = drawn(Condition("peak", peak=0.6, two_adults=adults), outcomes=10)
    approach = of.approach[found.household]
    means = found.waves[:, approach].mean(axis=(0, 1))
    assert means == pytest.approx([-lower, -lower / 2, -lower / 2], abs=0.03)
    assert found.waves[:, approach].std(axis=(0, 1)) == pytest.approx(1.0, abs=0.02)
    # who is as low at T0 changes as much in both groups
    low = np.abs(found.waves[:, :, 0] + 0.5) < 0.2
    change = found.waves[:, :, 1] - found.waves[:, :, 0]
    assert change[low & approach].mean() == pytest.approx(change[low & ~approach].mean(), abs=0.06)


def test_who_is_lost_depends_on_what_was_asked_for():
    def odds(found, of, values, group):
        mine = of.approach[found.household] == group
        stays = ~np.isnan(found.follow_up)
        shares = [stays[:, mine][np.abs(values[:, mine] - at) < 0.25].mean() for at in (-1, 1)]
        return float(np.diff(np.log(np.array(shares) / (1 - np.array(shares))))[0] / 2)

    of, found = drawn(PLAIN, outcomes=10)
    assert (~np.isnan(found.follow_up)).mean() == pytest.approx(1 / (1 + np.exp(-generator.STAYS)), abs=0.01)
    assert odds(found, of, found.waves[:, :, 0], True) == pytest.approx(0.0, abs=0.1)
    of, found = drawn(Condition("loss", loss_by_start=(1.0, -0.3)), outcomes=10)
    assert odds(found, of, found.waves[:, :, 0], True) == pytest.approx(1.0, abs=0.15)
    assert odds(found, of, found.waves[:, :, 0], False) == pytest.approx(-0.3, abs=0.15)
    of, found = drawn(Condition("loss", loss_by_later=(1.0, 0.0)), outcomes=10)
    approach = of.approach[found.household]
    followed = [np.nanmean(found.follow_up[:, approach == group]) for group in (True, False)]
    assert followed[0] > 0.1 and followed[1] == pytest.approx(0.0, abs=0.03)


def test_the_follow_up_is_the_second_wave_or_the_third():
    waves = np.array([[[1.0, 2, 3], [1, np.nan, 3], [1, np.nan, np.nan]]])
    found = generator.Outcomes(waves, np.arange(3), np.zeros(3))
    assert found.follow_up[0].tolist()[:2] == [2.0, 3.0] and np.isnan(found.follow_up[0, 2])


def test_tables_are_those_that_the_study_makes_of_long_ones():
    small = Design("small", 4, 8, 1.0, (0.5, 0.5), (1.0, 1.0), 0.0)
    of, found = drawn(PLAIN, small, outcomes=2)
    matched = pd.DataFrame({"household": [0, 5, 2, 9, 7], "group": ["approach", "control"] * 2 + ["control"],
                            "weight": [1.0, 1.5, 1.0, 0.75, 0.75], "subclass": [1, 1, 2, 2, 2]})  # fmt: skip
    long = pd.concat([
        pd.DataFrame({"unit": "adult", "unit_id": np.arange(found.household.size), "household": found.household,
                      "outcome": f"y{number}", "wave": wave, "value": values[number]})
        for wave, values in (("T0", found.waves[:, :, 0]), ("follow_up", found.follow_up)) for number in (0, 1)
    ]).dropna()  # fmt: skip
    both = {"T0": found.waves[:, :, 0], "follow_up": found.follow_up}
    tables = study.wide_tables(found, matched, ["y0", "y1"], both)
    outcomes = outcomes_from(dict.fromkeys(["y0", "y1"], {"unit": "adult", "kind": "mean"}))
    pool = pool_changes([long], outcomes, "persons")
    for number, name in enumerate(outcomes):
        expected = wide(long, matched, name, "adult").sort_values("unit_id", ignore_index=True)
        assert_frame_equal(tables[name][expected.columns], expected, check_names=False)
        of_pool = study.changes(found, number)
        key = ["household", "T0"]
        assert_frame_equal(of_pool.sort_values(key, ignore_index=True), pool[name].sort_values(key, ignore_index=True))


# truth, verdict, whether it claims what is not so; the margin is .3
@pytest.mark.parametrize(
    "truth, judgement, wrong",
    [
        *((0.0, "better", True), (0.1, "better", False), (-0.1, "better", True)),
        *((0.0, "worse", True), (-0.1, "worse", False), (0.1, "worse", True)),
        *((0.0, "no_relevant_difference", False), (0.29, "no_relevant_difference", False)),
        *((0.3, "no_relevant_difference", True), (-0.3, "no_relevant_difference", True)),
        *((0.5, "no_relevant_difference", True), (0.1 + 0.2, "no_relevant_difference", True)),
        *((0.5, "not_relevantly_worse", False), (-0.2, "not_relevantly_worse", False)),
        *((-0.3, "not_relevantly_worse", True), (-0.5, "not_relevantly_worse", True)),
        *((-0.5, "not_relevantly_better", False), (0.2, "not_relevantly_better", False)),
        *((0.3, "not_relevantly_better", True), (0.5, "not_relevantly_better", True)),
        *((0.0, "undecided", False), (2.0, "undecided", False), (2.0, "undefined", False)),
    ],
)
def test_a_verdict_is_wrong_if_it_claims_what_is_not_so(truth, judgement, wrong):
    assert summary.is_wrong(judgement, truth, 0.3) is wrong


def test_verdicts_are_those_of_the_study():
    estimates = pd.DataFrame(
        {"outcome": ["a", "b"], "value": [0.1, np.nan], "se": [0.15, np.nan], "df": [50.0, np.nan]}
    )
    small, large = study.judged(estimates)
    assert (small["kind"][0], large["kind"][0]) == ("margin_0.3", "margin_0.5")
    assert small["judgement"].tolist() == [judge(0.1, 0.15, 50, "higher", 0.3).verdict, "undefined"]
    assert large["judgement"][0] == "no_relevant_difference" != small["judgement"][0]


@pytest.mark.parametrize(
    "judgement, truth, value, wrong",
    [
        *(("holds", 0.0, 0.4, True), ("holds", 0.3, 0.4, False), ("holds", 0.3, -0.4, True)),
        *(("differs", 0.0, 0.4, False), ("nowhere", 0.5, 0.4, False), ("undefined", 0.5, np.nan, False)),
    ],
)
def test_a_conclusion_that_holds_is_wrong_where_there_is_nothing(judgement, truth, value, wrong):
    assert bool(summary.conclusion_is_wrong(judgement, truth, value)) is wrong


def test_judgements_are_counted_with_what_is_wrong_of_them():
    rows = pd.DataFrame({
        "condition": "c", "design": "d", "study": [0, 0, 1, 1], "kind": "margin_0.3", "value": 0.0, "truth": 0.0,
        "judgement": ["better", "undecided", "undecided", "no_relevant_difference"],
    })  # fmt: skip
    found = summary.of_judgements(rows).set_index("judgement")
    assert found["share"].to_dict() == {"better": 0.25, "no_relevant_difference": 0.25, "undecided": 0.5}
    assert found["wrong"].to_dict() == {"better": 0.25, "no_relevant_difference": 0.0, "undecided": 0.0}
    # one of two in both studies: no less than that of four outcomes on their own
    assert found.loc["undecided", "share_error"] == pytest.approx(np.std([1, 0, 0, 1], ddof=1) / 2)
    # means of studies .5 and 0: their standard error
    assert found.loc["better", "share_error"] == pytest.approx(np.std([0.5, 0.0], ddof=1) / np.sqrt(2))


def test_an_error_is_of_studies_and_never_less_than_of_outcomes():
    study = pd.Series([0, 0, 1, 1, 2, 2])
    alike = pd.Series([1.0, 1, 2, 2, 6, 6])
    assert summary.error(alike, study) == pytest.approx(np.std([1, 2, 6], ddof=1) / np.sqrt(3))
    mixed = pd.Series([0.0, 4, 1, 3, 2, 2])
    assert summary.error(mixed, study) == pytest.approx(mixed.std() / np.sqrt(6))
    assert np.isnan(summary.error(alike[:2], study[:2]))
    never = pd.Series([0.0] * 6)
    assert summary.error(never, study) == 0 < summary.share_error(never, study) < 0.15


def test_analyses_have_their_bias_coverage_and_power():
    rows = pd.DataFrame({
        "condition": "c", "design": "d", "study": [0, 0, 1, 1], "analysis": "main", "truth": 0.5,
        "value": [0.5, 0.9, 0.1, np.nan], "p": [0.04, 0.01, 0.5, np.nan], "ci_low": [0.1, 0.6, -0.3, np.nan],
        "ci_high": [0.9, 1.2, 0.5, np.nan],
    })  # fmt: skip
    (row,) = summary.of_analyses(rows).to_dict("records")
    assert (row["outcomes"], row["undefined"], row["studies"]) == (4, 0.25, 2)
    assert row["bias"] == pytest.approx(0.0) and row["width"] == pytest.approx((0.8 + 0.6 + 0.8) / 3)
    assert row["coverage"] == pytest.approx(2 / 3) and row["rejected"] == pytest.approx(2 / 3)
    (row,) = summary.of_analyses(rows.assign(p=np.nan, value=np.nan, analysis="bracket")).to_dict("records")
    assert row["rejected"] == pytest.approx(2 / 3) and np.isnan(row["bias"])
    (row,) = summary.of_analyses(rows.assign(ci_low=np.nan, ci_high=np.nan)).to_dict("records")
    assert np.isnan(row["coverage"]) and row["rejected"] == pytest.approx(2 / 3)


def test_the_bracket_reaches_over_both_estimates_and_needs_both():
    estimates = pd.DataFrame({
        "outcome": ["a", "b"], "ci_low": [-0.1, 0.0], "ci_high": [0.3, 1.0], "ci_low_without_t0": [0.1, np.nan],
        "ci_high_without_t0": [0.6, np.nan],
    })  # fmt: skip
    found = study.bracket(estimates)
    assert (
        found.loc[0, ["ci_low", "ci_high"]].tolist() == [-0.1, 0.6] and found.loc[1, ["ci_low", "ci_high"]].isna().all()
    )


def test_the_results_are_of_what_is_planned():
    cells = {(condition, design) for design, names in PLAN.items() for condition in names}
    for name in ("analyses", "judgements"):
        table = pd.read_csv(RESULTS / f"{name}.csv")
        assert set(zip(table["condition"], table["design"], strict=True)) == cells
    assert {condition for condition, _ in cells} == set(CONDITIONS)
    shares = pd.read_csv(RESULTS / "judgements.csv").groupby(["condition", "design", "kind"])["share"].sum()
    assert shares.to_numpy() == pytest.approx(1.0, abs=1e-4)


def test_the_page_is_what_the_results_give(tmp_path):
    page.write_page(RESULTS, tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text("utf-8") == (ROOT / "docs/simulaties.md").read_text("utf-8")


def within(row, name, value, errors=3):
    """Whether a figure is this, but for so many of its Monte Carlo errors."""
    return abs(row[name] - value) <= errors * row[f"{name}_error"]


def test_the_sentences_of_the_page_are_what_the_results_say():
    """Its numbers follow the results by themselves; these are its words, which do not."""
    of = pd.read_csv(RESULTS / "analyses.csv").set_index(["condition", "design", "analysis"])
    said = pd.read_csv(RESULTS / "judgements.csv").set_index(["condition", "design", "kind", "judgement"])
    fair = [(c, d, "att") for d, names in PLAN.items() for c in names if c not in page.UNFAIR]
    assert len(fair) > 20 and of.loc[fair, "coverage"].mean() == pytest.approx(0.95, abs=0.03)
    assert of.loc[("children", "order_51", "main"), "bias"] > 0.1
    assert abs(of.loc[("children", "order_51", "att"), "bias"]) < 0.1
    # each is biased where the other is not
    for condition, biased, right in (("usual_level", "att", "without_t0"), ("peak", "without_t0", "att")):
        bias = of.loc[[(condition, "overlap_40", biased), (condition, "overlap_40", right)], "bias"].abs()
        assert bias.iloc[0] > 0.1 > bias.iloc[1]
    for analysis in ("att", "staying_weights"):
        assert within(of.loc[("loss_start", "overlap_40", analysis)], "bias", 0.0)
        assert not within(of.loc[("loss_later", "overlap_40", analysis)], "bias", 0.0, errors=2)
    for design in PLAN:
        assert within(of.loc[("none", design, "att")], "rejected", 0.05)
        for kind, condition in (("margin_0.3", "effect_3"), ("margin_0.5", "effect_5")):
            key = (condition, design, kind, "no_relevant_difference")
            assert key not in said.index or said.loc[key, "wrong"] <= 0.05 + 3 * said.loc[key, "wrong_error"]
    power = [of.loc[("effect_5", f"overlap_{n}", "att"), "rejected"] for n in (60, 40, 20, 10)]
    assert power == sorted(power, reverse=True) and power[-1] < 0.5
    holds = said.xs(("conclusion", "holds"), level=("kind", "judgement"))
    assert holds["wrong"].max() < 0.1 < said.loc[("effect_5", "order_51", "conclusion", "differs"), "share"]
