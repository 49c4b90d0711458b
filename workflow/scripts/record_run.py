"""Rule record_run: what a study's report was made with."""

import json
from pathlib import Path

from effectstudie.logs import log_to
from effectstudie.record import run_record
from effectstudie.storage import replace_file

with log_to(snakemake.log[0]):
    paths, params = snakemake.input, snakemake.params
    study = Path(snakemake.output[0]).parent
    made = [paths.descriptives, paths.tests, f"{paths.render}/render.json", paths.report]
    record = run_record(
        settings=params.settings,
        manifests={Path(path).stem: json.loads(Path(path).read_text(encoding="utf-8")) for path in paths.manifests},
        corrections=params.corrections,
        versions=json.loads(Path(paths.render, "render.json").read_text(encoding="utf-8"))["versions"],
        files=[*paths.definitions, *paths.texts, *paths.words, *paths.templates, *paths.program, paths.lock],
        results={str(Path(path).relative_to(study)): path for path in made},
    )
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    replace_file(snakemake.output[0], lambda path: path.write_text(text, encoding="utf-8"))
    print(f"{len(record['files'])} files and {len(record['exports'])} exports are recorded.")
