"""Rule compare_release: what is new in a study since the version of its report that went out last."""

from pathlib import Path

from effectstudie.release.published import published
from effectstudie.release.register import digests
from effectstudie.runs.since import since_release
from effectstudie.runs.since_page import since_html
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file, write_json
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    words = read_words(paths.words)
    record = since_release(
        study=params.study,
        versions=[read_json(path) for path in paths.versions],
        now=published(paths.render, paths.quality, words["concluding_columns"], params.allowed),
        files=digests([paths.render, Path(paths.quality).parent]),
        words=words,
    )
    write_json(record, snakemake.output.record)
    html = since_html([record], read_words(paths.said), words["turns"], Path(paths.template).parents[1])
    replace_file(snakemake.output.page, lambda path: path.write_text(html, encoding="utf-8"))
