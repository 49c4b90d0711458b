"""Rule select_study: a study's households, measurements and covariates."""

import pandas as pd

from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.score_tables import read_scores
from effectstudie.select import (
    ANALYSIS_COLUMNS,
    ANALYSIS_KEY,
    WAVE_COLUMNS,
    all_waves,
    assign_roles,
    household_covariates,
    select_study,
)
from effectstudie.storage import write_parquet

with log_to(snakemake.log[0]):
    study, first_wave = snakemake.params.study, snakemake.params.first_wave
    scores = read_scores(snakemake.input.scores, snakemake.params.scores)
    scores = scores[scores["status"] == "ok"].rename(columns={"score": "variable"})
    variables = pd.read_parquet(snakemake.input.variables)
    variables = pd.concat([variables, scores[variables.columns]], ignore_index=True)
    households = pd.read_parquet(snakemake.input.households)
    participation = pd.read_parquet(snakemake.input.participation)
    definitions = read_yaml(snakemake.input.covariates)
    covariates = {name: definitions[name] for name in snakemake.params.covariates}
    roles = assign_roles(households, study["approach"])
    analysis = select_study(
        variables,
        participation,
        roles,
        study,
        snakemake.params.outcomes,
        first_wave,
    )
    write_parquet(analysis, snakemake.output.analysis, ANALYSIS_COLUMNS, ANALYSIS_KEY)
    waves = all_waves(variables, participation, roles, study, snakemake.params.outcomes)
    write_parquet(waves, snakemake.output.waves, WAVE_COLUMNS, ANALYSIS_KEY)
    candidates = household_covariates(variables, households, roles, covariates, first_wave)
    write_parquet(candidates, snakemake.output.households, ["household", "order", "role", *covariates], ["household"])
    print(roles.value_counts().to_string())
    print(candidates[list(covariates)].isna().sum().rename("households without the covariate").to_string())
