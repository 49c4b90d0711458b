"""Rule check_cohort: contradictions between exports stop the run, oddities are listed."""

from pathlib import Path

import pandas as pd

from effectstudie.cohort import check_cohort
from effectstudie.logs import log_to
from effectstudie.storage import write_csv

with log_to(snakemake.log[0]):
    tables = {Path(path).stem: pd.read_parquet(path) for path in snakemake.input.tables}
    write_csv(check_cohort(tables, snakemake.params.waves), snakemake.output.warnings)
