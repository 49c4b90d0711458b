"""What a report tells that a later version is compared with: read from what is published, and from nothing else."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lxml import html

from effectstudie.release.news import ALLOWED
from effectstudie.shared.storage import csv_rows, read_json

# The table of who took part, beside those that conclude something.
SIZES = "participants"


def published(
    render: str | Path, quality: str | Path, tables: Iterable[str], config: Mapping[str, Any]
) -> dict[str, Any]:
    """What a version tells, as a register keeps it. All of it stands in the report as it is printed.

    `render`: the folder with its tables and `render.json`; `quality`: the page on the quality of its data; `tables`:
    names of those that conclude something; `config`: config.yaml, of which only the names in ALLOWED are kept.
    """
    record = read_json(Path(render, "render.json"))
    plan = record.get("plan") or {}
    points = [("choice", record["choices"]), ("plan", plan.get("points", []))]
    answers = [["answer", one["question"], one["answer"]] for one in record["summary"]["answers"]]
    return {
        "synthetic": record["synthetic"],
        "facts": {
            "version": record["study"]["version"],
            "status": record["status"],
            "report_date": record["study"]["report_date"],
        },
        "waves": record["cohort"]["waves"],
        "units": record["cohort"]["units"],
        "exports": _exports(quality),
        **{key: sorted(config.get(key, [])) for key in ALLOWED},
        "outcomes": {item["outcome"]: item["title"] for part in record["sections"] for item in part["items"]},
        "conclusions": [["headline", "", record["summary"]["headline"]], *answers],
        "choices": [
            *([kind, one["point"], one["choice"]] for kind, choices in points for one in choices),
            ["plan", "", " ".join(plan.get("sentences", []))],
        ],
        "tables": {
            name: {
                **{key: record["tables"][name][key] for key in ("number", "caption")},
                **_table(render, record, name),
            }
            for name in (SIZES, *tables)
            if name in record["tables"]
        },
    }


def _table(render: str | Path, record: Mapping[str, Any], name: str) -> dict[str, Any]:
    head, *rows = csv_rows(Path(render, record["tables"][name]["csv"]).read_text(encoding="utf-8"))
    return {"head": head, "rows": rows}


def _exports(page: str | Path) -> dict[str, str]:
    """File → its number of rows, as the page on the quality of the data prints it."""
    cells = html.parse(str(page)).xpath("//*[@id='tabel-bestanden']//tbody/tr")
    return {row[0].text_content().strip(): row[1].text_content().strip() for row in cells}
