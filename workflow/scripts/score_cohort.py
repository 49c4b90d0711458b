"""Rule score_cohort: answers to scale scores of every questionnaire, in all waves."""

from collections import Counter
from pathlib import Path

from effectstudie.definitions.instruments import columns_of_form
from effectstudie.definitions.norm_tables import read_norm
from effectstudie.scoring.instrument import describe, rules_of, score_columns, score_instrument
from effectstudie.scoring.reliability import scale_reliability
from effectstudie.scoring.score_tables import ROW_KEY, read_ingested
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import parquet_parts
from effectstudie.shared.storage import write_csv
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0]):
    exports = {Path(path).stem: path for path in snakemake.input.tables}
    outputs = zip(snakemake.input.definitions, snakemake.output.scores, snakemake.output.reliability, strict=True)
    for path, scores_path, reliability_path in outputs:
        definition = read_yaml(path)
        instrument = definition["instrument"]
        tables = {
            (form, export.split("_")[0]): read_ingested(exports[export], columns_of_form(spec))
            for form, spec in definition["forms"].items()
            for export in snakemake.params.exports[instrument]
            if export.endswith(f"_{spec['table']}")
        }
        found = snakemake.params.norms.get(instrument)
        norm = read_norm(Path(found["path"]), found["status"], instrument, found["entry"]) if found else None
        columns, rules = score_columns(definition), Counter()
        with parquet_parts(scores_path, columns, ROW_KEY, ["unit_id", "household"]) as add:
            for scores in score_instrument(definition, tables, norm):
                add(scores)
                rules += rules_of(scores)
        reliability = scale_reliability(definition, tables)
        write_csv(reliability, reliability_path)
        print(describe(definition, norm, rules, reliability), end="\n\n")
        del tables  # they do not fit beside the next
