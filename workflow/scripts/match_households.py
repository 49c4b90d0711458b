"""Rule match_households: control households by one strategy."""

import pandas as pd

from effectstudie.definitions.result_tables.matching import TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.match import match_households
from effectstudie.matching.overlap import overlap_table
from effectstudie.matching.unmatched import unmatched_table
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import write_json

with log_to(snakemake.log[0], snakemake.input):
    households = pd.read_parquet(snakemake.input.households)
    strategy = Strategy.of(snakemake.params.strategy)
    result = match_households(households, strategy, snakemake.params.seed)
    columns = ["household", "group", "subclass", "weight", "propensity_score"]
    write_parquet(result.matched[columns], snakemake.output.matched, columns, ["household"])
    candidates = result.covariates_of_candidates
    write_parquet(candidates, snakemake.output.covariates, list(candidates), ["household"])
    tables = {
        "balance": balance_table(result.candidates, result.matched, result.covariates),
        "unmatched": unmatched_table(result.candidates, result.matched, result.covariates),
        "overlap": overlap_table(result.candidates, result.matched, strategy.weighted),
    }
    write_tables(tables, snakemake.output, TABLES)
    write_json(result.summary, snakemake.output.summary)
    print(result.summary)
