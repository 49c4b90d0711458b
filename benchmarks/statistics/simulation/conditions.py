"""What is simulated: how the groups differ, and what is true."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Design:
    """Households of a study. Pairs are of the approach and the pool: share with an order, mean number of children.

    `severity`: how many SDs it is higher in the approach; `caliper` as the matching has it.
    """

    name: str
    approach: int
    pool: int
    caliper: float
    with_order: tuple[float, float]
    children: tuple[float, float]
    severity: float


@dataclass(frozen=True)
class Condition:
    """One truth. All in SDs of an outcome at T0, of which higher is better; pairs are of the approach and the pool.

    `effect`: of the approach, at each later wave; `at_risk`: how much more where risk factors accumulate;
    `per_child`: change with each child, in both groups; `usual_level`: how much lower the approach is at all waves;
    `peak`: how much lower at T0 because families are taken in when they are low; `loss_by_start`, `loss_by_later`: log
    odds of staying per SD of T0, or of the mean of the later waves; `matched_on_start`: whether T0 of the outcome is
    one of the covariates of the matching; `two_adults`: share of households; `icc`: what they have in common;
    `moderated`: whether the difference by risk is estimated.
    """

    name: str
    effect: float = 0.0
    at_risk: float = 0.0
    per_child: float = 0.0
    usual_level: float = 0.0
    peak: float = 0.0
    loss_by_start: tuple[float, float] = (0.0, 0.0)
    loss_by_later: tuple[float, float] = (0.0, 0.0)
    matched_on_start: bool = False
    two_adults: float = 0.3
    icc: float = 0.5
    moderated: bool = False


DESIGNS = {
    design.name: design
    for design in (
        # nearly all of the approach have an order, and few others: their number of children stays unlike
        Design("order_51", 51, 1000, 1.0, (0.98, 0.057), (0.95, 1.9), 0.3),
        *(Design(f"overlap_{n}", n, 300, 0.2, (0.5, 0.3), (1.3, 1.7), 0.3) for n in (60, 40, 20, 10)),
    )
}
CONDITIONS = {
    condition.name: condition
    for condition in (
        Condition("none", moderated=True),
        Condition("effect_3", effect=0.3),
        Condition("effect_5", effect=0.5),
        Condition("children", per_child=-0.3),
        Condition("loss_start", loss_by_start=(1.0, -0.3)),
        Condition("loss_later", loss_by_later=(1.0, 0.0)),
        Condition("alike", two_adults=1.0, icc=0.8),
        Condition("risk", at_risk=0.5, moderated=True),
        Condition("peak", peak=0.6, matched_on_start=True),
        Condition("usual_level", usual_level=0.44, matched_on_start=True),
    )
}
# What is simulated in which design.
_EFFECTS = ("none", "effect_3", "effect_5")
PLAN = {
    "order_51": (*_EFFECTS, "children", "loss_start"),
    "overlap_60": _EFFECTS,
    "overlap_40": tuple(CONDITIONS),
    "overlap_20": (*_EFFECTS, "risk"),
    "overlap_10": tuple(name for name in CONDITIONS if name != "risk"),
}
