"""The table of balance."""

import pandas as pd
from given.shown_values import NAN

from effectstudie.report.tables.matching import balance


def test_balance_shows_differences_and_no_means():
    frame = pd.DataFrame(
        [("thv", "", "all", 0.98, 0.2, 5.571, NAN), ("thv", "", "matched", 0.98, 0.97, -0.004, NAN),
         ("children", "ja", "matched", 0.5, 0.4, 0.2, 1.125)],
        columns=["covariate", "level", "sample", "mean_approach", "mean_control", "smd", "variance_ratio"],
    )  # fmt: skip
    assert balance(frame, {"thv": "huisverbod"}).values.tolist() == [
        ["Huisverbod", "1,2 of meer", "0,00", "–"],
        ["Children: ja", "–", "0,20", "1,13"],
    ]
