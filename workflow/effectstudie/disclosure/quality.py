"""The door of the data-quality page: tables of what came in, and who was left out, as they may be shown."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Count
from effectstudie.shared.vocabulary import COMPARED

ADMINISTRATION = "Administratie"

ROLES = ("approach", "pool", "excluded")

# All of them together: what is published does not tell the groups of a study apart.
COHORT = "cohort"

NAN = float("nan")


@dataclass(frozen=True, eq=False)
class ShownQuality:
    """What may be shown; what is hidden is NaN or empty.

    `forms`: people with a form by file and role, only inside: beside the sizes of the study they tell who of it is not
    in the comparison. `missing`: file, questionnaire, role, percentages `empty` and `left_open`; role is COHORT in what
    is published, for the report says how many of its groups answered what. `odd`: the warnings, with people in `count`;
    `corrections`: inside of whom (`row`, `role`), by `who` and why, else only how many (`count`) by file and column;
    `recodes`: inside each with its `count` and why, else by file and column how many `codes`, and how many gave one;
    `steps`: as flow_steps. `limits`: for printing only. `internal`: nothing is hidden.
    """

    forms: Mapping[tuple[str, str], int]
    missing: pd.DataFrame
    odd: pd.DataFrame
    corrections: pd.DataFrame
    recodes: pd.DataFrame
    steps: pd.DataFrame
    limits: Mapping[str, int]
    internal: bool


def treat_quality(
    answers: pd.DataFrame,
    warnings: pd.DataFrame,
    corrections: pd.DataFrame,
    recodes: pd.DataFrame,
    steps: pd.DataFrame,
    approach: Mapping[str, str],
    limits: Limits,
    withheld: Collection[str] = (),
) -> ShownQuality:
    """`answers`, `warnings`, `corrections`, `recodes`: tables of results/cohort/check/; `steps`: of
    quality.flow.flow_steps; `withheld`: keys of `audit.sizes`.
    """
    answers = answers.assign(role=_roles(answers, approach) if limits.hide_nothing else COHORT)
    odd = warnings.fillna("").astype({"about": str, "column": str, "rows": str})
    corrections = corrections.fillna("").astype(str)
    corrections = corrections.assign(role=_roles(corrections, approach))
    recodes = recodes.astype({"old": str, "new": str, "reason": str})
    if not limits.hide_nothing:
        odd = odd.assign(rows="")
    return ShownQuality(
        forms=_forms(answers) if limits.hide_nothing else {},
        missing=_missing(answers, limits),
        odd=odd.assign(count=[people(number, limits) for number in odd["count"]]),
        corrections=corrections if limits.hide_nothing else _counted(corrections, limits),
        recodes=recodes if limits.hide_nothing else _recoded(recodes, answers, limits),
        steps=_steps(steps, limits, withheld),
        limits=limits.said(),
        internal=limits.hide_nothing,
    )


def people(number: float, limits: Limits) -> Count:
    """A number of people, or that they are fewer than may be shown."""
    return Count(limits.minimum_cell, "fewer") if limits.is_small(number) else Count(number)


def _counted(corrections: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Each correction is of one person, and its reason may say of whom."""
    numbers = corrections.groupby(["file", "column"], sort=False).size().reset_index(name="count")
    return numbers.assign(count=[people(int(number), limits) for number in numbers["count"]])


def _recoded(recodes: pd.DataFrame, answers: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Nobody can tell how many people gave a code, nor how few of all in the file gave none of those."""
    rows = answers[answers["questionnaire"] == ADMINISTRATION].groupby("file")["forms"].sum()
    numbers = recodes.groupby(["file", "column"], sort=False)["count"].agg(codes="size", count="sum").reset_index()
    nearly_all = Count(limits.minimum_cell - 1, "more")
    counts = [
        nearly_all if limits.is_small(rows.get(file, number) - number) else people(int(number), limits)
        for file, number in zip(numbers["file"], numbers["count"], strict=True)
    ]
    return numbers.assign(count=counts)


def corrections_in_all(manifests: Iterable[Mapping], limits: Limits) -> Count:
    """How many corrections the report speaks of, so that no few of one column follow; `manifests`: exports.manifest."""
    numbers = Counter((facts["file"], fix["column"]) for facts in manifests for fix in facts["corrections"])
    hidden = any(limits.is_small(number) for number in numbers.values())
    if hidden and not limits.is_small(numbers.total()):
        return Count(limits.minimum_cell - 1, "more")
    return people(numbers.total(), limits)


def _roles(places: pd.DataFrame, approach: Mapping) -> pd.Series:
    name = places["aanpak"].fillna("")
    role = name.map(lambda one: "excluded" if one else "pool")
    return role.mask((places["regio"] == approach["regio"]) & (name == approach["aanpak"]), "approach")


def _forms(answers: pd.DataFrame) -> dict[tuple[str, str], int]:
    forms = answers[answers["questionnaire"] == ADMINISTRATION].groupby(["file", "role"])["forms"].sum()
    return {place: int(number) for place, number in forms.items()}


def _missing(answers: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Per file and questionnaire: nothing answered, and questions left open; inside by approach and controls."""
    rows = []
    kept = answers[(answers["questionnaire"] != ADMINISTRATION) & (answers["role"] != "excluded")]
    for (file, questionnaire), block in kept.groupby(["file", "questionnaire"], sort=False):
        for role in ROLES[:2] if limits.hide_nothing else [COHORT]:
            sums = block.loc[block["role"] == role, ["forms", "empty", "asked", "answered", "not_applicable"]].sum()
            few = any(limits.is_small(number) for number in (sums["empty"], sums["forms"] - sums["empty"]))
            if few or sums["forms"] < limits.minimum_group or not sums["asked"]:
                shares = NAN, NAN  # from the questions left open the number of empty forms can be guessed
            else:
                left_open = sums["asked"] - sums["answered"] - sums["not_applicable"]
                shares = 100 * sums["empty"] / sums["forms"], 100 * left_open / sums["asked"]
            rows.append((file, questionnaire, role, *shares))
    return pd.DataFrame(rows, columns=["file", "questionnaire", "role", "empty", "left_open"])


def _steps(steps: pd.DataFrame, limits: Limits, withheld: Collection[str]) -> pd.DataFrame:
    """Numbers from which no small number can be worked out."""
    shown = steps.astype({"approach": float, "control": float})
    for place, row in steps.iterrows():
        for group in COMPARED:
            if limits.is_small(row[group]) or f"size/{row['kind']}/{row['step']}/{group}" in withheld:
                shown.loc[place, group] = NAN
    return shown
