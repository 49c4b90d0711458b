"""Rule write_release: the page for the person who releases a report."""

from pathlib import Path

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.release.page import release_html, release_record
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    words = read_words(paths.words, *paths.texts)
    record = release_record(
        audit=read_json(paths.audit),
        study=params.study,
        outcomes=outcomes_from(params.outcomes),
        rules=params.privacy,
        beside=params.beside,
        earlier=[read_json(path) for path in paths.earlier],
        synthetic=any(read_json(path)["synthetic"] for path in paths.manifests),
        words=words,
    )
    style = Path(paths.style).read_text(encoding="utf-8")
    html = release_html(record, words, Path(paths.template).parent, style)
    replace_file(snakemake.output.page, lambda path: path.write_text(html, encoding="utf-8"))
