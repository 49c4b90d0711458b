"""Rule check_texts: everything that can be wrong in the texts of a study, before its report is touched."""

from pathlib import Path

from effectstudie.report.documents.texts import checked
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, write_json

with log_to(snakemake.log[0]):
    paths = snakemake.input
    record = read_json(f"{paths.render}/render.json")
    texts = {path: Path(path).read_text(encoding="utf-8") for path in paths.texts}
    write_json(checked(texts, record["placeholders"], snakemake.params.outcomes), snakemake.output.texts)
