"""Whether the exports and corrections are still those that were taken in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from effectstudie.definitions.corrections import content_of, digest_in
from effectstudie.intake.files.raw_files import check_folder, find_export, replaced, taken_away
from effectstudie.shared.errors import InputError
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import CORRECTIONS


def refuse_replaced(
    folder: str | Path, corrections_file: str | Path | None, taken_in: Mapping[str, Mapping[str, Any]]
) -> None:
    """InputError with each file that is not the one that was taken in: replaced, taken away or put beside it since.

    `folder`: of the exports; `corrections_file`: None where there was none; `taken_in`: export → exports.manifest.
    """
    if gone := [facts["file"] for facts in taken_in.values() if not Path(folder, facts["file"]).is_file()]:
        raise InputError([taken_away(file) for file in gone])
    check_folder(folder, list(taken_in))
    paths = {export: find_export(folder, export) for export in taken_in}
    problems = [
        replaced(path.name)
        for export, path in paths.items()
        if (path.name, sha256(path)) != (taken_in[export]["file"], taken_in[export]["sha256"])
    ]
    beside = Path(folder, CORRECTIONS)
    file = Path(corrections_file or beside)
    content = content_of(file)
    if any(digest_in(content, export) != facts["corrections_sha256"] for export, facts in taken_in.items()):
        problems.append(replaced(file.name))
    if problems:
        raise InputError(problems)
