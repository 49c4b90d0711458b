"""Growth of a matching with the households of the approach, not only with the pool: forty controls each, to 5,000.

    python benchmarks/matching/treated.py [treated ...]     # 125 500 2000 5000; a minute or two

Both ways to call MatchIt, as far as the one here does them right: given the scores, or all distances. Each size in a
process of its own: seconds of MatchIt and of the whole matching, peak of memory, and beside it how many times those of
the size before. Distances are left out where they alone would take more than 2 GiB.
"""

import concurrent.futures
import multiprocessing
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "workflow"))

from effectstudie.definitions.strategies import Strategy  # noqa: E402
from effectstudie.matching.match import match_households  # noqa: E402
from effectstudie.shared import r_bridge  # noqa: E402

SIZES = (125, 500, 2_000, 5_000)
CONTROLS = 40
MOST = 2 * 2**30


def main(sizes: list[int]) -> None:
    context = multiprocessing.get_context("spawn")
    print(f"MatchIt {r_bridge.versions()['MatchIt']}.\n")
    print("| approach | pool | MatchIt is given | MatchIt, s | whole, s | peak, MiB | times as long | as much |")
    print("| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for route in ("distances", "score"):
        before: dict | None = None
        for treated in sizes:
            controls = CONTROLS * treated
            distances = 8 * treated * controls
            if route == "distances" and distances > MOST:
                print(f"| {treated:,} | {controls:,} | {route}, {distances / 2**30:.1f} GiB: not run | | | | | |")
                continue
            with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
                found = pool.submit(measured, treated, controls, route).result()
            if not found:
                print("\nGiven scores, this version of MatchIt does it wrong: not measured.")
                break
            times = {key: f"{found[key] / before[key]:.1f}" if before else "" for key in ("whole", "mib")}
            print(
                f"| {treated:,} | {controls:,} | {route} | {found['matchit']:.2f} | {found['whole']:.2f} | "
                f"{found['mib']:,.0f} | {times['whole']} | {times['mib']} |",
                flush=True,
            )
            before = found


def measured(treated: int, controls: int, route: str) -> dict | None:
    """Seconds and peak of memory of one matching; None where MatchIt may not be called that way."""
    chosen = r_bridge.matchit_route()
    if route == "score" and chosen.route != "score":
        return None
    r_bridge.matchit_route = lambda: replace(chosen, route=route)
    inside, seconds = r_bridge.match_nearest, []

    def timed(*arguments, **options):
        start = time.perf_counter()
        found = inside(*arguments, **options)
        seconds.append(time.perf_counter() - start)
        return found

    r_bridge.match_nearest = timed
    rng, n = np.random.default_rng(7), treated + controls
    approach = np.arange(n) < treated
    households = pd.DataFrame({
        "household": [f"h{i}" for i in range(n)], "order": range(1, n + 1),
        "role": np.where(approach, "approach", "pool"), "x": rng.normal(np.where(approach, 0.5, 0.0), 1),
    })  # fmt: skip
    strategy = Strategy(label="B", covariates=("x",), ratio=2, caliper=0.2, missing="complete")
    start = time.perf_counter()
    match_households(households, strategy, 1)
    whole = time.perf_counter() - start
    return {
        "matchit": seconds[0], "whole": whole, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    }  # fmt: skip


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
