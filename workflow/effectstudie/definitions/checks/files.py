"""Reading of the files that people write: each by itself, before any is held against another."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from effectstudie.definitions.checks.content import check_schema
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.lists import numbered_rows
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import joined, say, seen_from
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS, CORRECTION_FIELDS, RECODE_FIELDS, REMARK
from effectstudie.shared.yaml_files import read_yaml


class CheckedFiles:
    """Reads files of a project against their schemas, and keeps in `problems` what is wrong with them."""

    def __init__(self, project: Path, checks: bool):
        self.project, self.checks = project, checks
        self.problems: list[str] = []
        self._schemas: dict[str, Any] = {}

    def refuse(self) -> None:
        if self.problems:
            raise ConfigError(self.problems)

    def check(self, content: Any, path: str, schema: str) -> None:
        if not self.checks:
            return
        try:
            check_schema(content, self._schema(schema), path)
        except ConfigError as error:
            self.problems += error.problems

    def _schema(self, name: str) -> Any:
        if name not in self._schemas:
            self._schemas[name] = read_yaml(self.project / f"workflow/schemas/{name}.schema.yaml")
        return self._schemas[name]

    def read(self, path: str, schema: str, must: Mapping[str, str] | None = None, may_be_empty: bool = False) -> Any:
        """The content of a YAML file, without keys where it has none, which is told of one that may not be empty.

        Keys of `must` have to have these values, which come from the file's name.
        """
        before = len(self.problems)
        try:
            content = read_yaml(self.project / path)
        except ConfigError as error:
            self.problems += [seen_from(problem, self.project) for problem in error.problems]
            return {}
        if content is None and may_be_empty:  # remarks only
            return {}
        self.check(content, path, schema)
        if not isinstance(content, Mapping):
            return {}
        if len(self.problems) == before:
            self.problems += [
                say(
                    "{path}: key {key} is '{value}'; allowed: '{name}', the name of the file.",
                    path=path,
                    key=key,
                    value=content[key],
                    name=name,
                )
                for key, name in (must or {}).items()
                if content[key] != name
            ]
        return content

    def read_folder(self, folder: str, kind: str) -> dict[str, dict]:
        """The YAML files of a folder by their stems; key `kind` of each has to be its stem."""
        self.refuse_other_endings(folder)
        stems = sorted(path.stem for path in (self.project / folder).glob("*.yaml"))
        if not stems:
            self.problems.append(say("{folder}: holds no .yaml file; add one.", folder=folder))
        return {stem: self.read(f"{folder}/{stem}.yaml", kind, must={kind: stem}) for stem in stems}

    def refuse_other_endings(self, folder: str) -> None:
        """YAML files of a folder that nothing would read, for the program looks for names that end in .yaml."""
        for path in sorted((self.project / folder).glob("[!.]*")):
            name = re.sub(r"\.(yaml|yml)(\.txt)?$", "", path.name, flags=re.IGNORECASE)
            if name != path.name and path.suffix != ".yaml":
                self.problems.append(
                    say(
                        "{folder}/{file}: is not read, for only names that end in .yaml are; call it {name}.yaml, "
                        "or take it out of the folder.",
                        folder=folder,
                        file=path.name,
                        name=name,
                    )
                )

    def read_corrections(self, config: Mapping) -> list[dict[str, str]]:
        """The data fixes."""
        path = self._beside_exports(config, "corrections_file", say("corrections hold ids"))
        if path is None:
            return []
        rows = self._numbered_list(path, CORRECTION_FIELDS, Cohort.of(config).exports, empty=("old_value", "new_value"))
        for line, row in rows.items():
            if None not in row and row["date"] and not _is_date(row["date"]):
                self.problems.append(
                    say(
                        "{path}, line {line}: column date is '{date}'; allowed: year-month-day or day-month-year.",
                        path=path,
                        line=line,
                        date=row["date"],
                    )
                )
        return list(rows.values())

    def read_recodes(self, config: Mapping) -> dict[int, dict[str, str]]:
        """What codes of the exports become, by line."""
        path = self._beside_exports(config, "recodes_file", say("recodes tell of answers"))
        return {} if path is None else self._numbered_list(path, RECODE_FIELDS, Cohort.of(config).exports)

    def _beside_exports(self, config: Mapping, key: str, why: str) -> str | None:
        """Where a list lies; never in the project, where a commit or an archive would take it along."""
        path, raw = config[key], config["raw_dir"]
        if path is None:
            return None
        place = Path(self.project, path).resolve()
        beside_exports = raw is not None and place.parent == Path(self.project, raw).resolve()
        if place.is_relative_to(self.project.resolve()) and not beside_exports:
            self.problems.append(
                say(
                    "config/config.yaml: key {key} is {path}, inside the project; {why}: put the file beside "
                    "the exports.",
                    key=key,
                    path=path,
                    why=why,
                )
            )
            return None
        return path

    def read_names(self, path: str, files: Sequence[str]) -> list[dict[str, str]]:
        """What columns are called in the exports; a remark behind a line may be empty, or not there at all."""
        return list(self._numbered_list(path, COLUMN_NAME_FIELDS, files, beside=(REMARK,)).values())

    def _numbered_list(
        self,
        path: str,
        columns: Sequence[str],
        files: Sequence[str],
        beside: Sequence[str] = (),
        empty: Sequence[str] = (),
    ) -> dict[int, dict[str, str]]:
        """The rows of a CSV file whose column file names exports, by line.

        `beside`: columns that may stand behind the others; `empty`: those of which a cell may be empty.
        """
        try:
            header, rows = numbered_rows((self.project / path).read_bytes())
        except FileNotFoundError:
            self.problems.append(
                say(
                    "{path}: there is no such file; make it with the header {columns}.",
                    path=path,
                    columns=",".join(columns),
                )
            )
            return {}
        except UnicodeDecodeError:
            self.problems.append(say("{path}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8.", path=path))
            return {}
        except csv.Error:
            self.problems.append(say("{path}: cannot be read as CSV; save it as CSV UTF-8.", path=path))
            return {}
        if header not in (list(columns), [*columns, *beside]):
            self.problems.append(say("{path}: the first line must be {columns}.", path=path, columns=",".join(columns)))
            return {}
        rule = (
            say("only {empty} of a correction may be", empty=joined(say(" and "), empty))
            if empty
            else say("fill it in")
        )
        for line, row in rows.items():
            where = say("{path}, line {line}", path=path, line=line)
            if None in row or None in row.values():
                self.problems.append(
                    say("{where}: must have {number} cells, as the first line has.", where=where, number=len(header))
                )
                continue
            if row["file"] not in files:
                self.problems.append(
                    say(
                        "{where}: column file is '{file}'; allowed: {files}.",
                        where=where,
                        file=row["file"],
                        files=list(files),
                    )
                )
            self.problems += [
                say("{where}: column {name} is empty; {rule}.", where=where, name=name, rule=rule)
                for name in columns
                if not row[name] and name not in empty
            ]
        return rows


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
