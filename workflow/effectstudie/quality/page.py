"""The data-quality page of a study: what came in, what is missing, odd or corrected, and who was left out.

Every number is printed here, so the template only places texts.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from effectstudie.disclosure.quality import ROLES, ShownQuality
from effectstudie.disclosure.shown import Count
from effectstudie.quality.overview import heat_map, opening
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
            "odd": _table(words["odd"], _odd(shown, words)),
            "never": _table(words["never"], _never(never_given, words)),
            "corrections": _corrections(shown, words),
            "recodes": _recodes(shown, words),
            "flow": _table(words["flow"], _flow(shown.steps, words)),
        },
        "heat": [heat_map(shown.missing, measure, words) for measure in ("left_open", "empty")],
        "opening": opening(manifests, shown, never_given, words),
        "unmapped": [
            _unmapped(facts, shown.internal, words) for facts in manifests.values() if facts["unmapped_columns"]
        ],
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


def _people(count: Count, words: Mapping, limits: Mapping[str, int]) -> str:
    if count.kind == "more":
        return words["more"].format(number=formats.number(count.number))
    return words["fewer"].format(**limits) if count.kind == "fewer" else formats.number(count.number)


def _table(words: Mapping, rows: list[list[str]]) -> dict[str, Any]:
    width = len(rows[0]) if rows else len(words["head"])
    return {"caption": words["caption"], "head": words["head"][:width], "rows": rows, "none": words["none"]}


def _files(manifests: Mapping[str, Mapping], shown: ShownQuality, words: Mapping) -> list[list[str]]:
    rows = []
    for export, facts in manifests.items():
        of_role = [formats.number(shown.forms.get((export, role), 0)) for role in ROLES if shown.internal]
        rows.append([facts["file"], formats.number(facts["rows"]), *of_role])
    return rows


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


def _never(never_given: pd.DataFrame, words: Mapping) -> list[list[str]]:
    return [
        [one.file, one.questionnaire, one.questions, _codes(one, words), formats.number(one.answers)]
        for one in never_given.itertuples()
    ]


def _codes(one: Any, words: Mapping) -> str:
    """The codes with what they mean: as the codebook calls them, or where they stand among the others."""
    said = []
    for label in str(one.labels).split("; "):
        code, _, meaning = label.partition(" ")
        ends = {str(one.lowest): "lowest", str(one.highest): "highest"}
        meaning = meaning or words["codes"][ends.get(code, "between")].format(lowest=one.lowest, highest=one.highest)
        said.append(words["codes"]["with_label"].format(code=code, label=meaning))
    return ", ".join(said)


def _unmapped(facts: Mapping, internal: bool, words: Mapping) -> str:
    """Columns of a file that are not used: their names may be anything, so they stay inside."""
    names = facts["unmapped_columns"]
    said = words["unmapped"]["names" if internal else "one" if len(names) == 1 else "more"]
    return said.format(file=facts["file"], number=formats.number(len(names)), names=", ".join(names))


def _corrections(shown: ShownQuality, words: Mapping) -> dict[str, Any]:
    """Inside of whom corrections are, who made them and why; else how many."""
    if not shown.internal:
        rows = [
            [one.file, one.column, _people(one.count, words, shown.limits)]
            for one in shown.corrections.astype({"count": object}).itertuples()
        ]
        return _table(words["corrections_counted"], rows)
    roles = words["roles"]
    rows = [
        [one.file, one.column, one.reason, formats.long_date(one.date), f"{one.row}, {roles[one.role]}", one.who]
        for one in shown.corrections.itertuples()
    ]
    return _table(words["corrections"], rows)


def _recodes(shown: ShownQuality, words: Mapping) -> dict[str, Any]:
    """Inside which code became which and why; else how many codes of a column, of how many people."""
    recodes = list(shown.recodes.astype({"count": object}).itertuples())
    if not shown.internal:
        rows = [[one.file, one.column, str(one.codes), _people(one.count, words, shown.limits)] for one in recodes]
        return _table(words["recodes_counted"], rows)
    rows = [[one.file, one.column, one.old, one.new, formats.number(one.count), one.reason] for one in recodes]
    return _table(words["recodes"], rows)


def _flow(steps: pd.DataFrame, words: Mapping) -> list[list[str]]:
    rows = []
    for one in steps.itertuples():
        numbers = (getattr(one, group) for group in COMPARED)
        printed = [words["absent"] if pd.isna(number) else formats.number(number) for number in numbers]
        rows.append([words["steps"][one.step], *printed])
    return rows
