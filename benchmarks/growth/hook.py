"""Put behind workflow/sitecustomize.py of a measured run: each job says how long it took, and its peak of memory."""

import atexit
import json
import os
import resource
import sys
import time

_STARTED = time.perf_counter()


def _note() -> None:
    # not ru_maxrss of this process: it begins with what the program that started it had
    with open("/proc/self/status", encoding="ascii") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    # of the processes that it made the largest: check_exports has one for each export
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    # Snakemake runs a script as tmp<anything>.<script>
    script = os.path.basename(sys.argv[0]).split(".")[-2]
    record = {"stage": script, "seconds": time.perf_counter() - _STARTED, "mib": peak / 1024}
    with open(os.environ["GROWTH_NOTES"], "a", encoding="utf-8") as notes:
        notes.write(json.dumps(record) + "\n")


if "GROWTH_NOTES" in os.environ and sys.argv[0].endswith(".py"):
    atexit.register(_note)
