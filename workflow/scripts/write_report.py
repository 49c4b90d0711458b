"""Rule write_report: the report of a study as HTML, PDF and Word."""

import json
from pathlib import Path

from effectstudie.logs import log_to
from effectstudie.report import build_report
from effectstudie.storage import replace_file

with log_to(snakemake.log[0]):
    render = Path(snakemake.input.render)
    report = build_report(
        record=json.loads((render / "render.json").read_text(encoding="utf-8"))
        | {"checks": json.loads(Path(snakemake.input.checks).read_text(encoding="utf-8"))},
        figures={path.name: path.read_bytes() for path in sorted(render.glob("*.svg"))},
        texts=json.loads(Path(snakemake.input.texts).read_text(encoding="utf-8")),
        templates="resources/report",
    )
    replace_file(snakemake.output.html, lambda path: path.write_text(report.html, encoding="utf-8"))
    replace_file(snakemake.output.pdf, lambda path: path.write_bytes(report.pdf))
    replace_file(snakemake.output.docx, lambda path: path.write_bytes(report.docx))
