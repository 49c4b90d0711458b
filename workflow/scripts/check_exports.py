"""Rule check_exports: everything that can be wrong in each raw export, before any result of it is touched."""

from pathlib import Path

from effectstudie.definitions.export_columns import table_of
from effectstudie.intake.export_checks import ID_NAMES
from effectstudie.intake.exports import exports_at_once, manifest, pseudonymised, take_in
from effectstudie.intake.files.readers import crash_problem
from effectstudie.privacy.pseudonyms import load_key
from effectstudie.running.machine import memory_of_machine
from effectstudie.shared.errors import InputError
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.processes import Died, in_processes
from effectstudie.shared.storage import write_json
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0]):
    paths = {Path(path).stem: path for path in snakemake.input.raw}
    codebooks = {Path(path).stem: read_yaml(path) for path in snakemake.input.codebooks}
    key = load_key(snakemake.params.key_file, Path.cwd())
    folder = Path(snakemake.output[0])

    def check(export):
        """The problems of an export; without any, its table and what to know of it are in the folder."""
        raw, codebook, rules = paths[export], codebooks[table_of(export)], snakemake.params.rules[export]
        try:
            ingested = take_in(raw, export, codebook, rules)
        except InputError as error:
            return error.problems
        table = pseudonymised(ingested, key, snakemake.params.seed)
        unique = [ID_NAMES[name] for name in codebook["key"]]
        write_parquet(table, folder / f"{export}.parquet", list(table.columns), unique)
        facts = manifest(ingested, export, codebook, Path(raw).name, rules)
        write_json(facts, folder / f"{export}.json")
        print(f"{facts['file']}: {facts['rows']} rows, {len(facts['corrections'])} corrections.")
        for name in facts["unmapped_columns"]:
            print(f"{facts['file']}: column {name} is in no codebook and is left out.")
        return []

    memory = memory_of_machine()
    found = in_processes(check, paths, exports_at_once(paths.values(), snakemake.threads, memory), memory)
    problems = [
        [crash_problem(path, result.signal)] if isinstance(result, Died) else result
        for path, result in zip(paths.values(), found, strict=True)
    ]
    if any(problems):
        raise InputError(sum(problems, []))
