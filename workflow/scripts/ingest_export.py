"""Rule ingest_export: one checked raw export to a table with pseudonyms."""

from pathlib import Path

from effectstudie.config import read_yaml
from effectstudie.export_checks import ID_NAMES
from effectstudie.exports import pseudonymised, take_in
from effectstudie.logs import log_to
from effectstudie.pseudonyms import load_key
from effectstudie.storage import write_parquet

with log_to(snakemake.log[0]):
    params, codebook = snakemake.params, read_yaml(snakemake.input.codebook)
    ingested = take_in(snakemake.input.raw, snakemake.wildcards.export, codebook, params.rules)
    table = pseudonymised(ingested, load_key(params.key_file, Path.cwd()), params.seed)
    key = [ID_NAMES[name] for name in codebook["key"]]
    write_parquet(table, snakemake.output.table, list(table.columns), key)
