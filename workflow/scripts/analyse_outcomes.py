"""Rule analyse_outcomes: the two result tables of a study."""

import pandas as pd

from effectstudie.analysis import assign_groups, describe_outcomes, test_outcomes
from effectstudie.logs import log_to
from effectstudie.storage import write_csv

with log_to(snakemake.log[0]):
    outcomes = snakemake.params.outcomes
    table, unmatched = assign_groups(
        pd.read_parquet(snakemake.input.analysis), pd.read_parquet(snakemake.input.matched)
    )
    print(f"{unmatched} approach households have no match and are left out.")
    write_csv(describe_outcomes(table, outcomes), snakemake.output.descriptives)
    tests = test_outcomes(table, outcomes, snakemake.params.effect_sizes, snakemake.params.fisher_for)
    write_csv(tests, snakemake.output.tests)
