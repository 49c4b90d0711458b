"""Rule check_exports: everything that can be wrong in the raw exports, before any result of them is touched."""

from functools import partial
from pathlib import Path

from effectstudie.intake.exports import check_exports
from effectstudie.privacy.pseudonyms import load_key
from effectstudie.quality.cohort_tables import cohort_tables
from effectstudie.running.place.machine import memory_of_machine
from effectstudie.shared.logs import log_to
from effectstudie.shared.messages.dutch import tell
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], [*snakemake.input.codebooks, *snakemake.input.code]):
    paths, params = snakemake.input, snakemake.params
    codebooks = {Path(path).stem: read_yaml(path) for path in paths.codebooks}
    check_exports(
        raw={Path(path).stem: path for path in paths.raw},
        codebooks=codebooks,
        rules=params.rules,
        key=load_key(params.key_file, Path.cwd(), params.own_exports),
        seed=params.seed,
        folder=snakemake.output[0],
        threads=snakemake.threads,
        memory=memory_of_machine(),
        tell=tell,
        check_cohort=partial(cohort_tables, codebooks=codebooks, waves=params.waves),
        earlier=params.earlier,
        kept=Kept(params.record, [*paths.code, paths.lock]),
        own_exports=params.own_exports,
    )
