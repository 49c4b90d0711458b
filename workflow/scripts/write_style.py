"""Rule write_style: the style of all pages, with their colours and typefaces inside."""

from pathlib import Path

from effectstudie.report.figures.fonts import face_rules
from effectstudie.report.figures.palette import read_palette, style_sheet
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import replace_file

with log_to(snakemake.log[0], snakemake.input):
    css = Path(snakemake.input.style).read_text(encoding="utf-8")
    style = f"{face_rules()}\n{style_sheet(css, read_palette(snakemake.input.palette))}"
    replace_file(snakemake.output[0], lambda path: path.write_text(style, encoding="utf-8"))
