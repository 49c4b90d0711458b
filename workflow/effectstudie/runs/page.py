"""The page, in Dutch, that says what differs between two runs of a study: one self-contained HTML file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from effectstudie.report.figures.palette import house_style_beside, read_palette, style_of
from effectstudie.runs.compare import Change, Comparison
from effectstudie.runs.conclusions import Turn
from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.labels import LARGEST, Labels
from effectstudie.runs.tables import Cell, TableChanges, as_number, joined_key
from effectstudie.shared import formats
from effectstudie.shared.templates import environment
from effectstudie.shared.yaml_files import UNSEEN

# Columns of the two result tables whose differences are written out; those in others are counted.
WRITTEN_OUT = {
    "descriptives": ("n", "mean", "sd", "ci_low", "ci_high"),
    "tests": (
        "analysis", "n", "value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high", "ges", "size_word",
    ),
}  # fmt: skip

SHORT = 12  # characters of a SHA-256
# In names and texts of an archive: what cannot be printed, and what nobody sees.
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{UNSEEN}]")
MANY = 60  # rows above which a table is folded


def compare_html(
    comparison: Comparison,
    runs: tuple[FinishedRun, FinishedRun],
    names: tuple[str, str],
    study: str,
    words: Mapping[str, Any],
    texts: Mapping[str, Any],
    pages: str | Path,
) -> str:
    """The page. `runs`, `names`: old and new, as read and as the analyst names them; `words`: compare.nl.yaml; `texts`:
    labels, tables and certainty of the report; `pages`: resources/pages.
    """
    labels = Labels(runs, words, texts)
    results = comparison.results or {}
    numbers = {name: _numbers(name, results[name], labels) for name in WRITTEN_OUT if name in results}
    told = {name: sum(len(rows) for _, rows in blocks) for name, blocks in numbers.items()}
    turned = {kind: [turn for turn in comparison.turns if turn.kind == kind] for kind in words["turns"]}
    cells = {name: _cells(changes) for name, changes in comparison.printed.items()}
    page = environment(pages).get_template("compare/compare.html.j2")
    written = page.render(
        comparison=comparison,
        runs=runs,
        names=names,
        study=study,
        words=words,
        joined=formats.joined,
        confidential=texts["confidential"] if comparison.confidential else "",
        exports=[_export_row(change, words) for change in comparison.exports or []],
        settings=[_setting_row(change, study, words) for change in comparison.settings or []],
        files=[_file_row(change, words) for change in comparison.files or []],
        versions=[(change.key, *(_value(side, words) for side in change[1:])) for change in comparison.versions or []],
        numbers=numbers,
        told=told,
        silent={name: len(changes.cells) - told.get(name, 0) for name, changes in results.items()},
        only={name: _only(changes, words) for name, changes in results.items()},
        turns=[
            (labels.of_turn(turn), words["turns"][kind], *labels.sides(turn))
            for kind, turns in turned.items()
            for turn in turns
        ],
        summary=_summary(comparison, turned, told, words),
        cells=cells,
        cells_only={name: _only(changes, words) for name, changes in comparison.printed.items()},
        captions={name: labels.caption(name) for name in [*cells, *_names_of(comparison)]},
        places=_by_place(comparison),
        many=MANY,
        count=lambda kind, n: _count(kind, n, words),
        style=Markup(style_of(pages)),
        colours=read_palette(house_style_beside(pages))["compare"],
    )
    return _UNSEEN.sub(lambda sign: sign[0].encode("unicode_escape").decode(), written)


def _count(kind: str, n: int, words: Mapping[str, Any]) -> str:
    return f"{formats.number(n)} {words['counts'][kind]['one' if n == 1 else 'many']}"


def _summary(
    comparison: Comparison, turned: Mapping[str, Sequence[Turn]], told: Mapping[str, int], words: Mapping[str, Any]
) -> dict[str, Any]:
    """How much differs, in words: the effects of the runs, their conclusions and their causes."""
    cells = sum(len(changes.cells) for changes in comparison.printed.values())
    all_told = sum(told.values())
    in_numbers = ("cells", cells) if comparison.results is None else ("numbers", all_told)
    turns = {kind: len(of_kind) for kind, of_kind in turned.items()}
    effects = dict([in_numbers, *turns.items(), ("sentences", len(comparison.sentences))])
    exports = {change.key.partition(".")[0] for change in comparison.exports or []}
    parts = {"exports": exports, "settings": comparison.settings, "files": comparison.files}
    parts["versions"] = comparison.versions

    def listed(counts: Mapping[str, int], otherwise: str) -> str:
        return formats.joined([_count(kind, n, words) for kind, n in counts.items() if n]) or otherwise

    return {
        "effects": formats.capital(listed(effects, words["other_effects"] if comparison.effects else "")),
        "single": sum(effects.values()) == 1,
        "turns": listed(turns, words["nothing_turned"]),
        "causes": listed({kind: len(changes or ()) for kind, changes in parts.items()}, words["no_causes"]),
        "told": all_told,
        "silent": sum(len(changes.cells) for changes in (comparison.results or {}).values()) - all_told,
        "cells": cells,
    }


def _numbers(table: str, changes: TableChanges, labels: Labels) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Per outcome the numbers that differ as printed: what and where, quantity, old, new, difference."""
    blocks: dict[str, list[tuple[str, ...]]] = {}
    for cell in changes.cells:
        if cell.column not in WRITTEN_OUT[table]:
            continue
        old, new = (labels.printed(table, cell.column, row, run) for run, row in enumerate(cell.rows))
        if old == new:
            continue
        row = cell.rows[1]
        line = (labels.where(table, row), labels.quantity(table, cell.column, row), old, new)
        blocks.setdefault(labels.outcome(row["outcome"]), []).append((*line, _difference(table, cell, labels)))
    return list(blocks.items())


def _difference(table: str, cell: Cell, labels: Labels) -> str:
    """New minus old before rounding, with a decimal more than is printed, but for counts; empty without a number."""
    old, new = as_number(cell.old), as_number(cell.new)
    if old is None or new is None or not abs(new - old) < LARGEST:
        return ""
    digits = 0 if cell.column == "n" else labels.decimals(table, cell.column, cell.rows[1], 1) + 1
    text = formats.number(new - old, digits)
    return text if text.startswith(formats.MINUS) else f"+{text}"


def _value(value: Any, words: Mapping[str, Any]) -> str:
    """A setting as text."""
    if value is None:
        return words["none"]
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, list):
        return ", ".join(_value(item, words) for item in value) or words["none"]
    return str(value)


def _export_row(change: Change, words: Mapping[str, Any]) -> tuple[str, str, str, str]:
    export, _, fact = change.key.partition(".")
    sides = (words["absent"] if side is None else _short(fact, side) for side in change[1:])
    return (export, words["exports"][fact], *sides)


def _short(fact: str, value: Any) -> str:
    return f"{value[:SHORT]}…" if "sha256" in fact else str(value)


def _setting_row(change: Change, study: str, words: Mapping[str, Any]) -> tuple[str, str, str, str]:
    place, _, key = change.key.partition(".")
    return (key, words["places"][place].format(study=study), *(_value(side, words) for side in change[1:]))


def _file_row(change: Change, words: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = next(kind["label"] for kind in words["files"] if change.key.startswith(kind["begin"]))
    state = "only_new" if change.old is None else "only_old" if change.new is None else "other"
    return change.key, kind, words[state]


def _only(changes: TableChanges, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Rows and columns that one of the tables does not have, and which of them has it."""
    sides = [(changes.removed, "only_old"), (changes.added, "only_new")]
    rows = [(joined_key(key), words[side]) for keys, side in sides for key in keys]
    columns = [(changes.columns_removed, "only_old"), (changes.columns_added, "only_new")]
    return [*rows, *((words["column"].format(name=name), words[side]) for names, side in columns for name in names)]


def _cells(changes: TableChanges) -> list[tuple[str, str, str, str]]:
    """Cells of a printed table that differ: row, column, old, new."""
    return [(joined_key(cell.key), *cell[1:4]) for cell in changes.cells]


def _names_of(comparison: Comparison) -> Sequence[str]:
    return [name.removeprefix("render/") for name in [*comparison.lost, *comparison.gained]]


def _by_place(comparison: Comparison) -> list[tuple[str, list]]:
    """Sentences that differ under the headings that they stand under, in order."""
    places: list[tuple[str, list]] = []
    for sentence in comparison.sentences:
        if not places or places[-1][0] != sentence.place:
            places.append((sentence.place, []))
        places[-1][1].append(sentence.parts)
    return places
