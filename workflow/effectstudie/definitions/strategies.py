"""Strategies: what makes households comparable, as a study's file has it under `matching`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from effectstudie.shared.messages.sentences import say

# Designs that weigh all households of the shared strata, instead of coupling some.
WEIGHING = ("overlap", "entropy")
DESIGNS = ("nearest", *WEIGHING)
# They leave out a stratum in which a group has fewer households: one family would stand for its whole stratum, and
# bring all of the other group's along into the analyses that do not weigh.
FEWEST_IN_STRATUM = 5


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A way to match: on which covariates, and how near.

    `design`: `nearest` couples each approach household to the nearest of the pool; `overlap` and `entropy` weigh.
    `missing`: `complete` leaves households with a missing covariate out, `indicator` fills the mean of all candidates
    in and adds a 0/1 column; `exact`: columns that must be equal: pairs within strata, weights of shared strata only.
    Of `nearest` alone, None of the others: `ratio`: controls per approach household, at most; `caliper`: largest
    distance, in SD of the linear predictor over all candidates, with `exact` within the strata of both groups, None for
    no limit; `order`: which approach household chooses first, by its score.
    """

    label: str = ""
    covariates: tuple[str, ...]
    ratio: int | None
    caliper: float | None
    missing: Literal["complete", "indicator"]
    exact: tuple[str, ...] = ()
    order: Literal["largest", "smallest"] | None = "largest"
    design: Literal["nearest", "overlap", "entropy"] = "nearest"

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Strategy":
        """The strategy of an entry of a study's file; a covariate that is named twice counts once."""
        names = {key: tuple(dict.fromkeys(plain.get(key, ()))) for key in ("covariates", "exact")}
        without = dict.fromkeys(("ratio", "caliper", "order")) if plain.get("design") in WEIGHING else {}
        return cls(**{**without, **plain, **names})

    @property
    def weighs(self) -> bool:
        """Whether households get weights instead of controls."""
        return self.design in WEIGHING

    @property
    def named(self) -> str:
        """As errors name it."""
        return say("strategy {label!r}", label=self.label)
