"""Households that may be matched."""

import numpy as np
import pandas as pd

STRATEGY = {"label": "S", "covariates": ["x"], "ratio": 2, "caliper": 0.5, "exact": [], "missing": "complete"}


def households(n=12, pool=60, seed=4):
    rng = np.random.default_rng(seed)
    x = np.concatenate([rng.normal(0.8, 1, n), rng.normal(0, 1, pool)])
    frame = pd.DataFrame({"household": [f"h{i}" for i in range(n + pool)], "order": range(1, n + pool + 1), "x": x})
    return frame.assign(role=["approach"] * n + ["pool"] * pool)
