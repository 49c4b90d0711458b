"""A run that is stopped before or between its steps says so, without a traceback."""

import subprocess
import sys

import pytest
from given.paths import ROOT

PROGRAM = """
import sys
sys.path.insert(0, {path!r})
from effectstudie.running.screen.interrupted import tell_when_interrupted
tell_when_interrupted({{"errors": {{"interrupted": "De run is gestopt."}}}})
raise {error}
"""


@pytest.mark.parametrize(
    ("error", "said", "traceback"), [("KeyboardInterrupt", True, False), ("ValueError('x')", False, True)]
)
def test_an_interruption_is_a_sentence_and_other_errors_are_as_they_were(error, said, traceback):
    program = PROGRAM.format(path=str(ROOT / "workflow"), error=error)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert ("De run is gestopt." in ended.stderr, "Traceback" in ended.stderr) == (said, traceback)
