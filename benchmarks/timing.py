"""Times of the benchmarks."""

import time
from collections.abc import Callable

TURNS = 3


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of three turns."""
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
