"""What sentences are made of: of one outcome what may be shown of who was tested, and the judged tests.

Levels and changes are of those with both measurements, because the tests are of them: a sentence may not say of others
what was tested of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Literal

from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED

Direction = Literal["down", "up", "same", ""]


@dataclass(frozen=True)
class Verdict:
    """A tested effect: `state` is significant, not_significant, negligible or untested.

    `size`: how large the effect is called, a key of `sizes` in the texts; empty where there is no effect size.
    `reason`: why it is untested (methods.estimate.Reason); empty where it is tested, or nobody knows.
    """

    state: str
    p: str = ""
    size: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """A group at T0 and follow-up: those of it with both measurements.

    `before`, `after`, `change`: NaN where only a bound may be said. `still`: a change up to this one is noise, not a
    movement; `moved`: whether the change was tested and is significant,
    of this group or of both together.
    """

    before: float
    after: float
    before_text: str
    after_text: str
    change: float = float("nan")
    still: float = 0.0
    moved: bool = False

    @property
    def small(self) -> bool:
        """Whether the change is smaller than what matters, also as it is printed."""
        return max(abs(self.change), abs(self.after - self.before)) <= self.still

    @property
    def direction(self) -> Direction:
        """`down` or `up`; `same` where both print alike, or the change is small and nothing shows that it is one.

        Empty where it is not known.
        """
        if isnan(self.change):
            return ""
        if self.before_text == self.after_text or (self.small and not self.moved):
            return "same"
        # not by the change: rounded as it is printed it can be 0 where the levels print apart
        return "up" if self.after > self.before else "down"


@dataclass(frozen=True)
class Estimated:
    """The estimated effect: the change of the approach minus the change that was expected without it.

    Of those whose numbers may not be shown `value` is NaN, and only the verdict is known. `printed`, `ci`: as they are
    said, the first without its sign.
    """

    verdict: str
    value: float = float("nan")
    printed: str = ""
    ci: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of any outcome.

    `shown`: the groups with pairs that may be shown; a group that is not there is too small. `place`: among the
    outcomes of its theme; those that follow each other get other wordings by it.
    """

    label: str
    article: str
    shown: Mapping[str, Shown]
    place: int = 0
    plural: bool = False
    unit: Mapping[str, str] | None = None

    @property
    def object(self) -> str:
        """How a sentence names the outcome."""
        return f"{self.article} {self.label}".strip()

    @property
    def both(self) -> bool:
        return len(self.shown) == len(COMPARED)


@dataclass(frozen=True, kw_only=True)
class OutcomeFacts(Facts):
    """What is known of one mean or percentage outcome.

    `time`, `group`, `interaction`: the effects of the mixed analysis, of `n` people; `within`: the change of each group
    tested by itself; `side`: which way the approach differs over both measurements (`higher`, `lower`, or empty where
    it is not known); `kind`: mean or percentage; `estimated`: None where nothing could be estimated.
    """

    outcome: str
    kind: str
    better: str
    time: Verdict
    group: Verdict
    interaction: Verdict
    within: Mapping[str, Verdict]
    n: int | None = None
    side: str = ""
    estimated: Estimated | None = None
    norm: Mapping = field(default_factory=dict)

    @property
    def common_direction(self) -> str:
        """Which way the change over both groups goes that was tested: `down` or `up`, else `mixed`.

        Groups that move apart have none, whatever their sum.
        """
        changes = [shown.change for shown in self.shown.values()]
        if len(changes) < len(COMPARED) or any(map(isnan, changes)) or min(changes) < 0 < max(changes):
            return "mixed"
        total = sum(changes)
        return "up" if total > 0 else "down" if total < 0 else "mixed"

    @property
    def favourable(self) -> bool | None:
        """Whether the estimate is on the good side; None where that is not known."""
        if self.estimated is None or isnan(self.estimated.value) or not self.better or not self.estimated.value:
            return None
        return (self.estimated.value < 0) == (self.better == "lower")


@dataclass(frozen=True, kw_only=True)
class ClassFacts(Facts):
    """What is known of a class outcome: the percentages of its worst class and the p-values of its tests.

    `in_fives`: the percentages are told in steps of five.
    """

    class_label: str
    units: str
    change: Mapping[str, Verdict]
    difference: Mapping[str, Verdict]
    in_fives: bool = False


def verdict(test: Mapping | None, size: str | None, reason: str = "") -> Verdict:
    """Judge one row of the tests table; `reason`: why there is no p, if there is none.

    `size`: how large the effect is called, empty where it is smaller than small, None for tests without an effect size.
    """
    if test is None or isnan(test["p"]):
        return Verdict("untested", reason=reason)
    p = formats.p_bound(test["p"], coarse=True) if test.get("coarse") else formats.p_value(test["p"])
    if test["p"] >= ALPHA:
        return Verdict("not_significant", p)
    if size is None:
        return Verdict("significant", p)
    return Verdict("significant" if size else "negligible", p, size)
