"""A plan with all that the settings make of it: frozen by `make plan`, and made again at each run to compare."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from effectstudie.definitions.follow_up import FIRST
from effectstudie.definitions.strategies import Strategy
from effectstudie.shared.vocabulary import ALPHA

# What the analysis estimates for, where a study does not say.
DEFAULT_ESTIMAND = "persons"


def planned_outcomes(plan: Mapping[str, Any]) -> list[str]:
    """The primary outcomes of a plan, then the others that it names."""
    return [*plan["primary"], *plan["secondary"]]


def resolved(
    written: Mapping[str, Any], study: Mapping[str, Any], outcomes: Mapping[str, Mapping], classification: Mapping
) -> dict[str, Any]:
    """The plan in force, in plain values.

    Outcomes, moderators and exclusions are those of the plan's file (`written`), as far as the study reports them; what
    the analysis reads elsewhere comes from there: `study`, its `outcomes` (Settings.outcomes_of) and `classification`.
    """
    primary, secondary = (
        [name for name in written[key] if name in study["outcomes"]] for key in ("primary", "secondary")
    )
    planned = {name: outcomes[name] for name in (*primary, *secondary)}
    strategies = study["matching"]["strategies"]
    margins = {name: outcome for name, outcome in planned.items() if "margin" in outcome}
    return {
        "primary": primary,
        "secondary": secondary,
        "estimand": study.get("estimand", DEFAULT_ESTIMAND),
        "selected": study["matching"]["selected"],
        "strategies": {name: _strategy(plain) for name, plain in strategies.items()},
        "approach": {key: study["approach"][key] for key in ("regio", "aanpak")},
        "follow_up": list(study["follow_up"]["waves"]),
        "follow_up_rule": study["follow_up"].get("rule", FIRST),
        "follow_up_days": study["follow_up"].get("nearest_days"),
        "moderators": list(written["moderators"]),
        "exclusions": list(written["exclusions"]),
        "margins": {name: outcome["margin"] for name, outcome in margins.items()},
        "margin_sources": {name: outcome["margin_source"] for name, outcome in margins.items()},
        "alpha": ALPHA,
        "risk_threshold": study["risk_threshold"],
        "risk_factors": {name: dict(spec["yes_when"]) for name, spec in classification["risk_factors"].items()},
        "violence": {
            name: {key: bound for key, bound in spec.items() if key.endswith("_from")}
            for name, spec in classification["violence"].items()
        },
        "outcomes": {
            name: {key: outcome[key] for key in ("variable", "unit", "kind")} for name, outcome in planned.items()
        },
        "labels": {name: outcome["label"] for name, outcome in planned.items()},
    }


def _strategy(plain: Mapping[str, Any]) -> dict[str, Any]:
    """A strategy with its defaults filled in, without what the report calls it."""
    filled = asdict(Strategy.of(plain))
    return {key: list(value) if isinstance(value, tuple) else value for key, value in filled.items() if key != "label"}
