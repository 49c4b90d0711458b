"""Totals: scores that are the sum of scales."""

from collections.abc import Mapping, Sequence

import numpy as np

from effectstudie.definitions.instruments import score_suffixes
from effectstudie.scoring.rules import DOES_NOT_APPLY, Quality, Rule


def total_scores(
    definition: Mapping, unit: Mapping, name: str, scores: Mapping[str, np.ndarray], quality: Mapping[str, Quality]
) -> dict[str, np.ndarray]:
    """The scores of a total, by name: sums of scales and of their parts.

    A scale that nobody was asked, or that does not apply, adds nothing.
    """
    parts = _parts(definition, name, quality)
    ranks = np.array([quality[part].rule for part in parts])
    absent = ranks >= Rule.NOT_APPLICABLE
    totals = {}
    for suffix in score_suffixes(definition, unit, name):
        having = [i for i, part in enumerate(parts) if f"{part}{suffix}" in scores]
        if not having or suffix == ".chronicity":
            continue
        terms = np.array([scores[f"{parts[i]}{suffix}"] for i in having])
        left_out = absent[having] | (terms == DOES_NOT_APPLY)
        counted = np.where(left_out, 0.0, terms)
        if suffix.endswith(".known"):
            total = np.where((np.isnan(terms) | left_out).all(axis=0), np.nan, np.nansum(counted, axis=0))
        elif suffix.rsplit(".", 1)[-1] in definition.get("prevalence", {}):
            unknown = np.isnan(counted).any(axis=0)
            total = np.where((counted == 1).any(axis=0), 1.0, np.where(unknown, np.nan, 0.0))
        else:
            total = counted.sum(axis=0)
        nothing = np.where((ranks == Rule.NOT_APPLICABLE).any(axis=0), DOES_NOT_APPLY, np.nan)
        totals[f"{name}{suffix}"] = np.where(left_out.all(axis=0), nothing, total)
    return totals


def total_quality(definition: Mapping, name: str, quality: Mapping[str, Quality]) -> Quality:
    """Of a total: the highest rule of the scales that add to it, and the answers of all."""
    parts = _parts(definition, name, quality)
    ranks = np.array([quality[part].rule for part in parts])
    absent = ranks >= Rule.NOT_APPLICABLE
    counts = ("n_valid", "n_missing", "n_out_of_range")
    return Quality(
        np.where(absent.all(axis=0), ranks.min(axis=0), np.where(absent, -1, ranks).max(axis=0)),
        *(np.sum([getattr(quality[part], count) for part in parts], axis=0) for count in counts),
    )


def _parts(definition: Mapping, name: str, quality: Mapping[str, Quality]) -> Sequence[str]:
    return [part for part in definition["scales"][name]["total_of"] if part in quality]
