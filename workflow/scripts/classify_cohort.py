"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from pathlib import Path

from effectstudie.classify import VARIABLE_COLUMNS, classify_cohort, participation_of
from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.needed import scores_needed
from effectstudie.persons import blocks, by_household, of_block, read_persons, together
from effectstudie.score_tables import long_scores, read_export, read_scores
from effectstudie.storage import parquet_parts, write_parquet

with log_to(snakemake.log[0]):
    definitions = {name: read_yaml(snakemake.input[name]) for name in ("violence", "variables", "risk_factors")}
    names = scores_needed(**definitions)
    scores = {stem: by_household(table) for stem, table in read_scores(snakemake.input.scores, names).items()}
    paths = {Path(path).stem: path for path in snakemake.input.tables}
    participation = participation_of({export: read_export(path, []) for export, path in paths.items()})
    households, taking_part = (by_household(table) for table in (read_persons(paths["huishoudens"]), participation))
    # what a household is told of hangs on no other household
    parts = [
        classify_cohort(
            long_scores({stem: of_block(table, block) for stem, table in scores.items()}, names),
            of_block(households, block),
            of_block(taking_part, block),
            **definitions,
            first_wave=snakemake.params.first_wave,
        )
        for block in blocks(households["household"])
    ]
    del scores
    text, key = VARIABLE_COLUMNS[:-1], ["unit", "unit_id", "wave", "variable"]
    with parquet_parts(snakemake.output.variables, VARIABLE_COLUMNS, key, text) as add:
        for unit in sorted(set().union(*(part["unit"].unique() for part in parts))):
            add(together([part[part["unit"] == unit] for part in parts]))
    columns = list(participation.columns)
    write_parquet(participation, snakemake.output.participation, columns, ["unit", "unit_id", "wave"], columns)
    sizes = together([part.groupby(["variable", "unit", "wave"]).size().reset_index(name="rows") for part in parts])
    print(sizes.groupby(["variable", "unit", "wave"])["rows"].sum().rename(None).to_string())
