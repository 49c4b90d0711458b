"""Strategies: what makes households comparable, as a study's file has it under `matching`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from effectstudie.shared.messages.sentences import say

# Designs that weigh all households of the shared strata, instead of coupling some.
WEIGHING = ("overlap", "entropy")
# Designs that couple so that all differences in score together are the least, by R's package optmatch.
OPTIMAL = ("optimal", "full")
DESIGNS = ("nearest", *OPTIMAL, *WEIGHING)
# Designs whose groups are alike only with their weights.
WEIGHTED = ("full", *WEIGHING)
# Which designs have which choice; others may not name it.
CHOICES = {"ratio": ("nearest", "optimal"), "caliper": ("nearest", "full"), "order": ("nearest",)}
# They leave out a stratum in which a group has fewer households: one family would stand for its whole stratum, and
# bring all of the other group's along into the analyses that do not weigh.
FEWEST_IN_STRATUM = 5


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A way to match: on which covariates, and how near.

    `design`: `nearest` couples each approach household to the nearest of the pool, one after the other; `optimal` all
    at once; `full` puts everyone in sets of one approach household with controls, or one control with approach
    households; `overlap` and `entropy` weigh.
    `missing`: `complete` leaves households with a missing covariate out, `indicator` fills the mean of all candidates
    in and adds a 0/1 column; `exact`: columns that must be equal: pairs within strata, weights of shared strata only.
    Of some designs (CHOICES), None of the others: `ratio`: controls per approach household, at most; `caliper`: largest
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
    design: Literal["nearest", "optimal", "full", "overlap", "entropy"] = "nearest"

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Strategy":
        """The strategy of an entry of a study's file; a covariate that is named twice counts once."""
        names = {key: tuple(dict.fromkeys(plain.get(key, ()))) for key in ("covariates", "exact")}
        design = plain.get("design", "nearest")
        without = dict.fromkeys(key for key, of in CHOICES.items() if design in DESIGNS and design not in of)
        return cls(**{**without, **plain, **names})

    @property
    def weighs(self) -> bool:
        """Whether households get weights instead of controls."""
        return self.design in WEIGHING

    @property
    def weighted(self) -> bool:
        """Whether its groups are alike only with their weights."""
        return self.design in WEIGHTED

    @property
    def named(self) -> str:
        """As errors name it."""
        return say("strategy {label!r}", label=self.label)
