"""What a study is planned with: the key `planning` of its file, and what holds without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Without their key: the power that is usual (Cohen, 1988), a middling correlation, one in five lost.
POWER, RATIO, CORRELATION, LOST = 0.8, 1, 0.5, 0.2
HOUSEHOLDS = (20, 40, 60, 80, 100, 150, 200)
# From fewer with both measurements a correlation says little: of 30 its standard error is .14 where it is .5. From
# fewer families of the approach their make-up does.
FEWEST_PAIRS, FEWEST_FAMILIES = 30, 30


@dataclass(frozen=True)
class Planning:
    """`households`: of the approach, rising; `ratio`: control households per household of the approach.

    `correlation`, between T0 and follow-up, and `lost`, the share without a follow-up: what holds where the cohort does
    not tell. `given`: keys that the study's file has; of these two such a key goes before the cohort too.
    """

    power: float = POWER
    ratio: float = RATIO
    correlation: float = CORRELATION
    lost: float = LOST
    households: tuple[int, ...] = HOUSEHOLDS
    given: frozenset[str] = frozenset()

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Planning":
        """`written`: the key `planning` of a study's file, or nothing."""
        sizes = {"households": tuple(sorted(written["households"]))} if "households" in written else {}
        return cls(**{**written, **sizes}, given=frozenset(written))
