"""How large an effect is called, by the bounds of the configuration. The Dutch words stand with those of the report."""

from collections.abc import Mapping
from math import inf, isnan

from effectstudie.shared.formats import rounded


def size_word(eta: float, kind: str, thresholds: Mapping[str, Mapping[str, float]]) -> str:
    """Id of the size of a (partial) eta squared, judged on the two decimals that are printed.

    `kind`: a key of `thresholds` (`between`, `repeated`), with its bounds `small`, `medium` and `large`.
    A bound itself is small or medium, and what lies above it small_to_medium or medium_to_large.
    Below small, or undefined: empty.
    """
    if isnan(eta):
        return ""
    printed = float(rounded(eta, 2))
    bounds = thresholds[kind]
    small, medium, large = bounds["small"], bounds["medium"], bounds["large"]
    words = [
        (large, inf, "large"),
        (medium, large, "medium" if printed == medium else "medium_to_large"),
        (small, medium, "small" if printed == small else "small_to_medium"),
    ]
    return next((word for low, high, word in words if low <= printed < high), "")
