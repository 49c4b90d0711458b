"""When a score has no value, in words."""

from collections.abc import Mapping
from dataclasses import replace
from math import floor

from effectstudie.derived.score import Score
from effectstudie.shared.formats import percent


def missing_rule(score: Score, norm: Mapping | None, words: Mapping) -> str:
    """When a score has no value although it was asked, and what stands in for single answers that are missing.

    `norm`: norm_tables.norm_file; `words`: codebook.nl.yaml.
    """
    say, kind = words["missing"], score.kind
    if kind == "t":
        return say["t" if norm else "t_none"].format(name=score.raw().name)
    if kind == "discrepancy":
        return say["discrepancy" if score.of_several else "discrepancy_never"]
    if kind == "chronicity":
        return say["chronicity"].format(name=score.raw().name)
    if score.is_total:
        return say["total_any" if score.version else "total_known" if kind == "known" else "total"]
    if kind or (score.version and not score.cells):
        return say["nothing"]
    if score.version:
        return say["any"]
    if score.op == "weighted_mean":
        return say["weighted_mean"]
    return _share(score, words) + (say["part"] if score.part and score.cells else "")


def _share(score: Score, words: Mapping) -> str:
    """How many answers may be missing: of the whole scale for its parts, of one side for that side."""
    say, rule = words["missing"], score.missing_rule
    k = len(score.cells if score.side else replace(score, suffix="").cells)
    allowed = min(floor(rule["max_share"] * k + 1e-9), k - 1)
    if allowed == 0:
        return say["single" if k == 1 else "none"].format(k=k)
    # parts and sides are never filled in
    fill = "mean" if score.op == "mean" else "nothing" if score.side or score.part else rule["fill"]
    share = say["share"].format(share=percent(100 * rule["max_share"]), allowed=allowed, k=k)
    return share + say[f"fill_{fill}"]
