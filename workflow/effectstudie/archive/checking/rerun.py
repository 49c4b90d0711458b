"""Run what an archive holds again, from the raw exports, and compare every number with the archived one."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from effectstudie.archive import bag
from effectstudie.archive.checking.differences import NumbersAgain, compare
from effectstudie.archive.checking.verify import study_of, table
from effectstudie.archive.left_out import LICENCE
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.vocabulary import CORRECTION_FIELDS, CORRECTIONS


class Again(NamedTuple):
    """A new run. `raw`: exports that are missing or changed; `versions`: programs that differ: name, then, now.

    `compared` is None where it did not come to a comparison; `failure` then says why, unless exports are missing.
    """

    raw: list[bag.Finding]
    versions: list[tuple[str, str, str]]
    compared: NumbersAgain | None
    failure: str


def again(
    files: Mapping[str, bytes],
    raw: Path,
    folder: Path,
    command: Callable[[str, Sequence[str]], Sequence[str]],
    software: Mapping[str, str],
) -> Again:
    """Run an archive again in an empty folder and compare; the program that runs is that of the archive.

    `software`: name → version of what is installed here. For `command` see run_again.
    """
    problems, versions = raw_problems(files, raw), other_versions(files, software)
    if any(finding.what == "missing" for finding in problems):
        return Again(problems, versions, None, "")
    try:
        compared = compare(files, run_again(files, raw, folder, command))
    except EffectstudieError as error:
        return Again(problems, versions, None, str(error))
    return Again(problems, versions, compared, "")


def raw_problems(files: Mapping[str, bytes], raw: Path) -> list[bag.Finding]:
    """Which raw exports are missing in a folder, or are not those of the archive."""
    problems = []
    for row in table(files, "run/raw_files.csv"):
        path = raw / row["file"]
        if not path.is_file():
            problems.append(bag.Finding(row["file"], "missing"))
        elif bag.sha256(path.read_bytes()) != row["sha256"]:
            problems.append(bag.Finding(row["file"], "changed"))
    return problems


def run_again(
    files: Mapping[str, bytes], raw: Path, folder: Path, command: Callable[[str, Sequence[str]], Sequence[str]]
) -> Path:
    """Unpack the program of an archive in `folder` and let it make its results again there; the project's folder.

    `command` gives the command line for a study and its settings, `name=value` each. EffectstudieError where the
    archive lacks what its licence keeps inside, or where the run fails; the last lines of its output are in the text.
    """
    lacking = [row["file"] for row in table(files, "run/not_included.csv") if row["why"] == LICENCE]
    if lacking:
        raise EffectstudieError(
            f"{lacking[0]}: stays with its licensee and is not in this archive, so it cannot be run again; use the "
            "internal archive."
        )
    project, home = folder / "project", folder / "home"
    home.mkdir()
    for path, content in files.items():
        for part in ("code", "run"):
            inside = PurePosixPath(path)
            if inside.is_relative_to(f"{bag.PAYLOAD}{part}"):
                target = (project if part == "code" else folder / "run") / inside.relative_to(f"{bag.PAYLOAD}{part}")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    corrections = raw.resolve() / CORRECTIONS
    if CORRECTIONS not in {row["file"] for row in table(files, "run/raw_files.csv")}:
        # there were none: corrections that lie beside the exports now may not come in
        corrections = folder / "run" / CORRECTIONS
        corrections.write_text(",".join(CORRECTION_FIELDS) + "\n", encoding="utf-8")
    settings = [
        f"raw_dir={raw.resolve()}",
        f"pseudonym_key_file={home / 'pseudonym.key'}",
        f"variables_file={folder / 'run/variables.csv'}",
        f"corrections_file={corrections}",
    ]
    done = subprocess.run(
        command(study_of(files), settings), cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise EffectstudieError("The new run failed. Its last lines:\n" + "\n".join(done.stdout.splitlines()[-25:]))
    return project


def other_versions(files: Mapping[str, bytes], software: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Programs whose version now is another than when the archive was made: name, then, now."""
    environment: dict[str, Any] = json.loads(files[f"{bag.PAYLOAD}run/environment.json"])
    then = environment["software"]
    names = sorted(then.keys() | software.keys(), key=str.lower)
    pairs = [(name, then.get(name, "–"), software.get(name, "–")) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]
