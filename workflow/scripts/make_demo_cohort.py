"""Rule make_demo_cohort: the raw exports of the synthetic demonstration cohort."""

from pathlib import Path

from effectstudie.demo.cohort import make_cohort
from effectstudie.demo.export import write_exports
from effectstudie.shared.logs import log_to
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    codebooks = {Path(path).stem: read_yaml(path) for path in snakemake.input.codebooks}
    params = snakemake.params
    cohort = make_cohort(read_yaml(snakemake.input.definition), codebooks, params.seed, **params.cohort)
    write_exports(cohort, snakemake.output, codebooks)
    print({export: len(table) for export, table in cohort.items()})
