"""The data-quality page of a study: what came in, what is missing, odd or corrected, and who was left out.

Every number is printed here, so the template only places texts.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from effectstudie.disclosure.quality import ROLES, ShownQuality
from effectstudie.disclosure.shown import Count
from effectstudie.shared import formats
from effectstudie.shared.templates import environment
from effectstudie.shared.vocabulary import COMPARED


def quality_record(
    *,
    study: Mapping[str, Any],
    manifests: Mapping[str, Mapping],
    never_given: pd.DataFrame,
    shown: ShownQuality,
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """All that the page says: texts, and tables as head and rows of printed cells.

    `manifests`: export → exports.manifest; `never_given`: the table of results/cohort/check/; `words`:
    resources/pages/quality/quality.nl.yaml.
    """
    return {
        "study": {key: study[key] for key in ("study", "title", "region_label")},
        "report_date": str(study["report_date"]),
        "approach": study["approach"]["label"],
        "internal": shown.internal,
        "synthetic": any(facts["synthetic"] for facts in manifests.values()),
        "privacy": dict(shown.limits),
        "tables": {
            "files": _table(words["files"], _files(manifests, shown, words)),
            "missing": _table(words["missing"], _missing(shown.missing, words["absent"])),
            "odd": _table(words["odd"], _odd(shown, words)),
            "never": _table(words["never"], _never(never_given)),
            "corrections": _table(words["corrections"], _corrections(shown.corrections, words["roles"])),
            "flow": _table(words["flow"], _flow(shown.steps, words)),
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
    stages.append(("matched", "stage", *(int((groups == group).sum()) for group in COMPARED)))
    later = groups[groups.index.isin(followed)]
    stages.append(("followed", "stage", *(int((later == group).sum()) for group in COMPARED)))
    return pd.DataFrame(stages, columns=["step", "kind", *COMPARED])


def _people(count: Count, words: Mapping, limits: Mapping[str, int]) -> str:
    return words["fewer"].format(**limits) if count.kind == "fewer" else formats.number(count.number)


def _table(words: Mapping, rows: list[list[str]]) -> dict[str, Any]:
    return {"caption": words["caption"], "head": words["head"], "rows": rows, "none": words["none"]}


def _files(manifests: Mapping[str, Mapping], shown: ShownQuality, words: Mapping) -> list[list[str]]:
    rows = []
    for export, facts in manifests.items():
        of_role = [_people(shown.forms.get((export, role), Count(0)), words, shown.limits) for role in ROLES]
        rows.append([facts["file"], formats.number(facts["rows"]), *of_role])
    return rows


def _missing(missing: pd.DataFrame, absent: str) -> list[list[str]]:
    """Per file and questionnaire, of approach and possible controls: nothing answered, and questions left open."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in missing.itertuples():
        cells = rows.setdefault((one.file, one.questionnaire), [one.file, one.questionnaire])
        for share, decimals in ((one.empty, 0), (one.left_open, 1)):
            cells.append(absent if pd.isna(share) else formats.percent(share, decimals))
    return list(rows.values())


def _odd(shown: ShownQuality, words: Mapping) -> list[list[str]]:
    """What was odd, with the case numbers where they may be shown."""
    return [
        [
            one.file,
            words["kinds"][one.kind].format(about=one.about, column=one.column),
            _people(one.count, words, shown.limits),
            one.rows,
        ]
        for one in shown.odd.itertuples()
    ]


def _never(never_given: pd.DataFrame) -> list[list[str]]:
    return [
        [one.file, one.questionnaire, str(one.codes), formats.number(one.answers)] for one in never_given.itertuples()
    ]


def _corrections(corrections: pd.DataFrame, roles: Mapping[str, str]) -> list[list[str]]:
    """Corrections, with of whom they are and who made them where that may be shown."""
    return [
        [
            one.file,
            one.column,
            one.reason,
            formats.long_date(one.date),
            f"{one.row}, {roles[one.role]}" if one.row else "",
            one.who,
        ]
        for one in corrections.itertuples()
    ]


def _flow(steps: pd.DataFrame, words: Mapping) -> list[list[str]]:
    rows = []
    for one in steps.itertuples():
        numbers = (getattr(one, group) for group in COMPARED)
        printed = [words["absent"] if pd.isna(number) else formats.number(number) for number in numbers]
        rows.append([words["steps"][one.step], *printed])
    return rows
