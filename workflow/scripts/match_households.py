"""Rule match_households: control households by one strategy."""

import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.match import match_households
from effectstudie.matching.overlap import overlap_table
from effectstudie.matching.unmatched import unmatched_table
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import write_csv, write_json

with log_to(snakemake.log[0]):
    households = pd.read_parquet(snakemake.input.households)
    result = match_households(households, Strategy.of(snakemake.params.strategy), snakemake.params.seed)
    columns = ["household", "group", "subclass", "weight", "propensity_score"]
    write_parquet(result.matched[columns], snakemake.output.matched, columns, ["household"])
    write_csv(balance_table(result.candidates, result.matched, result.covariates), snakemake.output.balance)
    write_csv(unmatched_table(result.candidates, result.matched, result.covariates), snakemake.output.unmatched)
    write_csv(overlap_table(result.candidates, result.matched), snakemake.output.overlap)
    write_json(result.summary, snakemake.output.summary)
    print(result.summary)
