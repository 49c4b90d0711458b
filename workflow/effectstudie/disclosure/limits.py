"""From which numbers on something may be shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Limits:
    """`minimum_cell`: smallest count that may be shown; `minimum_group`: smallest group with means or tests.

    Without limits (both 1) nothing is hidden: the edition that stays inside.
    """

    minimum_cell: int = 1
    minimum_group: int = 1

    @classmethod
    def of(cls, privacy: Mapping[str, int] | None) -> "Limits":
        """`privacy`: of config/config.yaml; None for the edition that stays inside."""
        return cls(**{name: privacy[name] for name in ("minimum_cell", "minimum_group")} if privacy else {})

    @property
    def hide_nothing(self) -> bool:
        return self == Limits()

    def said(self) -> dict[str, int]:
        """The limits as a text may print them."""
        return asdict(self)

    def down(self, n: float) -> float:
        """Of how many people a number is, as it is printed: rounded down, so that no two of them tell of a few."""
        return n // self.minimum_cell * self.minimum_cell

    def tells_apart(self, total: float) -> bool:
        """Whether of a known total too few values are left where one of its two parts is small, and it is told which:
        the other is then no small one, and nearly as large as the total.
        """
        return total < 2 * self.minimum_cell - 1

    def is_split(self, total: float) -> bool:
        """Whether a known total is hardly more than two of the smallest groups that may be told of: that both are shown
        then tells how large they are.
        """
        return total < 2 * self.minimum_group + self.minimum_cell - 1 and not self.hide_nothing

    def is_small(self, count: float) -> bool:
        """Whether a count is of so few people that it may not be shown; that there are none may."""
        return 0 < count < self.minimum_cell
