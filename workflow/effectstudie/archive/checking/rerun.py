"""Run what an archive holds again, from the raw exports, and compare every number with the archived one."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from effectstudie.archive import bag
from effectstudie.archive.checking.differences import NumbersAgain, compare
from effectstudie.archive.checking.exports import Sum, raw_problems
from effectstudie.archive.checking.forms import study_of
from effectstudie.archive.checking.verify import table
from effectstudie.archive.left_out import EARLIER, LICENCE
from effectstudie.runs.file_names import refused, visible
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import told
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import CORRECTION_FIELDS, LISTS, RECODE_FIELDS


class Again(NamedTuple):
    """A new run. `raw`: exports that are missing or changed; `versions`: programs that differ: name, then, now.

    `compared` is None where it did not come to a comparison; `failure` then says why, unless exports are missing.
    `sealed`: the key was not at hand, so what is not in the archive was not held against its checksums.
    """

    raw: list[bag.Finding]
    versions: list[tuple[str, str, str]]
    compared: NumbersAgain | None
    failure: str
    sealed: bool = False


def again(
    files: Mapping[str, bytes],
    raw: Path,
    folder: Path,
    command: Callable[[str, Sequence[str]], Sequence[str]],
    software: Mapping[str, str],
    sum_of: Sum | None,
) -> Again:
    """Run an archive in which nothing is wrong again in an empty folder and compare; the archive's own program runs.

    `software`: name → version of what is installed here. `sum_of`: see exports.sums_of. For `command` see run_again.
    """
    problems, versions = raw_problems(files, raw, sum_of), other_versions(files, software)
    sealed = sum_of is None
    if any(finding.what == "missing" for finding in problems):
        return Again(problems, versions, None, "", sealed)
    try:
        compared = compare(files, run_again(files, raw, folder, command), sum_of)
    except EffectstudieError as error:
        return Again(problems, versions, None, told(error), sealed)
    return Again(problems, versions, compared, "", sealed)


def run_again(
    files: Mapping[str, bytes], raw: Path, folder: Path, command: Callable[[str, Sequence[str]], Sequence[str]]
) -> Path:
    """Unpack the program of an archive in `folder` and let it make its results again there; the project's folder.

    `command` gives the command line for a study and its settings, `name=value` each. EffectstudieError where the
    archive lacks what its licence keeps inside, or where the run fails; the last lines of its output are in the text.
    """
    left_out = table(files, "run/not_included.csv")
    for why, where in ((LICENCE, say("with its licensee")), (EARLIER, say("inside"))):
        if lacking := [row["file"] for row in left_out if row["why"] == why]:
            raise EffectstudieError(
                say(
                    "{path}: stays {where} and is not in this archive, so it cannot be run again; use the internal "
                    "archive.",
                    path=lacking[0],
                    where=where,
                )
            )
    project, home = folder / "project", folder / "home"
    targets = _targets(files, folder)
    home.mkdir()
    for path, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(files[path])
    there = {row["file"] for row in table(files, "run/raw_files.csv")}
    beside = {key: (raw.resolve() if name in there else folder / "run") / name for key, name in LISTS.items()}
    for key, fields in (("corrections_file", CORRECTION_FIELDS), ("recodes_file", RECODE_FIELDS)):
        if beside[key].parent != raw.resolve():
            # there was none: one that lies beside the exports now may not come in
            beside[key].write_text(",".join(fields) + "\n", encoding="utf-8")
    settings = [
        f"raw_dir={raw.resolve()}",
        f"pseudonym_key_file={home / 'pseudonym.key'}",
        f"variables_file={folder / 'run/variables.csv'}",
        *(f"{key}={path}" for key, path in beside.items()),
    ]
    done = subprocess.run(
        command(study_of(files) or "", settings),
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise EffectstudieError(
            say("The new run failed. Its last lines:\n") + "\n".join(done.stdout.splitlines()[-25:])
        )
    return project


def _targets(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Where each file of the program and of its settings comes; EffectstudieError where one would not come in there."""
    targets = {}
    for part, place in (("code", "project"), ("run", "run")):
        start = f"{bag.PAYLOAD}{part}/"
        targets |= {path: folder / place / path.removeprefix(start) for path in files if path.startswith(start)}
    outside = {path for path, target in targets.items() if not target.resolve().is_relative_to(folder.resolve())}
    if wrong := sorted({*refused(files), *outside}):
        raise EffectstudieError(
            say("{path}: has no place in the folder of a new run; nothing was unpacked.", path=visible(wrong[0]))
        )
    return targets


def other_versions(files: Mapping[str, bytes], software: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Programs whose version now is another than when the archive was made: name, then, now."""
    environment: dict[str, Any] = json.loads(files[f"{bag.PAYLOAD}run/environment.json"])
    then = environment["software"]
    names = sorted(then.keys() | software.keys(), key=str.lower)
    pairs = [(name, then.get(name, "–"), software.get(name, "–")) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]
