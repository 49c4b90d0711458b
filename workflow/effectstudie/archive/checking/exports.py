"""Are the exports in a folder those that an archive was made from? Its checksums answer, as far as they can be made."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from effectstudie.archive import bag
from effectstudie.archive.checking.verify import table
from effectstudie.archive.left_out import BARE, KEYED
from effectstudie.privacy.pseudonyms import key_of, sealed
from effectstudie.runs.file_names import visible
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

Sum = Callable[[str], str]


def sum_column(row: Mapping[str, str]) -> str:
    """Where the checksum of a row stands: its column is named after how it is made."""
    return KEYED if KEYED in row else BARE


def sums_of(files: Mapping[str, bytes], given: Path | None, usual: Iterable[Path]) -> Sum | None:
    """SHA-256 of a file → its checksum in an archive; None where that takes a key that is not at hand.

    `given`: the key that somebody named, EffectstudieError where it is not that of the archive; `usual`: where it may
    lie otherwise.
    """
    marks = {row.get("key", "") for row in table(files, "run/raw_files.csv")}
    if marks == {""}:
        return str
    key = key_of(marks.pop(), [given] if given else usual)
    if given and key is None:
        raise EffectstudieError(
            say(
                "{path}: is not the key that this archive was made with; give that one, or none.",
                path=visible(str(given)),
            )
        )
    return partial(sealed, key=key) if key else None


def require_folder(raw: Path | None) -> None:
    """EffectstudieError where a folder is named that is not there, so that not each export is told to be missing."""
    if raw and not raw.is_dir():
        raise EffectstudieError(
            say("{raw}: there is no such folder; RAW is the folder with the raw exports.", raw=visible(str(raw)))
        )


def raw_problems(files: Mapping[str, bytes], raw: Path, sum_of: Sum | None) -> list[bag.Finding]:
    """Which raw exports are missing in a folder, or are not those of the archive as far as `sum_of` can tell."""
    problems = []
    for row in table(files, "run/raw_files.csv"):
        path = raw / row["file"]
        if not path.is_file():
            problems.append(bag.Finding(row["file"], "missing"))
        elif sum_of and sum_of(bag.sha256(path.read_bytes())) != row[sum_column(row)]:
            problems.append(bag.Finding(row["file"], "changed"))
    return problems
