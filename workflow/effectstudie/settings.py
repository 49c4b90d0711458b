"""The configuration as a whole: every file against its schema, and what only several files together can say."""

import csv
import difflib
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from effectstudie import definitions
from effectstudie.codebook import columns_of
from effectstudie.config import check_names, check_schema, read_yaml
from effectstudie.errors import ConfigError
from effectstudie.instrument_checks import instrument_problems
from effectstudie.instruments import definition_paths
from effectstudie.needed import scores_needed
from effectstudie.norm_tables import STATUSES, norm_file, norm_problems, read_norm
from effectstudie.pseudonyms import DEMONSTRATION_KEY

TABLES = ("huishoudens", "volwassenen", "kinderen", "jeugd")
INSTRUMENTS = "resources/instruments"
# What can be asked for of a study, as report_groningen.
STAGES = (
    "ingest",
    "score",
    "classify",
    "match",
    "analyse",
    "figures",
    "tables",
    "quality",
    "check",
    "report",
    "archive",
)
CORRECTIONS = "corrections.csv"
# Keys of config/config.yaml that say where something is; what stands there counts.
PLACES = ("raw_dir", "pseudonym_key_file", "corrections_file", "variables_file")
CORRECTION_COLUMNS = ("file", "id", "column", "old_value", "new_value", "reason", "who", "date")
VARIABLE_COLUMNS = ("file", "raw_name", "canonical_name")


def export_names(waves: Sequence[str]) -> list[str]:
    """Stems of the raw exports: huishoudens, T0_volwassenen, ..."""
    return [TABLES[0], *(f"{wave}_{table}" for wave in waves for table in TABLES[1:])]


def table_of(export: str) -> str:
    """The codebook of an export: T0_volwassenen -> volwassenen."""
    return export.rsplit("_", 1)[-1]


@dataclass(frozen=True)
class Settings:
    """Everything that was read and found right."""

    config: Mapping
    studies: Mapping[str, Mapping]
    outcomes: Mapping[str, Mapping]
    instruments: Mapping[str, Mapping]
    definition_files: Mapping[str, str]
    norms: Mapping[str, Mapping[str, Any]]
    classification: Mapping[str, Mapping]
    variables: Sequence[Mapping[str, str]]
    corrections: Sequence[Mapping[str, str]]

    def outcomes_of(self, study: str, *keys: str) -> dict[str, dict]:
        """A study's background, problems at T0, outcomes and scales of its appendix, with these keys of each."""
        one = self.studies[study]
        found = {name: self.outcomes[name] for name in definitions.named_outcomes(one)}
        found |= definitions.subscales(one, self.instruments)
        return {name: {key: spec[key] for key in keys or spec if key in spec} for name, spec in found.items()}

    def covariates_of(self, study: str) -> list[str]:
        """Covariates that any strategy of the study names, sorted."""
        strategies = self.studies[study]["matching"]["strategies"].values()
        return sorted({name for strategy in strategies for name in strategy["covariates"] + strategy["exact"]})

    def instruments_of(self, variables: Iterable[str]) -> list[str]:
        """The instruments whose scores are among these variables, sorted."""
        return sorted({name.split(".")[0] for name in variables if "." in name})

    def scores_to_classify(self) -> list[str]:
        """Names of the scores that the classification of the cohort looks at."""
        parts = {name: self.classification[name] for name in ("violence", "variables", "risk_factors")}
        return scores_needed(**parts)

    def scores_of(self, study: str) -> list[str]:
        """Names of the scores that a study reports or matches on, sorted."""
        named = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        named += [self.classification["covariates"][name]["variable"] for name in self.covariates_of(study)]
        return sorted({name for name in named if "." in name})

    def scores_behind(self, study: str) -> list[str]:
        """The scores that a study's background and outcomes are made from."""
        variables = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        return [name for one in variables for name in definitions.scores_behind(one, self.classification)]

    def exports_of(self, instrument: str) -> list[str]:
        """Exports that hold answers of an instrument."""
        definition = self.instruments[instrument]
        tables = dict.fromkeys(form["table"] for form in definition["forms"].values())
        return [f"{wave}_{table}" for table in tables for wave in definition.get("waves", self.config["waves"])]

    def variables_of(self, export: str) -> dict[str, str]:
        """Raw name -> canonical name for an export; a row may name one export or a questionnaire of all waves."""
        rows = sorted(self.variables, key=lambda row: row["file"] == export)
        return {row["raw_name"]: row["canonical_name"] for row in rows if row["file"] in (export, table_of(export))}

    def set_for(self, study: str) -> dict[str, Any]:
        """What is set for a study and the cohort, but for places on this machine."""
        names: dict[str, dict[str, str]] = {}
        for row in self.variables:
            names.setdefault(row["file"], {})[row["raw_name"]] = row["canonical_name"]
        return {
            "config": {key: value for key, value in self.config.items() if key not in PLACES},
            "study": self.studies[study],
            "outcomes": self.outcomes_of(study),
            "variables": names,
        }

    def corrections_digest(self, export: str) -> str:
        """A digest of the corrections of an export: it shows a change without showing an id."""
        rows = [row for row in self.corrections if row["file"] == export]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


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
        table: files.read(f"resources/codebook/{table}.yaml", "codebook", must={"table": table}) for table in TABLES
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
        variables=files.read_list(config["variables_file"], VARIABLE_COLUMNS, [*export_names(waves), *TABLES[1:]]),
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
        path = f"resources/codebook/{table}.yaml"
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
    known = definitions.known_variables(settings.instruments, classification["variables"])
    files.problems += definitions.classification_problems("resources/classification", **classification, known=known)
    files.problems += definitions.outcome_problems("config/outcomes.yaml", settings.outcomes, known)
    sound = not files.problems
    for stem, study in settings.studies.items():
        path = f"config/studies/{stem}.yaml"
        found = definitions.study_problems(
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
            found = definitions.final_problems(path, study, settings.outcomes, cohort, statuses)
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
        rows = self.read_list(path, CORRECTION_COLUMNS, export_names(config["waves"]))
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


def check_targets(arguments: Sequence[str], studies: Mapping, rules: Collection[str] = ()) -> None:
    """ConfigError when a target on the command line asks for a stage of a study that does not exist.

    `rules`: names that look like such a target and are none.
    """
    asked = [
        re.match(rf"(?:{'|'.join(STAGES)})_(\w+)$|results/(\w+)/", argument)
        for argument in arguments
        if argument not in rules
    ]
    names = {name.removesuffix("_intern") for match in asked if match for name in match.groups() if name}
    unknown = sorted(names - set(studies) - set(definitions.RESERVED_STUDIES))
    if "--report" in arguments and any("_intern" in argument for argument in arguments):
        raise ConfigError(["--report is for what may be published: leave out the targets that end in _intern."])
    if unknown:
        raise ConfigError(
            [
                f"There is no study '{name}'.{_meant(name, studies)} The studies are: {', '.join(sorted(studies))}; "
                "a new one is a file in config/studies/."
                for name in unknown
            ]
        )


def _meant(name: str, studies: Mapping) -> str:
    close = difflib.get_close_matches(name, list(studies), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""
