"""vrijgave.html: what a report publishes, what it hides and why, for the person who releases it. It stays inside."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from effectstudie.definitions.outcomes import Outcome
from effectstudie.shared import formats
from effectstudie.shared.templates import environment


def release_record(
    audit: Mapping[str, Any],
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    rules: Mapping[str, int],
    beside: Sequence[str],
    earlier: Sequence[Mapping[str, Any]],
    synthetic: bool,
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """All that the page says. `audit`: audit.json (audit.study.Audited.as_json); `rules`: privacy of config;
    `beside`: titles of the studies that were solved with it; `earlier`: registered versions; `words`: release.nl.yaml
    with the labels of the report.
    """
    name = _Names(study, outcomes, words)
    kinds = audit["numbers"]
    return {
        "study": {key: study[key] for key in ("study", "title", "region_label")},
        "report_date": str(study["report_date"]),
        "synthetic": synthetic,
        "rules": dict(rules),
        "beside": list(beside),
        "earlier": [[str(one["version"]), formats.long_date(one["date"]), one["by"]] for one in earlier],
        "published": [[words["kinds"][kind], formats.number(kinds[kind])] for kind in words["kinds"] if kind in kinds],
        "withheld": [
            [name(key), words["why"]["changed" if key in audit["changed"] else "solver"]] for key in audit["withheld"]
        ],
        "small": _small(audit, name, words),
        "solved": [
            [name(audit["hidden"][count], count), formats.number(number)]
            for count, number in audit["solutions"].items()
        ],
        "unfinished": [name(audit["hidden"][count], count) for count in audit["unfinished"]],
    }


def release_html(record: Mapping[str, Any], words: Mapping[str, Any], templates: str | Path, style: str) -> str:
    """The page as one HTML file. `templates`: folder with vrijgave.html.j2; `style`: CSS."""
    pages = environment(templates)
    pages.filters |= {"long_date": formats.long_date}
    return pages.get_template("vrijgave.html.j2").render(**record, words=words, style=Markup(style))


def _small(audit: Mapping[str, Any], name: "_Names", words: Mapping) -> list[list[str]]:
    """What small cells and groups hide, but for what was withheld beside them."""
    rows = []
    for row in audit["small"]:
        key = f"value/{row['outcome']}/{row['cell']}/{row['group']}/{row['wave']}"
        if row["outcome"] == "participation":
            key = f"size/{row['wave'].lower()}/{row['unit']}/{row['group']}"
        if key not in audit["withheld"]:
            rows.append([name(key), words["why_hidden"][row["status"]].format(**audit["limits"])])
    return rows


class _Names:
    """What a person calls a key of the audit."""

    def __init__(self, study: Mapping[str, Any], outcomes: Mapping[str, Outcome], words: Mapping[str, Any]):
        self.outcomes, self.words = outcomes, words
        self.groups = {
            "approach": study["approach"]["label"], "control": study["control_label"], "rest": study["rest_label"]
        }  # fmt: skip
        self.strategies = {name: spec["label"].lower() for name, spec in study["matching"]["strategies"].items()}
        self.waves = {"T0": "T0", "follow_up": study["follow_up"]["label"], "t0": "T0"}

    def __call__(self, key: str, count: str = "") -> str:
        kind, *parts = key.split("/")
        if kind == "size":
            kind, *parts = parts
        if kind == "value":
            outcome, cell, group, wave = parts
            said = self.words["names"]["one" if "/one/" in count else "value"]
            return said.format(what=self._outcome(outcome, cell), group=self.groups[group], wave=self.waves[wave])
        if kind == "level":
            outcome, _, cell = parts[0].partition(".")
            return self.words["names"]["level"].format(what=self._outcome(outcome, cell), group=self.groups[parts[1]])
        said = self.words["names"][kind]
        known = {**self.words["parts"], **self.words["labels"]["units"], **self.groups, **self.strategies, **self.waves}
        return said.format(*(known.get(part, part) for part in parts), *[""] * 3).strip().replace(" )", ")")

    def _outcome(self, outcome: str, cell: str) -> str:
        known = self.outcomes[outcome]
        labels = {one.id: one.label for one in (*(known.classes or {}).values(), *known.merge)}
        return f"{known.label}: {labels[cell]}" if cell in labels else known.label
