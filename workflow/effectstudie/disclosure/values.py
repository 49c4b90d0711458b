"""Small cells: what may be shown of a descriptives table.

Order of treatment: rare classes are merged as declared; then cells from 1 to `minimum_cell` − 1 are blanked
together with as many other cells of the same group as it takes to keep a subtraction from giving them back;
figures of groups smaller than `minimum_group` are blanked altogether. Everything downstream (tables,
figures, alternative texts, sentences) reads the treated values and nothing else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from effectstudie.definitions.outcomes import Outcome, OutcomeClass
from effectstudie.disclosure.cells import blank_cells, merge_plan
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.relations import of_few_questions
from effectstudie.shared.errors import InputError
from effectstudie.shared.formats import rounded
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import COMPARED

# From this share of a group's total in one unit on, neither the mean nor the spread of the group is shown.
LARGEST_SHARE = 0.5

VALUES = ["count", "value", "sd", "ci_low", "ci_high"]
PLACE = ["outcome", "group", "wave"]


@dataclass(frozen=True)
class Treated:
    """What may be shown.

    `values`: one row per outcome, cell, group and wave, with `outcome, cell, label, unit, group, wave, n, count, value,
    sd, ci_low, ci_high, status, bound, bound_value`. `cell` is empty for means and percentages; `value` is the mean or
    the percentage (0–100). A blanked row has no figures; its `status` says why: `cell` (count too small), `partner`
    (would give a small cell back), `uniform` (everybody in one class, or with the same score), `few` (a mean that a few
    people make), `group` (group too small), `size` (size of the group is itself a small count).
    All figures are rounded as they are printed: from more digits a small count can be worked out.
    `bound`: of a percentage that is hidden because few are on one side, `fewer` or `more` than `bound_value`, a whole
    percentage (`percentage_bound`); it says no more than that the count is small, which the reason says too.
    `merged`: class outcome → labels of the classes that were made by merging. `together`: `outcome, group, wave, label,
    bound_value`: where few are in a class, more than which percentage is in the others together, if they have a name.
    """

    values: pd.DataFrame
    merged: dict[str, list[str]]
    together: pd.DataFrame

    def suppressed(self) -> pd.DataFrame:
        """The blanked rows: `outcome, cell, label, unit, group, wave, status`."""
        columns = ["outcome", "cell", "label", "unit", "group", "wave", "status"]
        return self.values.loc[self.values["status"] != "", columns].reset_index(drop=True)


def treat(
    descriptives: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    minimum_cell: int,
    minimum_group: int,
    withheld: Collection[str] = (),
) -> Treated:
    """Treat a descriptives table (contract of `descriptives.csv`) by the definitions of its outcomes.

    `withheld`: keys of sizes and values that would give others away (`audit`), hidden as partners.

    Rows whose outcome is not defined are left out, apart from `participation` (group sizes). Raises InputError
    where the percentages of the known classes do not add up to 100.
    """
    parts, merged, together = [], {}, []
    for name, outcome in outcomes.items():
        if outcome.kind == "class":
            rows, merged[name], others = _class_rows(descriptives, outcome, minimum_cell)
            together += others
        else:
            rows = _plain_rows(descriptives, outcome, minimum_cell)
        parts.append(rows)
    parts.append(_participation(descriptives))
    values = pd.concat([part for part in parts if len(part)], ignore_index=True)
    values = _without(values, withheld, Limits(minimum_cell, minimum_group))
    few = of_few_questions(descriptives, outcomes, minimum_cell)
    places = pd.Series([place in few for place in zip(*(values[name] for name in PLACE), strict=True)], dtype=bool)
    values.loc[places & values["status"].eq(""), "status"] = "partner"
    too_small = (values["n"] < minimum_group) & (values["outcome"] != "participation")
    values.loc[too_small, "status"] = "group"
    small_size = values["n"].between(1, minimum_cell - 1)
    values.loc[small_size & ~too_small, "status"] = "size"
    values.loc[small_size, "n"] = float("nan")
    values.loc[values["status"] != "", VALUES] = float("nan")
    values.loc[values["status"].isin(["group", "size"]), ["bound", "bound_value"]] = ["", float("nan")]
    decimals = values["outcome"].map({name: outcome.decimals for name, outcome in outcomes.items()})
    for column in VALUES[1:]:
        values[column] = [
            rounded_or_missing(value, places) for value, places in zip(values[column], decimals, strict=True)
        ]
    columns = ["outcome", "group", "wave", "n", "label", "bound_value"]
    large = pd.DataFrame(together, columns=columns).query("n >= @minimum_group").drop(columns="n")
    return Treated(values, {name: labels for name, labels in merged.items() if labels}, large.reset_index(drop=True))


def key_of(row: Mapping) -> str:
    """What `audit` calls a published value, or a size where the row tells how many took part."""
    if row["outcome"] == "participation":
        moment = {"T0": "t0", "follow_up": "follow_up"}[row["wave"]]
        return f"size/{moment}/{row['unit']}/{row['group']}"
    return f"value/{row['outcome']}/{row['cell']}/{row['group']}/{row['wave']}"


def answered_key(outcome: Outcome, group: str, wave: str) -> str:
    """What `audit` calls the numbers of people that outcomes of the same people are of: nearly all who took part."""
    return f"answered/{'youth' if outcome.of_youth else outcome.unit}/{group}/{wave}"


def hidden_at(values: pd.DataFrame, wave: str) -> set[str]:
    """Outcomes of which the number of everyone of a compared group, or of a class in it, is hidden at a measurement."""
    own = values[values["wave"].eq(wave) & values["group"].isin(COMPARED) & values["value"].isna()]
    return set(own["outcome"]) - {"participation"}


def everyone_is_shown(table: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """Of which rows of a table (outcome, group, wave) the mean or percentage of everyone is shown in `values`."""
    shown = values[values["value"].notna()]
    seen = set(zip(shown["outcome"], shown["group"], shown["wave"], strict=True))
    places = zip(table["outcome"], table["group"], table["wave"], strict=True)
    return pd.Series([place in seen for place in places], table.index, dtype=bool)


def without_sizes(values: pd.DataFrame, outcomes: Mapping[str, Outcome], withheld: Collection[str]) -> pd.DataFrame:
    """The values without of how many people they are, where that would tell a size that is withheld.

    Nor is their spread told: a mean, an SD and an interval or a test leave one size.
    """
    hide = [
        row.outcome in outcomes and answered_key(outcomes[row.outcome], row.group, row.wave) in withheld
        for row in values.itertuples()
    ]
    hidden = pd.Series(hide, values.index, dtype=bool)
    return values.assign(**{name: values[name].mask(hidden) for name in ("n", "sd", "ci_low", "ci_high")})


def without_everyone(values: pd.DataFrame, outcomes: Collection[str]) -> pd.DataFrame:
    """The values without those of everyone of these outcomes, of which only those with both measurements are told."""
    hide = values["outcome"].isin(list(outcomes)) & values["status"].eq("")
    treated = values.copy()
    treated.loc[hide, VALUES] = float("nan")
    treated.loc[hide, "status"] = "partner"
    return treated


def without_intervals(table: pd.DataFrame, outcomes: Collection[str]) -> pd.DataFrame:
    """Values or levels without the intervals of these outcomes: that of a percentage tells of how many people it is."""
    own = table["outcome"].isin(list(outcomes))
    return table.assign(**{name: table[name].mask(own) for name in table if name.startswith(("ci_low", "ci_high"))})


def with_rounded_sizes(values: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """The values with of how many people they are as it is printed (`Limits.down`), and with `share` for `count`: the
    percentage with all its digits, for sums of classes.

    Two exact sizes of the same answers tell what those are like of whom one is unknown: a class that one answer
    settles, beside the total. Of what is hidden it is not told at all.
    """
    if limits.hide_nothing:
        n = values["n"]
    else:
        seen = values["value"].notna().groupby([values[name] for name in PLACE]).transform("any")
        n = values["n"].where(values["outcome"].eq("participation"), values["n"].map(limits.down).where(seen))
    return values.assign(n=n, share=100 * values["count"] / values["n"]).drop(columns="count")


def _without(values: pd.DataFrame, withheld: Collection[str], limits: Limits) -> pd.DataFrame:
    """Values and sizes that are withheld, as partners of what they would tell. Of a follow-up that is hidden because
    few were lost it may be said that it is more than the first measurement without these; of one of a small
    group at first (`Limits.tells_apart`) it is not said that it is small, nor that few were lost.
    """
    rows = values.to_dict("records")
    first = {(row["unit"], row["group"]): row["n"] for row in rows if key_of(row).startswith("size/t0/")}
    for row in rows:
        key = key_of(row)
        later = key.startswith("size/follow_up/")
        before = first.get((row["unit"], row["group"]), float("nan"))
        either = later and limits.tells_apart(before)
        if row["status"] or not (key in withheld or either and limits.is_small(row["n"])):
            continue
        row["status"] = "partner"
        if row["outcome"] == "participation":
            if later and not either and limits.is_small(before - row["n"]):
                row |= {"bound": "more", "bound_value": before - limits.minimum_cell}
            row["n"] = float("nan")
    return pd.DataFrame(rows, columns=values.columns)


def percentage_bound(count: int, n: int, minimum_cell: int) -> tuple[str, float]:
    """What may be said of a percentage of which few say yes, or few say no: `fewer` or `more`, and a whole percentage.

    Every count under `minimum_cell` has the same bound. `("", nan)` where neither side is small, or the bound would
    say nothing: 100% or more is no bound.
    """
    edge = ceil(100 * minimum_cell / n) if n else 100
    if edge >= 50:
        return "", float("nan")
    return (
        ("fewer", float(edge))
        if count < minimum_cell
        else ("more", float(100 - edge))
        if n - count < minimum_cell
        else ("", float("nan"))
    )


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
        "bound": "",
        "bound_value": float("nan"),
    }


def _count(percentage: float, n: float) -> int:
    return round(percentage * n / 100) if pd.notna(percentage) and n else 0


def _class_rows(
    descriptives: pd.DataFrame, outcome: Outcome, minimum_cell: int
) -> tuple[pd.DataFrame, list[str], list[tuple]]:
    ids = {f"{outcome.id}.{known.id}": code for code, known in outcome.classes.items()}
    own = descriptives[descriptives["outcome"].isin(ids) & (descriptives["n"] > 0)]
    keyed = own.assign(
        code=own["outcome"].map(ids),
        count=[_count(mean, n) for mean, n in zip(own["mean"], own["n"], strict=True)],
    )
    counts = keyed.pivot_table(index=["group", "wave"], columns="code", values="count", aggfunc="sum")
    counts = counts.reindex(columns=sorted(ids.values())).fillna(0).astype(int)
    plan = merge_plan(counts, outcome.merge, minimum_cell) if len(counts) else []
    rows, together = [], []
    for (group, wave), line in counts.iterrows():
        part = keyed[(keyed["group"] == group) & (keyed["wave"] == wave)]
        if abs(part["mean"].sum() - 100) > 0.5:
            raise InputError(
                [
                    say(
                        "Descriptives: the classes of {outcome} in group {group} at {wave} add up to {total:.1f} "
                        "instead of 100; allowed are {classes}. Check its classes.",
                        outcome=outcome.id,
                        group=group,
                        wave=wave,
                        total=part["mean"].sum(),
                        classes=list(ids),
                    )
                ]
            )
        source = part.iloc[0]
        sums = [int(line[codes].sum()) for codes, _, _ in plan]
        for (codes, name, label), count, status in zip(plan, sums, blank_cells(sums, minimum_cell), strict=True):
            known = OutcomeClass(name, label) if name else outcome.classes[codes[0]]
            row = _row(source, outcome.id, known.id, known.label, count, 100 * count / source["n"])
            kind, edge = percentage_bound(count, int(source["n"]), minimum_cell) if status else ("", float("nan"))
            rows.append({**row, "status": status, "bound": kind, "bound_value": edge})
        n = int(source["n"])
        for merge in outcome.merge:
            apart = n - int(line[[code for code in line.index if code in merge.codes]].sum())
            kind, edge = percentage_bound(n - apart, n, minimum_cell)
            hidden = any(row["status"] for row in rows[-len(plan) :])
            if hidden and kind == "more" and any(codes and not set(codes) & set(merge.codes) for codes, _, _ in plan):
                together.append((outcome.id, group, wave, n, merge.label, edge))
    return pd.DataFrame(rows), [label for _, name, label in plan if name], together


def _plain_rows(descriptives: pd.DataFrame, outcome: Outcome, minimum_cell: int) -> pd.DataFrame:
    rows = []
    for source in descriptives[descriptives["outcome"] == outcome.id].to_dict("records"):
        percentage = outcome.kind == "percentage"
        count = _count(source["mean"], source["n"]) if percentage else float("nan")
        row = _row(source, outcome.id, "", outcome.label, count, source["mean"])
        if not percentage and of_few(source, minimum_cell):
            row["status"] = "few"
        if not percentage and all_alike(source, outcome.decimals, minimum_cell):
            row["status"] = "uniform"
        if percentage and count:
            row["status"] = blank_cells([count, int(source["n"]) - count], minimum_cell)[0]
            if row["status"]:
                row["bound"], row["bound_value"] = percentage_bound(count, int(source["n"]), minimum_cell)
        rows.append(row)
    return pd.DataFrame(rows)


def of_few(source: Mapping, minimum_cell: int) -> bool:
    """Whether a mean is made by a few: one value outweighs the others, or of whole numbers few can be above zero."""
    if minimum_cell == 1 or pd.isna(source["mean"]):
        return False
    total = round(source["n"] * source["mean"], 6)
    return 0 < total < minimum_cell or largest_share(source) > LARGEST_SHARE


def all_alike(source: Mapping, decimals: int, minimum_cell: int) -> bool:
    """Whether a mean is the score of everybody: its SD is 0, or is printed so."""
    known = minimum_cell > 1 and pd.notna(source["mean"]) and pd.notna(source["sd"])
    return bool(known and rounded(source["sd"], decimals) == 0)


def largest_share(source: Mapping) -> float:
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
