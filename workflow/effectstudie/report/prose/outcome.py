"""What sentences are made of: the treated values and the judged tests of one outcome.

All values arrive as they are printed, so that values which print equal are never called a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan

from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA


@dataclass(frozen=True)
class Verdict:
    """A tested effect: `state` is significant, not_significant, negligible or untested.

    `size`: how large the effect is called, a key of `sizes` in the texts; empty where there is no effect size.
    `reason`: why it is untested (methods.estimate.Reason); empty where it is tested, or nobody knows.
    """

    state: str
    p: str = ""
    eta: str = ""
    size: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """A group's value at T0 and follow-up: as a number and as printed."""

    before: float
    after: float
    before_text: str
    after_text: str

    @property
    def direction(self) -> str:
        """`down`, `up`, or `same` when both print alike."""
        if self.before_text == self.after_text:
            return "same"
        return "up" if self.after > self.before else "down"


@dataclass(frozen=True)
class Single:
    """A group's value at the one measurement (`wave`) at which it may be shown."""

    wave: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of any outcome.

    `shown`: the groups with a value at both measurements; `single`: those with a value at one; a group in neither
    is too small to show. `uniform`: a value is hidden because everybody is in one class, not because few are.
    `place`: of the outcome in the report; outcomes that follow each other get other wordings by it.
    """

    label: str
    article: str
    shown: Mapping[str, Shown]
    single: Mapping[str, Single] = field(default_factory=dict)
    uniform: bool = False
    place: int = 0
    plural: bool = False
    unit: Mapping[str, str] | None = None

    @property
    def object(self) -> str:
        """How a sentence names the outcome."""
        return object_of({"article": self.article, "label": self.label})


@dataclass(frozen=True, kw_only=True)
class OutcomeFacts(Facts):
    """What is known of one mean or percentage outcome.

    `time`, `group`, `interaction`: the effects of the mixed analysis; `within`: the change of each group tested by
    itself. What is shown is of everyone at a measurement, what is tested of those with both: `tested_change` (both
    groups), `tested_within` (each group) and `tested_difference` say which way the latter goes.
    """

    outcome: str
    better: str
    time: Verdict
    group: Verdict
    interaction: Verdict
    within: Mapping[str, Verdict]
    norm: Mapping = field(default_factory=dict)
    tested_change: float | None = None
    tested_within: Mapping[str, float] = field(default_factory=dict)
    tested_difference: float | None = None

    @property
    def shown_direction(self) -> str:
        """The direction that all shown groups share (`down`, `up`, `same`), else `mixed`."""
        directions = {shown.direction for shown in self.shown.values()}
        return directions.pop() if len(directions) == 1 else "mixed"

    @property
    def common_direction(self) -> str:
        """`down` or `up` where the groups share it and it was tested, else `mixed`."""
        direction = self.shown_direction
        agrees = sign(self.tested_change) in (direction, None)
        return direction if direction in ("down", "up") and agrees else "mixed"

    @property
    def larger_change(self) -> str:
        """The group that moves further, where both move the same way, as printed and as tested; else empty."""
        if self.shown_direction not in ("down", "up") or not all(map(self.agrees_within, self.shown)):
            return ""
        # sums of rounded values: apart from the error of the sum they are as printed
        shown = {group: round(abs(shown.after - shown.before), 6) for group, shown in self.shown.items()}
        tested = {group: abs(change) for group, change in self.tested_within.items()}
        further = {_largest(sizes) for sizes in (shown, tested) if len(sizes) == len(self.shown)}
        return further.pop() if len(further) == 1 else ""

    def agrees_within(self, group: str) -> bool:
        """Whether a group's printed values move, and the tested change moves the same way."""
        direction = self.shown[group].direction
        return direction != "same" and sign(self.tested_within.get(group)) in (direction, None)


@dataclass(frozen=True, kw_only=True)
class ClassFacts(Facts):
    """What is known of a class outcome: the percentages of its worst class and the p-values of its tests."""

    class_label: str
    units: str
    change: Mapping[str, Verdict]
    difference: Mapping[str, Verdict]


def object_of(definition: Mapping) -> str:
    """How a sentence names an outcome: `het partnergeweld`."""
    return f"{definition.get('article', '')} {definition['label']}".strip()


def _largest(sizes: Mapping[str, float]) -> str:
    top = max(sizes.values())
    names = [name for name, size in sizes.items() if size == top]
    return names[0] if len(names) == 1 else ""


def sign(change: float | None) -> str | None:
    """`up`, `down` or `same`; None of what is not known."""
    if change is None:
        return None
    return "up" if change > 0 else "down" if change < 0 else "same"


def verdict(test: Mapping | None, size: str | None, reason: str = "") -> Verdict:
    """Judge one row of the tests table; `reason`: why there is no p, if there is none.

    `size`: how large the effect is called, empty where it is smaller than small, None for tests without an effect size.
    """
    if test is None or isnan(test["p"]):
        return Verdict("untested", reason=reason)
    p = formats.p_bound(test["p"]) if test.get("coarse") else formats.p_value(test["p"])
    if test["p"] >= ALPHA:
        return Verdict("not_significant", p)
    if size is None:
        return Verdict("significant", p)
    if not size:
        return Verdict("negligible")
    return Verdict("significant", p, formats.coefficient(test["effect_value"]), size)
