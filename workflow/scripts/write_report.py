"""Rule write_report: the report of a study as HTML, PDF and Word."""

from pathlib import Path

from effectstudie.report.documents.build import build_report
from effectstudie.report.figures.palette import read_palette
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file

with log_to(snakemake.log[0], snakemake.input):
    render = Path(snakemake.input.render)
    report = build_report(
        record=read_json(render / "render.json") | {"checks": read_json(snakemake.input.checks)},
        figures={path.name: path.read_bytes() for path in sorted(render.iterdir()) if path.suffix in (".svg", ".png")},
        texts=read_json(snakemake.input.texts),
        templates="resources/pages/report",
        style=Path(snakemake.input.style).read_text(encoding="utf-8"),
        palette=read_palette(snakemake.input.palette),
        at_once=snakemake.threads,
    )
    outputs = snakemake.output
    replace_file(outputs.html, lambda path: path.write_text(report.html, encoding="utf-8"))
    replace_file(outputs.summary_html, lambda path: path.write_text(report.summary_html, encoding="utf-8"))
    replace_file(outputs.pdf, lambda path: path.write_bytes(report.pdf))
    replace_file(outputs.docx, lambda path: path.write_bytes(report.docx))
    replace_file(outputs.summary_pdf, lambda path: path.write_bytes(report.summary_pdf))
