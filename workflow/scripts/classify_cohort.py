"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from pathlib import Path

import pandas as pd

from effectstudie.classify import VARIABLE_COLUMNS, classify_cohort, participation_of
from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.needed import scores_needed
from effectstudie.score_tables import read_scores
from effectstudie.storage import write_parquet

with log_to(snakemake.log[0]):
    definitions = {name: read_yaml(snakemake.input[name]) for name in ("violence", "variables", "risk_factors")}
    scores = read_scores(snakemake.input.scores, scores_needed(**definitions))
    tables = {Path(path).stem: pd.read_parquet(path) for path in snakemake.input.tables}
    participation = participation_of(tables)
    variables = classify_cohort(
        scores,
        tables["huishoudens"],
        participation,
        **definitions,
        first_wave=snakemake.params.first_wave,
    )
    write_parquet(variables, snakemake.output.variables, VARIABLE_COLUMNS, ["unit", "unit_id", "wave", "variable"])
    write_parquet(
        participation, snakemake.output.participation, list(participation.columns), ["unit", "unit_id", "wave"]
    )
    print(variables.groupby(["variable", "unit", "wave"]).size().to_string())
