"""Strategies: what makes households comparable, as a study's file has it under `matching`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A way to match: on which covariates, and how near.

    `ratio`: controls per approach household, at most; `caliper`: largest distance, in SD of the linear predictor over
    all candidates, None for no limit; `missing`: `complete` leaves households with a missing covariate out, `indicator`
    fills the mean of all candidates in and adds a 0/1 column; `exact`: columns that must be equal; `order`: which
    approach household chooses first, by its score.
    """

    label: str = ""
    covariates: tuple[str, ...]
    ratio: int
    caliper: float | None
    missing: Literal["complete", "indicator"]
    exact: tuple[str, ...] = ()
    order: Literal["largest", "smallest"] = "largest"
    method: Literal["nearest"] = "nearest"

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Strategy":
        """The strategy of an entry of a study's file; a covariate that is named twice counts once."""
        names = {key: tuple(dict.fromkeys(plain.get(key, ()))) for key in ("covariates", "exact")}
        return cls(**{**plain, **names})

    def __str__(self) -> str:
        """As errors name it."""
        return f"strategy {self.label!r}"
