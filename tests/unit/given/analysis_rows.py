"""The analysis table of a study, written as pairs of values, and the households that were matched."""

import numpy as np
import pandas as pd

from effectstudie.definitions.outcomes import outcomes_from

SAFETY = {"unit": "adult", "kind": "mean", "section": "wellbeing"}
MARK = outcomes_from({"safety": SAFETY})
CLASSES = {0: {"id": "none", "label": ""}, 1: {"id": "mild", "label": ""}, 2: {"id": "severe", "label": ""}}
VIOLENCE = outcomes_from(
    {"violence": {"unit": "household", "kind": "class", "section": "violence", "classes": CLASSES}}
)


def long(unit, outcome, groups):
    """A table from {group: [(T0, follow_up), ...]}, None for no value; one unit a household."""
    rows = []
    for group, pairs in groups.items():
        for number, pair in enumerate(pairs):
            name = f"{group}{number:02d}"
            role = "approach" if group in ("approach", "lost") else "pool"
            for wave, value in zip(("T0", "follow_up"), pair, strict=True):
                if value is not None:
                    rows.append((unit, f"{unit}-{name}", name, role, outcome, wave, float(value), group))
    columns = ["unit", "unit_id", "household", "role", "outcome", "wave", "value", "group"]
    return pd.DataFrame(rows, columns=columns)


def one(frame, **where):
    chosen = frame[np.logical_and.reduce([frame[key] == value for key, value in where.items()])]
    assert len(chosen) == 1, chosen
    return chosen.iloc[0]


def matched(**groups):
    return pd.DataFrame([(h, g) for g, hs in groups.items() for h in hs], columns=["household", "group"])


def cohort():
    """An analysis table of three kinds of unit and the households matched of it; some of the approach are not."""
    rng = np.random.default_rng(4)
    kinds = {"household": ("violence", 3), "adult": ("safety", 10), "youth": ("school", 10)}
    frames = []
    for unit, (outcome, codes) in kinds.items():
        groups = {"approach": rng.integers(0, codes, (8, 2)), "pool": rng.integers(0, codes, (30, 2))}
        frames += [long(unit, outcome, groups), long(unit, "participation", {k: v > 0 for k, v in groups.items()})]
    table = pd.concat(frames, ignore_index=True).drop(columns="group").sort_values(["unit", "unit_id", "outcome"])
    chosen = matched(approach=[f"approach{n:02d}" for n in range(6)], control=[f"pool{n:02d}" for n in range(3, 15)])
    return table.astype({"outcome": "category"}), chosen


def some_at_a_time(table, unit):
    of_unit = table[table["unit"] == unit]
    return [of_unit[start : start + 17] for start in range(0, len(of_unit), 17)]
