"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from collections import Counter
from pathlib import Path

from effectstudie.classification.cohort import classified_parts, participation_of, units_in_order
from effectstudie.classification.rows import VARIABLE_COLUMNS, VARIABLE_KEY
from effectstudie.definitions.lineage import scores_needed
from effectstudie.scoring.score_tables import read_ingested, read_scores
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.read import read_narrow, read_persons
from effectstudie.shared.persons.write import parquet_parts, write_parquet
from effectstudie.shared.yaml_files import read_yaml


def by_household(path, columns):
    """A table of scores in the order of its households, of which no copy is made then."""
    return read_narrow(path, columns).sort_values("household", kind="stable", ignore_index=True)


with log_to(snakemake.log[0]):
    definitions = {name: read_yaml(snakemake.input[name]) for name in ("violence", "variables", "risk_factors")}
    names = scores_needed(**definitions)
    paths = {Path(path).stem: path for path in snakemake.input.tables}
    participation = participation_of({export: read_ingested(path, []) for export, path in paths.items()})
    columns = list(participation.columns)
    write_parquet(participation, snakemake.output.participation, columns, ["unit", "unit_id", "wave"], columns)
    scores = read_scores(snakemake.input.scores, names, by_household)
    households = read_persons(paths["huishoudens"])
    parts = classified_parts(scores, households, participation, definitions, snakemake.params.first_wave)
    del scores, households, participation  # large; the parts let go of them when they are made
    sizes = Counter()
    with parquet_parts(snakemake.output.variables, VARIABLE_COLUMNS, VARIABLE_KEY, VARIABLE_COLUMNS[:-1]) as add:
        for part in units_in_order(parts):
            add(part)
            sizes.update(part.groupby(["variable", "unit", "wave"], observed=True).size().to_dict())
    for (variable, unit, wave), rows in sorted(sizes.items()):
        print(f"{variable} {unit} {wave}: {rows}")
