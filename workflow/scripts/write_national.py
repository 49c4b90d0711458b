"""Rule write_national: the page of all regions as HTML and PDF."""

from pathlib import Path

from effectstudie.national.page import national_page
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, outputs = snakemake.input, snakemake.output
    render = Path(paths.render)
    page = national_page(
        record=read_json(render / "render.json"),
        figures={path.name: path.read_bytes() for path in sorted(render.glob("*.svg"))},
        words=read_words(paths.words),
        pages=Path(paths.template).parents[1],
        style=Path(paths.style).read_text(encoding="utf-8"),
    )
    replace_file(outputs.html, lambda path: path.write_text(page.html, encoding="utf-8"))
    replace_file(outputs.pdf, lambda path: path.write_bytes(page.pdf))
