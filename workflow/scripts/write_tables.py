"""Rule write_tables: all tables of a study's report as one workbook."""

from pathlib import Path

from effectstudie.report.documents.workbook import workbook
from effectstudie.report.figures.palette import read_palette
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    render, words = Path(snakemake.input.render), read_words(snakemake.input.words)
    sheets, record = read_json(render / "tables.json"), read_json(render / "render.json")
    file = workbook(sheets, record, words["workbook"], read_palette(snakemake.input.palette))
    replace_file(snakemake.output.workbook, lambda path: path.write_bytes(file))
