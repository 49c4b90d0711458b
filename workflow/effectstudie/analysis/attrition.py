"""Who was lost to follow-up, whether the groups lost equally many, and how the lost differed at the start.

Persons of one household are tested as if they were independent. Results do not depend on the order of rows.
"""

from collections.abc import Mapping, Sequence
from math import nan, sqrt
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import ATTRITION
from effectstudie.methods.counts import compare_counts
from effectstudie.methods.rounding_error import largest, spread
from effectstudie.shared.vocabulary import COMPARED, UNITS, WAVES

Row = dict[str, Any]


def attrition_table(
    table: pd.DataFrame, outcomes: Mapping[str, Outcome], group_names: Sequence[str] = COMPARED
) -> pd.DataFrame:
    """Loss to follow-up in three kinds of rows (ATTRITION), empty or NaN where a column does not apply.

    `table`: groups.assign_groups. A unit is lost when it has `participation` at T0 and
    none at follow-up; units that were not there at T0 do not count. In the order of the result:

    `loss`, one row per kind of unit and group: `n` that took part at T0, `n_stayed`, `n_lost`, `percentage_lost`.
    `differential_loss`, one per kind of unit, without group: all groups together, and as `test` chi_squared (`chi2`,
    `df`) or, where an expected count is under 5, fisher_exact of lost x group, with its `p`.
    `baseline`, one per outcome (kind mean or percentage) and group: of the units with a value at T0, those who
    stayed against those who were lost: `n_stayed`, `n_lost`, means and standard deviations (n - 1) at T0; `smd` =
    (lost - stayed) / SD of all of them, of a percentage p the square root of p (100 - p); `test` welch_t with `t`,
    `df` (Welch-Satterthwaite) and `p`. Percentages are values of 0 and 100. NaN with a `note` where fewer than two
    stayed or were lost, or nothing varies.
    """
    mine = table[table["group"].isin(list(group_names)) & table["value"].notna()]
    started = _started(mine)
    rows = _loss_rows(started, group_names)
    lost = started.set_index(["unit", "unit_id"])["lost"].to_dict()
    for name, outcome in outcomes.items():
        if outcome.kind == "class" or WAVES[0] not in outcome.waves:
            continue
        chosen = (mine["outcome"] == name) & (mine["unit"] == outcome.unit) & (mine["wave"] == WAVES[0])
        for group in group_names:
            values = mine[chosen & (mine["group"] == group)]
            fate = [lost.get(key) for key in zip(values["unit"], values["unit_id"], strict=True)]
            numbers = values["value"].to_numpy(dtype=float)
            stayed, gone = (numbers[np.array([f == side for f in fate], dtype=bool)] for side in (False, True))
            absent = sum(f is None for f in fate)
            where = {"analysis": "baseline", "unit": outcome.unit, "outcome": name, "group": group}
            rows.append(where | _baseline(stayed, gone, absent, outcome.kind == "percentage"))
    return ATTRITION.typed(rows)


def _started(mine: pd.DataFrame) -> pd.DataFrame:
    """The units that took part at T0: unit, unit_id, group, lost."""
    part = mine[mine["outcome"] == "participation"]
    later = part[part["wave"] == WAVES[1]]
    followed = set(zip(later["unit"], later["unit_id"], strict=True))
    started = part.loc[part["wave"] == WAVES[0], ["unit", "unit_id", "group"]].drop_duplicates(["unit", "unit_id"])
    keys = zip(started["unit"], started["unit_id"], strict=True)
    return started.assign(lost=np.array([key not in followed for key in keys], dtype=bool))


def _loss_rows(started: pd.DataFrame, group_names: Sequence[str]) -> list[Row]:
    counts = {
        (unit, group): (int((~rows["lost"]).sum()), int(rows["lost"].sum()))
        for (unit, group), rows in started.groupby(["unit", "group"])
    }
    loss, differential = [], []
    for unit in UNITS:
        crossed = {group: counts.get((unit, group), (0, 0)) for group in group_names}
        for group, (stayed, gone) in crossed.items():
            note = "" if stayed + gone else "nobody took part at T0"
            loss.append({"analysis": "loss", "unit": unit, "group": group, "note": note} | _lost(stayed, gone))
        stayed, gone = (sum(side) for side in zip(*crossed.values(), strict=True))
        test = compare_counts(list(crossed.values()))
        notes = [f"nobody of {group} took part at T0" for group, both in crossed.items() if not sum(both)]
        if test.note and not notes:
            notes = ["everyone was lost" if gone else "nobody was lost"]
        tested = {} if test.note else {"test": test.analysis, "chi2": test.statistic, "df": test.df, "p": test.p}
        tested |= {"note": "; ".join(notes)}
        differential.append({"analysis": "differential_loss", "unit": unit} | _lost(stayed, gone) | tested)
    return loss + differential


def _lost(stayed: int, gone: int) -> Row:
    n = stayed + gone
    return {"n": n, "n_stayed": stayed, "n_lost": gone, "percentage_lost": 100 * gone / n if n else nan}


def _baseline(stayed: np.ndarray, gone: np.ndarray, absent: int, percentage: bool) -> Row:
    """Those who stayed against those who were lost; `absent`: values of units without participation at T0."""
    # sorted, so that a sum has the same last digit whatever the order of the rows
    sides = {"stayed": np.sort(stayed), "lost": np.sort(gone)}
    row: Row = {"n": len(stayed) + len(gone)}
    scale = largest(stayed, gone)
    for name, x in sides.items():
        row[f"n_{name}"] = len(x)
        row[f"mean_{name}"] = float(x.mean()) if len(x) else nan
        row[f"sd_{name}"] = spread(x, scale) if len(x) > 1 else nan
    notes = [f"{absent} values of units without participation at T0 are left out"] if absent else []
    who = {"stayed": "those who stayed", "lost": "those who were lost"}
    few = [name for name, x in sides.items() if len(x) < 2]
    still = [name for name in sides if row[f"sd_{name}"] == 0]
    if few:
        notes += [f"fewer than 2 of {who[name]} have a value at T0" for name in few]
    elif len(still) == 2:
        notes.append("all values at T0 are equal among those who stayed and among those who were lost")
    else:
        row |= _welch(row) | {"smd": _size(np.sort(np.concatenate([stayed, gone])), row, percentage)}
        notes += [f"all values at T0 are equal among {who[name]}: the spread is too small" for name in still]
    return row | {"note": "; ".join(notes)}


def _welch(row: Row) -> Row:
    """Welch's (1947) t with Satterthwaite's df."""
    n1, n2, sd1, sd2 = (row[name] for name in ("n_stayed", "n_lost", "sd_stayed", "sd_lost"))
    difference = row["mean_stayed"] - row["mean_lost"]
    v1, v2 = sd1**2 / n1, sd2**2 / n2
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    t = difference / sqrt(v1 + v2)
    return {"test": "welch_t", "t": t, "df": df, "p": float(2 * stats.t.sf(abs(t), df))}


def _size(everyone: np.ndarray, row: Row, percentage: bool) -> float:
    """How far the lost are from those who stayed, in standard deviations of all of the group at T0."""
    mean = float(everyone.mean())
    sd = sqrt(mean * (100 - mean)) if percentage else spread(everyone, largest(everyone))
    return (row["mean_lost"] - row["mean_stayed"]) / sd
