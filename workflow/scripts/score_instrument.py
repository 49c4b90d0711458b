"""Rule score_instrument: answers to scale scores of one instrument, in all waves."""

from pathlib import Path

import pandas as pd

from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.score import SCORE_COLUMNS, score_instrument
from effectstudie.storage import write_csv, write_parquet

with log_to(snakemake.log[0]):
    definition = read_yaml(snakemake.input.definition)
    exports = {Path(path).stem: pd.read_parquet(path) for path in snakemake.input.tables}
    tables = {
        (form, export.split("_")[0]): table
        for form, spec in definition["forms"].items()
        for export, table in exports.items()
        if export.endswith(f"_{spec['table']}")
    }
    scores, reliability = score_instrument(definition, tables)
    write_parquet(scores, snakemake.output.scores, SCORE_COLUMNS, ["unit", "unit_id", "wave", "score"])
    write_csv(reliability, snakemake.output.reliability)
    print(scores.groupby(["score", "unit", "wave", "status"]).size().to_string())
