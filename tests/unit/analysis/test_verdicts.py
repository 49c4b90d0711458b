"""Whether a conclusion holds in every analysis."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.analysis.sensitivity import COLUMNS
from effectstudie.analysis.verdicts import VERDICT_COLUMNS, verdicts


def table_of(**p_and_sign):
    rows = [
        {"outcome": "o", "unit": "adult", "analysis": name, "value": sign, "p": p}
        for name, (p, sign) in p_and_sign.items()
    ]
    return pd.DataFrame(rows).reindex(columns=COLUMNS)


@pytest.mark.parametrize(
    ("analyses", "verdict", "against"),
    [
        ({"main": (0.2, -1), "cr2": (0.3, 1)}, "holds", ""),
        ({"main": (0.2, -1), "cr2": (0.04, -1)}, "differs", "cr2"),
        ({"main": (0.01, -1), "cr2": (0.04, -1)}, "holds", ""),
        ({"main": (0.01, -1), "cr2": (0.06, -1), "gee": (0.2, -1)}, "differs", "cr2 gee"),
        ({"main": (0.01, -1), "cr2": (0.01, 1)}, "differs", "cr2"),
        ({"main": (0.01, -1), "gee": (np.nan, np.nan)}, "holds", ""),
        ({"main": (np.nan, np.nan), "cr2": (0.01, 1)}, "undefined", ""),
    ],
)
def test_a_conclusion_holds_when_every_analysis_that_is_defined_agrees(analyses, verdict, against):
    found_ = verdicts(table_of(**analyses), {"o": "risk"})
    assert list(found_.columns) == VERDICT_COLUMNS
    assert found_[["verdict", "against"]].values.tolist() == [[verdict, against]]


def test_a_significant_outcome_among_many_tests_does_not_hold_by_itself():
    rows = pd.concat([table_of(main=(p, -1)).assign(outcome=name) for name, p in (("a", 0.03), ("b", 0.6), ("c", 0.7))])
    found_ = verdicts(rows, dict.fromkeys("abc", "risk")).set_index("outcome")
    assert found_.loc["a", "verdict"] == "differs"
    assert found_.loc["a", "against"] == "holm benjamini_hochberg"
