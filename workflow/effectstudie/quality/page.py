"""The data-quality page of a study: what came in, what is missing, odd or corrected, and who was left out.

Every number is printed here; in the public version small counts are treated, so the template only places texts.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from effectstudie.shared import formats
from effectstudie.shared.templates import environment

ADMINISTRATION = "Administratie"

ROLES = ("approach", "pool", "excluded")


def quality_record(
    *,
    study: Mapping[str, Any],
    manifests: Mapping[str, Mapping],
    warnings: pd.DataFrame,
    never_given: pd.DataFrame,
    answers: pd.DataFrame,
    corrections: pd.DataFrame,
    steps: pd.DataFrame,
    privacy: Mapping[str, int] | None,
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """All that the page says: texts, and tables as head and rows of printed cells.

    `manifests`: export → exports.manifest; `warnings`, `never_given`, `answers`, `corrections`: the tables of
    results/cohort/check/; `steps`: flow_steps; `privacy`: minimum_cell and minimum_group, None for the version with all
    small counts; `words`: resources/pages/quality/quality.nl.yaml.
    """
    minimum = privacy or {"minimum_cell": 1, "minimum_group": 1}
    count = _Counts(minimum["minimum_cell"], words["fewer"])
    answers = answers.assign(role=_roles(answers, study["approach"]))
    return {
        "study": {key: study[key] for key in ("study", "title", "region_label")},
        "report_date": str(study["report_date"]),
        "approach": study["approach"]["label"],
        "internal": privacy is None,
        "synthetic": any(facts["synthetic"] for facts in manifests.values()),
        "privacy": minimum,
        "tables": {
            "files": _table(words["files"], _files(manifests, answers, count)),
            "missing": _table(words["missing"], _missing(answers, minimum, words["absent"])),
            "odd": _table(words["odd"], _odd(warnings, words["kinds"], count, rows=privacy is None)),
            "never": _table(words["never"], _never(never_given)),
            "corrections": _table(
                words["corrections"], _corrections(corrections, study["approach"], words["roles"], privacy is None)
            ),
            "flow": _table(words["flow"], _flow(steps, words["steps"], minimum["minimum_cell"], words["absent"])),
        },
        "unmapped": {
            facts["file"]: facts["unmapped_columns"] for facts in manifests.values() if facts["unmapped_columns"]
        },
    }


def quality_html(
    record: Mapping[str, Any], words: Mapping[str, Any], templates: str | Path, style: str, report: str
) -> str:
    """The page as one HTML file.

    `templates`: folder with quality.html.j2; `style`: CSS; `report`: name of the report beside it.
    """
    pages = environment(templates)
    pages.filters |= {"long_date": formats.long_date}
    return pages.get_template("quality.html.j2").render(**record, words=words, report=report, style=Markup(style))


def flow_steps(
    roles: pd.Series, candidates: pd.DataFrame, matched: pd.DataFrame, followed: Sequence[str], reasons: Mapping
) -> pd.DataFrame:
    """Households at each step: columns step, kind (`stage` or `reason`), approach and control.

    `roles`: role by household, of the whole cohort; `candidates`: household and role of those asked at T0; `matched`:
    household and group; `followed`: households with a follow-up; `reasons`: `unmatched_approach` and `pool_set_aside`
    of the matching's summary, reason → number.
    """
    groups = matched.set_index("household")["group"]
    asked = candidates["role"].value_counts()
    stages = [("export", "stage", *(int((roles == role).sum()) for role in ROLES[:2]))]
    stages.append(("asked", "stage", *(int(asked.get(role, 0)) for role in ROLES[:2])))
    stages += [
        (reason, "reason", int(number), int(reasons["pool_set_aside"].get(reason, 0)))
        for reason, number in reasons["unmatched_approach"].items()
        if number or reasons["pool_set_aside"].get(reason, 0)
    ]
    stages.append(("matched", "stage", *(int((groups == group).sum()) for group in ("approach", "control"))))
    later = groups[groups.index.isin(followed)]
    stages.append(("followed", "stage", *(int((later == group).sum()) for group in ("approach", "control"))))
    return pd.DataFrame(stages, columns=["step", "kind", "approach", "control"])


class _Counts:
    """Prints a number of persons; small ones as "minder dan 5"."""

    def __init__(self, minimum_cell: int, fewer: str):
        self.minimum, self.fewer = minimum_cell, fewer.format(minimum_cell=minimum_cell)

    def __call__(self, number: float) -> str:
        return self.fewer if 0 < number < self.minimum else formats.number(number)


def _roles(places: pd.DataFrame, approach: Mapping) -> pd.Series:
    name = places["aanpak"].fillna("")
    role = name.map(lambda one: "excluded" if one else "pool")
    return role.mask((places["regio"] == approach["regio"]) & (name == approach["aanpak"]), "approach")


def _table(words: Mapping, rows: list[list[str]]) -> dict[str, Any]:
    return {"caption": words["caption"], "head": words["head"], "rows": rows, "none": words["none"]}


def _files(manifests: Mapping[str, Mapping], answers: pd.DataFrame, count: "_Counts") -> list[list[str]]:
    rows = []
    forms = answers[answers["questionnaire"] == ADMINISTRATION].groupby(["file", "role"])["forms"].sum()
    for export, facts in manifests.items():
        of_role = [int(forms.get((export, role), 0)) for role in ROLES]
        rows.append([facts["file"], formats.number(facts["rows"]), *map(count, of_role)])
    return rows


def _missing(answers: pd.DataFrame, minimum: Mapping[str, int], absent: str) -> list[list[str]]:
    """Per export and questionnaire, of approach and possible controls: nothing answered, and questions left open."""
    rows = []
    kept = answers[(answers["questionnaire"] != ADMINISTRATION) & (answers["role"] != "excluded")]
    for (export, questionnaire), block in kept.groupby(["file", "questionnaire"], sort=False):
        cells = []
        for role in ROLES[:2]:
            sums = block.loc[block["role"] == role, ["forms", "empty", "asked", "answered", "not_applicable"]].sum()
            filled = sums["forms"] - sums["empty"]
            few = any(0 < number < minimum["minimum_cell"] for number in (sums["empty"], filled))
            if few or sums["forms"] < minimum["minimum_group"] or not sums["asked"]:
                cells += [absent, absent]  # from the questions left open the number of empty forms can be guessed
                continue
            left_open = sums["asked"] - sums["answered"] - sums["not_applicable"]
            cells.append(formats.percent(100 * sums["empty"] / sums["forms"]))
            cells.append(formats.percent(100 * left_open / sums["asked"], 1))
        rows.append([export, questionnaire, *cells])
    return rows


def _odd(warnings: pd.DataFrame, kinds: Mapping[str, str], count: "_Counts", rows: bool) -> list[list[str]]:
    """What was odd; the case numbers in the version that stays inside only."""
    found = []
    for one in warnings.fillna("").astype({"about": str, "column": str, "rows": str}).itertuples():
        cells = [one.file, kinds[one.kind].format(about=one.about, column=one.column), count(one.count)]
        found.append(cells + [one.rows if rows else ""])
    return found


def _never(never_given: pd.DataFrame) -> list[list[str]]:
    return [
        [one.file, one.questionnaire, str(one.codes), formats.number(one.answers)] for one in never_given.itertuples()
    ]


def _corrections(corrections: pd.DataFrame, approach: Mapping, roles: Mapping, internal: bool) -> list[list[str]]:
    """Of whom a correction is, and who made it, in the version that stays inside only."""
    found = []
    corrections = corrections.fillna("").astype(str)
    of_role = _roles(corrections, approach) if len(corrections) else []
    for one, role in zip(corrections.itertuples(), of_role, strict=True):
        inside = [f"{one.row}, {roles[role]}", one.who] if internal else ["", ""]
        found.append([one.file, one.column, one.reason, formats.long_date(one.date), *inside])
    return found


def _flow(steps: pd.DataFrame, names: Mapping[str, str], minimum: int, absent: str) -> list[list[str]]:
    """Numbers from which no small number can be worked out: of two stages that differ by a few, the last is shown."""
    printed: dict[str, list[str]] = {}
    for group in ("approach", "control"):
        stages = steps[steps["kind"] == "stage"]
        kept, next_ = {}, None
        for place, number in reversed(list(stages[group].items())):
            hidden = 0 < number < minimum or (next_ is not None and 0 < abs(number - next_) < minimum)
            kept[place] = absent if hidden else formats.number(number)
            next_ = next_ if hidden else number
        reasons = steps[steps["kind"] == "reason"][group]
        hide = any(0 < number < minimum for number in reasons) or absent in kept.values()
        kept |= {place: absent if hide and number else formats.number(number) for place, number in reasons.items()}
        printed[group] = [kept[place] for place in steps.index]
    return [
        [names[step], approach, control]
        for step, approach, control in zip(steps["step"], printed["approach"], printed["control"], strict=True)
    ]
