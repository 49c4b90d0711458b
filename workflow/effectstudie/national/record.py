"""From what may be shown of a set to everything its page shows: files, and one record in JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from effectstudie.disclosure.regions.shown import ONCE, OWN
from effectstudie.national import tables
from effectstudie.national.across import Across, all_across, in_sds
from effectstudie.national.answers import summary_said
from effectstudie.national.forest import forest_alt, forest_figure, rows_of
from effectstudie.national.grid import grid_alt, grid_figure, tiles_of
from effectstudie.national.inputs import NationalInputs, Study, studies_of
from effectstudie.national.prose import Turns, outcome_sentences, theme_notes
from effectstudie.report.figures import descriptions
from effectstudie.report.figures.forest import forest_figure as overview_figure
from effectstudie.report.front.cover import stamp_of, status_of
from effectstudie.report.record import run_mark, with_zeros
from effectstudie.report.summary.forest import COLUMNS as OVERVIEW
from effectstudie.report.table import Figure, Table
from effectstudie.shared import formats


class _Contents:
    """Tables and figures in the order of the page, numbered by it."""

    def __init__(self, captions: Mapping[str, str], notes: Mapping[str, str], zeros: bool):
        self.captions, self.notes, self.zeros = captions, notes, zeros
        self.tables: dict[str, Table] = {}
        self.figures: dict[str, Figure] = {}

    def table(self, place: str, table: Table, **filled: str) -> None:
        name = place.split("__")[0]
        caption, notes = self.captions[name].format(**filled), [self.notes[name].format(**filled)]
        number = str(len(self.tables) + 1)
        self.tables[place] = replace(table, name=name, number=number, caption=caption, notes=notes)

    def figure(self, place: str, svg: bytes, alt: str, data: pd.DataFrame, narrow: bool = True, **filled: str) -> None:
        kind = place.split("__")[0]
        caption, notes = self.captions[kind].format(**filled), [self.notes[kind].format(**filled)]
        self.figures[place] = Figure(svg, caption, alt, notes, data, narrow, place, str(len(self.figures) + 1))

    def files(self) -> dict[str, bytes]:
        files = {table.csv_name: table.csv() for table in self.tables.values()}
        for figure in self.figures.values():
            files |= {f"{figure.file}.svg": figure.svg, f"{figure.file}.csv": figure.csv()}
        return files


def national_record(inputs: NationalInputs) -> dict[str, bytes]:
    """Files of `results/<set>/render/`: name → bytes, with `render.json` among them.

    The same inputs give the same bytes.
    """
    words, studies = inputs.words, studies_of(inputs)
    found = all_across(inputs, studies)
    contents = _Contents(words["captions_of_set"], words["notes_of_set"], inputs.zeros)
    _overview(contents, inputs, found)
    contents.table("outcomes", tables.outcomes_table(found, words))
    maps = _maps(contents, inputs, studies, found)
    themes = _themes(contents, words, found)
    contents.table("studies", tables.studies_table(studies, words))
    costs = _costs(contents, inputs, studies, found)
    of_tables = {place: table.record(inputs.zeros) for place, table in contents.tables.items()}
    set_ = {name: inputs.set[name] for name in ("set", "title", "controls")}
    record = {
        "set": {**set_, "report_date": str(inputs.set["report_date"])},
        "run": run_mark(dict(inputs.set), {name: table["rows"] for name, table in of_tables.items()}),
        "synthetic": inputs.synthetic,
        "status": status_of(inputs.final, words["cover"]),
        "stamp": stamp_of([(words["cover"]["draft_stamp"], not inputs.final), (words["stamp"], inputs.synthetic)]),
        "house": {"institute": inputs.house["institute"], "address": inputs.house["address"]},
        "anchors": {name: f"#uitkomst-{one.outcome.id}" for one in found for name in _in_table(one, words)},
        "regions": [study.name for study in studies.values()],
        "links": {study.name: study.href for study in studies.values()},
        "summary": summary_said(inputs, studies, found),
        "pair": len(studies) == 2,
        "maps": maps,
        "themes": themes,
        "costs": costs,
        "privacy": dict(inputs.shown.limits),
        "tables": of_tables,
        "figures": {place: figure.record() for place, figure in contents.figures.items()},
    }
    record = with_zeros(record) if inputs.zeros else record
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return {**contents.files(), "render.json": text.encode()}


def _in_table(one: Across, words: Mapping[str, Any]) -> tuple[str, str]:
    """How the table of all outcomes may call one: the only one of its theme behind the theme."""
    return one.title, f"{words['labels']['sections'][one.outcome.section]}, {one.title}"


def _overview(contents: _Contents, inputs: NationalInputs, found: Sequence[Across]) -> None:
    rows = [in_sds(one, one.outcome.id in inputs.set["primary"]) for one in found]
    frame = pd.DataFrame([row for row in rows if row], columns=OVERVIEW)
    if frame.empty:
        return
    frame = frame.sort_values("primary", ascending=False, kind="stable").reset_index(drop=True)
    labels = inputs.words["labels"] | {"groups": {"approach": inputs.words["an_approach"]}}
    alt = descriptions.forest_alt(frame, labels, inputs.words)
    contents.figure("overview", overview_figure(frame, labels), alt, frame, narrow=False)


def _maps(
    contents: _Contents, inputs: NationalInputs, studies: Mapping[str, Study], found: Sequence[Across]
) -> list[str]:
    """The grids of the primary outcomes: their places among the figures."""
    words, places = inputs.words["grid"], []
    for one in found:
        if one.outcome.id in inputs.set["primary"]:
            tiles = tiles_of(one, studies, inputs.regions, inputs.grid)
            data = pd.DataFrame([(tile.name, *tile.place, tile.verdict) for tile in tiles],
                                columns=["region", "column", "row", "verdict"])  # fmt: skip
            places.append(f"grid__{one.outcome.id}")
            alt = grid_alt(one.title, tiles, words)
            contents.figure(places[-1], grid_figure(tiles, words), alt, data, title=one.title.lower())
    return places


def _themes(contents: _Contents, words: Mapping[str, Any], found: Sequence[Across]) -> list[dict[str, Any]]:
    themes = []
    for section in dict.fromkeys(one.outcome.section for one in found):
        members, turns, outcomes = [one for one in found if one.outcome.section == section], Turns(words), []
        for one in members:
            name, filled = one.outcome.id, {"title": one.title, "unit": one.unit("2").strip()}
            if one.known:
                contents.figure(f"forest__{name}", forest_figure(one), forest_alt(one), rows_of(one), **filled)
                contents.table(f"regions__{name}", tables.regions_table(one), **filled)
            measure = formats.capital(formats.ranges(one.outcome.measure))
            said = outcome_sentences(one, turns)
            has_mean = one.mean is not None
            outcomes.append({"id": name, "title": one.title, "measure": measure, "said": said, "mean": has_mean})
        title, notes = words["labels"]["sections"][section], theme_notes(members, turns)
        themes.append({"id": section, "title": title, "finding": " ".join(notes), "outcomes": outcomes})
    return themes


def _costs(
    contents: _Contents, inputs: NationalInputs, studies: Mapping[str, Study], found: Sequence[Across]
) -> list[str]:
    """What is said of the choice of controls; its tables are added."""
    words = inputs.words["cost"]
    contents.table("costs", tables.costs_table(inputs, studies))
    choices, compared, otherwise = tables.choices_table(found, inputs.shown, inputs.words)
    said = [words[inputs.set["controls"]]]
    if not compared:
        return [*said, words["nothing"]]
    contents.table("choices", choices)
    branch = "same" if not otherwise else "one" if otherwise == 1 else "otherwise"
    said.append(words[branch].format(count=otherwise, total=compared))
    correlations = inputs.shown.together.loc[inputs.shown.together["controls"] == OWN, "correlation"].dropna()
    if inputs.set["controls"] != ONCE and len(correlations):
        largest = max(correlations, key=abs)
        said.append(words["correlation"].format(largest=formats.coefficient(largest)))
    return said
