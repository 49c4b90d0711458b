"""Rule check_texts: everything that can be wrong in the texts of a study, before its report is touched."""

import json
from pathlib import Path

from effectstudie.authored import checked
from effectstudie.logs import log_to
from effectstudie.storage import replace_file

with log_to(snakemake.log[0]):
    paths = snakemake.input
    record = json.loads(Path(paths.render, "render.json").read_text(encoding="utf-8"))
    texts = {path: Path(path).read_text(encoding="utf-8") for path in paths.texts}
    ready = json.dumps(checked(texts, record["placeholders"], snakemake.params.outcomes), indent=1, ensure_ascii=False)
    replace_file(snakemake.output.texts, lambda path: path.write_text(ready + "\n", encoding="utf-8"))
