"""A plan of an invented study, written, in force and frozen."""

import copy

from effectstudie.definitions.plans.resolve import resolved
from effectstudie.definitions.plans.versions import with_version

WRITTEN = {
    "study": "zeeland",
    "primary": ["safety"],
    "secondary": ["stress"],
    "estimand": "persons",
    "strategies": {"selected": "near", "beside": ["far"]},
    "moderators": ["risk_cumulation"],
    "exclusions": ["Gezinnen zonder T0 doen niet mee."],
}
STUDY = {
    "study": "zeeland",
    "report_date": "2027-06-01",
    "approach": {"regio": "Zeeland", "aanpak": "Dijk en Duin", "label": "Dijk en Duin"},
    "follow_up": {"waves": ["T1", "T2"], "label": "T2"},
    "risk_threshold": 4,
    "matching": {
        "selected": "near",
        "strategies": {
            "near": {"label": "Dichtbij", "covariates": ["age", "sex"], "ratio": 2, "caliper": 0.2, "exact": [],
                     "missing": "indicator"},
            "far": {"label": "Ver", "covariates": ["age"], "ratio": 1, "caliper": None, "exact": [],
                    "missing": "complete"},
        },
    },
    "outcomes": ["safety", "stress", "drinking"],
}  # fmt: skip
OUTCOMES = {
    "safety": {"variable": "safety.mark", "unit": "adult", "kind": "mean", "label": "gevoel van veiligheid",
               "margin": 0.5, "margin_source": "een half punt"},
    "stress": {"variable": "nosik.stress", "unit": "child", "kind": "mean", "label": "opvoedstress"},
    "drinking": {"variable": "auditc.drinks", "unit": "adult", "kind": "mean", "label": "alcoholgebruik"},
}  # fmt: skip
CLASSIFICATION = {
    "violence": {"partner_violence": {"score": "cts2.total", "unit": "household", "mild_from": 4, "severe_from": 1}},
    "risk_factors": {"own_drinking": {"score": "auditc.drinks", "yes_when": {"above": 8}}},
}
MOMENT = "2026-03-01T09:30:00Z"


def in_force(written=None, study=None, outcomes=None, classification=None):
    """The plan as `resolve` makes it; each part another in the place of the invented one."""
    parts = (written or WRITTEN, study or STUDY, outcomes or OUTCOMES, classification or CLASSIFICATION)
    return resolved(*parts)


def changed(given, **at):
    """A copy with other values; a key of `at` is a path: strategies__near__ratio."""
    given = copy.deepcopy(given)
    for path, value in at.items():
        *above, last = path.split("__")
        place = given
        for name in above:
            place = place[name]
        place[last] = value
    return given


def frozen(*exports, plans=()):
    """Versions with these states of the exports, in order; `plans`: theirs, else the plan in force."""
    versions = ()
    for place, state in enumerate(exports):
        versions = with_version(
            versions,
            plan=plans[place] if plans else in_force(),
            frozen_at=MOMENT.replace("-03-", f"-0{place + 3}-"),
            reason="de raad vroeg erom" if place else "",
            exports=state,
            files=("T1_kinderen.sav",) if state == "there" else (),
        )
    return versions
