"""What a reader gets by subtracting sizes: the flow, the losses, the ways to match and the data-quality page."""

import pandas as pd
import pytest

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.audit.protect import protect
from effectstudie.disclosure.audit.sizes import size_system
from effectstudie.disclosure.limits import Limits

OUTCOMES = outcomes_from({
    "total_violence": {"kind": "mean", "unit": "household"},
    "kidscreen": {"kind": "mean", "unit": "child", "of_youth": True},
})  # fmt: skip
LIMITS = Limits(minimum_cell=5, minimum_group=10)


def system(start=38, unmatched=1, lost=8, first_wave=23, other=231, no_caliper=0, joined=0):
    """A study of `start` households, of which so many found no control, were lost, or came only at the follow-up."""
    matched = start - unmatched
    later = matched - lost + joined
    sizes = {"approach": (matched, later), "control": (73, 56)}
    values = [
        {"outcome": outcome, "unit": "household", "group": group, "wave": wave, "n": n}
        for group, both in sizes.items()
        for wave, n in zip(("T0", "follow_up"), both, strict=True)
        for outcome, n in (("participation", n), ("total_violence", n - 1))
    ]
    loss = [
        {"analysis": "loss", "unit": "household", "group": "approach", "n_lost": lost, "n_stayed": matched - lost},
        {"analysis": "loss", "unit": "household", "group": "control", "n_lost": 17, "n_stayed": 56},
    ]
    waves = [("approach", "T1", first_wave), ("approach", "T2", later - first_wave), ("control", "T1", 51),
             ("control", "T2", 5)]  # fmt: skip
    variants = [
        {"variant": "as_chosen", "ratio": 2, "n_approach": matched, "n_unmatched": unmatched, "n_controls": 73,
         "apart_approach": 0, "apart_controls": 0},
        {"variant": "no_caliper", "ratio": 2, "n_approach": start - no_caliper, "n_unmatched": no_caliper,
         "n_controls": 2 * (start - no_caliper), "apart_approach": 9, "apart_controls": 9},
    ]  # fmt: skip
    stages = [("export", "stage", start, 1100), ("asked", "stage", start, 1100),
              ("no_control_left", "reason", unmatched, 0), ("matched", "stage", matched, 73),
              ("followed", "stage", later, 56)]  # fmt: skip
    return size_system(
        {
            "descriptives": pd.DataFrame(values),
            "attrition": pd.DataFrame(loss),
            "follow_up_waves": pd.DataFrame(waves, columns=["group", "wave", "n"]).assign(unit="household"),
            "variants": pd.DataFrame(variants),
        },
        {"one": {"n_approach": start, "n_pool": 1100, "n_matched_approach": matched, "n_unmatched_approach": unmatched,
                 "n_matched_controls": 73}},
        "one",
        {"cohort": start + 1100 + other, "other_approach": other},
        pd.DataFrame(stages, columns=["step", "kind", "approach", "control"]),
        OUTCOMES,
        LIMITS,
    )  # fmt: skip


def kept(found, *sizes):
    """Of these sizes those that are still published."""
    return [size for size in sizes if f"size/{size}" not in protect(found, 3, 60).withheld]


def test_one_household_without_a_control_is_told_in_no_place():
    found = system()
    tells = ["asked/approach", "stage/export/approach", "stage/asked/approach", "other/cohort"]
    assert kept(found, *tells) == []
    assert "variant/no_caliper" not in found.truth  # of a way to match that is near the chosen one nothing is told
    assert kept(found, "t0/household/approach", "follow_up/household/approach", "pool/all", "cohort/all") != []


def test_with_the_number_of_other_approaches_a_total_tells_the_approach():
    """cohort - pool - others = approach, and with those that were matched the one that was not."""
    found = system(unmatched=3)
    assert len(kept(found, "cohort/all", "pool/all", "other/cohort")) < 3


@pytest.mark.parametrize(("lost", "both"), [(0, True), (1, False), (4, False), (5, True)])
def test_both_sizes_are_not_told_where_few_were_lost(lost, both):
    found = system(unmatched=0, lost=lost, first_wave=15)
    t0, later = "t0/household/approach", "follow_up/household/approach"
    assert (len(kept(found, t0, later)) == 2) is both


def test_somebody_new_at_the_follow_up_makes_the_difference_another():
    few_lost = system(unmatched=0, lost=4, joined=9, first_wave=20)
    assert kept(few_lost, "t0/household/approach", "follow_up/household/approach") == [
        "t0/household/approach",
        "follow_up/household/approach",
    ]


def test_a_few_at_one_wave_do_not_follow_from_those_at_the_other():
    found = system(unmatched=0, lost=7, first_wave=28)
    assert kept(found, "wave/household/approach/T1", "follow_up/household/approach") != [
        "wave/household/approach/T1",
        "follow_up/household/approach",
    ]
    assert "size/wave/household/approach/T2" not in found.keys


def of_youth(t0, later, answered, values=("kidscreen",)):
    """Children who fill in a form themselves: so many at T0 and later, and so many with a score at either."""
    given = _given(LIMITS)
    part = [("participation", "youth", "control", wave, n) for wave, n in (("T0", t0), ("follow_up", later))]
    part += [("participation", "youth", "approach", wave, 20) for wave in ("T0", "follow_up")]
    part += [(name, "child", "control", wave, n) for name in values
             for wave, n in zip(("T0", "follow_up"), answered, strict=True)]  # fmt: skip
    loss = [{"analysis": "loss", "unit": "youth", "group": "control", "n_lost": t0 - later, "n_stayed": later}]
    tables = given["tables"] | {
        "descriptives": pd.DataFrame(part, columns=["outcome", "unit", "group", "wave", "n"]),
        "attrition": pd.DataFrame(loss),
    }
    return size_system(**{**given, "tables": tables})


def withheld_of(found):
    return {key for key in protect(found, 3, 60).withheld if "/youth/" in key}


def test_with_a_size_that_is_hidden_goes_of_how_many_the_outcomes_of_these_people_are():
    """The largest number of children with a score is nearly surely that of the children."""
    withheld = withheld_of(of_youth(15, 13, (15, 12)))
    assert withheld in [{f"size/{kind}/youth/control", f"answered/youth/control/{wave}"}
                             for kind, wave in (("t0", "T0"), ("follow_up", "follow_up"))]  # fmt: skip


def test_a_size_of_which_the_scores_tell_little_takes_none_with_it():
    assert withheld_of(of_youth(15, 13, (13, 10))) == {"size/follow_up/youth/control"}
    assert withheld_of(of_youth(20, 12, (20, 12))) == set()


def test_large_differences_hide_nothing():
    assert protect(system(unmatched=6, lost=7, first_wave=15), 3, 60).withheld == ()


def test_inside_nothing_is_hidden():
    inside = size_system(**_given(Limits()))
    assert inside.hidden == {} and protect(inside, 3, 60).withheld == ()


def _given(limits):
    tables = {
        "descriptives": pd.DataFrame(
            [{"outcome": "participation", "unit": "youth", "group": group, "wave": wave, "n": 3}
             for group in ("approach", "control") for wave in ("T0", "follow_up")]
        ),
        "attrition": pd.DataFrame(
            [{"analysis": "loss", "unit": "youth", "group": "approach", "n_lost": 1, "n_stayed": 2}]
        ),
        "follow_up_waves": pd.DataFrame(columns=["unit", "group", "wave", "n"]),
        "variants": pd.DataFrame(columns=["variant", "ratio", "n_approach", "n_controls"]),
    }  # fmt: skip
    summary = {"n_approach": 3, "n_pool": 9, "n_matched_approach": 3, "n_unmatched_approach": 0,
               "n_matched_controls": 6}  # fmt: skip
    stages = [(step, "stage", 3, 6) for step in ("export", "asked", "matched", "followed")]
    steps = pd.DataFrame(stages, columns=["step", "kind", "approach", "control"])
    cohort = {"cohort": 12, "other_approach": 0}
    return {"tables": tables, "matching": {"one": summary}, "selected": "one", "cohort": cohort, "steps": steps,
            "outcomes": OUTCOMES, "limits": limits}  # fmt: skip
