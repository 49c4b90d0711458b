"""Results of the sensitivity analyses and their verdicts."""

import pandas as pd
from given.words import TEXTS

WORDS = TEXTS["certainty"]
NAMES = {"a": "Uitkomst A", "b": "Uitkomst B"}


def analyses(*rows):
    """(outcome, analysis, p, n_smallest)"""
    frame = pd.DataFrame(rows, columns=["outcome", "analysis", "p", "n_smallest"])
    return frame.assign(value=3.25, ci_low=-1.0, ci_high=7.5)


def verdicts(**against):
    rows = [{"outcome": name, "p_holm": 0.4, "p_bh": 0.3, "against": text} for name, text in against.items()]
    return pd.DataFrame(rows)


FOUND = analyses(("a", "main", 0.2, 30), ("a", "cr2", 0.01, 30), ("a", "all_waves", 0.0001, 6), ("b", "main", 0.2, 30))
