"""Python reads this first in every step of a run, which finds it by PYTHONPATH.

Ctrl-C reaches a step as well as the run. Until the step can end without a word (effectstudie/shared/logs.py), it waits.
"""

import signal
import sys

if any(".snakemake/scripts/" in argument for argument in sys.orig_argv[1:2]):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
