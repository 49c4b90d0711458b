"""Between which values a score lies."""

from effectstudie.definitions.instruments import answer_range, score_range
from effectstudie.derived.score import Score


def range_of(score: Score) -> tuple[float, float] | None:
    """The lowest and highest value; None for a T score, whose norm table decides."""
    low, high = score_range(score.definition, score.scale)
    if score.kind == "t":
        return None
    if score.version:
        return 0, 1
    if score.kind == "discrepancy":
        return 0, high - low
    if score.kind == "chronicity":
        return (low if low > 0 else _least_above_nothing(score)), high
    if not (score.part or score.side):
        return low, high
    if score.is_total:
        ranges = [range_of(term) for term in score.terms()]
        return sum(least for least, _ in ranges), sum(most for _, most in ranges)
    least, most = answer_range(score.definition)
    return (len(score.cells) - len(score.moved_in) - len(score.moved_out)) * least, len(score.cells) * most


def _least_above_nothing(score: Score) -> float:
    first, last = score.definition["answers"]
    values = score.definition["recode"].values() if "recode" in score.definition else range(first, last + 1)
    return min(value for value in values if value > 0)
