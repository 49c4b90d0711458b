"""Which columns are which by their place: those of an export beside those of the codebook, both in their order."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np

from effectstudie.intake.mapping.names import Parts

# What it costs to leave a column out of either.
_GAP = 0.3
# Fewer columns than this have to be hemmed in at both ends.
_RUN = 3
# So many of the columns that are known stand in the order of the codebook where order tells anything.
_ORDERED = 0.9


def is_ordered(places: Sequence[int]) -> bool:
    """Whether columns stand in the order of the codebook. `places`: there, of those that are known."""
    steps = np.diff(places)
    return bool(len(steps) < 2 or (steps > 0).mean() >= _ORDERED)


def aligned(scores: np.ndarray) -> dict[int, int]:
    """Column of the codebook → column of the export, both by place, in one order and with the highest sum of scores.

    `scores`: columns of the export by columns of the codebook; -inf where two can not be one.
    """
    rows, width = scores.shape
    best = np.zeros((rows + 1, width + 1))
    best[1:, 0], best[0, 1:] = -_GAP * np.arange(1, rows + 1), -_GAP * np.arange(1, width + 1)
    for row in range(rows):
        for place in range(width):
            left_out = max(best[row, place + 1], best[row + 1, place]) - _GAP
            best[row + 1, place + 1] = max(best[row, place] + scores[row, place], left_out)
    found = {}
    row, place = rows, width
    while row and place:
        if best[row, place] == best[row - 1, place - 1] + scores[row - 1, place - 1]:
            row, place = row - 1, place - 1
            found[place] = row
        elif best[row, place] == best[row - 1, place] - _GAP:
            row -= 1
        else:
            place -= 1
    return found


def runs(kinds: Sequence[object]) -> list[range]:
    """Places that stand beside each other and are of one kind."""
    grouped = [list(places) for _, places in groupby(range(len(kinds)), key=kinds.__getitem__)]
    return [range(places[0], places[-1] + 1) for places in grouped]


def is_sound(run: range, found: Mapping[int, int], parts: Sequence[Parts], width: int) -> bool:
    """Whether a run of columns that hold the same is aligned as one piece, which nothing but its place could tell.

    Each has a column; what is numbered in the export has no number left out or moved, all else stands beside each
    other; and the columns before and behind are in their places. `parts`: of the names in the export; `width`: how many
    columns the codebook has.
    """
    if any(place not in found for place in run):
        return False
    first, last = found[run[0]], found[run[-1]]
    before = (run[0], first) == (0, 0) or found.get(run[0] - 1, first) == first - 1
    behind = (run[-1], last) == (width - 1, len(parts) - 1) or found.get(run[-1] + 1, last) == last + 1
    return _in_step(run, found, parts) and (before and behind or len(run) >= _RUN and (before or behind))


def _in_step(run: range, found: Mapping[int, int], parts: Sequence[Parts]) -> bool:
    numbered = [parts[found[place]] for place in run if parts[found[place]][-1].isdigit()]
    if len(numbered) < len(run):
        return not numbered and all(found[place] - found[run[0]] == place - run[0] for place in run)
    shifts: dict[Parts, set[int]] = {}
    for place, of in zip(run, numbered, strict=True):
        shifts.setdefault(of[:-1], set()).add(int(of[-1]) - place)
    return all(len(of) == 1 for of in shifts.values())
