"""Does a conclusion hold in the other analyses: one row per outcome, with p adjusted for the number of outcomes."""

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.analysis import VERDICTS
from effectstudie.methods.many_tests import benjamini_hochberg, holm
from effectstudie.shared.vocabulary import ALPHA


def verdicts(table: pd.DataFrame, families: Mapping[str, str]) -> pd.DataFrame:
    """Of each outcome whether its conclusion holds (VERDICTS).

    `verdict`: holds, differs (`against` names the analyses), or undefined where the main analysis is. An analysis
    differs where one of it and the main one is significant and the other not, or where both are with other signs.
    `p_holm` adjusts for the tests of a family (`families`: outcome -> family), `p_bh` for all (Benjamini-Hochberg).
    """
    main = table[table["analysis"] == "main"].set_index("outcome")
    p_bh = benjamini_hochberg(main["p"])
    of_family = pd.Series(families).reindex(main.index)
    p_holm = main.groupby(of_family.to_numpy(), sort=False)["p"].transform(holm)
    rows = []
    for outcome, row in main.iterrows():
        others = table[(table["outcome"] == outcome) & (table["analysis"] != "main") & table["p"].notna()]
        clear = row["p"] < ALPHA
        apart = others[(others["p"] < ALPHA) != clear]
        if clear:
            turned = others[(others["p"] < ALPHA) & (np.sign(others["value"]) == -np.sign(row["value"]))]
            apart = pd.concat([apart, turned])
        against = list(apart["analysis"])
        against += ["holm"] if clear and p_holm[outcome] >= ALPHA else []
        against += ["benjamini_hochberg"] if clear and p_bh[outcome] >= ALPHA else []
        if isnan(row["p"]):
            verdict, against = "undefined", []
        else:
            verdict = "differs" if against else "holds"
        rows.append([outcome, row["unit"], row["p"], p_holm[outcome], p_bh[outcome], verdict, " ".join(against)])
    return pd.DataFrame(rows, columns=VERDICTS.names)
