"""Rule analyse_outcomes: the result tables of a study."""

from effectstudie.analysis.study import read_study, study_tables
from effectstudie.definitions.follow_up import FIRST
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.shared.logs import log_to

with log_to(snakemake.log[0], snakemake.input):
    params = snakemake.params
    tables, unmatched = study_tables(
        **read_study(snakemake.input),
        outcomes=outcomes_from(params.outcomes),
        reported=params.reported,
        problems=params.problems,
        follow_up=params.follow_up["waves"],
        rule=params.follow_up.get("rule", FIRST),
        waves=params.waves,
        effect_sizes=params.effect_sizes,
        fisher_for=params.fisher_for,
        estimand=params.estimand,
        design=params.design,
        primary=params.primary,
        contain=params.contain,
        own_factors=params.own_factors,
    )
    write_tables(tables, snakemake.output, TABLES)
    print(f"{unmatched} approach households have no match and are left out.")
