"""The group of every household: approach, matched control, or the rest of the cohort."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.persons.blocks import together
from effectstudie.shared.vocabulary import GROUPS


def assign_groups(analysis: pd.DataFrame, matched: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The table with a column `group`, and how many approach households have no match and are left out.

    Matched households get the group of the matching, others of role `pool` are the rest of the cohort. Raises
    InputError when the matching does not fit the table, or a unit has two values of an outcome at one wave.
    """
    role = analysis.drop_duplicates("household").set_index("household")["role"]
    group = matched.set_index("household")["group"]
    problems = []
    if twice := int(group.index.duplicated().sum()):
        problems.append(
            say("Matching: {count} households occur twice; each may be matched once. Match again.", count=twice)
        )
    if unknown := int((~group.index.isin(role.index)).sum()):
        problems.append(
            say(
                "Matching: {count} matched households are not in the analysis table; both must come "
                "from the same selection. Match again.",
                count=unknown,
            )
        )
    expected = group.map({"approach": "approach", "control": "pool"})
    if swapped := int((role.reindex(group.index).dropna() != expected[group.index.isin(role.index)]).sum()):
        problems.append(
            say(
                "Matching: {count} households have a group that is not their role; allowed are "
                "approach for role approach and control for role pool. Match again.",
                count=swapped,
            )
        )
    key = ["unit", "unit_id", "outcome", "wave"]
    repeated = analysis[analysis.duplicated(key)].groupby("outcome").size()
    problems += [
        say(
            "Analysis table: outcome {outcome} has {count} second values of one unit at one wave; "
            "one is allowed. Correct the selection.",
            outcome=outcome,
            count=count,
        )
        for outcome, count in repeated.items()
    ]
    if problems:
        raise InputError(problems)
    group = group.reindex(role.index).where(lambda g: g.notna(), role.map({"pool": "rest"}))
    table = analysis.assign(group=analysis["household"].map(group)).dropna(subset=["group"])
    return table, int(group.isna().sum())


def in_groups(parts: Iterable[pd.DataFrame], matched: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The values of one kind of unit by outcome, with the group of each: outcome -> unit_id, wave, group, value.

    `parts`: household, unit_id, role, outcome, wave, value, the analysis table in its own order some rows at a time;
    `matched`: household and group, ids as they are in the parts.
    """
    kept: dict[str, list[pd.DataFrame]] = {}
    place = pd.Index(matched["household"])
    of_matched = pd.Categorical(matched["group"], GROUPS).codes
    for part in parts:
        at = place.get_indexer(part["household"])
        group = np.where(at >= 0, of_matched[at], np.where(part["role"] == "pool", GROUPS.index("rest"), -1))
        part = part.assign(group=pd.Categorical.from_codes(group, GROUPS))
        part = part.loc[group >= 0, ["unit_id", "outcome", "wave", "group", "value"]]
        for name, rows in by_outcome(part):
            kept.setdefault(name, []).append(rows)
    # an outcome at a time, so that a whole cohort is in memory once
    return {name: together(kept.pop(name)) for name in sorted(kept)}


def by_outcome(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each outcome that has any, in their order, without the column `outcome`, which holds categories."""
    codes, names = table["outcome"].cat.codes.to_numpy(), table["outcome"].cat.categories
    order, counts = np.argsort(codes, kind="stable"), np.bincount(codes, minlength=len(names))
    table = table.drop(columns="outcome")
    for name, rows in zip(names, np.split(order, np.cumsum(counts)[:-1]), strict=True):
        if len(rows):
            yield name, table.take(rows)
