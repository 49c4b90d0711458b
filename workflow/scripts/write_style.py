"""Rule write_style: the style of all pages, with their typefaces inside."""

from pathlib import Path

from effectstudie.report.figures.fonts import face_rules
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import replace_file

with log_to(snakemake.log[0]):
    style = face_rules() + "\n" + Path(snakemake.input.style).read_text(encoding="utf-8")
    replace_file(snakemake.output[0], lambda path: path.write_text(style, encoding="utf-8"))
