"""Rule check_export: everything that can be wrong in one raw export, before any result of it is touched."""

import json
from pathlib import Path

from effectstudie.config import read_yaml
from effectstudie.exports import manifest, take_in
from effectstudie.logs import log_to
from effectstudie.readers import refuse_crashing
from effectstudie.storage import replace_file

with log_to(snakemake.log[0]):
    raw, export, rules = snakemake.input.raw, snakemake.wildcards.export, snakemake.params.rules
    codebook = read_yaml(snakemake.input.codebook)
    refuse_crashing(raw)
    facts = manifest(take_in(raw, export, codebook, rules), export, codebook, Path(raw).name, rules)
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    replace_file(snakemake.output.manifest, lambda path: path.write_text(text, encoding="utf-8"))
    print(f"{facts['file']}: {facts['rows']} rows, {len(facts['corrections'])} corrections.")
    for name in facts["unmapped_columns"]:
        print(f"{facts['file']}: column {name} is in no codebook and is left out.")
