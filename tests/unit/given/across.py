"""One outcome over regions, as sentences and figures take it."""

from typing import Any

from given.regions import COMPARED, NAN, WORDS

from effectstudie.national.across import Across

NEXT = {"next_low": NAN, "next_high": NAN}


def row(value: float, reach: float = 5, verdict: str | None = "undecided") -> dict[str, Any]:
    """An estimate with its interval and what may be said of it."""
    said = {"verdict": verdict, "relevant": "unclear", "share": 50}
    return {"value": value, "ci_low": value - reach, "ci_high": value + reach, **said}


def mean(value: float, reach: float = 5, verdict: str = "undecided", **more: float) -> dict[str, Any]:
    """The mean, in SDs a tenth of it; `more`: tau, next_low, next_high."""
    sds = {"sd_value": value / 10, "sd_low": (value - reach) / 10, "sd_high": (value + reach) / 10, "sd_margin": 1.2}
    return {**row(value, reach, verdict), "tau": 2.0, "q_p": 0.2, **NEXT, **sds, **more}


def across(*values: float, outcome: str = "total_violence", of: dict[str, Any] | None = None, **changed: Any) -> Across:
    """`values`: of regions A, B, …; `of`: their mean; by default violence, where lower is better by 12 or more."""
    regions = {name: row(value) for name, value in zip("ABCDEFGHIJ", values, strict=False)}
    plain = {"outcome": COMPARED[outcome], "title": "Totaal geweld", "regions": regions, "mean": of, "placebo": {}}
    return Across(**{**plain, "spread": None, "words": WORDS, **changed})


SPREAD = {"n_regions": 11, "mean": 0.0, "sd": 10.0, "tau": 4.0}
