"""Rule compare_releases: what is new in all studies since their last releases, on one page."""

from pathlib import Path

from effectstudie.runs.since_page import since_html
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths = snakemake.input
    records = [read_json(path) for path in paths.records]
    words, kinds = read_words(paths.said), read_words(paths.words)["turns"]
    html = since_html(records, words, kinds, Path(paths.template).parents[1])
    replace_file(snakemake.output.page, lambda path: path.write_text(html, encoding="utf-8"))
