"""Levels of those with both measurements, as far as they may be shown beside those of everyone."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.cells import blank_cells, merge_plan
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.values import LARGEST_SHARE, VALUES, largest_share, percentage_bound, rounded_or_missing
from effectstudie.shared.vocabulary import COMPARED, ENDS

NAN = float("nan")
_SPREAD = ("sd", "ci_low", "ci_high")


def with_merged(levels: pd.DataFrame, outcomes: Mapping[str, Outcome], minimum_cell: int) -> pd.DataFrame:
    """LEVELS, behind which the classes that are shown as one."""
    return pd.concat([levels, *_merged(levels, outcomes, minimum_cell)], ignore_index=True)


def shown_levels(
    levels: pd.DataFrame, outcomes: Mapping[str, Outcome], limits: Limits, withheld: Collection[str] = ()
) -> pd.DataFrame:
    """LEVELS with `bound_<end>` and `bound_value_<end>`, of groups that are large enough, rounded as printed.

    A percentage that few share, or nearly all, is a bound (`percentage_bound`). With one end hidden so is the change.
    `levels`: LEVELS as measured, `with_merged`; `withheld`: keys `level/<outcome>/<group>` that would give others away.
    """
    rows, known = [], set(levels["outcome"])
    inside = {
        f"{name}.{outcome.classes[code].id}"
        for name, outcome in outcomes.items()
        for merge in outcome.merge
        if f"{name}.{merge.id}" in known
        for code in merge.codes
    }
    # of classes that are shown as one, none by itself: the others would give it back
    for row in levels[(levels["n"] >= limits.minimum_group) & ~levels["outcome"].isin(inside)].to_dict("records"):
        outcome = outcomes[row["outcome"].partition(".")[0]]  # behind the dot: the class of a class outcome
        shown = dict(row)
        for end in ENDS.values():
            shown |= _end(row, end, outcome, limits)
            if f"level/{row['outcome']}/{row['group']}" in withheld:
                shown |= dict.fromkeys((f"{name}_{end}" for name in ("mean", *_SPREAD)), NAN) | _unbound(end)
        if any(pd.isna(shown[f"mean_{end}"]) for end in ENDS.values()):
            shown |= dict.fromkeys(("change", "ci_low_change", "ci_high_change"), NAN)
        numbers = [name for name in shown if name.startswith(("mean", "sd", "ci", "change"))]
        shown |= {name: rounded_or_missing(shown[name], outcome.decimals) for name in numbers}
        rows.append(shown)
    bounds = [f"{name}_{end}" for end in ENDS.values() for name in ("bound", "bound_value")]
    return pd.DataFrame(rows, columns=[*levels.columns, *bounds])


def _merged(levels: pd.DataFrame, outcomes: Mapping[str, Outcome], minimum_cell: int) -> Iterator[pd.DataFrame]:
    """Rows of the classes that are shown as one, by the outcome's own merges (`merge_plan`)."""
    for name, outcome in outcomes.items():
        if outcome.kind != "class" or not outcome.merge:
            continue
        codes = {f"{name}.{known.id}": code for code, known in outcome.classes.items()}
        own = levels[levels["outcome"].isin(codes) & levels["n"].gt(0)]
        shares = {end: own.assign(code=own["outcome"].map(codes)).pivot(
            index="group", columns="code", values=f"mean_{end}") for end in ENDS.values()}  # fmt: skip
        sizes = own.groupby("group")["n"].first()
        if sizes.empty:
            continue
        counts = pd.concat([share.mul(sizes, axis=0).div(100).round().astype(int) for share in shares.values()])
        for merged, class_id, _ in merge_plan(counts, outcome.merge, minimum_cell):
            if class_id:
                rows = [
                    {"outcome": f"{name}.{class_id}", "unit": outcome.unit, "group": group, "n": sizes[group]}
                    | {f"mean_{end}": share.loc[group, merged].sum() for end, share in shares.items()}
                    for group in sizes.index
                ]
                yield pd.DataFrame(rows, columns=levels.columns)


def _end(row: Mapping, end: str, outcome: Outcome, limits: Limits) -> dict[str, object]:
    """What changes at one end: a bound instead of a small percentage, no spread that gives one large value away."""
    mean, n = row[f"mean_{end}"], int(row["n"])
    plain = _unbound(end)
    if pd.isna(mean):
        return plain
    if outcome.kind == "mean":
        known = {"n": n, "mean": mean, "sd": row[f"sd_{end}"]}
        hides = not limits.hide_nothing and largest_share(known) > LARGEST_SHARE
        return plain | (dict.fromkeys((f"{name}_{end}" for name in _SPREAD), NAN) if hides else {})
    count = round(mean * n / 100)
    if not count or not blank_cells([count, n - count], limits.minimum_cell)[0]:
        return plain
    kind, edge = percentage_bound(count, n, limits.minimum_cell)
    hidden = dict.fromkeys((f"{name}_{end}" for name in ("mean", *_SPREAD)), NAN)
    return hidden | {f"bound_{end}": kind, f"bound_value_{end}": edge}


def _unbound(end: str) -> dict[str, object]:
    return {f"bound_{end}": "", f"bound_value_{end}": NAN}


def without_differences(values: pd.DataFrame, levels: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """The values of everyone without those that, beside the levels of the pairs, give a few people away.

    Everyone minus those with both measurements is those with one. A value goes where these are too few for a mean, and
    a percentage also where few of them say yes or no, or all of them yes. Of classes all go, for the others give one
    back. `values`: see `Treated`; `levels`: LEVELS as measured, `with_merged`.
    """
    if limits.hide_nothing:
        return values
    paired = levels.set_index(["outcome", "group"])
    gives = pd.Series([_gives_away(row, paired, limits) for row in values.to_dict("records")], values.index, bool)
    hide = gives.groupby([values[name] for name in ("outcome", "group", "wave")]).transform("any")
    hide &= values["status"].eq("")
    treated = values.copy()
    treated.loc[hide, VALUES] = NAN
    treated.loc[hide, "status"] = "partner"
    return treated


def _gives_away(row: Mapping, paired: pd.DataFrame, limits: Limits) -> bool:
    key = (f"{row['outcome']}.{row['cell']}" if row["cell"] else row["outcome"], row["group"])
    if row["group"] not in COMPARED or row["status"] or key not in paired.index or pd.isna(row["n"]):
        return False
    pair = paired.loc[key]
    if pair["n"] < limits.minimum_group:
        return False
    left = row["n"] - pair["n"]
    if 0 < left < limits.minimum_group:
        return True
    if left == 0 or pd.isna(row["count"]):
        return False
    yes = row["count"] - round(pair[f"mean_{ENDS[row['wave']]}"] * pair["n"] / 100)
    return bool(yes and blank_cells([yes, left - yes], limits.minimum_cell)[0])


def shown_follow_up_waves(table: pd.DataFrame, limits: Limits, withheld: Collection[str]) -> pd.DataFrame:
    """Of each unit and group at which wave its follow-up was (FOLLOW_UP_WAVES), NaN where a count gives a few away.

    `more_than`: where few were at the other waves, more than how many were at this one.
    """
    treated = table.astype({"n": float}).assign(more_than=NAN)
    for (unit, group), rows in table.groupby(["unit", "group"], sort=False):
        whole = f"size/follow_up/{unit}/{group}" not in withheld
        counts, total = [int(n) for n in rows["n"]], int(rows["n"].sum())
        marks = blank_cells(counts, limits.minimum_cell) if total else [""] * len(rows)
        for place, count, mark in zip(rows.index, counts, marks, strict=True):
            key = f"size/wave/{unit}/{group}/{table.loc[place, 'wave']}"
            if mark or key in withheld or not whole:
                treated.loc[place, "n"] = NAN
                few = 0 < total - count < limits.minimum_cell <= count
                if few and whole and total >= limits.minimum_group:
                    treated.loc[place, "more_than"] = total - limits.minimum_cell
    return treated
