import json
from dataclasses import fields

import pandas as pd
import pytest
from given.study_results import PRIVACY, inputs, outcomes, results, shown

from effectstudie.disclosure.shown import Shown
from effectstudie.report.record import study_record


def test_the_internal_edition_hides_nothing_and_says_so():
    everything = shown(privacy=None)
    assert everything.internal and everything.suppressed.empty
    assert not shown().internal and len(shown().suppressed)


def test_of_an_outcome_whose_test_is_hidden_nothing_else_is_shown():
    frame = results().descriptives
    small = (frame["outcome"] == "safety") & (frame["group"] == "approach")
    found = shown(results(descriptives=frame.assign(n=frame["n"].mask(small, 8))))
    assert "safety" in shown().compared and "safety" not in found.compared
    assert "safety" not in found.conclusions
    for table in (found.analyses, found.robustness, found.risk, found.at_start):
        assert len(table) and "safety" not in set(table["outcome"])


def test_counts_that_are_only_looked_at_do_not_pass_the_door():
    given = shown()
    tables = {field.name: getattr(given, field.name) for field in fields(Shown)}
    columns = {name: set(table.columns) for name, table in tables.items() if isinstance(table, pd.DataFrame)}
    looked_at = {"n_smallest", "n_lost", "n_stayed", "n_unmatched", "against"}
    assert {name: found & looked_at for name, found in columns.items() if found & looked_at} == {}
    assert set(given.values["outcome"]) <= {*outcomes(), "participation"}


def test_of_an_outcome_that_one_person_makes_nothing_gives_the_spread_back():
    """The effect in its unit and in standard deviations is that deviation."""
    given = results()
    one = (given.levels["outcome"] == "own_drinking") & (given.levels["group"] == "approach")
    found = shown(results(levels=given.levels.assign(sd_t0=given.levels["sd_t0"].mask(one, 60.0))))
    level = found.levels.set_index(["outcome", "group"]).loc[("own_drinking", "approach")]
    assert level[["mean_t0", "sd_t0", "change"]].isna().all() and level["mean_follow_up"] == 7
    effect = found.estimates.set_index("outcome").loc["own_drinking"]
    assert effect[["value", "sd_t0", "ci_low"]].isna().all() and isinstance(effect["verdict"], str)
    assert "own_drinking" in shown().exact and "own_drinking" not in found.exact
    assert "own_drinking" not in set(found.robustness["outcome"]) | set(found.within_groups["outcome"])


def test_sizes_values_and_levels_that_are_withheld_are_partners_of_what_they_would_tell():
    keys = ["size/follow_up/adult/approach", "value/safety//approach/T0", "level/low_income/approach"]
    frame = results().descriptives
    later = (frame["outcome"] == "participation") & (frame["unit"] == "adult") & (frame["wave"] == "follow_up")
    start = (frame["outcome"] == "participation") & (frame["unit"] == "adult") & (frame["wave"] == "T0")
    sizes = frame[start].set_index("group")["n"]
    few_lost = frame.assign(n=frame["n"].mask(later, frame["group"].map(sizes) - 2))
    found = shown(results(descriptives=few_lost), withheld=keys)
    values = found.values.set_index(["outcome", "unit", "group", "wave"])
    size = values.loc[("participation", "adult", "approach", "follow_up")]
    assert (size["status"], size["bound"]) == ("partner", "more") and size["n"] != size["n"]
    assert size["bound_value"] == sizes["approach"] - 5
    safety = values.loc[("safety", "adult", "approach", "T0")]
    assert safety["status"] == "partner" and safety["value"] != safety["value"] and safety["n"] != safety["n"]
    level = found.levels.set_index(["outcome", "group"]).loc[("low_income", "approach")]
    assert level[["mean_t0", "mean_follow_up", "change"]].isna().all() and level["bound_t0"] == ""
    assert "low_income" not in found.exact and "low_income" in found.compared


def test_a_scale_that_few_filled_in_has_no_alpha():
    given = results()
    few = given.reliability.assign(n=[9, 10, 512, 901])
    alpha = shown(results(reliability=few)).reliability["alpha"]
    assert alpha.isna().tolist() == [True, False, False, False]
    assert shown(results(reliability=few), privacy=None).reliability["alpha"].notna().all()


def _too_few(given):
    """Everybody is in the study, and seven households of each group have a follow-up."""
    few = given.descriptives["wave"].eq("follow_up")
    return {
        "descriptives": given.descriptives.assign(n=given.descriptives["n"].mask(few, 7)),
        "levels": given.levels.assign(n=7),
        "tests": given.tests.assign(n=14),
        "sensitivity": given.sensitivity.assign(n=14, n_smallest=7),
        "estimates": given.estimates.assign(n_approach=7, n_control=7),
        "within_groups": given.within_groups.assign(n=7),
        "moderation_cells": given.moderation_cells.assign(n=3),
    }


def _nobody(given):
    """As `_too_few`, and nobody has a follow-up."""
    lost, tables = given.descriptives["wave"].eq("follow_up"), _too_few(given)
    numbers = {name: given.descriptives[name].mask(lost) for name in ("mean", "sd", "ci_low", "ci_high")}
    return tables | {"descriptives": given.descriptives.assign(n=given.descriptives["n"].mask(lost, 0), **numbers)}


def _untested(given):
    """Nobody changes, so that no test of change can be made."""
    undefined = {"p": float("nan"), "value": float("nan"), "ci_low": float("nan"), "ci_high": float("nan")}
    tests = given.tests.assign(p=given.tests["p"].mask(given.tests["analysis"].eq("mixed_anova")))
    return {
        "tests": tests.assign(reason=tests["reason"].mask(tests["p"].isna(), "spread")),
        "sensitivity": given.sensitivity.assign(**undefined),
        "moderation": given.moderation.assign(p=float("nan")),
        "within_groups": given.within_groups.assign(**undefined),
    }


@pytest.mark.parametrize(
    ("made", "privacy"), [(_too_few, PRIVACY), (_nobody, PRIVACY), (_untested, PRIVACY), (_untested, None)]
)
def test_a_study_of_which_nothing_can_be_compared_still_has_its_report(made, privacy):
    found = shown(results(**made(results())), privacy=privacy)
    assert found.compared == () and found.conclusions == {} and found.analyses.empty
    record = json.loads(study_record(inputs(shown=found))["render.json"])
    sentences = [item["sentences"] for section in record["sections"] for item in section["items"]]
    assert all(sentences) and len(record["tables"]) > 10


@pytest.mark.parametrize(("group", "wave"), [("rest", "follow_up"), ("approach", "T0"), ("control", "follow_up")])
def test_an_outcome_that_nobody_of_a_group_has_hides_no_other_and_stops_nothing(group, wave):
    given = results()
    gone = given.descriptives["group"].eq(group) & given.descriptives["wave"].eq(wave)
    numbers = {name: given.descriptives[name].mask(gone) for name in ("mean", "sd", "ci_low", "ci_high")}
    found = shown(results(descriptives=given.descriptives.assign(n=given.descriptives["n"].mask(gone, 0), **numbers)))
    of_group = found.values[found.values["group"].eq(group) & found.values["wave"].eq(wave)]
    measured = of_group["outcome"].ne("participation")
    assert not of_group.loc[measured, "value"].notna().any() and found.values["value"].notna().any()
