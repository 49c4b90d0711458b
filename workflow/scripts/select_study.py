"""Rule select_study: a study's households, measurements and covariates."""

from functools import partial

from effectstudie.scoring.score_tables import read_scores
from effectstudie.selection.covariates import household_covariates
from effectstudie.selection.measurements import ANALYSIS_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS, selected_parts
from effectstudie.selection.roles import assign_roles
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.blocks import ROWS, in_blocks, together
from effectstudie.shared.persons.read import read_persons, read_unit
from effectstudie.shared.persons.write import parquet_parts, write_parquet
from effectstudie.shared.yaml_files import read_yaml


def in_parts(paths, unit, names):
    """Scores, variables and participation of a kind of unit, of some units at a time."""
    tables = {name: read_unit(paths[name], unit=unit) for name in ("variables", "participation")}
    tables |= read_scores(paths.scores, names, partial(read_unit, unit=unit))
    yield from in_blocks(tables, "unit_id", ROWS)


with log_to(snakemake.log[0]):
    study, first_wave = snakemake.params.study, snakemake.params.first_wave
    outcomes, names = snakemake.params.outcomes, snakemake.params.scores
    households = read_persons(snakemake.input.households).astype({"regio": "str", "aanpak": "str"})
    definitions = read_yaml(snakemake.input.covariates)
    covariates = {name: definitions[name] for name in snakemake.params.covariates}
    roles = assign_roles(households, study["approach"])
    of_covariates = []
    with (
        parquet_parts(snakemake.output.analysis, ANALYSIS_COLUMNS, ANALYSIS_KEY, ANALYSIS_COLUMNS[:-1]) as add_analysis,
        parquet_parts(snakemake.output.waves, WAVE_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS[:-1]) as add_waves,
    ):
        for unit in sorted(read_persons(snakemake.input.participation, ["unit"])["unit"].unique()):
            parts = in_parts(snakemake.input, unit, names)
            for analysis, waves, rows in selected_parts(parts, names, roles, study, outcomes, covariates, first_wave):
                add_analysis(analysis)
                add_waves(waves)
                of_covariates.append(rows)
    candidates = household_covariates(together(of_covariates), households, roles, covariates, first_wave)
    columns = ["household", "order", "role", *covariates]
    write_parquet(candidates, snakemake.output.households, columns, ["household"], ["household"])
    print(roles.value_counts().to_string())
    print(candidates[list(covariates)].isna().sum().rename("households without the covariate").to_string())
