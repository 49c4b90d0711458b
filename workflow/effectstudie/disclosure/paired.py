"""Levels of those with both measurements, as far as they may be shown beside those of everyone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import sqrt

import pandas as pd
from scipy import special

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.cells import blank_cells, merge_plan
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.relations import one_more, same_counts, sums
from effectstudie.disclosure.values import VALUES, all_alike, answered_key, of_few, percentage_bound, rounded_or_missing
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

    A percentage that few share, or nearly all, is a bound (`percentage_bound`); a mean that a few people make, or that
    all have, is not shown (`values.of_few`, `all_alike`), nor is what would tell it (`relations.sums`). With one end
    hidden so is the change, and where everybody changes as much.
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
                shown |= _nothing(end)
        if any(pd.isna(shown[f"mean_{end}"]) for end in ENDS.values()) or _changes_alike(row, outcome, limits):
            shown |= dict.fromkeys(("change", "ci_low_change", "ci_high_change"), NAN)
        numbers = [name for name in shown if name.startswith(("mean", "sd", "ci", "change"))]
        shown |= {name: rounded_or_missing(shown[name], outcome.decimals) for name in numbers}
        rows.append(shown)
    if not limits.hide_nothing:
        _hide_related(rows, sums(outcomes))
    bounds = [f"{name}_{end}" for end in ENDS.values() for name in ("bound", "bound_value")]
    return pd.DataFrame(rows, columns=[*levels.columns, *bounds])


def _hide_related(rows: Iterable[dict], known: Iterable[tuple[str, ...]]) -> None:
    """Hides, in rows as shown, the levels that would tell one that is hidden."""
    for group in COMPARED:
        own = {row["outcome"]: row for row in rows if row["group"] == group}
        seen = {name: pd.notna(row["mean_t0"]) and pd.notna(row["mean_follow_up"]) for name, row in own.items()}
        for name in one_more(seen, known):
            for end in ENDS.values():
                own[name] |= _nothing(end)
            own[name] |= dict.fromkeys(("change", "ci_low_change", "ci_high_change"), NAN)


def _nothing(end: str) -> dict[str, object]:
    return dict.fromkeys((f"{name}_{end}" for name in ("mean", *_SPREAD)), NAN) | _unbound(end)


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
    """What changes at one end: a bound instead of a small percentage, no mean that gives one large value away."""
    mean, n = row[f"mean_{end}"], int(row["n"])
    plain = _unbound(end)
    if pd.isna(mean):
        return plain
    if outcome.kind == "mean":
        known = {"n": n, "mean": mean, "sd": row[f"sd_{end}"]}
        hide = of_few(known, limits.minimum_cell) or all_alike(known, outcome.decimals, limits.minimum_cell)
        return _nothing(end) if hide else plain
    count = round(mean * n / 100)
    if not count or not blank_cells([count, n - count], limits.minimum_cell)[0]:
        return plain
    kind, edge = percentage_bound(count, n, limits.minimum_cell)
    hidden = dict.fromkeys((f"{name}_{end}" for name in ("mean", *_SPREAD)), NAN)
    return hidden | {f"bound_{end}": kind, f"bound_value_{end}": edge}


def _changes_alike(row: Mapping, outcome: Outcome, limits: Limits) -> bool:
    """Whether a change is that of everybody: its interval is nothing wide, or is printed so."""
    half = (row.get("ci_high_change", NAN) - row.get("ci_low_change", NAN)) / 2
    known = {"mean": row.get("change", NAN), "sd": half}
    return outcome.kind == "mean" and all_alike(known, outcome.decimals, limits.minimum_cell)


def _unbound(end: str) -> dict[str, object]:
    return {f"bound_{end}": "", f"bound_value_{end}": NAN}


def few_move(levels: pd.DataFrame, outcomes: Mapping[str, Outcome], limits: Limits) -> set[str]:
    """Percentages of which in a group few people go from yes to no, or from no to yes, or say yes, or no, twice.

    Both percentages and any exact number of a test leave one table of these four. `levels`: LEVELS as measured.
    """
    found = set()
    for row in levels[levels["n"] >= max(limits.minimum_group, 2)].to_dict("records"):
        if row["outcome"] in outcomes and outcomes[row["outcome"]].kind == "percentage":
            n, yes, later = int(row["n"]), *(row[f"mean_{end}"] * row["n"] / 100 for end in ENDS.values())
            half = (row["ci_high_change"] - row["ci_low_change"]) / 2
            # without an interval all change by the same
            sd = 0.0 if pd.isna(half) else half / special.stdtrit(n - 1, 0.975) * sqrt(n)
            # who changes does so by 100: the sum of squares counts them
            change = ((n - 1) * sd**2 + n * row["change"] ** 2) / 100**2
            to_yes, to_no = (change + later - yes) / 2, (change - later + yes) / 2
            if any(limits.is_small(round(count)) for count in (to_yes, to_no, yes - to_no, n - yes - to_yes)):
                found.add(row["outcome"])
    return found


def without_differences(
    values: pd.DataFrame,
    levels: pd.DataFrame,
    limits: Limits,
    outcomes: Mapping[str, Outcome],
    descriptives: pd.DataFrame,
    withheld: Collection[str] = (),
) -> pd.DataFrame:
    """The values of everyone without those that, beside the levels of the pairs, give a few people away.

    Everyone minus those with both measurements is those with one. A value goes where these are too few for a mean, and
    a percentage also where few of them say yes or no, or all of them yes, and a mean also where a few make theirs, or
    all have the same (`values.of_few`, `all_alike`). Of classes all go, for the others give one back. With a value goes
    what tells the same (`relations`). `values`: see `Treated`; `levels`: LEVELS as measured, `with_merged`;
    `descriptives`: as measured. Where how many answered is `withheld` a value goes also if everyone has both: that it
    stayed would tell this size.
    """
    if limits.hide_nothing:
        return values
    paired = levels.set_index(["outcome", "group"])
    rows = values.to_dict("records")
    unsaid = [
        row["outcome"] in outcomes and answered_key(outcomes[row["outcome"]], row["group"], row["wave"]) in withheld
        for row in rows
    ]
    known = descriptives.set_index(["outcome", "group", "wave"])[["n", "mean", "sd"]]
    gives = [
        _gives_away(row, paired, known, outcomes.get(row["outcome"]), limits, no)
        for row, no in zip(rows, unsaid, strict=True)
    ]
    gives = pd.Series(gives, values.index, dtype=bool)
    hide = gives.groupby([values[name] for name in ("outcome", "group", "wave")]).transform("any")
    places = pd.Series(list(zip(values["outcome"], values["group"], values["wave"], strict=True)), values.index)
    for share, of_classes, _ in same_counts(descriptives, outcomes):
        of_share = set(places[hide & values["outcome"].eq(share)])
        hide |= places.isin([(of_classes, group, wave) for _, group, wave in of_share])
    hide &= values["status"].eq("")
    known, related = sums(outcomes), set()
    seen = values["value"].notna() & ~hide & values["cell"].eq("")
    for (group, wave), rows in seen[values["cell"].eq("")].groupby([values["group"], values["wave"]]):
        own = dict(zip(values.loc[rows.index, "outcome"], rows, strict=True))
        related |= {(name, group, wave) for name in one_more(own, known)}
    hide |= places.isin(list(related))
    treated = values.copy()
    treated.loc[hide, VALUES] = NAN
    treated.loc[hide, "status"] = "partner"
    return treated


def without_households(
    values: pd.DataFrame, levels: pd.DataFrame, outcomes: Mapping[str, Outcome], limits: Limits
) -> pd.DataFrame:
    """The values without percentages of households in which anybody says yes, beside the percentage of these persons,
    of everyone or of those with both measurements (`levels`: of `shown_levels`).

    Persons less households are those of whom two in a household say yes: how many couples, of the few that there are.
    """
    if limits.hide_nothing:
        return values
    places = list(zip(values["outcome"], values["group"], values["wave"], strict=True))
    shares = [one for one in outcomes.values() if one.kind == "percentage"]
    persons = {home.id: [one.id for one in shares if one.variable == home.persons] for home in shares if home.persons}
    seen = {place for place, value in zip(places, values["value"], strict=True) if value == value}
    for wave, end in ENDS.items():
        told = levels[levels[f"mean_{end}"].notna() | levels[f"bound_{end}"].ne("")]
        seen |= {(name, group, wave) for name, group in zip(told["outcome"], told["group"], strict=True)}
    hide = [any((one, *place[1:]) in seen for one in persons.get(place[0], ())) for place in places]
    # of the rest of the cohort no persons are printed
    hide = pd.Series(hide, values.index, dtype=bool) & values["status"].eq("") & values["group"].isin(COMPARED)
    treated = values.copy()
    treated.loc[hide, VALUES] = NAN
    treated.loc[hide, "status"] = "partner"
    return treated


def _left(source: Mapping, pair: Mapping, end: str) -> dict[str, float]:
    """Size, mean and SD of everyone (`source`) less the pairs."""
    n = source["n"] - pair["n"]
    (all_sum, all_squares), (sum_, squares) = (
        (size * mean, (size - 1) * sd**2 + size * mean**2)
        for size, mean, sd in (
            (source["n"], source["mean"], source["sd"]),
            (pair["n"], pair[f"mean_{end}"], pair[f"sd_{end}"]),
        )
    )
    mean = (all_sum - sum_) / n
    return {"n": n, "mean": mean, "sd": sqrt(max(0.0, all_squares - squares - n * mean**2) / (n - 1))}


def _gives_away(
    row: Mapping, paired: pd.DataFrame, measured: pd.DataFrame, outcome: Outcome | None, limits: Limits, unsaid: bool
) -> bool:
    """`measured`: descriptives by outcome, group and wave; `unsaid`: how many answered is hidden."""
    key = (f"{row['outcome']}.{row['cell']}" if row["cell"] else row["outcome"], row["group"])
    if row["group"] not in COMPARED or row["status"] or key not in paired.index or pd.isna(row["n"]):
        return False
    pair = paired.loc[key]
    if pair["n"] < limits.minimum_group:
        return False
    left = row["n"] - pair["n"]
    if 0 < left < limits.minimum_group or (unsaid and left == 0):
        return True
    if left == 0:
        return False
    if pd.isna(row["count"]):
        end = ENDS[row["wave"]]
        others = _left(measured.loc[row["outcome"], row["group"], row["wave"]], pair, end)
        return of_few(others, limits.minimum_cell) or all_alike(others, outcome.decimals, limits.minimum_cell)
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
