"""How long a run will still take."""

import pytest

from effectstudie.running.screen.live_run import remaining


@pytest.mark.parametrize(
    ("at_once", "running", "seconds"),
    [
        (1, {}, 100 + 50 + 200 + 300),
        (2, {}, 100 + 200 + 300),
        (2, {1: 40.0}, 60 + 200 + 300),
        (2, {1: 140.0}, 200 + 300),  # it takes longer than expected: it may end any moment
        (1, {1: 100.0}, 50 + 200 + 300),
    ],
)
def test_steps_wait_for_each_other_and_for_a_free_place(at_once, running, seconds):
    after = {1: set(), 2: {1}, 3: {1}, 4: {2, 3}}
    expected = {1: 100.0, 2: 50.0, 3: 200.0, 4: 300.0}
    assert remaining(after, expected, running, at_once) == seconds


def test_a_step_that_waits_for_what_never_comes_is_left_out():
    assert remaining({2: {1}, 3: set()}, {2: 50.0, 3: 20.0}, {}, 1) == 20
