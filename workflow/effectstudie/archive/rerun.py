"""Run what an archive holds again, from the raw exports, and compare every number with the archived one."""

import contextlib
import csv
import difflib
import io
import json
import math
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from effectstudie.archive import bag
from effectstudie.archive.contents import LICENCE, SMALL, TOGETHER
from effectstudie.archive.verify import table
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.vocabulary import CORRECTION_FIELDS, CORRECTIONS

# Results are written with twelve digits; another processor may differ in the last ones.
TOLERANCE = 1e-9


# Elements that do not end a sentence.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}


class Difference(NamedTuple):
    """One place where the new run says something else; `where` is row and column of a table, or a place in the text."""

    file: str
    where: str
    archived: str
    again: str


class Compared(NamedTuple):
    """`files` and `values`: how many were compared; `last_digits`: how many of them are equal but for rounding."""

    files: int
    values: int
    last_digits: int
    differences: list[Difference]


class Again(NamedTuple):
    """A new run. `raw`: exports that are missing or changed; `versions`: programs that differ: name, then, now.

    `compared` is None where it did not come to a comparison; `failure` then says why, unless exports are missing.
    """

    raw: list[bag.Finding]
    versions: list[tuple[str, str, str]]
    compared: Compared | None
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
    found = []
    for row in table(files, "run/raw_files.csv"):
        path = raw / row["file"]
        if not path.is_file():
            found.append(bag.Finding(row["file"], "missing"))
        elif bag.sha256(path.read_bytes()) != row["sha256"]:
            found.append(bag.Finding(row["file"], "changed"))
    return found


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


def study_of(files: Mapping[str, bytes]) -> str:
    """The study of an archive."""
    reports = [PurePosixPath(path) for path in files if re.fullmatch(r"data/results/\w+/report/\w+\.html", path)]
    return reports[0].parts[2]


def compare(files: Mapping[str, bytes], project: Path) -> Compared:
    """Every number of the archived tables, and every sentence of the report, with those of a new run.

    Tables of persons are left out: their pseudonyms come from a key that is in no archive.
    """
    study = study_of(files)
    kinds = re.compile(rf"results/{study}/((analysis|matching|render)/.*\.csv|report/\w+\.html)")
    inside = {path.removeprefix(bag.PAYLOAD): content for path, content in files.items()}
    archived = {path: content for path, content in sorted(inside.items()) if kinds.fullmatch(path)}
    values, rounded, differences = 0, 0, []
    for path, content in archived.items():
        again = project / path
        if not again.is_file():
            differences.append(Difference(path, "", "", "is er niet"))
            continue
        pieces = _sentences if path.endswith(".html") else _cells
        counted, close, found = pieces(content.decode(), again.read_text(encoding="utf-8"))
        values, rounded = values + counted, rounded + close
        differences += [Difference(path, *one) for one in found]
    folders = {str(PurePosixPath(path).parent) for path in archived if path.endswith(".csv")}
    made = {found.relative_to(project).as_posix() for folder in folders for found in (project / folder).glob("*.csv")}
    differences += [Difference(path, "", "is er niet", "") for path in sorted(made - archived.keys())]
    differences += _together(files, project)
    return Compared(len(archived), values, rounded, differences)


def _cells(archived: str, again: str) -> tuple[int, int, list[tuple[str, str, str]]]:
    old, new = (list(csv.reader(io.StringIO(text))) for text in (archived, again))
    close, found = 0, []
    header = old[0] if old else []
    for line in range(max(len(old), len(new))):
        before, after = (rows[line] if line < len(rows) else [] for rows in (old, new))
        for place in range(max(len(before), len(after))):
            one, other = (row[place] if place < len(row) else "" for row in (before, after))
            if one == other:
                continue
            if _same_number(one, other):
                close += 1
                continue
            column = header[place] if place < len(header) else f"kolom {place + 1}"
            found.append((f"rij {line + 1}{_label(before or after)}, {column}", one, other))
    return sum(map(len, old)), close, found


def _label(row: Sequence[str]) -> str:
    words = [cell for cell in row if cell and not _number(cell)][:4]
    return f" ({', '.join(words)})" if words else ""


def _number(text: str) -> float | None:
    with contextlib.suppress(ValueError):
        return float(text)
    return None


def _same_number(one: str, other: str) -> bool:
    first, second = _number(one), _number(other)
    return first is not None and second is not None and math.isclose(first, second, rel_tol=TOLERANCE)


def _sentences(archived: str, again: str) -> tuple[int, int, list[tuple[str, str, str]]]:
    old, new = _blocks(archived), _blocks(again)
    found = []
    for kind, start, stop, other_start, other_stop in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if kind != "equal":
            for place in range(max(stop - start, other_stop - other_start)):
                one = old[start + place] if start + place < stop else ""
                other = new[other_start + place] if other_start + place < other_stop else ""
                found.append((f"tekst, alinea of cel {start + place + 1}", one, other))
    if not found and archived != again:
        found.append(("opmaak of figuren", "", ""))
    return len(old), 0, found


class _Reader(HTMLParser):
    """Collects the text of a page, a piece for each paragraph, heading or cell."""

    def __init__(self):
        super().__init__()
        self.pieces: list[str] = [""]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.hidden += tag in ("style", "script")
        if tag not in _INLINE:
            self.pieces.append("")
        self.pieces[-1] += "".join(value for name, value in attrs if name == "alt" and value)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")
        if tag not in _INLINE:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces[-1] += data


def _blocks(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return [text for piece in reader.pieces if (text := " ".join(piece.split()))]


def _together(files: Mapping[str, bytes], project: Path) -> Iterator[Difference]:
    """Tables that the archive only names, by the one checksum of them all."""
    rows = [row for row in table(files, "run/not_included.csv") if row["why"] == SMALL]
    paths = [row["file"] for row in rows if row["file"] != TOGETHER]
    absent = [path for path in paths if not (project / path).is_file()]
    for path in absent:
        yield Difference(path, "", "", "is er niet")
    if paths and not absent:
        text = "".join(f"{bag.sha256((project / path).read_bytes())}  {path}\n" for path in paths)
        archived = next(row["sha256"] for row in rows if row["file"] == TOGETHER)
        if bag.sha256(text.encode()) != archived:
            yield Difference(
                f"{len(paths)} tabellen die niet in het archief zitten", "samen", archived, "een ander getal"
            )


def other_versions(files: Mapping[str, bytes], software: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Programs whose version now is another than when the archive was made: name, then, now."""
    environment: dict[str, Any] = json.loads(files[f"{bag.PAYLOAD}run/environment.json"])
    then = environment["software"]
    names = sorted(then.keys() | software.keys(), key=str.lower)
    pairs = [(name, then.get(name, "–"), software.get(name, "–")) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]
