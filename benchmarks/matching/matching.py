"""Time of MatchIt called over rpy2, beside the same call in R itself: 60 treated households against many controls.

    python benchmarks/matching/matching.py

Nearest neighbour on a given score, ratio 2, caliper of .2 SD. Fastest of 25 turns each (of 100,000 controls 5);
the pairs must be the same.
Beside it the whole of our matching: score model, MatchIt, our check of every pair, and the balance.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

from timing import median_time  # noqa: E402

from effectstudie.definitions.strategies import Strategy  # noqa: E402
from effectstudie.matching.match import match_households  # noqa: E402
from effectstudie.shared.r_bridge import match_nearest, matchit_route  # noqa: E402

TREATED = 60


def main() -> None:
    print("| controls | R, s | over rpy2, s | ratio | whole matching, s |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for controls in (1_000, 10_000, 100_000):
        rng = np.random.default_rng(7)
        treated = np.arange(TREATED + controls) < TREATED
        score = np.round(rng.normal(np.where(treated, 0.5, 0.0), 1), 8)
        caliper = 0.2 * float(score.std(ddof=1))
        with tempfile.TemporaryDirectory() as folder:
            score.tofile(Path(folder) / "score.bin")
            script = str(Path(__file__).with_name("matchit.R"))
            turns = 5 if controls > 10_000 else 25
            arguments = [folder, str(len(score)), str(TREATED), repr(caliper), str(turns), matchit_route().route]
            theirs = json.loads(subprocess.check_output(["Rscript", script, *arguments]))

        def ours(score=score, treated=treated, caliper=caliper):
            return match_nearest(score, treated, ratio=2, caliper=caliper, seed=1)

        seconds = median_time(ours, turns)
        assert sorted(ours().pairs["control"]) == sorted(theirs["controls"]), "other pairs than R's"
        households = pd.DataFrame(
            {"household": [f"h{i}" for i in range(len(score))], "order": range(1, len(score) + 1),
             "role": np.where(treated, "approach", "pool"), "x": score}
        )  # fmt: skip
        strategy = Strategy(label="B", covariates=("x",), ratio=2, caliper=0.2, missing="complete")
        whole = median_time(lambda households=households, strategy=strategy: match_households(households, strategy, 1))
        ratio = seconds / theirs["seconds"]
        print(f"| {controls:,} | {theirs['seconds']:.3f} | {seconds:.3f} | {ratio:.2f} | {whole:.2f} |")


if __name__ == "__main__":
    main()
