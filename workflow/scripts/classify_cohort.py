"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from pathlib import Path

import pandas as pd

from effectstudie.classify import VARIABLE_COLUMNS, classify_cohort, participation_of
from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.storage import write_parquet

with log_to(snakemake.log[0]):
    scores = pd.concat([pd.read_parquet(path) for path in snakemake.input.scores], ignore_index=True)
    tables = {Path(path).stem: pd.read_parquet(path) for path in snakemake.input.tables}
    participation = participation_of(tables)
    variables = classify_cohort(
        scores,
        tables["huishoudens"],
        participation,
        violence=read_yaml(snakemake.input.violence),
        variables=read_yaml(snakemake.input.variables),
        risk_factors=read_yaml(snakemake.input.risk_factors),
        first_wave=snakemake.params.first_wave,
    )
    write_parquet(variables, snakemake.output.variables, VARIABLE_COLUMNS, ["unit", "unit_id", "wave", "variable"])
    write_parquet(
        participation, snakemake.output.participation, list(participation.columns), ["unit", "unit_id", "wave"]
    )
    print(variables.groupby(["variable", "unit", "wave"]).size().to_string())
