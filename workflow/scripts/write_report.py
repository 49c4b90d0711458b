"""Rule write_report: the report of a study as HTML, PDF and Word."""

from pathlib import Path

from effectstudie.report.documents.build import build_report
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file

with log_to(snakemake.log[0]):
    render = Path(snakemake.input.render)
    report = build_report(
        record=read_json(render / "render.json") | {"checks": read_json(snakemake.input.checks)},
        figures={path.name: path.read_bytes() for path in sorted(render.glob("*.svg"))},
        texts=read_json(snakemake.input.texts),
        templates="resources/pages/report",
        style=Path(snakemake.input.style).read_text(encoding="utf-8"),
        at_once=snakemake.threads,
    )
    replace_file(snakemake.output.html, lambda path: path.write_text(report.html, encoding="utf-8"))
    replace_file(snakemake.output.pdf, lambda path: path.write_bytes(report.pdf))
    replace_file(snakemake.output.docx, lambda path: path.write_bytes(report.docx))
