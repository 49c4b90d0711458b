import errno
import os

import pytest

from effectstudie.shared.errors import _OF_MACHINE, reason


@pytest.mark.parametrize("number", _OF_MACHINE)
def test_a_reason_of_the_machine_is_what_the_machine_says(number):
    assert reason(OSError(number, os.strerror(number))) == os.strerror(number)


def test_a_reason_that_is_not_known_is_told_as_it_is():
    assert reason(OSError(errno.EXDEV, "odd")) == "odd"
    assert reason(RuntimeError("no home folder")) == "no home folder"
