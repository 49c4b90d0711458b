"""Rule impute_matching: the effect with missing covariates imputed."""

import pandas as pd

from effectstudie.analysis.imputation.pooled import imputed_effects
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.definitions.strategies import Strategy
from effectstudie.shared.logs import log_to

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    outcomes = outcomes_from(params.outcomes)
    table = imputed_effects(
        pd.read_parquet(paths.households),
        paths.analysis,
        Strategy.of(params.strategy),
        {name: outcomes[name] for name in params.reported},
        params.estimand,
        params.m,
        params.seed,
    )
    IMPUTED.write(table, snakemake.output[0])
    print(table.to_string())
