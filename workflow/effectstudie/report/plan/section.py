"""What the report says of the plan: which one it follows, what that says, and how the report departs from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from effectstudie.definitions.follow_up import FIRST, by_rule
from effectstudie.definitions.plans.registered import Registered
from effectstudie.definitions.plans.versions import Version
from effectstudie.report.contents import Contents
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.plan.departures import PlanNames, departures_table
from effectstudie.shared import formats


def plan_said(inputs: ReportInputs, contents: Contents) -> dict[str, Any]:
    """Sentences, points (`point`, `choice`) and, of the analysis of risk, what makes it exploratory."""
    plan, words = inputs.plan, contents.texts["plan"]
    if plan is None:
        return {"sentences": [words["none"]], "points": [], "risk": ""}
    names, said = plan_names(inputs, contents), []
    said += _which(plan, inputs, words)
    if plan.departures:
        kind = "one" if len(plan.departures) == 1 else "more"
        said.append(words["departs"][kind].format(count=len(plan.departures)))
    else:
        said.append(words["as_planned"])
    said.append(words["exploratory"])
    risk = "" if plan.plan["moderators"] else words["risk_exploratory"]
    return {"sentences": said, "points": _points(plan, inputs, names), "risk": risk}


def plan_names(inputs: ReportInputs, contents: Contents) -> PlanNames:
    """What the report calls what the plan and the study name."""
    plan, study = inputs.plan, inputs.study
    labels, titles = plan.plan["labels"] if plan else {}, contents.texts["titles"]
    outcomes = {name: titles.get(name, label) for name, label in labels.items()}
    outcomes |= {name: contents.title(name) for name in contents.outcomes}
    strategies = {name: spec["label"] for name, spec in study["matching"]["strategies"].items()}
    return PlanNames(outcomes, strategies, contents.labels["covariates"], contents.texts["plan"])


def add_departures(inputs: ReportInputs, contents: Contents) -> None:
    """The table of departures, where there are any."""
    if inputs.plan and inputs.plan.departures:
        table = departures_table(inputs.plan.departures, plan_names(inputs, contents))
        contents.table("departures", table, [contents.texts["plan"]["note"]])


def _which(plan: Registered, inputs: ReportInputs, words: Mapping[str, Any]) -> list[str]:
    version, said = plan.version, []
    said.append(words["frozen"].format(moment=_moment(version, words), mark=version.mark))
    if date.fromisoformat(version.frozen_at[:10]) > date.fromisoformat(str(inputs.study["report_date"])):
        said.append(words["late"])
    exports = "unknown" if version.exports == "synthetic" and not inputs.synthetic else version.exports
    said.append(words["exports"][exports].format(files=formats.joined(version.files)))
    place = plan.versions.index(version)
    for before, after in zip(plan.versions[:place], plan.versions[1 : place + 1], strict=True):
        said.append(words["earlier"].format(moment=_moment(before, words), mark=before.mark))
        said.append(_with_reason("revised", after, words))
    said += [_with_reason("later", one, words) for one in plan.versions[place + 1 :]]
    return said


def _with_reason(kind: str, version: Version, words: Mapping[str, Any]) -> str:
    return words[kind].format(
        moment=_moment(version, words),
        mark=version.mark,
        reason=version.reason.rstrip("."),
        exports=words["later_exports"][version.exports],
    )


def _moment(version: Version, words: Mapping[str, Any]) -> str:
    day, time = version.frozen_at.removesuffix("Z").split("T")
    return words["moment"].format(date=formats.long_date(day), time=time[:5])


def _points(plan: Registered, inputs: ReportInputs, names: PlanNames) -> list[dict[str, str]]:
    """What the plan says, a point each; a point that it has nothing for is left out."""
    content, words = plan.plan, names.words
    margins = [
        words["margin"].format(
            outcome=names.outcome(name), margin=names.value("margins", content["margins"][name], None)
        )
        for name in content["primary"]
        if name in content["margins"]
    ]
    follow_up = {"waves": content["follow_up"], "nearest_days": content.get("follow_up_days")}
    follow_up["rule"] = content.get("follow_up_rule", FIRST)
    values = {
        "primary": names.value("primary", content["primary"], None),
        "secondary": names.value("secondary", content["secondary"], None) if content["secondary"] else "",
        "exploratory": formats.joined([names.outcome(one) for one in plan.exploratory(inputs.study["outcomes"])]),
        "estimand": names.value("estimand", content["estimand"], None),
        "selected": names.strategy(content["selected"]),
        "beside": formats.joined([names.strategy(one) for one in content["strategies"] if one != content["selected"]]),
        "follow_up": by_rule(follow_up, words["follow_up"]),
        "moderators": names.value("moderators", content["moderators"], None),
        "margins": "; ".join(margins),
        "exclusions": " ".join(f"{text.rstrip('.')}." for text in content["exclusions"]),
    }
    return [{"point": words["points"][name], "choice": text} for name, text in values.items() if text]
