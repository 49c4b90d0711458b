"""Studies of which the truth is known: households, their adults, and outcomes at three waves.

Each measurement is normal with an SD of 1. Two measurements of a person correlate by R; two adults of a household have
the share `icc` of each part in common. The same seed gives the same study.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from simulation.conditions import Condition, Design

SEED = 20261128
R = 0.5
RISK = 0.4  # share of households where risk factors accumulate
STAYS = 1.3  # log odds of having a follow-up where nothing tells who stays
# Chances of a later wave for those who stay; whoever misses the first of them has the second.
SECOND, THIRD = 0.9, 0.75


@dataclass(frozen=True, eq=False)
class Households:
    """One element a household, the approach first."""

    approach: np.ndarray
    order: np.ndarray
    children: np.ndarray
    severity: np.ndarray
    risk: np.ndarray


@dataclass(frozen=True, eq=False)
class Outcomes:
    """`waves`: outcome x person x wave, NaN where missing; `household`, `effect` (the true one): one a person."""

    waves: np.ndarray
    household: np.ndarray
    effect: np.ndarray

    @property
    def follow_up(self) -> np.ndarray:
        """The second wave, or the third of those who missed it."""
        return np.where(np.isnan(self.waves[:, :, 1]), self.waves[:, :, 2], self.waves[:, :, 1])


def stream(*numbers: int) -> np.random.Generator:
    """Random numbers of one study and purpose."""
    return np.random.default_rng([SEED, *numbers])


def households(design: Design, rng: np.random.Generator) -> Households:
    """The approach and the pool; the number with an order is as the design has it, everything else drawn."""
    sizes = (design.approach, design.pool)
    order = [rng.permutation(n) < round(share * n) for n, share in zip(sizes, design.with_order, strict=True)]
    children = [rng.poisson(mean, n) for n, mean in zip(sizes, design.children, strict=True)]
    approach = np.arange(sum(sizes)) < design.approach
    severity = rng.standard_normal(approach.size) + design.severity * approach
    risk = rng.random(approach.size) < RISK
    return Households(approach, np.concatenate(order), np.concatenate(children), severity, risk)


def adults(condition: Condition, of: Households, rng: np.random.Generator) -> np.ndarray:
    """The household of each adult."""
    return np.repeat(np.arange(of.approach.size), 1 + (rng.random(of.approach.size) < condition.two_adults))


def starts(condition: Condition, of: Households, household: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """T0 of `n` outcomes, one row each, before the usual level is another one.

    Taken in at a peak: a household is taken in with odds that fall with its mean at T0, exp(-peak x mean). Of normal
    numbers that lowers their mean by what each covaries with the mean of the household, and leaves their spread alone.
    """
    start = _alike(condition.icc, household, (n,), rng)
    members = np.bincount(household)[household]
    return start - condition.peak * of.approach[household] * (condition.icc + (1 - condition.icc) / members)


def outcomes(
    condition: Condition, of: Households, household: np.ndarray, start: np.ndarray, n: int, rng: np.random.Generator
) -> Outcomes:
    """`n` outcomes, each with its own row of `start`, or all with the only one."""
    approach = of.approach[household]
    usual = R * start + np.sqrt(R * (1 - R)) * _alike(condition.icc, household, (n,), rng)
    later = usual[:, :, None] + np.sqrt(1 - R) * np.moveaxis(_alike(condition.icc, household, (2, n), rng), 0, 2)
    waves = np.concatenate([np.broadcast_to(start, usual.shape)[:, :, None], later], axis=2)
    waves = waves - condition.usual_level * approach[:, None]
    effect = approach * (condition.effect + condition.at_risk * of.risk[household])
    waves[:, :, 1:] += (effect + condition.per_child * of.children[household])[:, None]
    waves[lost(condition, waves, approach, rng)] = np.nan
    return Outcomes(waves, household, effect)


def lost(condition: Condition, waves: np.ndarray, approach: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which measurements are missing: of some persons both later waves, of the others sometimes one."""
    by_start, by_later = (np.where(approach, *slopes) for slopes in (condition.loss_by_start, condition.loss_by_later))
    odds = STAYS + by_start * waves[:, :, 0] + by_later * waves[:, :, 1:].mean(axis=2)
    chance = rng.random((3, *odds.shape))
    stays = chance[0] < expit(odds)
    second = stays & (chance[1] < SECOND)
    third = stays & ((chance[2] < THIRD) | ~second)
    return ~np.stack([np.ones_like(stays), second, third], axis=2)


def _alike(icc: float, household: np.ndarray, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Standard normal numbers, `shape` x person, that persons of a household have in common for a share `icc`."""
    common = rng.standard_normal((*shape, household.max() + 1))[..., household]
    return np.sqrt(icc) * common + np.sqrt(1 - icc) * rng.standard_normal((*shape, household.size))
