"""Small cells: what may be shown of a descriptives table.

Order of treatment: rare classes are merged as declared; then cells from 1 to `minimum_cell` − 1 are blanked
together with as many other cells of the same group as it takes to keep a subtraction from giving them back;
figures of groups smaller than `minimum_group` are blanked altogether. Everything downstream (tables,
figures, alternative texts, sentences) reads the treated values and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from effectstudie.errors import InputError
from effectstudie.formats import rounded

# Standardised differences from here on are shown as "this or more".
DIFFERENCE_LIMIT = 1.2
# From this share of a group's total in one unit on, the spread of the group is not shown.
LARGEST_SHARE = 0.5
VALUES = ["count", "value", "sd", "ci_low", "ci_high"]


@dataclass(frozen=True)
class Treated:
    """What may be shown.

    `values`: one row per outcome, cell, group and wave, with `outcome, cell, label, unit, group, wave, n, count,
    value, sd, ci_low, ci_high, status`. `cell` is empty for means and percentages; `value` is the mean or the
    percentage (0–100). A blanked row has no figures; its `status` says why: `cell` (count too small), `partner`
    (would give a small cell back), `uniform` (everybody in one class), `group` (group too small), `size` (size
    of the group is itself a small count).
    All figures are rounded as they are printed: from more digits a small count can be worked out.
    `merged`: class outcome → labels of the classes that were made by merging.
    `counts`: what the tests of shown classes need and nobody sees: `outcome, cell, group, wave, count, blanked`.
    """

    values: pd.DataFrame
    merged: dict[str, list[str]]
    counts: pd.DataFrame

    def suppressed(self) -> pd.DataFrame:
        """The blanked rows: `outcome, cell, label, unit, group, wave, status`."""
        columns = ["outcome", "cell", "label", "unit", "group", "wave", "status"]
        return self.values.loc[self.values["status"] != "", columns].reset_index(drop=True)


def blank_cells(counts: Sequence[int], minimum_cell: int) -> list[str]:
    """Status per class of one group: `""`, `cell`, `partner` or `uniform`.

    A blanked set has at least two cells and holds at least `minimum_cell` units, so that group size minus the
    cells shown gives nobody away. Zeros stay, unless they say that all units are in the one remaining class.
    `minimum_cell` 1: nothing is blanked.
    """
    if minimum_cell == 1:
        return [""] * len(counts)
    status = ["cell" if 0 < count < minimum_cell else "" for count in counts]
    if sum(count > 0 for count in counts) == 1 and len(counts) > 1:
        return ["uniform"] * len(counts)
    if not any(status):
        return status
    others = sorted((count, place) for place, count in enumerate(counts) if count >= minimum_cell)
    for _, place in others:
        blanked = [count for count, mark in zip(counts, status, strict=True) if mark]
        if len(blanked) >= 2 and sum(blanked) >= minimum_cell:
            break
        status[place] = "partner"
    return status


def merge_plan(counts: pd.DataFrame, merges: Sequence[Mapping], minimum_cell: int) -> list[tuple[list[int], str, str]]:
    """Which classes are shown together: a list of (codes, id, label), in the order of the codes.

    `counts`: one row per group and wave, one column per code. `merges`: declared `{codes, id, label}`, tried in
    order; one is carried out where a cell that it covers is small in any row.
    """
    shown: dict[tuple[int, ...], tuple[str, str]] = {(code,): ("", "") for code in counts.columns}
    for merge in merges:
        covered = [codes for codes in shown if set(codes) <= set(merge["codes"])]
        sums = pd.concat([counts[list(codes)].sum(axis=1) for codes in covered], axis=1)
        if len(covered) > 1 and ((sums > 0) & (sums < minimum_cell)).any(axis=None):
            for codes in covered:
                del shown[codes]
            shown[tuple(sorted(merge["codes"]))] = (merge["id"], merge["label"])
    return [(list(codes), *shown[codes]) for codes in sorted(shown)]


def treat(
    descriptives: pd.DataFrame, outcomes: Mapping[str, Mapping], minimum_cell: int, minimum_group: int
) -> Treated:
    """Treat a descriptives table (contract of `descriptives.csv`) by the definitions in `outcomes`.

    Rows whose outcome is not defined are left out, apart from `participation` (group sizes). Raises InputError
    where the percentages of the known classes do not add up to 100.
    """
    parts, merged = [], {}
    for outcome, definition in outcomes.items():
        if definition["kind"] == "class":
            rows, merged[outcome] = _class_rows(descriptives, outcome, definition, minimum_cell)
        else:
            rows = _plain_rows(descriptives, outcome, definition, minimum_cell)
        parts.append(rows)
    parts.append(_participation(descriptives))
    values = pd.concat([part for part in parts if len(part)], ignore_index=True)
    too_small = (values["n"] < minimum_group) & (values["outcome"] != "participation")
    values.loc[too_small, "status"] = "group"
    small_size = values["n"].between(1, minimum_cell - 1)
    values.loc[small_size & ~too_small, "status"] = "size"
    values.loc[small_size, "n"] = float("nan")
    counts = values.loc[values["cell"] != "", ["outcome", "cell", "group", "wave", "count"]]
    counts = counts.assign(blanked=values["status"] != "").reset_index(drop=True)
    values.loc[values["status"] != "", VALUES] = float("nan")
    decimals = values["outcome"].map({outcome: definition["decimals"] for outcome, definition in outcomes.items()})
    for column in VALUES[1:]:
        values[column] = [_rounded(value, places) for value, places in zip(values[column], decimals, strict=True)]
    return Treated(values, {outcome: labels for outcome, labels in merged.items() if labels}, counts)


def _rounded(value: float, decimals: float) -> float:
    return value if pd.isna(value) or pd.isna(decimals) else float(rounded(value, int(decimals)))


def cap_differences(balance: pd.DataFrame) -> pd.DataFrame:
    """A balance table with `smd` within ±`DIFFERENCE_LIMIT` and without the means.

    A yes/no covariate that nearly all or nearly none have gets a huge difference, from which its share, and
    with the group's size the small count, could be worked out; so it could from more than the two decimals that
    are printed.
    """
    capped = balance["smd"].clip(-DIFFERENCE_LIMIT, DIFFERENCE_LIMIT)
    shown = balance[["covariate", "level", "sample", "variance_ratio"]].assign(smd=capped)
    for column in ("variance_ratio", "smd"):
        shown[column] = [_rounded(value, 2) for value in shown[column]]
    return shown


def _row(source: Mapping, outcome: str, cell: str, label: str, count: float, value: float) -> dict:
    return {
        "outcome": outcome,
        "cell": cell,
        "label": label,
        "unit": source["unit"],
        "group": source["group"],
        "wave": source["wave"],
        "n": source["n"],
        "count": count,
        "value": value,
        "sd": source["sd"] if not cell else float("nan"),
        "ci_low": source["ci_low"] if not cell else float("nan"),
        "ci_high": source["ci_high"] if not cell else float("nan"),
        "status": "",
    }


def _count(percentage: float, n: float) -> int:
    return round(percentage * n / 100) if pd.notna(percentage) and n else 0


def _class_rows(
    descriptives: pd.DataFrame, outcome: str, definition: Mapping, minimum_cell: int
) -> tuple[pd.DataFrame, list[str]]:
    ids = {f"{outcome}.{entry['id']}": code for code, entry in definition["classes"].items()}
    own = descriptives[descriptives["outcome"].isin(ids) & (descriptives["n"] > 0)]
    keyed = own.assign(
        code=own["outcome"].map(ids),
        count=[_count(mean, n) for mean, n in zip(own["mean"], own["n"], strict=True)],
    )
    counts = keyed.pivot_table(index=["group", "wave"], columns="code", values="count", aggfunc="sum")
    counts = counts.reindex(columns=sorted(ids.values())).fillna(0).astype(int)
    plan = merge_plan(counts, definition.get("merge", []), minimum_cell) if len(counts) else []
    rows = []
    for (group, wave), line in counts.iterrows():
        part = keyed[(keyed["group"] == group) & (keyed["wave"] == wave)]
        if abs(part["mean"].sum() - 100) > 0.5:
            raise InputError(
                [
                    f"Descriptives: the classes of {outcome} in group {group} at {wave} add up to "
                    f"{part['mean'].sum():.1f} instead of 100; allowed are {', '.join(ids)}. Check its classes."
                ]
            )
        source = part.iloc[0]
        sums = [int(line[codes].sum()) for codes, _, _ in plan]
        for (codes, name, label), count, status in zip(plan, sums, blank_cells(sums, minimum_cell), strict=True):
            entry = {"id": name, "label": label} if name else definition["classes"][codes[0]]
            row = _row(source, outcome, entry["id"], entry["label"], count, 100 * count / source["n"])
            rows.append({**row, "status": status})
    return pd.DataFrame(rows), [label for _, name, label in plan if name]


def _plain_rows(descriptives: pd.DataFrame, outcome: str, definition: Mapping, minimum_cell: int) -> pd.DataFrame:
    rows = []
    for source in descriptives[descriptives["outcome"] == outcome].to_dict("records"):
        percentage = definition["kind"] == "percentage"
        count = _count(source["mean"], source["n"]) if percentage else float("nan")
        row = _row(source, outcome, "", definition["label"], count, source["mean"])
        if not percentage and minimum_cell > 1 and _largest_share(source) > LARGEST_SHARE:
            row |= dict.fromkeys(["sd", "ci_low", "ci_high"], float("nan"))
        if percentage and count:
            row["status"] = blank_cells([count, int(source["n"]) - count], minimum_cell)[0]
        rows.append(row)
    return pd.DataFrame(rows)


def _largest_share(source: Mapping) -> float:
    """A share of the sum of all values that the largest one has at least, by size, mean and SD alone.

    The mean and the SD of a group in which one value outweighs the others give that value away. Values are
    taken to be 0 or more: the largest is at least the sum of squares divided by the sum.
    """
    total = source["n"] * source["mean"]
    if not total > 0 or pd.isna(source["sd"]):
        return 0.0
    squares = (source["n"] - 1) * source["sd"] ** 2 + source["n"] * source["mean"] ** 2
    return squares / total**2


def _participation(descriptives: pd.DataFrame) -> pd.DataFrame:
    own = descriptives[descriptives["outcome"] == "participation"].to_dict("records")
    return pd.DataFrame([_row(row, "participation", "", "deelnemers", float("nan"), row["n"]) for row in own])
