"""Rule record_run: what a study's report was made with."""

from pathlib import Path

from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.running.job_records import refuse_read_otherwise
from effectstudie.running.sources import refuse_other_wiring
from effectstudie.runs.record import run_record
from effectstudie.shared.logs import log_to
from effectstudie.shared.messages.dutch import in_dutch
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import read_json, write_json

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    study = Path(snakemake.output[0]).parent
    made = [paths.descriptives, paths.tests, f"{paths.render}/render.json", paths.report]
    manifests = {Path(path).stem: read_json(path) for path in paths.manifests}
    refuse_replaced(params.folder, params.lists, manifests)
    refuse_other_wiring(paths.program, params.wiring)
    refuse_read_otherwise([*made, paths.render, *paths.manifests], ".snakemake/metadata", f"report_{study.name}")
    record = run_record(
        settings=params.settings,
        manifests=manifests,
        versions=read_json(f"{paths.render}/render.json")["versions"],
        files=[
            *paths.definitions,
            *paths.plan,
            *paths.texts,
            *paths.beside,
            *paths.words,
            *paths.templates,
            *paths.program,
            paths.lock,
        ],
        results={str(Path(path).relative_to(study)): path for path in made},
        container=params.container,
    )
    write_json(record, snakemake.output[0])
    files, exports = len(record["files"]), len(record["exports"])
    print(in_dutch(say("{files} files and {exports} exports are recorded.", files=files, exports=exports)))
