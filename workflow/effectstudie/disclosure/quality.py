"""The door of the data-quality page: tables of what came in, and who was left out, as they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Count

ADMINISTRATION = "Administratie"

ROLES = ("approach", "pool", "excluded")

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class ShownQuality:
    """What may be shown; what is hidden is NaN or empty.

    `forms`: people with a form by file and role, where there are any; `missing`: file, questionnaire, role, percentages
    `empty` and `left_open`; `odd`: the warnings, with people in `count`; `corrections`: of whom (`row`, `role`) and by
    `who` only inside; `steps`: as flow_steps. `limits`: for printing only. `internal`: nothing is hidden.
    """

    forms: Mapping[tuple[str, str], Count]
    missing: pd.DataFrame
    odd: pd.DataFrame
    corrections: pd.DataFrame
    steps: pd.DataFrame
    limits: Mapping[str, int]
    internal: bool


def treat_quality(
    answers: pd.DataFrame,
    warnings: pd.DataFrame,
    corrections: pd.DataFrame,
    steps: pd.DataFrame,
    approach: Mapping[str, str],
    limits: Limits,
) -> ShownQuality:
    """`answers`, `warnings`, `corrections`: tables of results/cohort/check/; `steps`: of quality.page.flow_steps."""
    answers = answers.assign(role=_roles(answers, approach))
    odd = warnings.fillna("").astype({"about": str, "column": str, "rows": str})
    corrections = corrections.fillna("").astype(str)
    corrections = corrections.assign(role=_roles(corrections, approach))
    if not limits.hide_nothing:
        odd = odd.assign(rows="")
        corrections = corrections.assign(row="", role="", who="")
    return ShownQuality(
        forms=_forms(answers, limits),
        missing=_missing(answers, limits),
        odd=odd.assign(count=[people(number, limits) for number in odd["count"]]),
        corrections=corrections,
        steps=_steps(steps, limits),
        limits=limits.said(),
        internal=limits.hide_nothing,
    )


def people(number: float, limits: Limits) -> Count:
    """A number of people, or that they are fewer than may be shown."""
    return Count(limits.minimum_cell, "fewer") if limits.is_small(number) else Count(number)


def _roles(places: pd.DataFrame, approach: Mapping) -> pd.Series:
    name = places["aanpak"].fillna("")
    role = name.map(lambda one: "excluded" if one else "pool")
    return role.mask((places["regio"] == approach["regio"]) & (name == approach["aanpak"]), "approach")


def _forms(answers: pd.DataFrame, limits: Limits) -> dict[tuple[str, str], Count]:
    forms = answers[answers["questionnaire"] == ADMINISTRATION].groupby(["file", "role"])["forms"].sum()
    return {place: people(int(number), limits) for place, number in forms.items()}


def _missing(answers: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Per file and questionnaire, of approach and possible controls: nothing answered, and questions left open."""
    rows = []
    kept = answers[(answers["questionnaire"] != ADMINISTRATION) & (answers["role"] != "excluded")]
    for (file, questionnaire), block in kept.groupby(["file", "questionnaire"], sort=False):
        for role in ROLES[:2]:
            sums = block.loc[block["role"] == role, ["forms", "empty", "asked", "answered", "not_applicable"]].sum()
            few = any(limits.is_small(number) for number in (sums["empty"], sums["forms"] - sums["empty"]))
            if few or sums["forms"] < limits.minimum_group or not sums["asked"]:
                shares = NAN, NAN  # from the questions left open the number of empty forms can be guessed
            else:
                left_open = sums["asked"] - sums["answered"] - sums["not_applicable"]
                shares = 100 * sums["empty"] / sums["forms"], 100 * left_open / sums["asked"]
            rows.append((file, questionnaire, role, *shares))
    return pd.DataFrame(rows, columns=["file", "questionnaire", "role", "empty", "left_open"])


def _steps(steps: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Numbers from which no small number can be worked out: of two stages that differ by a few, the last is shown."""
    shown = steps.astype({"approach": float, "control": float})
    for group in ("approach", "control"):
        later = NAN
        for place, number in reversed(list(steps.loc[steps["kind"] == "stage", group].items())):
            if limits.is_small(number) or limits.is_small(abs(number - later)):
                shown.loc[place, group] = NAN
            else:
                later = number
        reasons = steps.loc[steps["kind"] == "reason", group]
        if shown[group].isna().any() or any(limits.is_small(number) for number in reasons):
            shown.loc[reasons.index[reasons > 0], group] = NAN
    return shown
