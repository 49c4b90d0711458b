"""Rule match_variants: the selected strategy with another ratio, caliper or order."""

import pandas as pd

from effectstudie.definitions.result_tables.matching import VARIANTS
from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.variants import MATCHED_COLUMNS, match_variants
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import write_parquet

with log_to(snakemake.log[0], snakemake.input):
    households = pd.read_parquet(snakemake.input.households)
    table, matched = match_variants(households, Strategy.of(snakemake.params.strategy), snakemake.params.seed)
    VARIANTS.write(table, snakemake.output.variants)
    write_parquet(matched, snakemake.output.matched, MATCHED_COLUMNS, ["variant", "household"])
    print(table.to_string())
