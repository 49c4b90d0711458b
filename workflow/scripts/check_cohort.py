"""Rule check_cohort: contradictions between exports stop the run; what is odd or missing is counted."""

from pathlib import Path

from effectstudie.definitions.export_columns import table_of
from effectstudie.intake.exports import columns_of_export
from effectstudie.intake.warnings import as_table
from effectstudie.quality.odd_waves import never_given, odd_waves
from effectstudie.quality.response import answers_given, corrections_made
from effectstudie.quality.whole_cohort import WholeTables, check_cohort, read_people
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, write_csv
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0]):
    paths, waves = snakemake.input, snakemake.params.waves
    of_export = {Path(path).stem: path for path in paths.tables}
    manifests = {Path(path).stem: read_json(path) for path in paths.manifests}
    codebooks = {Path(path).stem: read_yaml(path) for path in paths.codebooks}
    columns = {export: columns_of_export(codebooks[table_of(export)], export) for export in of_export}
    ages = {export: codebooks[table_of(export)].get("age_column") for export in of_export}
    people = {export: read_people(path) for export, path in of_export.items()}
    tables = WholeTables(of_export)
    warnings = check_cohort(people, waves, {export: facts["labels"] for export, facts in manifests.items()}, tables)
    warnings += [one for facts in manifests.values() for one in facts["warnings"]]
    warnings += odd_waves(tables, columns, waves, people)
    write_csv(as_table(warnings), snakemake.output.warnings)
    write_csv(never_given(tables, columns), snakemake.output.never_given)
    write_csv(answers_given(tables, columns, ages), snakemake.output.answers)
    corrections = {export: facts["corrections"] for export, facts in manifests.items()}
    write_csv(corrections_made(corrections, people), snakemake.output.corrections)
    print(f"{len(warnings)} warnings, {sum(map(len, corrections.values()))} corrections.")
