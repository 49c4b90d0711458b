"""Rule analyse_regions: the result tables of a set of studies."""

import pandas as pd

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.regions import TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.regions.study import set_tables, studies_of
from effectstudie.shared.logs import log_to

with log_to(snakemake.log[0], snakemake.input):
    params = snakemake.params
    everyone = pd.read_parquet(snakemake.input.everyone, columns=["household", "regio"])
    tables = set_tables(
        studies_of(snakemake.input, params.studies),
        params.controls,
        params.like,
        everyone.set_index("household")["regio"],
        params.regions,
        outcomes_from(params.outcomes),
        params.seed,
    )
    write_tables(tables, snakemake.output, TABLES)
