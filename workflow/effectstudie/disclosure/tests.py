"""The tests that belong to what is shown: of the same classes, and not so exact that they undo the treatment."""

import pandas as pd

from effectstudie.disclosure.values import Treated
from effectstudie.methods.counts import compare_counts
from effectstudie.shared.vocabulary import COMPARED


def treat_tests(tests: pd.DataFrame, treated: Treated, minimum_group: int, fisher_for: str) -> pd.DataFrame:
    """The tests without those of groups under `minimum_group` units, or of a percentage that is not shown.

    Where classes were merged, the groups are compared again on the merged classes (`fisher_for`: see
    `compare_counts`). `coarse`: only say below which bound p lies, because with what is shown an exact p of
    classes that are not shown would give their counts back.
    """
    blanked = treated.values["status"].isin(["group", "cell", "partner", "uniform"])
    # an F and its p give a blanked percentage back; of classes the coarse p stays
    small = treated.values[blanked & ((treated.values["cell"] == "") | (treated.values["status"] == "group"))]
    small_groups = set(zip(small["outcome"], small["group"], strict=True))
    pairs = tests[(tests["analysis"] == "paired_t") & (tests["n"] < minimum_group)]
    small_groups |= set(zip(pairs["outcome"], pairs["group"], strict=True))
    small_outcomes = {outcome for outcome, group in small_groups if group != "rest"}
    both = tests["group"].isna() | (tests["group"] == "")
    own = pd.Series(
        [pair in small_groups for pair in zip(tests["outcome"], tests["group"], strict=True)],
        index=tests.index,
        dtype=bool,
    )
    allowed = tests[~(both & tests["outcome"].isin(small_outcomes)) & ~own].reset_index(drop=True)
    of_compared = treated.counts["blanked"] & treated.counts["group"].isin(COMPARED)
    merged = allowed["outcome"].isin(list(treated.merged))
    allowed["coarse"] = merged | allowed["outcome"].isin(treated.counts.loc[of_compared, "outcome"])
    compared = merged & allowed["analysis"].isin(["chi_squared", "fisher_exact"])
    if compared.any():
        # read from a file, a column without any text is one of numbers and takes none
        allowed[["note", "reason"]] = allowed[["note", "reason"]].astype(object)
    for row in allowed.index[compared]:
        test = allowed.loc[row]
        cells = treated.counts[
            (treated.counts["outcome"] == test["outcome"]) & (treated.counts["wave"] == test["wave"])
        ]
        table = cells.pivot(index="group", columns="cell", values="count").reindex(COMPARED).fillna(0)
        found = compare_counts(table.astype(int).to_numpy().tolist(), fisher_for)
        shown = ["analysis", "value", "df1", "p", "effect_value", "n", "note", "reason"]
        allowed.loc[row, shown] = [
            found.analysis, found.statistic, found.df, found.p, found.cramers_v, found.n, found.note, found.reason
        ]  # fmt: skip
        allowed.loc[row, "coarse"] = bool(cells.loc[cells["group"].isin(COMPARED), "blanked"].any())
    return allowed
