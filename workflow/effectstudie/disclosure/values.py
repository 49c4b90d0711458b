"""Small cells: what may be shown of a descriptives table.

Order of treatment: rare classes are merged as declared; then cells from 1 to `minimum_cell` − 1 are blanked
together with as many other cells of the same group as it takes to keep a subtraction from giving them back;
figures of groups smaller than `minimum_group` are blanked altogether. Everything downstream (tables,
figures, alternative texts, sentences) reads the treated values and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from effectstudie.disclosure.cells import blank_cells, merge_plan
from effectstudie.shared.errors import InputError
from effectstudie.shared.formats import rounded

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
        values[column] = [
            rounded_or_missing(value, places) for value, places in zip(values[column], decimals, strict=True)
        ]
    return Treated(values, {outcome: labels for outcome, labels in merged.items() if labels}, counts)


def rounded_or_missing(value: float, decimals: float) -> float:
    return value if pd.isna(value) or pd.isna(decimals) else float(rounded(value, int(decimals)))


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
    return pd.DataFrame([_row(row, "participation", "", "", float("nan"), row["n"]) for row in own])
