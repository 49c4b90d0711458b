"""Take in raw exports: read each, refuse what names people, check it against its codebook."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, columns_of_export, table_of
from effectstudie.definitions.result_tables.quality import HOW_READ, TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.intake.column_checks import canonical_names, names_of_nothing, unused_names
from effectstudie.intake.files.beside import texts_beside
from effectstudie.intake.files.lists import read_list
from effectstudie.intake.files.raw_files import taken_away
from effectstudie.intake.files.readers import crash_problem, read_bytes, read_export
from effectstudie.intake.ingest import Ingested, ingest_table, shuffled_order
from effectstudie.intake.odd_rows import odd_rows
from effectstudie.intake.spelling.ids import as_id
from effectstudie.intake.spelling.linked_ids import Linked, link
from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.privacy.cleared import Cleared
from effectstudie.privacy.naming_columns import column_problems, replace_ids, text_problems
from effectstudie.privacy.pseudonyms import sealed
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import Sentence, say
from effectstudie.shared.persons.ids import ID_COLUMNS
from effectstudie.shared.persons.kept import Kept, digests_of_columns
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.processes import Died, in_processes
from effectstudie.shared.storage import RECORD, copy_files, folder_replacement, read_json, write_json
from effectstudie.shared.vocabulary import CORRECTION_FIELDS, LISTS, RECODE_FIELDS

# Bytes of memory that taking in a byte of an export takes at the most; a .sav of 50 MB took 740 MiB.
MEMORY_OF_BYTE = 40


def check_exports(
    raw: Mapping[str, str | Path],
    codebooks: Mapping[str, Mapping],
    rules: Mapping[str, Mapping[str, Any]],
    key: bytes,
    seed: int,
    folder: str | Path,
    threads: int,
    memory: int,
    tell: Callable[[str], None],
    check_cohort: Callable[[Mapping[str, Path], Mapping[str, Mapping]], Mapping[str, pd.DataFrame]],
    earlier: Mapping[str, Sequence[str | Path]],
    kept: Kept,
    own_exports: bool = True,
) -> None:
    """Check the exports, each in a process of its own, and write what is taken in of each.

    `raw` and `rules`: by export, see take_in; `codebooks`: by table; `key` and `seed`: see pseudonymised; `memory`:
    of the machine, in bytes; `tell` gets the lines for a log on what was taken in, also where another export is
    refused; `own_exports`: not those of the demonstration, which have no names of one's own. `folder` then has of each
    export its table (.parquet) and its manifest (.json), and the tables of result_tables.quality (.csv) that
    `check_cohort` makes of all of these; it is replaced whole. InputError with every problem of every export, then with
    every one of all together, and with every one that was changed before all were taken in.

    `earlier`: export → its table and manifest of the last run, of which `kept` tells. They are taken where bytes and
    rules are the same, if the others have nobody more or less: how ids are written hangs on those of all exports. The
    record of this run comes in the folder too, to follow the tables.
    """
    if gone := [taken_away(Path(path).name) for path in raw.values() if not Path(path).is_file()]:
        raise InputError(gone)
    with folder_replacement(folder) as temporary:
        intake = _Intake(raw, codebooks, rules, key, seed, threads, memory, earlier, kept, Path(temporary))
        as_before = [export for export in raw if intake.is_as_before(export)]
        anew = [export for export in raw if export not in as_before]
        found = {**intake.read(anew, Linked()), **{export: intake.taken(export) for export in as_before}}
        found = {export: found[export] for export in raw}
        for line in (line for one in found.values() for line in one.told):
            tell(line)
        names_used = rules if own_exports else {}
        _refuse(found, names_used)
        if as_before and not all(intake.has_same_people(export) for export in anew):
            found |= intake.read(as_before, Linked())
            _refuse(found, names_used)
            as_before = []
        linked = Linked() if as_before else link({export: one.ids for export, one in found.items()})
        if linked.spellings:  # once more, with ids as most other exports write them
            _refuse(intake.read(list(linked.spellings), linked))
        for line in _how_read(warning for of_export in linked.warnings.values() for warning in of_export):
            tell(line)
        (place,) = {Path(path).parent for path in raw.values()}
        manifests = {export: read_json(temporary / f"{export}.json") for export in raw}
        refuse_replaced(place, {key: next(iter(rules.values()))[key] for key in LISTS}, manifests)
        tables = check_cohort({export: temporary / f"{export}.parquet" for export in raw}, manifests)
        write_tables(tables, {name: temporary / f"{name}.csv" for name in tables}, TABLES)
        if not linked.spellings:  # those hang on the ids of others
            intake.keep(found)
        kept.write(temporary / RECORD)
        count = len(raw) - len(as_before)
        tell(say("{count} of the {all} exports were read anew.", count=count, all=len(raw)))


@dataclass(frozen=True)
class _Checked:
    """What came of an export. `told`: lines for a log; `ids`: see ids_of; `unused_names`: see Ingested."""

    problems: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ids: dict[str, pd.Series] = field(default_factory=dict)
    unused_names: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Intake:
    """The exports of a run on their way into `folder`; all else as of check_exports."""

    raw: Mapping[str, str | Path]
    codebooks: Mapping[str, Mapping]
    rules: Mapping[str, Mapping[str, Any]]
    key: bytes
    seed: int
    threads: int
    memory: int
    earlier: Mapping[str, Sequence[str | Path]]
    kept: Kept
    folder: Path

    def read(self, exports: Collection[str], linked: Linked) -> dict[str, _Checked]:
        """Take these in, each in a process of its own."""
        at_once = exports_at_once(self.raw.values(), self.threads, self.memory)
        results = in_processes(partial(self._read, linked), exports, at_once, self.memory)
        return {
            export: _Checked(problems=[_death_problem(self.raw[export], one)]) if isinstance(one, Died) else one
            for export, one in zip(exports, results, strict=True)
        }

    def _read(self, linked: Linked, export: str) -> _Checked:
        codebook, rules = self.codebooks[table_of(export)], self.rules[export]
        try:
            ingested = take_in(self.raw[export], export, codebook, rules, linked.spellings.get(export))
        except InputError as error:
            return _Checked(problems=error.problems)
        ingested.warnings += linked.warnings.get(export, [])
        table = pseudonymised(ingested, self.key, self.seed)
        unique = [ID_NAMES[name] for name in codebook["key"]]
        write_parquet(table, self._table(export), list(table.columns), unique)
        facts = manifest(ingested, export, codebook, Path(self.raw[export]).name, rules)
        write_json(facts, self._manifest(export))
        return _Checked(told=_told(facts), ids=ids_of(ingested), unused_names=ingested.unused_names)

    def is_as_before(self, export: str) -> bool:
        return self.kept.has(export, self._made_from(export), self.earlier[export])

    def taken(self, export: str) -> _Checked:
        """One that is as before, from the last run."""
        table, facts = self.earlier[export]
        copy_files(Path(table).parent, [self._table(export)])
        copy_files(Path(facts).parent, [self._manifest(export)])
        unused = [tuple(name) for name in self.kept.said(export)]
        return _Checked(told=_told(read_json(facts)), unused_names=unused)

    def has_same_people(self, export: str) -> bool:
        """Whether one that was read anew is of those of the last run."""
        if not self.kept.stands(export, self.earlier[export]):
            return False
        before, now = (digests_of_columns(path) for path in (self.earlier[export][0], self._table(export)))
        return all(before.get(name) == now.get(name) for name in ID_COLUMNS)

    def keep(self, found: Mapping[str, _Checked]) -> None:
        """Note what the next run may take from this one."""
        for export, one in found.items():
            paths = [self._table(export), self._manifest(export)]
            self.kept.note(export, self._made_from(export), paths, one.unused_names)

    def _made_from(self, export: str) -> tuple:
        """All that what is taken in of an export follows from; of a list its rows count (digests), not its place."""
        own_rules = {name: rule for name, rule in self.rules[export].items() if name not in LISTS}
        codebook = self.codebooks[table_of(export)]
        return sorted(self.raw), Path(self.raw[export]).name, own_rules, codebook, sealed("", self.key), self.seed

    def _table(self, export: str) -> Path:
        return self.folder / f"{export}.parquet"

    def _manifest(self, export: str) -> Path:
        return self.folder / f"{export}.json"


def _death_problem(path: str | Path, died: Died) -> str:
    if died.signal:
        return crash_problem(path, died.signal)
    return say(
        "{file}: the process that read it ended by itself (code {code}); run the same command again, and export the "
        "file again where it ends once more.",
        file=Path(path).name,
        code=died.code,
    )


def _refuse(found: Mapping[str, _Checked], rules: Mapping[str, Mapping[str, Any]] | None = None) -> None:
    """InputError with all that is wrong; with `rules` of all exports also names of columns that none of them has."""
    problems = list(dict.fromkeys(problem for one in found.values() for problem in one.problems))
    if not problems and rules and found.keys() == rules.keys():
        problems = names_of_nothing(rules, {export: one.unused_names for export, one in found.items()})
    if problems:
        raise InputError(problems)


def ids_of(ingested: Ingested) -> dict[str, pd.Series]:
    """The raw ids of an export, by column."""
    return {name: ingested.table[name] for name in ID_NAMES if name in ingested.table}


def _told(facts: Mapping[str, Any]) -> list[str]:
    file, corrections = facts["file"], len(facts["corrections"])
    told = [
        say("{file}: {rows} rows, {corrections} corrections.", file=file, rows=facts["rows"], corrections=corrections)
    ]
    told += [
        say(
            "{file}: column {column}: {old} became {new} in {count} rows.",
            file=file,
            column=one["column"],
            old=one["old"],
            new=one["new"],
            count=one["count"],
        )
        for one in facts["recodes"]
    ]
    told += [
        say("{file}: column {name} is in no codebook and is left out.", file=file, name=name)
        for name in facts["unmapped_columns"]
    ]
    return told + _how_read(facts["warnings"])


def _how_read(warnings: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        say("{file}: {how}.", file=one["file"], how=Sentence(HOW_READ[one["kind"]], one))
        for one in warnings
        if one["kind"] in HOW_READ
    ]


def take_in(
    path: str | Path,
    export: str,
    codebook: Mapping,
    rules: Mapping[str, Any],
    spellings: Mapping[str, Mapping[str, str]] | None = None,
) -> Ingested:
    """The checked table of an export (raw ids still in it); InputError with every problem of the file.

    `export` is its stem; `spellings`: of ids that other exports write otherwise, see ingest_table. `rules`: sha256
    of its file, corrections_sha256 and recodes_sha256, as they were when the run began, variables (raw -> canonical
    name), corrections_file, recodes_file, missing_codes, regions, approaches (without: any), and cleared: its lines of
    config/cleared.yaml, where there are any.
    """
    path, names = Path(path), rules["variables"]
    columns = columns_of_export(codebook, export)
    content = read_bytes(path, rules["sha256"])
    raw = read_export(path, {*columns, *names}, content)
    names = canonical_names(raw.frame, columns, names)
    kinds = {name: columns[names.get(name, name)].kind for name in raw.frame if names.get(name, name) in columns}
    of_kind = {kind: [name for name in kinds if kinds[name] == kind] for kind in ("id", "free_text", "date")}
    cleared = Cleared(rules.get("cleared", ()))
    ids = {name: raw.frame[name].map(as_id) for name in of_kind["id"]}  # what they are however they are written
    problems = text_problems(texts_beside(content, path.name), path.name, cleared) + column_problems(
        raw.frame.assign(**ids),
        path.name,
        ids=list(ids),
        free_text=of_kind["free_text"],
        dates=of_kind["date"],
        known=list(kinds),
        cleared=cleared,
    )
    del content, ids  # they are as large as the file
    if problems:
        raise InputError(problems)
    held = list(raw.frame)
    ingested = ingest_table(
        raw,
        path.name,
        columns,
        codebook["key"],
        rules["missing_codes"],
        names=names,
        corrections=read_list(rules["corrections_file"], export, rules["corrections_sha256"], CORRECTION_FIELDS),
        recodes=read_list(rules["recodes_file"], export, rules["recodes_sha256"], RECODE_FIELDS),
        regions=rules["regions"],
        age_column=codebook.get("age_column"),
        approaches=rules.get("approaches"),
        spellings=spellings,
    )
    ingested.unused_names = unused_names(held, names, ingested.unmapped)
    return ingested


def exports_at_once(paths: Iterable[str | Path], threads: int, memory: int) -> int:
    """How many of these exports to take in at a time: as there are threads, and as fit in `memory` (bytes).

    InputError with each that is not there any more.
    """
    sizes, gone = [1], []
    for path in map(Path, paths):
        try:
            sizes.append(path.stat().st_size)
        except (FileNotFoundError, NotADirectoryError):
            gone.append(taken_away(path.name))
    if gone:
        raise InputError(gone)
    return max(1, min(threads, memory // (MEMORY_OF_BYTE * max(sizes))))


def manifest(ingested: Ingested, export: str, codebook: Mapping, file: str, rules: Mapping[str, Any]) -> dict:
    """What a person should know of a checked export; no ids, but case numbers, so it stays inside.

    `synthetic`: whether any household id begins with rules["demonstration_id_prefix"].
    """
    households = ingested.table["huishouden_id"]
    return {
        "file": file,
        "sha256": rules["sha256"],
        "corrections_sha256": rules["corrections_sha256"],
        "recodes_sha256": rules["recodes_sha256"],
        "rows": len(ingested.table),
        "unmapped_columns": ingested.unmapped,
        "corrections": ingested.corrections,
        "recodes": ingested.recodes,
        "synthetic": bool(households.str.startswith(rules["demonstration_id_prefix"]).any()),
        "labels": ingested.labels,
        "warnings": ingested.warnings + odd_rows(ingested.table, columns_of_export(codebook, export), export),
    }


def pseudonymised(ingested: Ingested, key: bytes, seed: int) -> pd.DataFrame:
    """The table with pseudonyms for ids, and `household_order`, which breaks ties whatever the pseudonyms are."""
    order = shuffled_order(ingested.table["huishouden_id"], seed)
    columns = {**ingested.table, "household_order": order}
    return replace_ids(pd.DataFrame(columns, copy=False), ID_NAMES, key)
