"""Rule analyse_outcomes: the result tables of a study."""

import pandas as pd

from effectstudie.analysis import assign_groups, describe_outcomes, test_outcomes
from effectstudie.attrition import attrition_table
from effectstudie.logs import log_to
from effectstudie.moderation import moderation_of
from effectstudie.robustness import robustness_of
from effectstudie.sensitivity import sensitivity_of, verdicts
from effectstudie.storage import write_csv

with log_to(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    matched = pd.read_parquet(snakemake.input.matched)
    analysis = pd.read_parquet(snakemake.input.analysis)
    table, unmatched = assign_groups(analysis, matched)
    print(f"{unmatched} approach households have no match and are left out.")
    write_csv(describe_outcomes(table, params.outcomes), output.descriptives)
    tested = test_outcomes(table, params.outcomes, params.effect_sizes, params.fisher_for, params.problems)
    write_csv(tested, output.tests)
    waves = pd.read_parquet(snakemake.input.waves)
    variants = dict(list(pd.read_parquet(snakemake.input.variants).groupby("variant", observed=True)))
    reported = {name: params.outcomes[name] for name in params.reported}
    found = sensitivity_of(analysis, waves, matched, reported, params.follow_up, params.waves, variants)
    write_csv(found, output.sensitivity)
    families = {name: spec["section"] for name, spec in reported.items()}
    write_csv(verdicts(found, families), output.verdicts)
    main = found[found["analysis"] == "main"].set_index("outcome")
    robust = robustness_of(analysis, matched, variants.get("ratio_1"), reported, main)
    write_csv(robust, output.robustness)
    tests, cells = moderation_of(table, matched, reported)
    write_csv(tests, output.moderation)
    write_csv(cells, output.moderation_cells)
    write_csv(attrition_table(table, reported), output.attrition)
