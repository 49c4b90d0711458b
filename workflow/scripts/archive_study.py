"""Rules archive_<study> and archive_<study>_intern: a finished run in one file."""

import json
from pathlib import Path

from effectstudie.archive import contents
from effectstudie.archive.encrypted import encrypted
from effectstudie.running.job_records import jobs_behind, timings
from effectstudie.running.provenance import installed_software, machine
from effectstudie.shared.logs import log_to
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0]):
    paths, params = snakemake.input, snakemake.params
    internal = params.internal
    results = {kind: list(paths.get(kind, [])) for kind in ("public", "persons", "groups", "internal")}
    made = [path for group in results.values() for path in group]
    run = contents.Run(
        project=Path.cwd(),
        study=params.study,
        config=params.config,
        **results,
        raw=list(paths.raw),
        jobs=jobs_behind(made, {path: Path(path).name for path in paths.raw}, ".snakemake/metadata"),
        software=installed_software(),
        machine=machine(),
    )
    packed = contents.make(run, internal, read_words("resources/pages/archive/texts.nl.yaml"))
    path = contents.keep(packed, params.folder, private=internal)
    print(f"{path}: {packed.identifier}")
    times = path.with_suffix(".times.json")
    if not times.exists():
        text = json.dumps(timings(run.jobs), indent=1) + "\n"
        contents.write(times, text.encode(), private=internal)
    if internal and params.config["archive"]["raw_files"] == "encrypted":
        encrypted_path = path.with_suffix(f".exports.{params.config['archive']['recipient'][-8:]}.tar.age")
        if not encrypted_path.exists():
            corrections = params.config["corrections_file"]
            raw = [Path(path) for path in (*paths.raw, *([corrections] if corrections else []))]
            content = encrypted(raw, params.config["archive"]["recipient"])
            contents.write(encrypted_path, content, private=True)
        print(f"{encrypted_path}: the raw exports, encrypted")
