"""Reads every configuration and definition file against its schema, and what only several together can say."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from effectstudie.definitions import check_studies
from effectstudie.definitions.check_instruments import instrument_problems
from effectstudie.definitions.export_columns import TABLES, columns_of, export_names, table_of
from effectstudie.definitions.instruments import definition_paths
from effectstudie.definitions.norm_tables import STATUSES, norm_file, norm_problems, read_norm
from effectstudie.definitions.settings import INSTRUMENTS, Settings
from effectstudie.privacy.pseudonyms import DEMONSTRATION_KEY
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS, CORRECTION_FIELDS, CORRECTIONS
from effectstudie.shared.yaml_files import check_names, check_schema, read_yaml


def load(config: Mapping, project: Path, check: bool = True) -> Settings:
    """Read and check all configuration and definition files; ConfigError with everything that is wrong.

    What files say of each other is checked when each of them is right by itself. `check` False only reads them.
    """
    files = _Files(project, check)
    files.check(dict(config), "config/config.yaml", "config")
    files.refuse()
    config = {**config, **_places(config)}
    classification = {
        name: files.read(f"resources/classification/{name}.yaml", name)
        for name in ("violence", "variables", "risk_factors", "covariates")
    }
    codebooks = {
        table: files.read(f"resources/exports/{table}.yaml", "codebook", must={"table": table}) for table in TABLES
    }
    manifests = {
        status: files.read(f"resources/norms/{status}/manifest.yaml", "norms")
        for status in STATUSES
        if (project / f"resources/norms/{status}/manifest.yaml").exists()
    }
    paths = {stem: str(path.relative_to(project)) for stem, path in definition_paths(project / INSTRUMENTS).items()}
    if not paths:
        files.problems.append(f"{INSTRUMENTS}: holds no .yaml file; add one.")
    waves = config["waves"]
    settings = Settings(
        config=config,
        studies=files.read_folder("config/studies", "study"),
        outcomes=files.read("config/outcomes.yaml", "outcomes"),
        instruments={stem: files.read(path, "instrument", must={"instrument": stem}) for stem, path in paths.items()},
        definition_files=paths,
        norms={stem: norm for stem in paths if (norm := norm_file(manifests, stem))},
        classification=classification,
        variables=files.read_list(config["variables_file"], COLUMN_NAME_FIELDS, [*export_names(waves), *TABLES[1:]]),
        corrections=files.read_corrections(config),
    )
    files.refuse()
    if check:
        _check_definitions(files, settings, codebooks)
        files.refuse()
        _check_studies(files, settings)
        files.refuse()
    return settings


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _places(config: Mapping) -> dict[str, Any]:
    """The keys that say where data are, ~ filled in; corrections stand beside the exports unless told otherwise."""
    raw, corrections = (
        str(Path(config[key]).expanduser()) if config[key] else None for key in ("raw_dir", "corrections_file")
    )
    if corrections is None and raw is not None and Path(raw, CORRECTIONS).exists():
        corrections = str(Path(raw, CORRECTIONS))
    return {
        "raw_dir": raw,
        "corrections_file": corrections,
        "pseudonym_key_file": DEMONSTRATION_KEY if raw is None else config["pseudonym_key_file"],
    }


def _check_definitions(files: "_Files", settings: Settings, codebooks: Mapping[str, Mapping]) -> None:
    """Codebooks, instruments with their norms, and names of columns, each against the others."""
    config = settings.config
    tables = {table: columns_of(codebook) for table, codebook in codebooks.items()}
    for table, codebook in codebooks.items():
        named = [*codebook["key"], *([codebook["age_column"]] if "age_column" in codebook else [])]
        path = f"resources/exports/{table}.yaml"
        files.problems += check_names(path, "key or age_column", named, tables[table], "column")
    for stem, definition in settings.instruments.items():
        path = settings.definition_files[stem]
        files.problems += instrument_problems(path, definition, tables, config["waves"])
        files.problems += _norm_problems(files.project, path, stem, definition, settings.norms.get(stem))
    for row in settings.variables:
        names, columns = [row["canonical_name"]], tables[table_of(row["file"])]
        files.problems += check_names(config["variables_file"], "canonical_name", names, columns, "column")


def _norm_problems(
    project: Path, path: str, stem: str, definition: Mapping, norm: Mapping[str, Any] | None
) -> list[str]:
    if "norm_scales" not in definition:
        return []
    if norm is None:
        where = "; ".join(f"resources/norms/{status}/manifest.yaml" for status in STATUSES)
        return [f"{path}: key norm_scales asks for a norm table, and no manifest names one for {stem}: {where}."]
    try:
        table = read_norm(project / norm["path"], norm["status"], stem, norm["entry"])
    except ConfigError as error:
        return [problem.removeprefix(f"{project}/") for problem in error.problems]
    return norm_problems(norm["path"], table, definition["norm_scales"], definition.get("ages"))


def _check_studies(files: "_Files", settings: Settings) -> None:
    """Classification, outcomes and studies against the instruments, and studies against what is final."""
    classification = settings.classification
    known = check_studies.known_variables(settings.instruments, classification["variables"])
    files.problems += check_studies.classification_problems("resources/classification", **classification, known=known)
    files.problems += check_studies.outcome_problems("config/outcomes.yaml", settings.outcomes, known)
    sound = not files.problems
    for stem, study in settings.studies.items():
        path = f"config/studies/{stem}.yaml"
        found = check_studies.study_problems(
            path,
            study,
            settings.config,
            settings.outcomes,
            classification["covariates"],
            classification["risk_factors"],
            settings.instruments,
        )
        if settings.config["final"] and sound and not found:
            cohort = {**classification, "instruments": settings.instruments}
            statuses = {name: norm["status"] for name, norm in settings.norms.items()}
            found = check_studies.final_problems(path, study, settings.outcomes, cohort, statuses)
        files.problems += found


class _Files:
    """Reads files of a project against their schemas and keeps what is wrong with them."""

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

    def read(self, path: str, schema: str, must: Mapping[str, str] | None = None) -> Any:
        """The content of a YAML file; keys of `must` have to have these values, which come from the file's name."""
        before = len(self.problems)
        try:
            content = read_yaml(self.project / path)
        except ConfigError as error:
            self.problems += [problem.removeprefix(f"{self.project}/") for problem in error.problems]
            return {}
        self.check(content, path, schema)
        if len(self.problems) == before:
            self.problems += [
                f"{path}: key {key} is '{content[key]}'; allowed: '{name}', the name of the file."
                for key, name in (must or {}).items()
                if content[key] != name
            ]
        return content

    def read_folder(self, folder: str, kind: str) -> dict[str, dict]:
        """The YAML files of a folder by their stems; key `kind` of each has to be its stem."""
        stems = sorted(path.stem for path in (self.project / folder).glob("*.yaml"))
        if not stems:
            self.problems.append(f"{folder}: holds no .yaml file; add one.")
        return {stem: self.read(f"{folder}/{stem}.yaml", kind, must={kind: stem}) for stem in stems}

    def read_corrections(self, config: Mapping) -> list[dict[str, str]]:
        """The data fixes. They hold ids, so they may not lie where a commit or an archive would take them along."""
        path, raw = config["corrections_file"], config["raw_dir"]
        if path is None:
            return []
        place = Path(self.project, path).resolve()
        beside_exports = raw is not None and place.parent == Path(self.project, raw).resolve()
        if place.is_relative_to(self.project.resolve()) and not beside_exports:
            self.problems.append(
                f"config/config.yaml: key corrections_file is {path}, inside the project; corrections hold ids: put "
                "the file beside the exports."
            )
            return []
        rows = self.read_list(path, CORRECTION_FIELDS, export_names(config["waves"]))
        for line, row in enumerate(rows, start=2):
            if None not in row and row["date"] and not _is_date(row["date"]):
                self.problems.append(f"{path}, line {line}: column date is '{row['date']}'; allowed: year-month-day.")
        return rows

    def read_list(self, path: str, columns: Sequence[str], files: Sequence[str]) -> list[dict[str, str]]:
        """The rows of a CSV file whose column file names exports."""
        try:
            with open(self.project / path, encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                header, rows = reader.fieldnames, list(reader)
        except FileNotFoundError:
            self.problems.append(f"{path}: there is no such file; make it with the header {','.join(columns)}.")
            return []
        except UnicodeDecodeError:
            self.problems.append(f"{path}: is not UTF-8 text; save it as UTF-8.")
            return []
        if list(header or []) != list(columns):
            self.problems.append(f"{path}: the first line must be {','.join(columns)}.")
            return []
        may_be_empty = ("old_value", "new_value")
        for line, row in enumerate(rows, start=2):
            where = f"{path}, line {line}"
            if None in row or None in row.values():
                self.problems.append(f"{where}: must have {len(columns)} cells, as the first line has.")
                continue
            if row["file"] not in files:
                self.problems.append(f"{where}: column file is '{row['file']}'; allowed: {', '.join(files)}.")
            self.problems += [
                f"{where}: column {name} is empty; only {' and '.join(may_be_empty)} of a correction may be."
                for name in columns
                if not row[name] and name not in may_be_empty
            ]
        return rows
