"""Does a conclusion hold in the other analyses: one row per outcome, with p adjusted for the number of outcomes."""

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.analysis import OTHER_QUESTIONS, VERDICTS
from effectstudie.methods.many_tests import benjamini_hochberg, holm
from effectstudie.shared.vocabulary import ALPHA


def worse_balanced(variants: pd.DataFrame) -> list[str]:
    """The other ways to match that leave a larger difference than the chosen one: these say nothing of its conclusion.

    `variants`: VARIANTS; the chosen way is `as_chosen`.
    """
    # a last bit decides nothing, nor what weights leave that balance (up to 1e-6)
    worst = variants.set_index("variant")["max_smd"].round(6)
    return [name for name, size in worst.items() if size > worst["as_chosen"]]


def verdicts(
    table: pd.DataFrame,
    families: Mapping[str, str],
    primary: Sequence[str] = (),
    no_vote: Sequence[str] = (),
) -> pd.DataFrame:
    """Of each outcome whether its conclusion holds (VERDICTS).

    `verdict`: holds (significant, and so in all that vote), differs (`against` names the analyses), nowhere (not
    significant in any), or undefined where the main analysis is. An analysis differs where one of it and the main one
    is significant and the other not, or where both are with other signs. OTHER_QUESTIONS and `no_vote` do not vote.
    `p_holm` adjusts for the tests of a family (`families`: outcome -> family), `p_primary` for those of the `primary`
    outcomes, `p_bh` for all (Benjamini-Hochberg).
    """
    main = table[table["analysis"] == "main"].set_index("outcome")
    p_bh = benjamini_hochberg(main["p"])
    of_family = pd.Series(families).reindex(main.index)
    p_holm = main.groupby(of_family.to_numpy(), sort=False)["p"].transform(holm)
    p_primary = holm(main["p"].where(main.index.isin(primary)))
    silent = {"main", *OTHER_QUESTIONS, *no_vote}
    rows = []
    for outcome, row in main.iterrows():
        others = table[(table["outcome"] == outcome) & ~table["analysis"].isin(silent) & table["p"].notna()]
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
            verdict = "differs" if against else "holds" if clear else "nowhere"
        adjusted = [p_holm[outcome], p_primary[outcome], p_bh[outcome]]
        rows.append([outcome, row["unit"], row["p"], *adjusted, verdict, " ".join(against)])
    return VERDICTS.frame(rows)
