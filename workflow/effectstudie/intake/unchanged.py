"""Whether the exports, corrections and recodes are still those that were taken in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from effectstudie.definitions.lists import content_of, digest_in
from effectstudie.intake.files.raw_files import check_folder, find_export, replaced, taken_away
from effectstudie.shared.errors import InputError
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import LISTS


def refuse_replaced(
    folder: str | Path, lists: Mapping[str, str | Path | None], taken_in: Mapping[str, Mapping[str, Any]]
) -> None:
    """InputError with each file that is not the one that was taken in: replaced, taken away or put beside it since.

    `folder`: of the exports; `lists`: key of vocabulary.LISTS → the file, None where there was none; `taken_in`:
    export → exports.manifest.
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
    for key, name in LISTS.items():
        file = Path(lists[key] or Path(folder, name))
        content, digest = content_of(file), key.replace("_file", "_sha256")
        if any(digest_in(content, export) != facts[digest] for export, facts in taken_in.items()):
            problems.append(replaced(file.name))
    if problems:
        raise InputError(problems)
