"""Scores of invented households, written as rows."""

import pandas as pd
from given.paths import ROOT

from effectstudie.scoring.score_tables import SCORE_COLUMNS
from effectstudie.shared.yaml_files import read_yaml

CLASSIFICATION = ROOT / "resources" / "classification"
VIOLENCE, VARIABLES, RISK_FACTORS = (
    read_yaml(CLASSIFICATION / f"{name}.yaml") for name in ("violence", "variables", "risk_factors")
)
NO_CHILDREN = pd.DataFrame({"unit": [], "unit_id": [], "household": [], "wave": []}, dtype=object)
NOT_APPLICABLE = "n/a"
BOUNDS = ("at_least", "at_most")


def scores(*rows):
    """(unit, unit_id, household, wave, score, value); a value of None is missing, NOT_APPLICABLE not applicable."""
    frame = pd.DataFrame(rows, columns=SCORE_COLUMNS[:-1])
    status = [{None: "missing", NOT_APPLICABLE: "not_applicable"}.get(value, "ok") for value in frame["value"]]
    value = pd.to_numeric(frame["value"], errors="coerce").astype(float)
    return frame.assign(value=value, status=status)


def partner(minor, severe=0, household="h", wave="T0"):
    return _parts("household", household, household, wave, "cts2.partner_violence", minor, severe)


def child(minor, severe=0, child="k", household="h", wave="T0"):
    return _parts("child", child, household, wave, "ctspc.child_abuse", minor, severe)


def _parts(unit, unit_id, household, wave, score, minor, severe):
    if minor is None or minor == NOT_APPLICABLE:
        severe = total = minor
    else:
        total = minor + severe
    known = [(unit, unit_id, household, wave, f"{score}.{part}.known", None) for part in ("minor", "severe")]
    return [
        *known,
        (unit, unit_id, household, wave, score, total),
        (unit, unit_id, household, wave, f"{score}.minor", minor),
        (unit, unit_id, household, wave, f"{score}.severe", severe),
    ]


def took_part(*children, household="h", wave="T0"):
    return pd.DataFrame([("child", one, household, wave) for one in children], columns=list(NO_CHILDREN))


NO_RISK = {
    "ace.count": 0,
    "background.income": 3,
    "background.paid_hours": 36,
    "auditc_own.drinks_per_week": 0,
    "auditc_partner.drinks_per_week": 0,
    "background.education": 4,
    "background.single_parent": 0,
}


def adult(name="a", household="h", wave="T0", **answers):
    """One adult without any risk, but for these: ace, income, paid_hours, own, partner, education, single_parent."""
    given = {next(score for score in NO_RISK if key in score): value for key, value in answers.items()}
    rows = [("adult", name, household, wave, score, value) for score, value in {**NO_RISK, **given}.items()]
    ace = given.get("ace.count", 0)
    if not isinstance(ace, tuple):
        return [*rows, *[("adult", name, household, wave, f"ace.count.{bound}", ace) for bound in BOUNDS]]
    rows = [row if row[4] != "ace.count" else (*row[:5], None) for row in rows]
    pairs = zip(BOUNDS, ace, strict=True)
    return [*rows, *[("adult", name, household, wave, f"ace.count.{bound}", value) for bound, value in pairs]]
