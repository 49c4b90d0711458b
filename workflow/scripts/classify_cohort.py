"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from collections import defaultdict
from pathlib import Path

from effectstudie.classify import VARIABLE_COLUMNS, classify_cohort, participation_of
from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.needed import scores_needed
from effectstudie.persons import ROWS, in_blocks, read_narrow, read_persons, together
from effectstudie.score_tables import long_scores, read_export, read_scores
from effectstudie.storage import parquet_parts, write_parquet


def by_household(path, columns):
    """A table of scores in the order of its households, of which no copy is made then."""
    return read_narrow(path, columns).sort_values("household", kind="stable", ignore_index=True)


with log_to(snakemake.log[0]):
    definitions = {name: read_yaml(snakemake.input[name]) for name in ("violence", "variables", "risk_factors")}
    names = scores_needed(**definitions)
    paths = {Path(path).stem: path for path in snakemake.input.tables}
    participation = participation_of({export: read_export(path, []) for export, path in paths.items()})
    columns = list(participation.columns)
    write_parquet(participation, snakemake.output.participation, columns, ["unit", "unit_id", "wave"], columns)
    scores = read_scores(snakemake.input.scores, names, by_household)
    of_households = {"households": read_persons(paths["huishoudens"]), "participation": participation}
    found, sizes = defaultdict(list), []
    # what a household is told of hangs on no other household
    for part in in_blocks(scores | of_households, "household", ROWS):
        others = {name: part.pop(name) for name in of_households}
        table = classify_cohort(
            long_scores(part, names), **others, **definitions, first_wave=snakemake.params.first_wave
        )
        sizes.append(table.groupby(["variable", "unit", "wave"], observed=True).size().reset_index(name="rows"))
        for unit, rows in table.groupby("unit", observed=True):
            found[unit].append(rows)
    del scores, of_households, participation
    text, key = VARIABLE_COLUMNS[:-1], ["unit", "unit_id", "wave", "variable"]
    with parquet_parts(snakemake.output.variables, VARIABLE_COLUMNS, key, text) as add:
        for unit in sorted(found):
            for part in in_blocks(dict(enumerate(found.pop(unit))), "unit_id", ROWS):
                add(together(list(part.values())))
    print(together(sizes).groupby(["variable", "unit", "wave"], observed=True)["rows"].sum().rename(None).to_string())
