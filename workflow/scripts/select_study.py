"""Rule select_study: a study's households, measurements and covariates."""

from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.persons import id_ranges, of_units, read_persons, together
from effectstudie.score_tables import long_scores, read_scores
from effectstudie.select import (
    ANALYSIS_COLUMNS,
    ANALYSIS_KEY,
    WAVE_COLUMNS,
    all_waves,
    assign_roles,
    household_covariates,
    rows_of_covariates,
    select_study,
)
from effectstudie.storage import parquet_parts, write_parquet

with log_to(snakemake.log[0]):
    study, first_wave = snakemake.params.study, snakemake.params.first_wave
    outcomes, names = snakemake.params.outcomes, snakemake.params.scores
    scores = read_scores(snakemake.input.scores, names)
    classified = read_persons(snakemake.input.variables)
    taking_part = read_persons(snakemake.input.participation)
    households = read_persons(snakemake.input.households).astype({"regio": "str", "aanpak": "str"})
    definitions = read_yaml(snakemake.input.covariates)
    covariates = {name: definitions[name] for name in snakemake.params.covariates}
    roles = assign_roles(households, study["approach"])
    of_covariates = []
    with (
        parquet_parts(snakemake.output.analysis, ANALYSIS_COLUMNS, ANALYSIS_KEY, ANALYSIS_COLUMNS[:-1]) as add_analysis,
        parquet_parts(snakemake.output.waves, WAVE_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS[:-1]) as add_waves,
    ):
        for unit, number in taking_part["unit"].value_counts().sort_index().items():
            for ids in id_ranges(number):
                found = long_scores({stem: of_units(table, unit, *ids) for stem, table in scores.items()}, names)
                found = found[found["status"] == "ok"].rename(columns={"score": "variable"})
                variables = of_units(classified, unit, *ids)
                variables = together([variables, found[variables.columns]])
                participation = of_units(taking_part, unit, *ids)
                add_analysis(select_study(variables, participation, roles, study, outcomes, first_wave))
                add_waves(all_waves(variables, participation, roles, study, outcomes))
                of_covariates.append(rows_of_covariates(variables, covariates, first_wave))
    candidates = household_covariates(together(of_covariates), households, roles, covariates, first_wave)
    columns = ["household", "order", "role", *covariates]
    write_parquet(candidates, snakemake.output.households, columns, ["household"], ["household"])
    print(roles.value_counts().to_string())
    print(candidates[list(covariates)].isna().sum().rename("households without the covariate").to_string())
