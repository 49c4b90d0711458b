"""Rule ingest_exports: the checked exports take the place of the earlier ones."""

from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import copy_files, read_json

with log_to(snakemake.log[0], snakemake.input):
    checked, params = snakemake.input.checked, snakemake.params
    manifests = {export: read_json(f"{checked}/{export}.json") for export in params.rules}
    refuse_replaced(params.folder, params.lists, manifests)
    copy_files(checked, [*snakemake.output, params.record])
