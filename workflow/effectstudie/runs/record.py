"""What a report was made with, so that two runs can be compared: no times, no places on a machine, no persons."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from effectstudie.shared.storage import sha256


def run_record(
    settings: Mapping[str, Any],
    manifests: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, str],
    files: Iterable[str | Path],
    results: Mapping[str, str | Path],
    container: str | None = None,
) -> dict[str, Any]:
    """The content of `results/<study>/run.json`.

    `settings`: Settings.set_for; `manifests`: export → exports.manifest; `versions`: those in `render.json`; `files`:
    definitions, texts, templates, code and lock, as paths in the project; `results`: path in the study's folder → file.
    That of the results is what ties the record to them. `container`: Container.digest of the one that its jobs were in.
    """
    return {
        "exports": {
            export: {
                **export_facts(manifest),
                "corrections_sha256": manifest["corrections_sha256"],
                "recodes_sha256": manifest["recodes_sha256"],
            }
            for export, manifest in manifests.items()
        },
        "settings": settings,
        "versions": versions,
        "container": container,
        "files": {str(path): sha256(path) for path in sorted(map(str, files))},
        "results": {name: sha256(path) for name, path in results.items()},
    }


def export_facts(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Of a checked export what tells one from another: file, sha256, rows, how many corrections and recodes."""
    made = {key: manifest[key] for key in ("corrections", "recodes") if key in manifest}
    counts = {key: of if isinstance(of, int) else len(of) for key, of in made.items()}
    return {**{key: manifest[key] for key in ("file", "sha256", "rows")}, **counts}
