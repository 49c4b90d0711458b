"""Households with gaps in what they are matched on, what they answered, and an imputer that draws nothing."""

import numpy as np
import pandas as pd
from given.person_files import pseudonym, written

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.strategies import Strategy

STRATEGY = Strategy(label="S", covariates=("x", "yes"), ratio=1, caliper=None, missing="indicator")
OUTCOMES = outcomes_from({
    "safety": {"unit": "household", "kind": "mean", "section": "risk"},
    "stress": {"unit": "household", "kind": "mean", "section": "risk"},
    "mark": {"unit": "household", "kind": "mean", "section": "risk", "measured": "follow_up"},
})  # fmt: skip


def households(approach=24, pool=90, gaps=12, seed=3):
    """x higher in the approach, yes 0 or 1; of `gaps` households of the pool x is missing, of half of these yes too."""
    rng = np.random.default_rng(seed)
    n = approach + pool
    treated = np.arange(n) < approach
    frame = pd.DataFrame({
        "household": [pseudonym(f"h{place}") for place in range(n)],
        "order": rng.permutation(n) + 1,
        "role": np.where(treated, "approach", "pool"),
        "x": rng.normal(0.6 * treated, 1),
        "yes": (rng.random(n) < 0.4 + 0.1 * treated).astype(float),
        "beside": rng.normal(size=n),
    })  # fmt: skip
    frame.loc[approach : approach + gaps - 1, "x"] = np.nan
    frame.loc[approach : approach + gaps // 2 - 1, "yes"] = np.nan
    return frame


def answers(frame, seed=4):
    """The analysis table of these households: safety and stress of one unit each, safety two more in the approach."""
    rng = np.random.default_rng(seed)
    rows = []
    for home in frame.sort_values("order").itertuples():
        better = 2.0 * (home.role == "approach")
        for outcome in ("safety", "stress"):
            before = 5 + rng.normal()
            after = 0.5 * before + rng.normal() + better * (outcome == "safety")
            for wave, value in (("T0", before), ("follow_up", after)):
                rows.append(("household", home.household, home.household, home.role, outcome, wave, "T1", value))
    columns = ["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
    return pd.DataFrame(rows, columns=columns)


def on_disk(folder, frame, table=None):
    return written(
        folder / "analysis.parquet",
        answers(frame) if table is None else table,
        ["unit", "unit_id", "outcome", "wave"],
        ids=(),
    )


def renamed(frame, table, seed=8):
    """The same people, by other names and in another order."""
    names = {name: pseudonym(f"other {name}") for name in frame["household"]}
    hidden = {column: table[column].map(names) for column in ("household", "unit_id")}
    frame = frame.assign(household=frame["household"].map(names)).sample(frac=1, random_state=seed)
    return frame, table.assign(**hidden).sample(frac=1, random_state=seed)


def known_values(covariates, treated, m, seed):
    """In the place of mice: every gap gets a value that is known, another one in each data set."""
    filled = []
    for one in range(m):
        frame = covariates.copy()
        for name in frame:
            known, gaps = frame[name].dropna().to_numpy(), frame[name].isna()
            frame.loc[gaps, name] = known[(np.arange(gaps.sum()) * 7 + one * 5 + seed) % len(known)]
        filled.append(frame)
    return filled
