"""Names of columns as people see them: without capitals, signs, zeros in front and what all names of a wave share."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

# Letters and numbers in turns: tsi_001 -> ("tsi", "1").
Parts = tuple[str, ...]

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Words before the number of a question that say nothing.
_IDLE = {"item", "vraag", "vrg", "nr", "no", "var", "itm", "sq"}
_WAVE = {"t", "w", "m", "wave", "meting", "golf", "ronde"}
# A part that so many names end or begin with tells of the export, and of no column.
_SHARED = 0.6


def parts_of(name: str) -> Parts:
    """The letters and numbers of a name; one empty text where it has none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(str(int(part)) if part.isdigit() else part.casefold() for part in _PART.findall(plain)) or ("",)


def without_wave(names: Iterable[str], wave: str | None) -> dict[str, Parts]:
    """Of the columns of an export the parts of their names without the wave."""
    return {name: joined(_without_wave(parts_of(name), wave)) for name in names}


def without_shared(names: Iterable[str], wave: str | None) -> dict[str, Parts]:
    """The same without what nearly all begin or end with, unless nothing but numbers would be left."""
    parts = {name: _without_wave(parts_of(name), wave) for name in names}
    for place in (0, -1):
        while True:
            shared = Counter(of[place] for of in parts.values() if _without(of, of[place], place) != of).most_common(1)
            if not shared or shared[0][1] < max(_SHARED * len(parts), 3):
                break
            parts = {name: _without(of, shared[0][0], place) for name, of in parts.items()}
    return {name: joined(of) for name, of in parts.items()}


def _without_wave(parts: Parts, wave: str | None) -> Parts:
    """Without T1, w1 or meting 1 of the wave T1, in front or behind."""
    number = parts_of(wave)[-1:] if wave else ()
    if len(parts) > 2 and parts[-2] in _WAVE and parts[-1:] == number:
        return parts[:-2]
    return parts[2:] if len(parts) > 2 and parts[0] in _WAVE and parts[1:2] == number else parts


def _without(parts: Parts, part: str, place: int) -> Parts:
    rest = parts[1:] if place == 0 else parts[:-1]
    return rest if parts and parts[place] == part and not all(map(str.isdigit, rest)) else parts


def joined(parts: Parts) -> Parts:
    """Letters that stand beside each other as one, idle words left out: audit_c_zelf_1 -> ("auditczelf", "1")."""
    kept: list[str] = []
    for part in parts:
        if part in _IDLE and len(parts) > 1:
            continue
        if kept and not part.isdigit() and not kept[-1].isdigit():
            kept[-1] += part
        else:
            kept.append(part)
    return tuple(kept) or parts


def blocks(names: Mapping[str, Parts]) -> dict[Parts, dict[int, str]]:
    """Columns that differ in their last number only: what is before it -> number -> name, three or more of them."""
    found: dict[Parts, dict[int, str]] = {}
    for name, parts in names.items():
        if len(parts) > 1 and parts[-1].isdigit():
            found.setdefault(parts[:-1], {})[int(parts[-1])] = name
    return {stem: members for stem, members in found.items() if len(members) > 2}
