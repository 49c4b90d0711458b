"""Rules archive_<study> and archive_<study>_intern: a finished run in one file."""

import json
from pathlib import Path

from effectstudie.archive import keep
from effectstudie.archive.contents import make
from effectstudie.archive.encrypted import encrypted
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.privacy.pseudonyms import load_key
from effectstudie.running.job_records import jobs_behind, refuse_read_otherwise, timings
from effectstudie.running.provenance import installed_software, machine
from effectstudie.shared.logs import log_to
from effectstudie.shared.messages.dutch import in_dutch
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import read_json
from effectstudie.shared.vocabulary import LISTS
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0]):
    paths, params = snakemake.input, snakemake.params
    internal = params.internal
    results = {kind: list(paths.get(kind, [])) for kind in ("public", "persons", "groups", "internal")}
    made = [path for group in results.values() for path in group]
    exports = {Path(path).stem: read_json(path) for path in paths.manifests}
    run = RunToArchive(
        project=Path.cwd(),
        study=params.study,
        config=params.config,
        **results,
        raw={path: exports[Path(path).stem]["sha256"] for path in paths.raw},
        jobs=jobs_behind(made, {path: Path(path).name for path in paths.raw}, ".snakemake/metadata"),
        software=installed_software(),
        machine=machine(params.container),
        key=load_key(params.config["pseudonym_key_file"], Path.cwd(), own_exports=params.config["raw_dir"] is not None),
    )
    archive = make(run, internal, read_words("resources/pages/archive/texts.nl.yaml"))
    lists = {key: params.config[key] for key in LISTS}
    refuse_replaced(params.raw_folder, lists, exports)
    refuse_read_otherwise(made, ".snakemake/metadata", f"report_{params.study['study']}")
    path = keep.keep(archive, params.folder, private=internal)
    print(f"{path}: {archive.identifier}")
    times = path.with_suffix(".times.json")
    if not times.exists():
        text = json.dumps(timings(run.jobs), indent=1) + "\n"
        keep.write(times, text.encode(), private=internal)
    if internal and params.config["archive"]["raw_files"] == "encrypted":
        encrypted_path = path.with_suffix(f".exports.{params.config['archive']['recipient'][-8:]}.tar.age")
        if not encrypted_path.exists():
            raw = [Path(path) for path in (*paths.raw, *filter(None, lists.values()))]
            content = encrypted(raw, params.config["archive"]["recipient"])
            refuse_replaced(params.raw_folder, lists, exports)
            keep.write(encrypted_path, content, private=True)
        print(in_dutch(say("{path}: the raw exports, encrypted", path=encrypted_path)))
