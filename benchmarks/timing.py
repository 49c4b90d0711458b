"""Times of the benchmarks."""

import time
from collections.abc import Callable

TURNS = 3


def fastest(work: Callable[[], object], turns: int = TURNS) -> float:
    """Seconds of the fastest turn."""
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
