"""From a folder of exports to the two files of a draft, and what is told of them on the screen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from effectstudie.definitions.export_columns import TABLES, export_names, table_of
from effectstudie.definitions.lists import content_of, rows_of
from effectstudie.intake.files.raw_files import SUFFIXES, find_export
from effectstudie.intake.mapping.columns import SURE
from effectstudie.intake.mapping.draft import Mapped, Rules, map_export, variable_rows
from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import dutch_csv, replace_file
from effectstudie.shared.vocabulary import CLEARED, COLUMN_NAME_FIELDS, LISTS, RECODE_FIELDS, RECODES, REMARK
from effectstudie.shared.yaml_files import read_yaml

VARIABLES = "variables.csv"
_FIRST = 12


def map_folder(raw: Path, out: Path, project: Path, words: Mapping[str, Any]) -> list[str]:
    """Write variables.csv and recodes.csv in `out`, the lines of the lists that are there first; what to tell of it.

    InputError, and nothing written, with every export that cannot be read, or where a draft is there already.
    `words`: mapping.nl.yaml.
    """
    config = read_yaml(project / "config/config.yaml")
    exports = _exports(raw, export_names(config["waves"]))
    if there := [str(path) for name in (VARIABLES, RECODES) if (path := out / name).exists()]:
        raise InputError(
            [say("{path}: is there already; move it away, or name another folder: OUT=…", path=path) for path in there]
        )
    lists = {VARIABLES: project / config["variables_file"]}
    lists[RECODES] = Path(config["recodes_file"] or raw / RECODES).expanduser()
    variables, recodes = _rows(lists[VARIABLES], COLUMN_NAME_FIELDS), _rows(lists[RECODES], RECODE_FIELDS)
    rules = Rules(
        codebooks={table: read_yaml(project / f"resources/exports/{table}.yaml") for table in TABLES},
        missing_codes=config["missing_codes"],
        cleared=read_yaml(project / CLEARED)["cleared"] if (project / CLEARED).exists() else [],
        synonyms=words["synonyms"],
        recoded={(row["file"], row["column"]) for row in recodes},
    )
    mapped, problems = {}, []
    for export, path in exports.items():
        named = [row for row in variables if row["file"] in (export, table_of(export))]
        try:
            mapped[export] = map_export(path, {row["raw_name"]: row["canonical_name"] for row in named}, rules)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    drafts = {
        VARIABLES: ([*COLUMN_NAME_FIELDS, REMARK], variables, variable_rows(mapped, words)),
        RECODES: (list(RECODE_FIELDS), recodes, [line for of in mapped.values() for line in of.recodes]),
    }
    written = []
    for name, (head, kept, found) in drafts.items():
        if found:
            content = dutch_csv([head, *([row.get(field, "") for field in head] for row in kept), *found])
            replace_file(out / name, lambda path, content=content: path.write_bytes(content))
            written.append(name)
    return [*_told(mapped, exports, words), *_strange(raw, exports, config["waves"], words),
            *_end(written, out, lists, words)]  # fmt: skip


def _exports(raw: Path, known: Sequence[str]) -> dict[str, Path]:
    """The exports that are in a folder; InputError where there are none, or two of one name."""
    stems = {path.stem for path in raw.iterdir() if path.suffix.lower() in SUFFIXES} if raw.is_dir() else set()
    if not stems & {*known}:
        raise InputError(
            [
                say(
                    "{raw}: holds no export; their names are {names}, with .sav, .csv or .xlsx: RAW=…",
                    raw=raw,
                    names=list(known),
                )
            ]
        )
    found, problems = {}, []
    for export in (export for export in known if export in stems):
        try:
            found[export] = find_export(raw, export)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _rows(path: Path, fields: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a list that is there, empty ones left out."""
    header, rows = rows_of(content_of(path))
    if header and header[: len(fields)] != list(fields):
        raise InputError([say("{path}: the first line must be {fields}.", path=path, fields=",".join(fields))])
    return [{name: cell or "" for name, cell in row.items() if name} for row in rows if any(row.values())]


def _told(mapped: Mapping[str, Mapped], exports: Mapping[str, Path], words: Mapping[str, Any]) -> Iterator[str]:
    for export, of in mapped.items():
        number = Counter(pair.sure for pair in of.pairs)
        sure = ", ".join(f"{number[one]} {words['sure'][one]}" for one in SURE if number[one])
        many = words["proposed"].format(number=len(of.pairs), sure=sure) if of.pairs else words["nothing_proposed"]
        yield words["export"].format(file=exports[export].name, known=of.known, proposed=many)
        for what, names in (("missing", of.missing), ("unused", of.unused)):
            if names:
                yield words[what].format(names=_some(names, words))
        if of.hidden:
            yield words["hidden"].format(numbers=", ".join(map(str, of.hidden)))


def _some(names: Sequence[str], words: Mapping[str, Any]) -> str:
    shown = ", ".join(names[:_FIRST])
    return words["more"].format(names=shown, number=len(names) - _FIRST) if len(names) > _FIRST else shown


def _strange(raw: Path, exports: Iterable[str], waves: Sequence[str], words: Mapping[str, Any]) -> Iterator[str]:
    """Files that may be exports under another name, and exports that are not there."""
    known = export_names(waves)
    for path in sorted(raw.iterdir()):
        beside = path.name in (*LISTS.values(), VARIABLES) or path.name.startswith(("~", "."))
        if path.suffix.lower() in SUFFIXES and path.stem not in known and not beside:
            yield words["strange"].format(file=shown_name(path.name, "…"), names=", ".join(known))
    for export in known:
        if export not in exports:
            yield words["absent"].format(export=export)


def _end(written: Sequence[str], out: Path, lists: Mapping[str, Path], words: Mapping[str, Any]) -> list[str]:
    if not written:
        return [words["nothing"]]
    places = ", ".join(str(lists[name]) for name in written)
    return [words["written"].format(paths=", ".join(str(out / name) for name in written), places=places)]
