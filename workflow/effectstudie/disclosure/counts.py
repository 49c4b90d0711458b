"""Counts of households as they may be printed."""

from effectstudie.shared import formats

NOTHING_HIDDEN = {"minimum_cell": 1, "minimum_group": 1}


def small_count(count: int, minimum_cell: int, fewer: str) -> str:
    """A count as it may be printed: `geen`, `minder dan 5`, or the number."""
    if count == 0:
        return "geen"
    return fewer if count < minimum_cell else formats.number(count)


def matched_text(matched: int, unmatched: int, minimum_cell: int, above: str) -> str:
    """Matched approach households; only `above` how many where the number would tell how few have no match."""
    if 0 < unmatched < minimum_cell:
        return f"{above} {formats.number(matched + unmatched - minimum_cell)}"
    return formats.number(matched)
