"""Names that a file of an archive may have: one that any system reads otherwise is neither packed nor unpacked."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

# A manifest writes a % otherwise; Windows reads the others as a folder, a drive, a stream or a pattern.
_SIGNS = re.compile(r'[\\%<>:"|?*]')
# Windows opens a device under these names, whatever ending they have.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\..*)?", re.IGNORECASE)
# Bytes of a path below the folder of an archive, bytes of one name in it, and folders above a file.
LONGEST, LONGEST_NAME, DEEPEST = 500, 255, 20


def refused(paths: Iterable[str]) -> list[str]:
    """Those of the paths that an archive cannot hold, sorted.

    Absolute ones and those that climb out; names that are empty, too long, of a device, or with signs that are not
    printed (control characters, marks of direction, half characters); and paths that fall together on some system: of
    one name but for capitals or the spelling of accents, or of a file and a folder. Of folders that fall together, the
    files of the largest are not meant.
    """
    paths = set(paths)
    wrong = {path for path in paths if not _can_be(path)}
    spelled: dict[str, dict[tuple[str, bool], set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in paths - wrong:
        for place in _places(path):
            spelled[_folded(place[0])][place].add(path)
    for ways in spelled.values():
        if len(ways) > 1:
            sizes = [len(holders) for holders in ways.values()]
            meant = max(sizes) if sizes.count(max(sizes)) == 1 else None
            wrong.update(*(holders for holders in ways.values() if len(holders) != meant))
    return sorted(wrong)


def _can_be(path: str) -> bool:
    if len(path.encode("utf-8", "surrogatepass")) > LONGEST or path.count("/") > DEEPEST:
        return False
    return all(
        0 < len(name.encode("utf-8", "surrogatepass")) <= LONGEST_NAME
        and name.isprintable()
        and not _SIGNS.search(name)
        and not _DEVICE.fullmatch(name)
        and name == name.strip(" ").rstrip(".")
        for name in path.split("/")
    )


def _places(path: str) -> Iterator[tuple[str, bool]]:
    """The folders of a path, and itself; whether each is a file."""
    yield path, True
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path, False


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def visible(text: str, longest: int = 300) -> str:
    """A text of an archive for screen or page: what is not printed stands there as a code, and its end is cut off."""
    return "".join(map(_sign, text[:longest])) + "…" * (len(text) > longest)


def _sign(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" else sign.encode("unicode_escape").decode()
