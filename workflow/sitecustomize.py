"""Python reads this first in every step of a run, which finds it by PYTHONPATH.

Ctrl-C reaches a step as well as the run. Until the step can end without a word (effectstudie/shared/logs.py), it waits.
A step makes many objects that stay until it ends: to look for dead ones after each 700 took a tenth to a fifth of it.
"""

import gc
import signal
import sys

if any(".snakemake/scripts/" in argument for argument in sys.orig_argv[1:2]):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    gc.set_threshold(200_000, 20, 50)
