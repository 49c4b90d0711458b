"""Rule ingest_exports: the checked exports take the place of the earlier ones."""

from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import copy_files

with log_to(snakemake.log[0]):
    copy_files(snakemake.input.checked, snakemake.output)
