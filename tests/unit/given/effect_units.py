"""Units of an outcome in matched households, as the estimates of an effect take them."""

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import analysed


def pairs_of(*households):
    """(household, group, weight, matched set, T0 and follow-up of each member), None for no value: see pairs.wide."""
    rows = [
        (f"{household}.{number}", household, group, weight, matched_set, before, after)
        for household, group, weight, matched_set, *members in households
        for number, (before, after) in enumerate(members)
    ]
    columns = ["unit_id", "household", "group", "weight", "subclass", "T0", "follow_up"]
    return pd.DataFrame(rows, columns=columns).astype({"T0": float, "follow_up": float})


def invented(seed=1, approach=24, adults=(1, 2), loss=0.1, change=1.0, draw=None):
    """Pairs and covariates x and y of as many sets: an approach household and one or two of the pool.

    Those of the approach have `change` more of change, and all 0.5 more for each x; x is a little lower in the pool.
    `draw`: how a value is made of its mean (None: normal).
    """
    rng = np.random.default_rng(seed)
    draw = draw or (lambda mean: rng.normal(mean, 1))
    households, covariates = [], {}
    for number in range(approach):
        controls = 1 + number % 2
        for member in range(1 + controls):
            name = f"h{number}.{member}"
            group, weight = ("control", 1.5 / controls) if member else ("approach", 1.0)
            x = rng.normal(-0.4 * (member > 0), 1)
            covariates[name] = (x, float(rng.integers(0, 4)))
            people = []
            for _ in range(rng.choice(adults)):
                before = draw(5)
                after = draw(0.5 * before + 0.5 * x + change * (member == 0))
                people.append((before, None if rng.random() < loss else after))
            households.append((name, group, weight, number, *people))
    return pairs_of(*households), pd.DataFrame.from_dict(covariates, orient="index", columns=["x", "y"])


def renamed(pairs, covariates, seed=0):
    """The same in another order, with other names of households and persons, and other numbers of sets."""
    rng = np.random.default_rng(seed)
    homes, sets = sorted(set(covariates.index)), sorted(set(pairs["subclass"]))
    home = dict(zip(homes, (f"n{place:04d}" for place in rng.permutation(len(homes))), strict=True))
    number = dict(zip(sets, rng.permutation(len(sets)).tolist(), strict=True))
    people = [f"p{place:04d}" for place in rng.permutation(len(pairs))]
    pairs = pairs.assign(
        household=pairs["household"].map(home), subclass=pairs["subclass"].map(number), unit_id=people
    ).sample(frac=1, random_state=seed)
    return pairs, covariates.rename(index=home).sample(frac=1, random_state=seed)


def units(pairs, covariates, estimand="persons"):
    return analysed(pairs, covariates, estimand)
