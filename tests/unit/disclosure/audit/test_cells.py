"""The audit of percentages and classes catches what a treatment would forget."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from given.study_results import LIMITS, outcomes, results, shown, whole

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.audit.cells import cell_system
from effectstudie.disclosure.audit.protect import protect
from effectstudie.disclosure.audit.solve import solve
from effectstudie.shared.errors import EffectstudieError


def exposed(given, seen):
    tables = (given.descriptives, given.levels, given.attrition)
    system = cell_system(*tables, seen, outcomes(), LIMITS)
    return {system.hidden[name] for name in solve(system, 3, time.monotonic() + 60).exposed()}, system


def test_of_what_the_door_lets_through_nothing_hidden_can_be_worked_out():
    given = whole(results())
    found, system = exposed(given, shown(given))
    assert found == set()
    assert len(system.hidden) > 5 and len(system.facts) > 50


def unhidden(seen, given, rows):
    """The same, with these rows of the values as they were measured."""
    values = seen.values.copy()
    for place, row in values[rows].iterrows():
        name = f"{row['outcome']}.{row['cell']}" if row["cell"] else row["outcome"]
        own = given.descriptives
        measured = own[(own["outcome"] == name) & (own["group"] == row["group"]) & (own["wave"] == row["wave"])]
        values.loc[place, "value"] = round(measured["mean"].iloc[0], 1)
        values.loc[place, "status"] = ""
    return replace(seen, values=values)


def test_a_partner_that_was_forgotten_is_found():
    given = whole(results())
    seen = shown(given)
    hidden = seen.values[(seen.values["status"] == "partner") & (seen.values["cell"] != "")]
    small = seen.values.loc[seen.values["status"] == "cell", "outcome"]
    first = hidden[hidden["outcome"].isin(small)].iloc[0]
    block = (seen.values["outcome"] == first["outcome"]) & (seen.values["group"] == first["group"])
    block &= (seen.values["wave"] == first["wave"]) & (seen.values["status"] == "partner")
    found, _ = exposed(given, unhidden(seen, given, block))
    assert any(key.startswith(f"value/{first['outcome']}/") for key in found)


def test_a_percentage_that_is_not_what_was_measured_stops_the_audit():
    seen = shown(whole(results()))
    plain = seen.values.index[(seen.values["unit"] == "adult") & (seen.values["share"] > 9)][0]
    values = seen.values.copy()
    values.loc[plain, "value"] += 7
    with pytest.raises(EffectstudieError, match="value/.* is not from"):
        exposed(whole(results()), replace(seen, values=values))


def test_classes_in_fives_tell_less():
    """Within 2.5 of what is printed, where a whole percentage is within .5."""
    given = whole(results())
    seen = shown(given)

    def widths(in_fives):
        facts = exposed(given, replace(seen, in_fives=frozenset(in_fives)))[1].facts
        return [fact.high - fact.low for fact in facts if fact.key.startswith("level/violence_class.")]

    wide, narrow = widths(["violence_class"]), widths([])
    assert wide and [one / other for one, other in zip(wide, narrow, strict=True)] == pytest.approx([5] * len(wide))


def test_classes_that_count_whom_a_hidden_percentage_counts_are_found():
    """Low income is a class of the background too, with one decimal."""
    rows = results().descriptives
    at_start = (rows["outcome"] == "low_income") & (rows["wave"] == "T0")
    same = rows.loc[rows["outcome"] == "income.low"].set_index("group")["mean"]
    given = whole(results(descriptives=rows.assign(mean=rows["mean"].mask(at_start, rows["group"].map(same)))))
    seen = shown(given)
    own = (seen.values["outcome"] == "income") & (seen.values["group"] == "approach")
    assert seen.values.loc[own, "status"].eq("partner").all()
    found, _ = exposed(given, unhidden(seen, given, own & (seen.values["cell"] == "low")))
    assert "value/low_income//approach/T0" in found


def household_and_persons(homes, persons, pairs, lost=(8, 8), n=(32, 38, 31)):
    """What the audit knows of yes in `homes` households and of `persons`, `pairs` of them with both measurements."""
    outcomes = outcomes_from({
        "home": {"variable": "any", "persons": "clinical", "unit": "household", "kind": "percentage", "decimals": 0},
        "adult": {"variable": "clinical", "unit": "adult", "kind": "percentage", "decimals": 0},
    })  # fmt: skip
    n_homes, n_persons, n_pairs = n
    counts = [("home", "household", n_homes, homes), ("adult", "adult", n_persons, persons)]
    columns = ["outcome", "unit", "group", "wave", "n", "mean"]
    table = pd.DataFrame(
        [(*row[:2], "approach", "T0", row[2], 100 * row[3] / row[2]) for row in counts], columns=columns
    )
    levels = pd.DataFrame([{"outcome": "adult", "group": "approach", "n": n_pairs, "mean_t0": 100 * pairs / n_pairs,
                            "mean_follow_up": float("nan")}])  # fmt: skip
    loss = [
        (unit, 33 if unit == "adult" else 28, gone) for unit, gone in zip(("household", "adult"), lost, strict=True)
    ]
    attrition = pd.DataFrame(loss, columns=["unit", "n_stayed", "n_lost"]).assign(analysis="loss", group="approach")
    shown = table.assign(cell="", value=table["mean"].round(), status="")
    shown.loc[1, ["value", "status"]] = [float("nan"), "partner"]
    told = levels.assign(mean_t0=levels["mean_t0"].round(), change=float("nan"), bound_t0="", bound_follow_up="")
    seen = SimpleNamespace(values=shown, levels=told, in_fives=frozenset())
    return cell_system(table, levels, attrition, seen, outcomes, LIMITS)


@pytest.mark.parametrize(
    ("homes", "persons", "pairs", "lost", "left"),
    [
        # eight of the pairs are of four households at least, and nobody was lost with another
        (6, 9, 8, (8, 8), {0, 1, 2}),
        (6, 9, 8, (5, 8), {0, 1, 2, 3, 4}),  # but for three, who may have been
        (5, 9, 8, (8, 8), {0, 1}),
    ],
)
def test_how_many_of_the_lost_say_yes_follows_from_households_beside_persons(homes, persons, pairs, lost, left):
    system = household_and_persons(homes, persons, pairs, lost)
    one = "adult/approach/one/T0"
    found = solve(system, 9, time.monotonic() + 60)
    assert found.values[one] == left and system.hidden[one] == "value/adult//approach/T0"


def test_with_too_few_values_left_the_households_are_told_no_more():
    system = household_and_persons(5, 9, 8)
    found = protect(system, 3, 60.0)
    assert set(found.withheld) <= {"value/home//approach/T0", "level/adult/approach"} and found.withheld
    assert protect(household_and_persons(6, 9, 8), 3, 60.0).withheld == ()


def test_persons_who_did_not_go_with_their_household_are_no_fact_to_a_reader():
    """Six households say yes, and eighteen of the pairs."""
    system = household_and_persons(6, 19, 18, (8, 8))
    assert not any("stayed" in name for name in system.truth)
    assert all(fact.holds(system.truth) for fact in system.facts)
