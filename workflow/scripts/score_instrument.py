"""Rule score_instrument: answers to scale scores of one instrument, in all waves."""

from pathlib import Path

from effectstudie.config import read_yaml
from effectstudie.instruments import columns_of_form
from effectstudie.logs import log_to
from effectstudie.norm_tables import read_norm
from effectstudie.score import score_columns, score_instrument
from effectstudie.score_tables import ROW_KEY, read_export
from effectstudie.storage import write_csv, write_parquet

with log_to(snakemake.log[0]):
    definition = read_yaml(snakemake.input.definition)
    tables = {
        (form, Path(path).stem.split("_")[0]): read_export(path, columns_of_form(spec))
        for form, spec in definition["forms"].items()
        for path in snakemake.input.tables
        if Path(path).stem.endswith(f"_{spec['table']}")
    }
    norm = None
    if snakemake.params.norm:
        norm = read_norm(
            Path(snakemake.input.norm[0]),
            snakemake.params.norm["status"],
            snakemake.wildcards.instrument,
            snakemake.params.norm["entry"],
        )
        print(f"Norm table: {norm}{' - ILLUSTRATIVE, NOT A NORM' if norm.status == 'illustrative' else ''}")
    print(f"Key: {definition['key']['status']}")
    scores, reliability = score_instrument(definition, tables, norm)
    write_parquet(scores, snakemake.output.scores, score_columns(definition), ROW_KEY)
    write_csv(reliability, snakemake.output.reliability)
    for rule in scores.columns[scores.columns.str.endswith(".rule")]:
        print(scores.groupby(["unit", "wave"], observed=True)[rule].value_counts().rename(rule).to_string())
