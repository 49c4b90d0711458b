"""How certain the outcomes are, as far as it may be shown: other analyses, risk at the start, those who were lost."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.cells import blank_cells
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Conclusion
from effectstudie.shared.vocabulary import COMPARED, UNITS

NAN = float("nan")


def visible(sensitivity: pd.DataFrame, shown: Collection[str], minimum_group: int) -> pd.DataFrame:
    """The analyses that may be shown: of outcomes in `shown`, with enough units in either group."""
    enough = sensitivity["n_smallest"] >= minimum_group
    found = sensitivity[sensitivity["outcome"].isin(shown) & enough & sensitivity["p"].notna()]
    return found[["outcome", "analysis", "value", "ci_low", "ci_high", "p"]]


def conclusions(analyses: pd.DataFrame, verdicts: pd.DataFrame) -> dict[str, Conclusion]:
    """Of the outcomes with a main analysis in `analyses` (`visible`): what the other analyses there say of it."""
    judged = set(analyses.loc[analyses["analysis"] == "main", "outcome"])
    found = {}
    for row in verdicts[verdicts["outcome"].isin(judged)].itertuples():
        seen = {*analyses.loc[analyses["outcome"] == row.outcome, "analysis"], "holm", "benjamini_hochberg"}
        names = row.against.split() if isinstance(row.against, str) else []
        found[row.outcome] = Conclusion(row.p_holm, row.p_bh, tuple(name for name in names if name in seen))
    return found


def by_risk(
    moderation: pd.DataFrame, cells: pd.DataFrame, shown: Sequence[str], outcomes: Mapping[str, Mapping], limits: Limits
) -> pd.DataFrame:
    """Change of households with and without accumulated risk at T0, of outcomes of which all four cells are large.

    With the size of its group, known from elsewhere, one cell would give the other away. A change of a percentage that
    few people make is hidden.
    """
    p = moderation.set_index(["outcome", "effect"])["p"]
    rows = []
    for outcome in shown:
        own = cells[cells["outcome"] == outcome]
        if len(own) < 4 or (own["n"] < limits.minimum_group).any():
            continue
        tests = {"p_risk": p.get((outcome, "risk"), NAN), "p_both": p.get((outcome, "group_x_risk"), NAN)}
        for row in own.sort_values(["group", "risk"], ascending=[True, False]).itertuples():
            moved = round(abs(row.change) * row.n / 100) if outcomes[outcome]["kind"] == "percentage" else 0
            change = NAN if limits.is_small(moved) else row.change
            rows.append((outcome, row.group, row.risk, row.n, change, *tests.values()))
    return pd.DataFrame(rows, columns=["outcome", "group", "risk", "n", "change", "p_risk", "p_both"])


def losses(attrition: pd.DataFrame, minimum_cell: int) -> pd.DataFrame:
    """Percentage of the participants at T0 without follow-up, and p of the difference where both may be shown."""
    loss = attrition[attrition["analysis"] == "loss"].set_index(["unit", "group"])
    tested = attrition[attrition["analysis"] == "differential_loss"].set_index("unit")["p"]
    rows = []
    for unit in (unit for unit in UNITS if unit in loss.index.get_level_values("unit")):
        shares = []
        for group in COMPARED:
            row = loss.loc[(unit, group)]
            # that nobody was lost says something of everyone
            hidden = blank_cells([int(row["n_lost"]), int(row["n_stayed"])], minimum_cell)[0] if row["n"] else "cell"
            shares.append(NAN if hidden else row["percentage_lost"])
        p = tested.get(unit, NAN) if all(share == share for share in shares) else NAN
        rows += [(unit, group, share, p) for group, share in zip(COMPARED, shares, strict=True)]
    return pd.DataFrame(rows, columns=["unit", "group", "percentage_lost", "p"])


def lost_at_start(attrition: pd.DataFrame, shown: Collection[str], minimum_group: int) -> pd.DataFrame:
    """Comparisons at T0, within a group, of those who stayed and those who were lost, where both are many."""
    own = attrition[(attrition["analysis"] == "baseline") & attrition["outcome"].isin(shown) & attrition["p"].notna()]
    enough = own[(own["n_stayed"] >= minimum_group) & (own["n_lost"] >= minimum_group)]
    return enough[["outcome", "group", "p"]].reset_index(drop=True)
