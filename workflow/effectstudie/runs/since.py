"""What is new in a study since the version of its report that went out last, and which conclusions turned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from effectstudie.release.news import LISTS
from effectstudie.release.published import SIZES
from effectstudie.runs.conclusions import Turn, in_print, turned
from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.labels import Labels
from effectstudie.runs.sentences import words_apart
from effectstudie.runs.tables import Table, changed_cells, joined_key, paired


def since_release(
    study: Mapping[str, Any],
    versions: Sequence[Mapping[str, Any]],
    now: Mapping[str, Any],
    files: Mapping[str, str],
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """The content of `results/<study>/release/since.json`: what became of the last version.

    `study`: study, title, region_label; `versions`: its files in the register, the last one last; `now`: what
    release.published finds in the report as it is; `files`: its register.digests; `words`: compare.nl.yaml.

    Without a version only the study is told. `told` is False of a version of before the register kept what a comparison
    needs: then only `same_files` is known. The rest: `came` and `went` (what → names), `changed` (what, key, old, new),
    `texts` and `answers` (what, about, words_apart), `turns` (kind, table, row, old, new: what both conclude),
    `appeared` (the same where one of them prints none) and `counts`, in which `added` and `dropped` are conclusions in
    rows that only the new or the old version has.
    """
    record: dict[str, Any] = {**study, "synthetic": now["synthetic"], "version": None}
    if not versions:
        return record
    last = versions[-1]
    record["version"] = {key: last[key] for key in ("version", "date", "by")}
    record["same_files"] = last["files"] == files
    record["told"] = "published" in last
    return record | _compared(last["published"], now, words) if record["told"] else record


def _compared(old: Mapping[str, Any], new: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    runs = (_as_run(old), _as_run(new))
    conclusions = list(in_print(runs[0].printed, runs[1].printed, words["concluding_columns"]))
    labels, none = Labels(runs, words, {}), words["no_conclusion"]
    sides = [[one.old["conclusion"] in none, one.new["conclusion"] in none] for one in conclusions]
    pairs = list(zip(conclusions, sides, strict=True))
    turns = [_row(one, labels) for one, empty in pairs if turned(one) and not any(empty)]
    appeared = [_row(one, labels) for one, empty in pairs if empty[0] != empty[1]]
    stayed = sum(not turned(one) and not any(empty) for one, empty in pairs)
    return {
        "came": _without(new, old),
        "went": _without(old, new),
        "changed": [list(one) for one in _changed(old, new, runs)],
        "texts": _texts(old["choices"], new["choices"]),
        "answers": _texts(old["conclusions"], new["conclusions"]),
        "turns": turns,
        "appeared": appeared,
        "counts": {
            "turned": len(turns),
            "appeared": len(appeared),
            "stayed": stayed,
            "added": _of_rows_without_pair(runs[1], runs[0], words),
            "dropped": _of_rows_without_pair(*runs, words),
        },
    }


def _as_run(told: Mapping[str, Any]) -> FinishedRun:
    """What a version tells, as the comparison of two runs takes it."""
    tables = told["tables"]
    return FinishedRun(
        printed={name: Table(table["head"], table["rows"]) for name, table in tables.items()}, record={"tables": tables}
    )


def _row(one: Turn, labels: Labels) -> list[str]:
    return [one.kind, labels.caption(one.table), labels.of_turn(one), *labels.sides(one)]


def _without(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a version has and the other has not: files by their name, outcomes by their title."""
    return {
        what: [one[what][name] if what == "outcomes" else name for name in one[what] if name not in other[what]]
        for what in LISTS
    }


def _of_rows_without_pair(one: FinishedRun, other: FinishedRun, words: Mapping[str, Any]) -> int:
    """How many conclusions of a version stand in rows that the other has not."""
    count = 0
    for name, kinds in words["concluding_columns"].items():
        if name in one.printed:
            head = one.printed[name].head
            rows, others, _ = paired(one.printed[name], other.printed.get(name, Table(head, [])))
            alone = (row for key, row in rows.items() if key not in others)
            count += sum(row[column] not in words["no_conclusion"] for row in alone for column in kinds)
    return count


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], runs: tuple[FinishedRun, FinishedRun]
) -> Iterator[tuple[str, str, str, str]]:
    """Facts, rows of exports and numbers of people that both versions tell and that differ: what, key, old, new."""
    for what in ("facts", "exports"):
        for key in (key for key in old[what] if key in new[what] and old[what][key] != new[what][key]):
            yield what, key, old[what][key], new[what][key]
    before, after = (run.printed.get(SIZES) for run in runs)
    if before and after:
        for cell in changed_cells(before, after).cells:
            yield "sizes", joined_key((*cell.key, cell.column)), cell.old, cell.new


def _texts(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Texts that differ, by what they are and what they are about; one that only one version has differs from none."""
    before, after = ({(what, about): text for what, about, text in texts} for texts in (old, new))
    return [
        [*key, words_apart(before.get(key, ""), after.get(key, ""))]
        for key in dict.fromkeys([*before, *after])
        if before.get(key, "") != after.get(key, "")
    ]
