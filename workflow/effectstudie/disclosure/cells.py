"""Which cells of a row of counts are blanked, which rare classes are merged, and how exactly classes are told."""

from collections.abc import Collection, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Merge
from effectstudie.shared.formats import rounded
from effectstudie.shared.vocabulary import CLASS_STEP

_SPREAD = ("sd", "ci_low", "ci_high")


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


def merge_plan(counts: pd.DataFrame, merges: Sequence[Merge], minimum_cell: int) -> list[tuple[list[int], str, str]]:
    """Which classes are shown together: a list of (codes, id, label), in the order of the codes.

    `counts`: one row per group and wave, one column per code. `merges`: as declared, tried in order; one is
    carried out where a cell that it covers is small in any row.
    """
    shown: dict[tuple[int, ...], tuple[str, str]] = {(code,): ("", "") for code in counts.columns}
    for merge in merges:
        covered = [codes for codes in shown if set(codes) <= set(merge.codes)]
        sums = pd.concat([counts[list(codes)].sum(axis=1) for codes in covered], axis=1)
        if len(covered) > 1 and ((sums > 0) & (sums < minimum_cell)).any(axis=None):
            for codes in covered:
                del shown[codes]
            shown[tuple(sorted(merge.codes))] = (merge.id, merge.label)
    return [(list(codes), *shown[codes]) for codes in sorted(shown)]


def in_fives(levels: pd.DataFrame, outcomes: Collection[str]) -> pd.DataFrame:
    """`shown_levels` with the percentages of these outcomes in steps, and not of how many people they are, nor how much
    they change: of how many follows from a whole percentage of a small group.
    """
    own = levels["outcome"].str.split(".").str[0].isin(list(outcomes))
    hidden = ["n", *(name for name in levels if name.startswith((*_SPREAD, "change")))]
    treated = levels.assign(**{name: levels[name].mask(own) for name in hidden})
    for end in ("mean_t0", "mean_follow_up"):
        treated.loc[own, end] = levels.loc[own, end].map(in_step)
    return treated


def in_step(percentage: float) -> float:
    """A percentage rounded to a multiple of CLASS_STEP; NaN stays so."""
    return percentage if pd.isna(percentage) else CLASS_STEP * float(rounded(percentage / CLASS_STEP, 0))
