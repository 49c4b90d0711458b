"""Whether a conclusion holds in every analysis."""

import pandas as pd

from effectstudie.analysis.verdicts import verdicts
from effectstudie.definitions.result_tables.analysis import SENSITIVITY


def table_of(**p_and_sign):
    rows = [
        {"outcome": "o", "unit": "adult", "analysis": name, "value": sign, "p": p}
        for name, (p, sign) in p_and_sign.items()
    ]
    return pd.DataFrame(rows).reindex(columns=SENSITIVITY.names)


def test_a_significant_outcome_among_many_tests_does_not_hold_by_itself():
    rows = pd.concat([table_of(main=(p, -1)).assign(outcome=name) for name, p in (("a", 0.03), ("b", 0.6), ("c", 0.7))])
    judged = verdicts(rows, dict.fromkeys("abc", "risk")).set_index("outcome")
    assert judged.loc["a", "verdict"] == "differs"
    assert judged.loc["a", "against"] == "holm benjamini_hochberg"
