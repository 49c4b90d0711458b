"""The word for the size of an effect, by the bounds of the configuration."""

from collections.abc import Mapping
from math import inf, isnan

from effectstudie.shared.formats import rounded


def size_word(eta: float, kind: str, thresholds: Mapping[str, Mapping[str, float]]) -> str:
    """Dutch word for a (partial) eta squared, judged on the two decimals that are printed.

    `kind`: a key of `thresholds` (`between`, `repeated`), with its bounds `small`, `medium` and `large`.
    Below small, or undefined: empty.
    """
    if isnan(eta):
        return ""
    printed = float(rounded(eta, 2))
    bounds = thresholds[kind]
    small, medium, large = bounds["small"], bounds["medium"], bounds["large"]
    words = [
        (large, inf, "groot"),
        (medium, large, "gemiddeld" if printed == medium else "gemiddeld tot groot"),
        (small, medium, "klein" if printed == small else "klein tot gemiddeld"),
    ]
    return next((word for low, high, word in words if low <= printed < high), "")
