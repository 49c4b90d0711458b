"""Times of the benchmarks."""

import statistics
import time
from collections.abc import Callable

TURNS = 3


def median_time(work: Callable[[], object], turns: int = TURNS) -> float:
    """Seconds of the median turn."""
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
