"""Rule check_texts: the texts of a study with their numbers, before its report is touched."""

from pathlib import Path

from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, write_json
from effectstudie.shared.words import read_words
from effectstudie.texts.fill import ready_texts

with log_to(snakemake.log[0], snakemake.input):
    paths = snakemake.input
    record = read_json(f"{paths.render}/render.json")
    texts = ready_texts(
        {path: Path(path).read_text(encoding="utf-8") for path in paths.texts},
        record["placeholders"],
        snakemake.params.libraries,
        read_words(paths.words),
        record["cohort"]["conditions"],
    )
    write_json(texts, snakemake.output.texts)
