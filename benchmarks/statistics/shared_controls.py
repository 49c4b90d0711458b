"""How often a mean of studies that share controls is called an effect where there is none.

    python benchmarks/statistics/shared_controls.py [sets]     # 300 sets of 13 studies take 10 seconds

Each study has 40 families of an approach and 78 controls from one pool of 300; nothing has an effect. With the
covariance that regions.effects works out, and as if studies shared nobody. Prints Markdown.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2] / "workflow"))

from effectstudie.methods.effect.att import att_parts
from effectstudie.methods.regions.random_effects import random_effects
from effectstudie.regions.effects import RegionEffect, covariance

SEED, SETS = 20261129, 300
STUDIES, APPROACH, CONTROLS, POOL = 13, 40, 78, 300


def one_set(rng: np.random.Generator) -> list[RegionEffect]:
    x = rng.normal(size=POOL)
    y = 0.5 * x + rng.normal(size=POOL)
    return [one_study(rng, x, y, number) for number in range(STUDIES)]


def one_study(rng: np.random.Generator, pool_x: np.ndarray, pool_y: np.ndarray, number: int) -> RegionEffect:
    """A study that draws its controls; its matched sets are as good as any, for controls are alike."""
    own = rng.normal(size=APPROACH)
    drawn = rng.choice(POOL, CONTROLS, replace=False)
    x = np.concatenate([own, pool_x[drawn]])[:, None]
    y = np.concatenate([0.5 * own + rng.normal(size=APPROACH), pool_y[drawn]])
    treated = np.arange(APPROACH + CONTROLS) < APPROACH
    sets = np.concatenate([np.arange(APPROACH), np.arange(CONTROLS) % APPROACH])
    estimate, parts = att_parts(y, treated, x, sets)
    names = [*(f"study {number}, family {place}" for place in range(APPROACH)), *(f"pool {place}" for place in drawn)]
    return RegionEffect(None, estimate, pd.Series(parts, index=names))


def main() -> None:
    rng = np.random.default_rng(SEED)
    found: dict[str, list[tuple[float, float]]] = {"counted": [], "as if nobody was shared": []}
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else SETS):
        effects = one_set(rng)
        values, between = [one.estimate.value for one in effects], covariance(effects)
        for name, matrix in zip(found, (between, np.diag(np.diag(between))), strict=True):
            made = random_effects(values, matrix)
            found[name].append((made.mean.p, made.q))
    print(f"| shared controls | p < .05, of {len(found['counted'])} | mean Q ({STUDIES - 1} df) |")
    print("| --- | ---: | ---: |")
    for name, rows in found.items():
        p, q = np.array(rows).T
        print(f"| {name} | {np.mean(p < 0.05):.3f} | {q.mean():.1f} |")


if __name__ == "__main__":
    main()
