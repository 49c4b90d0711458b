"""What differs between two runs of a study: what they were made with, their tables, conclusions and sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from effectstudie.runs.conclusions import Turn, turned_conclusions, turned_in_print
from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.result_tables import changed_results
from effectstudie.runs.sentences import Rewording, rewordings, sentences_of_page, sentences_of_record
from effectstudie.runs.tables import Table, TableChanges, changed_cells

EXPORT_FACTS = ("file", "sha256", "rows", "corrections", "corrections_sha256", "recodes", "recodes_sha256")


class Change(NamedTuple):
    """A value that differs; None on the side that does not have it."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Comparison:
    """All that differs between two runs; None for what one of them did not leave behind.

    `exports`: keys `<export>.<fact>`; `results`, `printed`: name of a table of analysis/ or render/ → its changes;
    `lost`, `gained`: tables that only the old or the new run has. `confidential`: made from more than may be published.
    """

    exports: list[Change] | None
    settings: list[Change] | None
    files: list[Change] | None
    versions: list[Change] | None
    results: dict[str, TableChanges] | None
    printed: dict[str, TableChanges]
    lost: list[str]
    gained: list[str]
    turns: list[Turn]
    sentences: list[Rewording]
    confidential: bool

    @property
    def causes(self) -> bool:
        """Whether data, settings, definitions, code or versions differ."""
        return any((self.exports, self.settings, self.files, self.versions))

    @property
    def effects(self) -> bool:
        """Whether anything that a run found or wrote differs."""
        return any((self.results, self.printed, self.lost, self.gained, self.turns, self.sentences))


def compare_runs(old: FinishedRun, new: FinishedRun, words: Mapping[str, Any]) -> Comparison:
    """All that differs between two runs of one study. `words`: compare.nl.yaml."""

    def values(name: str) -> list[Change] | None:
        before, after = getattr(old, name), getattr(new, name)
        return changed_values(before, after) if before and after else None

    both = bool(old.analysis and new.analysis)
    tables = [
        {*(f"render/{name}" for name in run.printed), *(f"analysis/{name}" for name in run.analysis if both)}
        for run in (old, new)
    ]
    return Comparison(
        exports=_changed_exports(old.exports, new.exports),
        settings=values("settings"),
        files=None if not (old.files and new.files) else changed_files(old.files, new.files),
        versions=values("versions"),
        results=changed_results(old.analysis, new.analysis) if both else None,
        printed=changed_prints(old.printed, new.printed),
        lost=sorted(tables[0] - tables[1]),
        gained=sorted(tables[1] - tables[0]),
        turns=turned_conclusions(old.analysis, new.analysis)
        if both
        else turned_in_print(old.printed, new.printed, words["concluding_columns"]),
        sentences=_reworded(old, new, words["headings"]),
        confidential=not (old.published_only and new.published_only),
    )


def _reworded(old: FinishedRun, new: FinishedRun, headings: Mapping[str, str]) -> list[Rewording]:
    """Sentences that differ, of both pages; of both records where a page is missing."""
    if old.html and new.html:
        return rewordings(sentences_of_page(old.html), sentences_of_page(new.html))
    return rewordings(*(sentences_of_record(run.record, headings) for run in (old, new)))


def _changed_exports(old: Mapping[str, Mapping], new: Mapping[str, Mapping]) -> list[Change] | None:
    """Of an export in both runs, the facts that both tell."""
    if not old or not new:
        return None
    return [
        Change(f"{export}.{fact}", old.get(export, {}).get(fact), new.get(export, {}).get(fact))
        for export in dict.fromkeys([*old, *new])
        for fact in EXPORT_FACTS
        if (export not in old or export not in new or (fact in old[export] and fact in new[export]))
        and old.get(export, {}).get(fact) != new.get(export, {}).get(fact)
    ]


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Files that differ, or that only one of the runs used: path → SHA-256."""
    return [
        Change(path, old.get(path), new.get(path)) for path in sorted({*old, *new}) if old.get(path) != new.get(path)
    ]


def changed_values(old: Mapping, new: Mapping) -> list[Change]:
    """The values of nested mappings that differ, with the path of keys as `matching.strategies.strategy_1.ratio`.

    A list of plain values is one value; in other lists the place is part of the path. A key that is missing is one
    without a value.
    """
    before, after = dict(_leaves(old)), dict(_leaves(new))
    return [
        Change(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        for place, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{path}[{place}]")
    elif path:
        yield path, value


def changed_prints(old: Mapping[str, Table], new: Mapping[str, Table]) -> dict[str, TableChanges]:
    """The same of the tables of the report and the data of its figures, in its order."""
    compared = {name: changed_cells(old[name], new[name]) for name in old if name in new}
    return {name: changes for name, changes in compared.items() if changes}
