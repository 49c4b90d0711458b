"""The page, in Dutch, that says what differs between two runs of a study: one self-contained HTML file."""

from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from markupsafe import Markup

from effectstudie.runs.compare import (
    ESTIMATES,
    Cell,
    Change,
    Comparison,
    Row,
    TableChanges,
    Turn,
    as_number,
    significant,
)
from effectstudie.runs.finished import Run
from effectstudie.shared import formats
from effectstudie.shared.templates import environment

# Columns of the two result tables that are told one by one; differences in others are counted.
TOLD = {
    "descriptives": ("n", "mean", "sd", "ci_low", "ci_high"),
    "tests": (
        "analysis", "n", "value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high", "ges", "size_word",
    ),
}  # fmt: skip

SIZES = ("effect_value", "ci_low", "ci_high")

WITHOUT_UNIT = ("partial_eta_squared", "cramers_v")

SHORT = 12  # characters of a SHA-256

MANY = 60  # rows above which a table is folded

UNKNOWN_DECIMALS = 2

LARGEST = 1e15  # an F where nothing varies can be larger than can be printed


def compare_html(
    comparison: Comparison,
    runs: tuple[Run, Run],
    names: tuple[str, str],
    study: str,
    words: Mapping[str, Any],
    texts: Mapping[str, Any],
    pages: str | Path,
) -> str:
    """The page. `runs`, `names`: old and new, as read and as the analyst names them; `words`: compare.nl.yaml; `texts`:
    labels and certainty of the report; `pages`: resources/pages, with compare/compare.html.j2 and style.css.
    """
    labels = _Labels(runs, words, texts)
    results = comparison.results or {}
    numbers = {name: _numbers(name, results[name], labels) for name in TOLD if name in results}
    told = {name: sum(len(rows) for _, rows in blocks) for name, blocks in numbers.items()}
    turned = {kind: [turn for turn in comparison.turns if turn.kind == kind] for kind in words["turns"]}
    cells = {name: _cells(changes) for name, changes in comparison.printed.items()}
    page = environment(pages).get_template("compare/compare.html.j2")
    return page.render(
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
        versions=[(one.key, *(_value(side, words) for side in one[1:])) for one in comparison.versions or []],
        numbers=numbers,
        told=told,
        silent={name: len(changes.cells) - told.get(name, 0) for name, changes in results.items()},
        only={name: _only(changes, words) for name, changes in results.items()},
        turns=[
            (labels.of_turn(turn), words["turns"][kind], *labels.sides(turn))
            for kind, found in turned.items()
            for turn in found
        ],
        summary=_summary(comparison, turned, told, words),
        cells=cells,
        cells_only={name: _only(changes, words) for name, changes in comparison.printed.items()},
        captions={name: labels.caption(name) for name in [*cells, *_names_of(comparison)]},
        places=_by_place(comparison),
        many=MANY,
        count=lambda kind, n: _count(kind, n, words),
        style=Markup(Path(pages, "style.css").read_text(encoding="utf-8")),
    )


def _count(kind: str, n: int, words: Mapping[str, Any]) -> str:
    return f"{formats.number(n)} {words['counts'][kind]['one' if n == 1 else 'many']}"


def _summary(
    comparison: Comparison, turned: Mapping[str, Sequence[Turn]], told: Mapping[str, int], words: Mapping[str, Any]
) -> dict[str, Any]:
    """How much differs, in words: the effects of the runs, their conclusions and their causes."""
    cells = sum(len(changes.cells) for changes in comparison.printed.values())
    all_told = sum(told.values())
    in_numbers = ("cells", cells) if comparison.results is None else ("numbers", all_told)
    turns = {kind: len(found) for kind, found in turned.items()}
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
        "causes": listed({kind: len(found or ()) for kind, found in parts.items()}, words["no_causes"]),
        "told": all_told,
        "silent": sum(len(changes.cells) for changes in (comparison.results or {}).values()) - all_told,
        "cells": cells,
    }


class _Labels:
    """What rows and tables are called, by the words of the runs themselves where they have them."""

    def __init__(self, runs: tuple[Run, Run], words: Mapping, texts: Mapping):
        self.runs, self.words, self.texts = runs, words, texts
        own = [run.record.get("labels", {}) for run in runs]
        self.groups = words["groups"] | own[0].get("groups", {}) | own[1].get("groups", {})
        self.waves = words["waves"] | own[0].get("waves", {}) | own[1].get("waves", {})
        self.titles = {**own[0].get("titles", {}), **own[1].get("titles", {})}

    def definition(self, outcome: str, run: int) -> Mapping[str, Any]:
        """What config/outcomes.yaml said of an outcome, or of the outcome that a class is of."""
        return self.runs[run].settings.get("outcomes", {}).get(outcome.partition(".")[0], {})

    def outcome(self, name: str) -> str:
        """An outcome; with its class, where it is one."""
        if name == "participation":
            return self.words["participation"]
        stem, _, part = name.partition(".")
        known = self.definition(stem, 1) or self.definition(stem, 0)
        label = self.titles.get(stem, known.get("label", stem))
        if known.get("section") == "appendix":
            label = f"{known['measure']}: {label}"
        if part:
            classes = {one["id"]: one["label"] for one in known.get("classes", {}).values()}
            label = f"{label}: {classes.get(part, part)}"
        return formats.capital(formats.ranges(label))

    def where(self, table: str, row: Row) -> str:
        """What a row is about, besides its outcome."""
        said = []
        if table in ("tests", "moderation"):
            effects = self.words["effects"] | self.words["effects_of"].get(table, {})
            said.append(effects.get(row["effect"], row["effect"]))
        if table == "attrition":
            said.append(self.words["attrition"].get(row["analysis"], row["analysis"]))
        if table == "sensitivity":
            said.append(self.words["difference_in_change"])
        if row["outcome"] in ("participation", ""):
            said.append(self.words["units"].get(row["unit"], row["unit"]))
        if row["group"]:
            said.append(formats.joined([self.groups.get(name, name) for name in row["group"].split("|")]))
        if row["wave"]:
            said.append(self.waves.get(row["wave"], row["wave"]))
        return ", ".join(said)

    def quantity(self, table: str, column: str, row: Row) -> str:
        """What a number is: a mean, F, a partial eta squared, …"""
        if column == "mean" and self.definition(row["outcome"], 1).get("kind", "mean") != "mean":
            column = "share"
        if column == "value":
            return self.words["statistics"].get(row["statistic"], self.words["quantities"]["value"])
        if column == "effect_value":
            return self.words["effect_sizes"].get(row["effect_size"], row["effect_size"])
        return self.words["quantities"][column]

    def printed(self, table: str, column: str, row: Row, run: int) -> str:
        """A number of a result table, rounded as the report rounds."""
        number = as_number(row[column])
        if column in ("analysis", "size_word"):
            return self.words["analyses"].get(row[column], row[column]) or self.words["none"]
        if number is None or not isfinite(number):
            return self.words["none"]
        if abs(number) > LARGEST:
            return row[column]
        if column == "p":
            return formats.p_value(number).removeprefix(f"p{formats.NBSP}").removeprefix(f"={formats.NBSP}")
        if column == "ges" or (column in SIZES and row["effect_size"] in WITHOUT_UNIT):
            return formats.coefficient(number)
        share = column == "mean" and self.definition(row["outcome"], run).get("kind", "mean") != "mean"
        return formats.number(number, self.decimals(table, column, row, run)) + ("%" if share else "")

    def decimals(self, table: str, column: str, row: Row, run: int) -> int:
        """How many decimals the report prints of a number."""
        if column == "n":
            return 0
        if column in ("df1", "df2"):
            return 0 if (as_number(row[column]) or 0.0).is_integer() else 2
        if column == "p":
            return 3
        in_unit = table == "descriptives" or row["what"] in ESTIMATES
        if in_unit and column != "value":
            return self.definition(row["outcome"], run).get("decimals", UNKNOWN_DECIMALS)
        return 2

    def caption(self, table: str) -> str:
        """`Tabel 5. Kerncijfers…` of a table in render/, in the new run or else the old one; or its file."""
        for run in reversed(self.runs):
            if spec := run.record.get("tables", {}).get(table):
                return f"Tabel {spec['number']}. {spec['caption']}"
            if spec := run.record.get("figures", {}).get(table.removeprefix("figure_")):
                return f"Gegevens van figuur {spec['number']}. {spec['caption']}"
        return f"{table}.csv"

    def of_turn(self, turn: Turn) -> str:
        """What a conclusion is about."""
        if "said" in turn.new:
            return " · ".join(turn.key)
        name = self.outcome(turn.new["outcome"]) if turn.new["outcome"] else ""
        return ", ".join(part for part in (name, self.where(turn.table, turn.new)) if part)

    def sides(self, turn: Turn) -> tuple[str, str]:
        """What the old and the new run conclude."""
        return self._side(turn, turn.old), self._side(turn, turn.new)

    def _side(self, turn: Turn, row: Row) -> str:
        if "said" in row:
            return row["said"]
        if turn.kind == "verdict":
            return self._verdict(row)
        state = significant(row["p"])
        p = "" if state is None else formats.p_value(float(row["p"]))
        judged = self.words["significance"][{True: "yes", False: "no", None: "untested"}[state]]
        if turn.kind == "significance":
            return f"{judged} ({p})" if p else judged
        if turn.kind == "size":
            return f"{row['size_word'] or self.words['no_size']}, {judged}"
        value = self.printed("tests", "value", row, 1)
        symbol = f"t{formats.NBSP}={formats.NBSP}" if turn.table != "sensitivity" else ""
        return f"{symbol}{value} ({p})"

    def _verdict(self, row: Row) -> str:
        known = self.texts["certainty"]
        items = [known["analyses"].get(name, name) for name in row["against"].split()]
        return known["verdicts"].get(row["verdict"], row["verdict"]).format(items=formats.joined(items))


def _numbers(table: str, changes: TableChanges, labels: _Labels) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Per outcome the numbers that differ as printed: what and where, quantity, old, new, difference."""
    blocks: dict[str, list[tuple[str, ...]]] = {}
    for cell in changes.cells:
        if cell.column not in TOLD[table]:
            continue
        old, new = (labels.printed(table, cell.column, row, run) for run, row in enumerate(cell.rows))
        if old == new:
            continue
        row = cell.rows[1]
        line = (labels.where(table, row), labels.quantity(table, cell.column, row), old, new)
        blocks.setdefault(labels.outcome(row["outcome"]), []).append((*line, _difference(table, cell, labels)))
    return list(blocks.items())


def _difference(table: str, cell: Cell, labels: _Labels) -> str:
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
    found = [(changes.removed, "only_old"), (changes.added, "only_new")]
    rows = [(" · ".join(part for part in key if part), words[side]) for keys, side in found for key in keys]
    columns = [(changes.columns_removed, "only_old"), (changes.columns_added, "only_new")]
    return [*rows, *((f"kolom {name}", words[side]) for names, side in columns for name in names)]


def _cells(changes: TableChanges) -> list[tuple[str, str, str, str]]:
    """Cells of a printed table that differ: row, column, old, new."""
    return [(" · ".join(part for part in cell.key if part), *cell[1:4]) for cell in changes.cells]


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
