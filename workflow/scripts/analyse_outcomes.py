"""Rule analyse_outcomes: the result tables of a study."""

import pandas as pd

from effectstudie.analysis.attrition import attrition_table
from effectstudie.analysis.describe import describe_cohort
from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.analysis.moderation import moderation_of
from effectstudie.analysis.robustness import robustness_of
from effectstudie.analysis.sensitivity import sensitivity_of
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.analysis.verdicts import verdicts
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.read import parts_of_unit, read_households, read_persons
from effectstudie.shared.storage import write_csv
from effectstudie.shared.vocabulary import COMPARED, UNITS

with log_to(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    matched = pd.read_parquet(snakemake.input.matched)
    variants = dict(list(pd.read_parquet(snakemake.input.variants).groupby("variant", observed=True)))
    compared = set(matched["household"]).union(*(of_variant["household"] for of_variant in variants.values()))
    analysis = read_households(snakemake.input.analysis, compared)
    waves = read_households(snakemake.input.waves, compared)
    table, unmatched = assign_groups(analysis, matched)
    print(f"{unmatched} approach households have no match and are left out.")
    # the rest of the cohort is only described, and stands beside the others at T0
    columns = ["household", "unit_id", "role", "outcome", "wave", "value"]
    groups = read_persons(snakemake.input.matched)
    units = ((unit, in_groups(parts_of_unit(snakemake.input.analysis, columns, unit), groups)) for unit in UNITS)
    described, rest = describe_cohort(units, params.outcomes, params.problems)
    write_csv(described, output.descriptives)
    table = table[table["group"].isin(COMPARED)]
    everyone = pd.concat([table, rest])
    tested = outcome_tests_of(everyone, params.outcomes, params.effect_sizes, params.fisher_for, params.problems)
    write_csv(tested, output.tests)
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
