"""A grid of the regions, each a tile about where it lies, with what is concluded of one outcome there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from effectstudie.national.across import Across
from effectstudie.national.inputs import Study
from effectstudie.report.figures.lettering import Sheet, wrapped
from effectstudie.report.figures.palette import read_palette
from effectstudie.report.figures.style import INK, MUTED, RULE, SHADES, WIDTH_NARROW, draw, typeface
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.yaml_files import read_yaml

COLUMNS = 4
# Millimetres.
LINE, GAP, PAD = 3.45, 1.6, 1.2
WIDE = (WIDTH_NARROW - (COLUMNS - 1) * GAP) / COLUMNS
# Of a tile: what is behind it, and its letters. Colours of groups mean groups, so verdicts have others.
_COMPARE = read_palette()["compare"]
LOOKS = {
    "better": (_COMPARE["added"], "white"),
    "not_relevantly_worse": (_COMPARE["behind_added"], INK),
    "no_relevant_difference": (SHADES[0], INK),
    "undecided": ("white", INK),
    "not_relevantly_better": (_COMPARE["behind_removed"], INK),
    "worse": (_COMPARE["removed"], "white"),
}
HIDDEN, WITHOUT = "hidden", ""


@dataclass(frozen=True)
class Tile:
    """`lines`: its name; `verdict`: a key of LOOKS, HIDDEN, or WITHOUT an approach or this outcome."""

    name: str
    lines: Sequence[str]
    place: tuple[int, int]
    verdict: str


def read_grid(path: str | Path) -> dict[str, dict[str, Any]]:
    """resources/pages/national/grid.yaml; ConfigError where what it says of a region is no place or no lines."""
    grid = read_yaml(path) or {}
    problems = [
        say(
            "{path}: region {region}: {value!r} is no place; allowed is place: [column, row], a column from 1 to "
            "{columns} and a row from 1, and lines: [text, …].",
            path=path,
            region=region,
            value=entry,
            columns=COLUMNS,
        )
        for region, entry in grid.items()
        if not _is_place(entry)
    ]
    if problems:
        raise ConfigError(problems)
    return grid


def _is_place(entry: Any) -> bool:
    if not isinstance(entry, dict) or not entry or entry.keys() - {"place", "lines"}:
        return False
    place, lines = entry.get("place", [1, 1]), entry.get("lines", ["x"])
    told = isinstance(lines, list) and lines and all(isinstance(line, str) for line in lines)
    pair = isinstance(place, list) and [type(number) for number in place] == [int, int] and min(place) >= 1
    return bool(told and pair and place[0] <= COLUMNS)


def tiles_of(
    across: Across, studies: Mapping[str, Study], regions: Sequence[str], grid: Mapping[str, Mapping[str, Any]]
) -> list[Tile]:
    """A tile per region, and one more per study that has its region in common with one before it.

    `grid`: `read_grid`, region → `place` (column and row, from 1) and `lines`; without these, or with the place of
    another, a region gets a free one below the others.
    """
    of_region: dict[str, list[Study]] = {region: [] for region in regions}
    for study in studies.values():
        of_region.setdefault(study.region, []).append(study)
    wanted = [(region, study) for region, members in of_region.items() for study in members[:1] or [None]]
    wanted += [(None, study) for members in of_region.values() for study in members[1:]]
    places: list[tuple[int, int] | None] = []
    for region, _ in wanted:
        place = tuple(grid[region]["place"]) if region in grid and "place" in grid[region] else None
        places.append(None if place in places else place)
    last = max((place[1] for place in places if place), default=0)
    free = ((column, row) for row in range(last + 1, last + len(wanted) + 2) for column in range(1, COLUMNS + 1))
    tiles = []
    for (region, study), place in zip(wanted, places, strict=True):
        name = study.name if study else region
        # a study may call its region otherwise than the cohort does
        lines = grid.get(name, {}).get("lines", [name])
        tiles.append(Tile(name, lines, place or next(free), _verdict(across, study)))
    return tiles


def _verdict(across: Across, study: Study | None) -> str:
    row = across.regions.get(study.name) if study else None
    if row is None:
        return WITHOUT
    return HIDDEN if pd.isna(row["value"]) or not isinstance(row["verdict"], str) else row["verdict"]


def grid_figure(tiles: Sequence[Tile], words: Mapping[str, Any]) -> bytes:
    """`words`: `signs` and `said` by verdict."""
    with typeface():
        texts = {tile.name: _texts(tile, words) for tile in tiles}
        tall = max(len(name) + len(said) for name, said in texts.values()) * LINE + 2 * PAD
    rows = max(tile.place[1] for tile in tiles)

    def paint(figure: Figure) -> None:
        sheet = Sheet(figure)
        page = sheet.page()
        for tile in tiles:
            left, top = (tile.place[0] - 1) * (WIDE + GAP), 0.3 + (tile.place[1] - 1) * (tall + GAP)
            behind, letters = LOOKS.get(tile.verdict, ("white", MUTED))
            edge = {"edgecolor": RULE if tile.verdict == WITHOUT else MUTED, "linewidth": 0.7}
            edge["linestyle"] = "--" if tile.verdict in (WITHOUT, HIDDEN) else "-"
            page.add_patch(Rectangle((left + 0.2, top), WIDE - 0.4, tall, facecolor=behind, **edge))
            name, said = texts[tile.name]
            sheet.text(left + PAD, top + PAD, name, LINE, color=letters, fontweight="semibold")
            sheet.text(left + PAD, top + PAD + LINE * len(name), said, LINE, color=letters)

    return draw(WIDTH_NARROW, rows * (tall + GAP) - GAP + 0.6, paint)


def _texts(tile: Tile, words: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    room = WIDE - 2 * PAD
    name = [line for part in tile.lines for line in wrapped(part, room, weight="semibold")]
    return name, wrapped(_said(tile, words), room) if tile.verdict else []


def _said(tile: Tile, words: Mapping[str, Any]) -> str:
    return f"{words['signs'][tile.verdict]} {words['said'][tile.verdict]}".strip()


def grid_alt(title: str, tiles: Sequence[Tile], words: Mapping[str, Any]) -> str:
    """The regions with what is concluded there, then how many have no approach."""
    said = "; ".join(
        words["item"].format(name=tile.name, said=words["said"][tile.verdict]) for tile in tiles if tile.verdict
    )
    without = sum(tile.verdict == WITHOUT for tile in tiles)
    return words["alt"].format(title=title, items=said or words["nowhere"], without=without)
