"""Rule make_demo_cohort: the raw exports of the synthetic demonstration cohort."""

from pathlib import Path

from effectstudie.demo.cohort import make_cohort
from effectstudie.demo.export import write_sav
from effectstudie.shared.logs import log_to
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0]):
    codebooks = {Path(path).stem: read_yaml(path) for path in snakemake.input.codebooks}
    cohort = make_cohort(read_yaml(snakemake.input.definition), codebooks, snakemake.params.seed)
    for path in map(Path, snakemake.output):
        wave, _, table = path.stem.rpartition("_")
        write_sav(cohort[path.stem], path, codebooks[table], wave or None)
        print(f"{path.name}: {len(cohort[path.stem])} rows.")
