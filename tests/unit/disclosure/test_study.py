from dataclasses import fields

import pandas as pd
from given.study_results import outcomes, results, shown

from effectstudie.disclosure.shown import Shown


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
