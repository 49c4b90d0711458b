"""Rule match_variants: the selected strategy with another ratio, caliper or order."""

import pandas as pd

from effectstudie.logs import log_to
from effectstudie.persons import write_parquet
from effectstudie.storage import write_csv
from effectstudie.variants import MATCHED_COLUMNS, match_variants

with log_to(snakemake.log[0]):
    households = pd.read_parquet(snakemake.input.households)
    table, matched = match_variants(households, snakemake.params.strategy, snakemake.params.seed)
    write_csv(table, snakemake.output.variants)
    write_parquet(matched, snakemake.output.matched, MATCHED_COLUMNS, ["variant", "household"])
    print(table.to_string())
