"""Counts behind percentages and classes, and what a reader is told of them: of everyone, of the pairs, by risk."""

from collections.abc import Mapping
from math import ceil

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.audit.system import System
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.relations import same_counts
from effectstudie.disclosure.shown import Shown
from effectstudie.disclosure.values import key_of
from effectstudie.shared.vocabulary import CLASS_STEP, ENDS

# Of how many adults of a household a study hears at most, as far as a reader knows.
_MOST_ADULTS = 2
# How much a reader would miss a value: those of the groups most, of the rest of the cohort least.
_WORTH = {"approach": 6, "control": 5, "rest": 2}


def cell_system(
    descriptives: pd.DataFrame,
    levels: pd.DataFrame,
    attrition: pd.DataFrame,
    shown: Shown,
    outcomes: Mapping[str, Outcome],
    limits: Limits,
) -> System:
    """`descriptives`, `levels`, `attrition`: as measured; `shown`: what is published of them.

    Counts: `<outcome>.<class>/<group>/<wave>` of everyone, `…/pair/<end>` of those with both measurements,
    `…/one/<wave>` of the others, and `…/stayed/<wave>` of households with persons who stayed.
    """
    system = System()
    for name, outcome in outcomes.items():
        if outcome.kind == "mean":
            continue
        rows = shown.values[shown.values["outcome"] == name]
        _everyone(system, descriptives, rows, outcome, limits)
        half = CLASS_STEP / 2 if name in shown.in_fives else _half(outcome)
        _pairs(system, levels, shown, outcome, half, limits)
    for share, _, classes in same_counts(descriptives, outcomes):
        for name in [name for name in system.truth if name.startswith(f"{share}/")]:
            others = [f"{one}/{name.partition('/')[2]}" for one in classes]
            if all(one in system.truth for one in others):
                system.same({name: 1, **dict.fromkeys(others, -1)})
    for outcome in outcomes.values():
        if outcome.kind == "percentage" and outcome.persons:
            of = [one for one in outcomes.values() if (one.variable, one.kind) == (outcome.persons, "percentage")]
            for persons in of:
                _of_persons(system, descriptives, attrition, outcome, persons)
    return system


def _of_persons(
    system: System, table: pd.DataFrame, attrition: pd.DataFrame, household: Outcome, persons: Outcome
) -> None:
    """Households in which anybody says yes are as many as the persons who do, but for those who are together.

    So it is of those who stayed and of those who were lost: a reader takes it that persons go with their household.
    """
    n = table.set_index(["outcome", "group", "wave"])["n"]
    for name in [name for name in system.truth if name.startswith(f"{household.id}/") and name.count("/") == 2]:
        _, group, wave = name.split("/")
        everyone, pair, one = (f"{persons.id}/{group}/{place}" for place in (wave, "pair/t0", f"one/{wave}"))
        if everyone not in system.truth:
            continue
        more = int(n[persons.id, group, wave] - n[household.id, group, wave])
        each = _MOST_ADULTS if persons.unit == "adult" else max(1, system.most[everyone])
        system.tell_if_true({everyone: 1, name: -1}, 0, more)
        system.tell_if_true({everyone: 1, name: -each}, -each * system.most[name], 0)
        if wave == "T0" and pair in system.truth and one in system.truth:
            stayed, lost = _together(attrition, group, household.unit, persons.unit, more)
            of_pairs, of_one, all_of_them = system.truth[pair], system.truth[one], system.truth[name]
            # how many of the households stayed is in no table: any number that can be does
            least = max(0, of_pairs - stayed, ceil(of_pairs / each), all_of_them - of_one)
            most = min(of_pairs, all_of_them - max(0, of_one - lost, ceil(of_one / each)))
            if least <= most:
                homes = system.count(f"{household.id}/{group}/stayed/{wave}", least, system.most[name])
                system.tell({pair: 1, homes: -1}, 0, stayed)
                system.tell({pair: 1, homes: -each}, -each * system.most[name], 0)
                system.tell({one: 1, name: -1, homes: 1}, 0, lost)
                system.tell({one: 1, name: -each, homes: each}, -each * system.most[name], 0)


def _together(attrition: pd.DataFrame, group: str, household: str, persons: str, more: int) -> tuple[int, int]:
    """How many more persons than households stayed, and were lost. Of children nobody knows of how many households they
    are: no more than there are `more` of them.
    """
    loss = attrition[attrition["analysis"].eq("loss") & attrition["group"].eq(group)].set_index("unit")
    if persons != "adult" or not {household, persons} <= set(loss.index):
        return more, more
    stayed, lost = (int(loss.loc[persons, name] - loss.loc[household, name]) for name in ("n_stayed", "n_lost"))
    return max(0, stayed), max(0, lost)


def _ids(outcome: Outcome) -> dict[str, int | None]:
    """What the result tables call the counts of an outcome, with the code of a class."""
    if outcome.kind == "percentage":
        return {outcome.id: None}
    return {f"{outcome.id}.{known.id}": code for code, known in outcome.classes.items()}


def _behind(outcome: Outcome, cell: str) -> list[str]:
    """The counts that a published cell is the sum of."""
    codes = next((merge.codes for merge in outcome.merge if merge.id == cell), None)
    ids = _ids(outcome)
    if codes is None:
        return [f"{outcome.id}.{cell}" if cell else outcome.id]
    return [name for name, code in ids.items() if code in codes]


def _everyone(system: System, table: pd.DataFrame, shown: pd.DataFrame, outcome: Outcome, limits: Limits) -> None:
    own = table[table["outcome"].isin(list(_ids(outcome))) & table["n"].gt(0)]
    for (group, wave), rows in own.groupby(["group", "wave"]):
        n, where = int(rows["n"].iloc[0]), f"{group}/{wave}"
        counted = {row.outcome: round(row.mean * n / 100) for row in rows.itertuples()}
        names = {one: system.count(f"{one}/{where}", counted.get(one, 0), n) for one in _ids(outcome)}
        if outcome.kind == "class":
            system.same(dict.fromkeys(names.values(), 1), n)
        for row in shown[(shown["group"] == group) & (shown["wave"] == wave)].to_dict("records"):
            cells = [names[one] for one in _behind(outcome, row["cell"]) if one in names]
            key = key_of(row)
            if row["status"]:
                # of a partner only what it would tell may not be known
                for one in cells:
                    if row["status"] != "partner" or _few(system.truth[one], n, limits):
                        system.hidden[one] = key
                if row["status"] == "cell":
                    system.tell(dict.fromkeys(cells, 1), 1, limits.minimum_cell - 1)
            else:
                for one in cells:
                    # a rare class in a merged one
                    if len(cells) > 1 and limits.is_small(system.truth[one]):
                        system.hidden[one] = key
                low, high = _rounded(row["value"], n, _half(outcome))
                system.tell(dict.fromkeys(cells, 1), low, high, key, _WORTH.get(group, 2))


def _few(count: int, n: int, limits: Limits) -> bool:
    """Whether few say yes, or few or none say no."""
    return limits.is_small(count) or (count > 0 and n - count < limits.minimum_cell)


def _half(outcome: Outcome) -> float:
    """How far a percentage is at the most from what is printed of it."""
    return 0.5 * 10**-outcome.decimals


def _rounded(value: float, n: int, half: float) -> tuple[float, float]:
    """From and to which count a percentage of n people may be of."""
    return (value - half) * n / 100, (value + half) * n / 100


def _pairs(system: System, table: pd.DataFrame, shown: Shown, outcome: Outcome, half: float, limits: Limits) -> None:
    """Of those with both measurements, who are some of everyone, and of those with one."""
    ids = list(_ids(outcome))
    large = table[table["outcome"].isin(ids) & table["n"].ge(limits.minimum_group)]
    for group, rows in large.groupby("group"):
        n, shares = int(rows["n"].iloc[0]), rows.set_index("outcome")
        told = shown.levels[
            shown.levels["outcome"].str.partition(".")[0].eq(outcome.id) & shown.levels["group"].eq(group)
        ]
        for wave, end in ENDS.items():
            known = shares[f"mean_{end}"].dropna()
            pairs = {
                name: system.count(f"{name}/{group}/pair/{end}", round(share * n / 100), n)
                for name, share in known.items()
            }
            if len(pairs) > 1 and len(pairs) == len(ids):
                system.same(dict.fromkeys(pairs.values(), 1), n)
            for name, pair in pairs.items():
                everyone = f"{name}/{group}/{wave}"
                if everyone in system.truth and system.most[everyone] >= n:
                    _left(system, everyone, pair, n, shown.values, wave)
            for one in told.to_dict("records"):
                cell = one["outcome"].partition(".")[2]
                cells = [pairs[name] for name in _behind(outcome, cell) if name in pairs]
                if cells:
                    _level(system, one, cells, end, n, half, limits)
        _changes(system, told, group, n, outcome, half)


def _left(system: System, everyone: str, pair: str, n: int, values: pd.DataFrame, wave: str) -> None:
    """Those of everyone who are in no pair, hidden where everyone is: because that would tell them."""
    name, group, _ = everyone.split("/")
    outcome, _, cell = name.partition(".")
    left = system.count(
        f"{name}/{group}/one/{wave}", system.truth[everyone] - system.truth[pair], system.most[everyone] - n
    )
    system.same({everyone: 1, pair: -1, left: -1})
    rows = values[(values["outcome"] == outcome) & (values["group"] == group) & (values["wave"] == wave)]
    if (rows["status"] != "").any():
        system.hidden[left] = f"value/{outcome}/{cell}/{group}/{wave}"


def _level(system: System, shown: Mapping, cells: list[str], end: str, n: int, half: float, limits: Limits) -> None:
    """What is told of one end; in classes that are shown together a rare one may not be known."""
    key = f"level/{shown['outcome']}/{shown['group']}"
    hidden = pd.isna(shown[f"mean_{end}"])
    for one in cells:
        if hidden or len(cells) > 1 and limits.is_small(system.truth[one]):
            system.hidden[one] = key
    bound, small = shown[f"bound_{end}"], limits.minimum_cell - 1
    if not hidden:
        system.tell(dict.fromkeys(cells, 1), *_rounded(shown[f"mean_{end}"], n, half), key, 9)
    elif bound:
        low, high = (0, small) if bound == "fewer" else (n - small, n)
        system.tell(dict.fromkeys(cells, 1), low, high)


def _changes(system: System, told: pd.DataFrame, group: str, n: int, outcome: Outcome, half: float) -> None:
    for row in told[told["change"].notna()].to_dict("records"):
        names = _behind(outcome, row["outcome"].partition(".")[2])
        ends = [[f"{name}/{group}/pair/{end}" for name in names] for end in ("follow_up", "t0")]
        if all(one in system.truth for cells in ends for one in cells):
            low, high = _rounded(row["change"], n, half)
            terms = dict.fromkeys(ends[0], 1.0) | dict.fromkeys(ends[1], -1.0)
            system.tell(terms, low, high, f"level/{row['outcome']}/{group}", 9)
