"""Answers without any pattern, of which each test makes some odd."""

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import columns_of


def block(name, last, **more):
    return {
        "pattern": f"{name}_{{}}",
        "first": 1,
        "last": last,
        "type": "code",
        "label": "{}",
        "questionnaire": name,
    } | more


COLUMNS = columns_of(
    {
        "columns": {"kind_id": {"type": "id"}},
        "item_blocks": [
            block("SIS", 10, range=[1, 3]),
            block("PPQ", 12, range=[1, 3]),
            block("ja", 10, values={1: "ja", 2: "nee"}),
            block("kort", 9, range=[1, 3]),
        ],
    }
)
ITEMS = [name for name in COLUMNS if name != "kind_id"]


def answers(n, seed=1):
    """n rows of answers without any pattern, a person each."""
    table = pd.DataFrame(np.random.default_rng(seed).integers(1, 4, (n, len(ITEMS))), columns=ITEMS, dtype=float)
    table[[name for name in ITEMS if name.startswith("ja")]] = 1.0
    return table.assign(row=range(1, n + 1), child=[f"K{i}" for i in range(n)], household=[f"H{i}" for i in range(n)])


def line(table, row, name, value):
    table.loc[row, [item for item in ITEMS if item.startswith(name)]] = value
