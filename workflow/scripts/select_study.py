"""Rule select_study: a study's households, measurements and covariates."""

from pathlib import Path

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.selection.study import select_cohort
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import write_json
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    definitions = read_yaml(paths.covariates)
    households, counts = select_cohort(
        **{name: paths[name] for name in ("households", "variables", "participation", "scores")},
        names=params.scores,
        study=params.study,
        outcomes=outcomes_from(params.outcomes),
        covariates={name: definitions[name] for name in params.covariates},
        first_wave=params.first_wave,
        analysis=output.analysis,
        waves=output.waves,
        dated={Path(path).stem: path for path in paths.dated},
    )
    columns = ["household", "order", "role", *params.covariates]
    write_parquet(households, output.households, columns, ["household"], ["household"])
    write_json(counts, output.cohort)
    print(households["role"].value_counts().to_string())
    print(households[params.covariates].isna().sum().rename("households without the covariate").to_string())
