"""Studies of one cohort, as tables: persons with one outcome, matched from a pool that they share."""

import numpy as np
import pandas as pd
from given.effect_units import invented

from effectstudie.definitions.outcomes import Outcome
from effectstudie.regions.effects import study_effects

OUTCOME = Outcome(
    id="stress", variable="v", unit="adult", kind="mean", section="s", label="stress", measure="m", decimals=1,
    better="lower", margin=2.0,
)  # fmt: skip


def tables(seed, **changes):
    """Long table, matched households and candidates of `effect_units.invented`."""
    pairs, covariates = invented(seed=seed, **changes)
    long = pairs.melt(["unit_id", "household"], ["T0", "follow_up"], "wave", "value").assign(
        outcome="stress", unit="adult"
    )
    matched = pairs.drop_duplicates("household")[["household", "group", "weight", "subclass"]]
    role = matched.set_index("household")["group"].map({"approach": "approach", "control": "pool"})
    return long, matched, covariates.assign(role=role)


def effect(seed=1, name="", **changes):
    """The effect of a study. `name`: put before the ids of its approach, so that only controls are shared."""
    long, matched, candidates = tables(seed, **changes)
    own = matched.loc[matched["group"] == "approach", "household"]
    new = {one: f"{name}{one}" for one in own}
    long, matched = (table.assign(household=table["household"].replace(new)) for table in (long, matched))
    return study_effects(long, matched, candidates.rename(index=new), {"stress": OUTCOME}, "persons")["stress"]


def households(seed=5, regions=("noord", "oost", "zuid", "west"), each=25, approach=20):
    """Select's households.parquet of one study with covariate x, and the region of each household."""
    rng = np.random.default_rng(seed)
    names = [f"h{place:03d}" for place in range(approach + each * len(regions))]
    role = ["approach"] * approach + ["pool"] * (each * len(regions))
    of = pd.DataFrame({"household": names, "order": rng.permutation(len(names)), "role": role})
    where = ["noord"] * approach + [region for region in regions for _ in range(each)]
    return of.assign(x=rng.normal(size=len(names))), pd.Series(where, index=names)


def answers(of, seed=6):
    """A long table with the outcome of one adult in each household."""
    rng = np.random.default_rng(seed)
    names = of["household"]
    rows = [
        (f"{name}.0", name, wave, value)
        for name, before, change in zip(names, rng.normal(5, 1, len(of)), rng.normal(-1, 1, len(of)), strict=True)
        for wave, value in (("T0", before), ("follow_up", before + change))
    ]
    table = pd.DataFrame(rows, columns=["unit_id", "household", "wave", "value"])
    return table.assign(outcome="stress", unit="adult")
