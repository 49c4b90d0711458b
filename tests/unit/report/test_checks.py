import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.report.checks import check_outputs
from effectstudie.shared.errors import InputError

WORDS = yaml.safe_load((ROOT / "resources/pages/report/checks.nl.yaml").read_text(encoding="utf-8"))
OUTCOMES = {
    "violence": {"kind": "mean", "decimals": 0},
    "low_income": {"kind": "percentage", "decimals": 0},
    "severity": {
        **{"kind": "class", "decimals": 0, "merge": [{"codes": [0, 1], "id": "little", "label": "weinig"}]},
        "classes": {0: {"id": "none", "label": ""}, 1: {"id": "mild", "label": ""}, 2: {"id": "severe", "label": ""}},
    },
}
PLACES = [(group, wave) for group in ("approach", "control") for wave in ("T0", "follow_up")]
MEANS = {
    **{"participation": (40, None), "violence": (38, 43.6), "low_income": (36, 61.4)},
    **{"severity.none": (40, 20.0), "severity.mild": (40, 30.4), "severity.severe": (40, 49.6)},
}
SUMMARY = {"method": "nearest", "n_matched_approach": 40, "n_matched_controls": 40}


def descriptives(**changed):
    """One row an outcome, group and wave; `changed`: column → value, of violence in the approach at T0."""
    frame = pd.DataFrame(
        [
            {"outcome": name, "unit": "household", "group": group, "wave": wave, "n": n, "mean": mean, "sd": 2.0}
            for name, (n, mean) in MEANS.items()
            for group, wave in PLACES
        ]
    )
    frame = frame.assign(ci_low=frame["mean"] - 1, ci_high=frame["mean"] + 1)
    for column, value in changed.items():
        frame.loc[frame["outcome"] == "violence", column] = value
    return frame


def levels(**changed):
    """Those with both measurements: as many as everyone, with the same means."""
    frame = descriptives(**changed)
    wide = frame.pivot(index=["outcome", "unit", "group"], columns="wave", values=["n", "mean"])
    table = pd.DataFrame(
        {"n": wide["n"]["T0"] - 2, "mean_t0": wide["mean"]["T0"], "mean_follow_up": wide["mean"]["follow_up"]}
    )
    return table.reset_index()


def result_tests(**changed):
    row = {
        "outcome": "violence",
        "analysis": "mixed_anova",
        "effect": "time",
        "statistic": "F",
        "value": 9.1,
        "p": 0.01,
    }
    row |= {"df1": 1, "df2": 70.0, "effect_size": "partial_eta_squared", "effect_value": 0.2, "ges": 0.1}
    return pd.DataFrame([row | {"ci_low": 0.1, "ci_high": 0.3} | changed])


def shown(outcome="violence", n=38, value=44.0, **more):
    row = {"outcome": outcome, "unit": "household", "group": "approach", "wave": "T0", "n": n, "value": value}
    return {"figure_x.csv": pd.DataFrame([row | more]), "figure_love.csv": pd.DataFrame({"covariate": ["x"]})}


def check(**changed):
    parts = {
        "descriptives": descriptives(),
        "levels": levels(),
        "tests": result_tests(),
        "worst": 0.09,
        "unweighted": 0.4,
        "summary": SUMMARY,
        "shown": shown(),
        "size_as_told": lambda n: n,
        "in_fives": (),
    }
    return check_outputs(**parts | changed, outcomes=outcomes_from(OUTCOMES), words=WORDS)


def problems(**changed):
    with pytest.raises(InputError) as raised:
        check(**changed)
    return raised.value.problems


def test_good_numbers_pass_and_every_check_is_told():
    found = check()
    assert {one["state"] for one in found} == {"ok"}
    assert [one["id"] for one in found] == [name for name in WORDS if name != "unweighted"]
    assert (
        found[-1]["text"]
        == "Na matching is geen gestandaardiseerd verschil groter dan 0,10: alle zijn verwaarloosbaar."
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"n": 41}, "41 values of violence in approach at T0, of 40 people"),
        ({"sd": -1.0}, "violence in approach at T0 has a mean, spread or interval that cannot be"),
        ({"ci_low": 50.0}, "violence in approach at T0 has a mean, spread or interval that cannot be"),
    ],
)
def test_a_mean_that_cannot_be_stops_the_report(changed, said):
    assert any(said in problem for problem in problems(descriptives=descriptives(**changed), shown={}))


def test_more_households_than_were_matched_stop_the_report():
    assert problems(summary={**SUMMARY, "n_matched_controls": 39}) == [
        "descriptives.csv: 40 households of control at T0, and 39 were matched."
    ]


def test_classes_that_are_not_everybody_stop_the_report():
    frame = descriptives()
    frame.loc[frame["outcome"] == "severity.mild", "mean"] = 31.4
    assert (
        problems(descriptives=frame)[0]
        == "descriptives.csv: the classes of severity in approach at T0 are not 100 percent."
    )


@pytest.mark.parametrize(
    "changed",
    [{"p": 1.2}, {"p": -0.1}, {"effect_value": 1.3}, {"df2": 0}, {"value": -3.0}, {"ges": 2.0}, {"ci_low": 0.4}],
)
def test_a_test_that_cannot_be_stops_the_report(changed):
    assert problems(tests=result_tests(**changed)) == [
        "tests.csv: mixed_anova of violence (time) has a number that cannot be."
    ]


@pytest.mark.parametrize("wrong", [{"value": 43.0}, {"n": 39}, {"value": 45.0}])
def test_a_figure_that_shows_something_else_stops_the_report(wrong):
    assert problems(shown=shown(**wrong)) == [
        "figure_x.csv: violence in approach at T0 is not what the result table has."
    ]


@pytest.mark.parametrize(
    ("n", "value", "right"), [(36, 44.0, True), (35, 44.0, False), (38, 44.0, False), (36, 46.0, False)]
)
def test_a_figure_of_those_with_both_measurements_is_held_against_their_levels(n, value, right):
    figure = shown(n=n, value=value, of="pairs")
    if right:
        assert check(shown=figure)
    else:
        assert problems(shown=figure) == ["figure_x.csv: violence in approach at T0 is not what the result table has."]


def test_merged_classes_are_held_against_their_sum():
    assert check(shown=shown("severity", 40, 50.0, cell="little"))
    assert check(shown=shown("severity", 40, 50.0, cell="severe"))
    assert problems(shown=shown("severity", 40, 31.0, cell="little"))


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"worst": 0.3}, "balance"),
        ({"descriptives": descriptives().query("wave == 'T0'")}, "lost"),
        ({"descriptives": descriptives().query("wave == 'T0'")}, "few"),
    ],
)
def test_what_is_weak_is_said_and_stops_nothing(changed, name):
    states = {one["id"]: one for one in check(**changed)}
    assert states[name]["state"] == "warn" and states[name]["text"] not in ("", states["sizes"]["text"])


def test_of_a_design_that_weighs_the_balance_without_weights_is_told_too():
    weighs = {**SUMMARY, "method": "overlap"}
    told = check(summary=weighs)[-1]
    assert (told["id"], told["state"]) == ("unweighted", "warn") and "minstens één" in told["text"]
    assert check(summary=weighs, unweighted=0.04)[-1]["state"] == "ok"


@pytest.mark.parametrize(("told", "right"), [(35, True), (38, False), (30, False), (float("nan"), True)])
def test_a_size_in_a_figure_is_the_one_that_this_edition_tells(told, right):
    public = {"shown": shown(n=told), "size_as_told": Limits(5, 10).down}
    if right:
        assert {one["state"] for one in check(**public)} == {"ok"}
    else:
        assert problems(**public) == ["figure_x.csv: violence in approach at T0 is not what the result table has."]
