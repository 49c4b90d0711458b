"""Rule check_cohort: contradictions between exports stop the run; what is odd or missing is counted."""

from pathlib import Path

from effectstudie.definitions.result_tables.quality import TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.quality.cohort_tables import cohort_tables
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths = snakemake.input
    tables = cohort_tables(
        exports={Path(path).stem: path for path in paths.tables},
        manifests={Path(path).stem: read_json(path) for path in paths.manifests},
        codebooks={Path(path).stem: read_yaml(path) for path in paths.codebooks},
        waves=snakemake.params.waves,
    )
    write_tables(tables, snakemake.output, TABLES)
    print(f"{len(tables['warnings'])} warnings, {len(tables['corrections'])} corrections.")
