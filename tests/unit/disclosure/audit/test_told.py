import json

import pytest
from given.study_results import LIMITS, results, shown, whole

from effectstudie.disclosure.audit.system import System
from effectstudie.disclosure.audit.told import Told, changed_by_few, numbers_of
from effectstudie.disclosure.values import key_of

SHARES = {"low_income"}


@pytest.mark.parametrize(
    ("key", "before", "now", "few"),
    [
        ("size/t0/household/approach", (1, 33), (1, 33), False),
        ("size/t0/household/approach", (1, 33), (1, 34), True),
        ("size/t0/household/approach", (1, 33), (1, 38), False),
        ("value/low_income//approach/T0", (50, 20), (50, 22), True),  # one person
        ("value/low_income//approach/T0", (50, 20), (50, 30), False),  # five
        ("value/low_income//approach/T0", (50, 20), (51, 31.4), True),  # one more answered
        ("value/low_income//approach/T0", (50, 20), (60, 33.3), False),
        ("value/safety//approach/T0", (50, 7.1), (50, 7.2), True),  # of whom a mean changed is not known
        ("value/safety//approach/T0", (50, 7.1), (53, 7.1), True),
        ("value/low_income//approach/T0", (50, 20), (59, 33.9), True),  # nine are too few for a percentage of them
        ("value/safety//approach/T0", (50, 7.1), (59, 7.2), True),  # and for their mean
        ("value/safety//approach/T0", (50, 7.1), (60, 7.2), False),
        ("value/safety//approach/T0", (50, 7.1), (50, 7.1), False),
    ],
)
def test_a_number_that_a_few_people_made_another_is_found(key, before, now, few):
    assert changed_by_few({key: before}, {key: now}, SHARES, LIMITS) == ([key] if few else [])


def test_of_two_ends_of_a_level_the_level_goes_once():
    before = {f"level/safety/approach/{end}": (40, 7.0) for end in ("t0", "follow_up")}
    now = {key: (40, 7.1) for key in before}
    assert changed_by_few(before, now, SHARES, LIMITS) == ["level/safety/approach"]


def test_a_later_version_is_compared_by_the_sizes_as_they_are_and_not_as_they_are_printed():
    """Of 51 people and of 53 both are told as 50."""
    given = whole(results())
    seen = shown(given)
    found = numbers_of(seen, System(), (), given.descriptives, given.levels)
    printed = seen.levels.set_index(["outcome", "group"])["n"]
    measured = given.levels.set_index(["outcome", "group"])["n"]
    for outcome, group in printed.index[:6]:
        n = found[f"level/{outcome}/{group}/t0"][0]
        assert n == measured[outcome, group] and printed[outcome, group] == LIMITS.down(n)
    shown_n = seen.values[seen.values["value"].notna() & seen.values["n"].notna()]
    everyone = [found[key_of(row)][0] for row in shown_n.to_dict("records") if key_of(row) in found]
    assert any(n % 5 for n in everyone)


def test_a_number_that_was_not_told_before_is_no_difference():
    assert changed_by_few({}, {"size/t0/household/approach": (1, 33)}, SHARES, LIMITS) == []


def test_a_file_that_goes_out_holds_no_count_that_is_hidden():
    system = System()
    system.same({system.count("a", 12, 40): 1}, 12, "value/a")
    system.count("a secret", 3, 40)
    told = Told(system, {"value/a": (40.0, 30.0)})
    public = json.loads(json.dumps(told.as_json(with_truth=False)))
    assert "truth" not in public and Told.of_json(public).system.truth == {}
    inside = Told.of_json(json.loads(json.dumps(told.as_json(with_truth=True))))
    assert inside.system.truth == {"a": 12, "a secret": 3}
    assert inside.numbers == told.numbers and len(inside.system.facts) == 1
