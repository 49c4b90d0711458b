"""Reads every configuration and definition file against its schema, and what only several together can say."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.checks.files import CheckedFiles
from effectstudie.definitions.checks.instruments import instrument_problems
from effectstudie.definitions.checks.norms import norm_problems
from effectstudie.definitions.checks.plans import departure_problems, plan_problems, read_plans
from effectstudie.definitions.checks.recodes import check_recodes
from effectstudie.definitions.checks.sets import set_problems
from effectstudie.definitions.checks.studies import (
    absence_problems,
    beside_problems,
    classification_problems,
    final_problems,
    known_variables,
    outcome_problems,
    study_problems,
)
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import TABLES, columns_of, export_names, table_of
from effectstudie.definitions.fitted import available, classification_of, computed_of, scores_of, study_of, units_of
from effectstudie.definitions.instruments import definition_paths
from effectstudie.definitions.lineage import called_otherwise
from effectstudie.definitions.norm_tables import STATUSES, norm_file, read_norm
from effectstudie.definitions.outcomes import Outcome, outcomes_from
from effectstudie.definitions.plans.versions import plan_paths
from effectstudie.definitions.settings import INSTRUMENTS, Settings
from effectstudie.privacy.pseudonyms import DEMONSTRATION_KEY
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say, seen_from
from effectstudie.shared.vocabulary import CLEARED, LISTS, REMARK


def load(config: Mapping, project: Path, check: bool = True) -> Settings:
    """Read and check all configuration and definition files; ConfigError with everything that is wrong.

    What files say of each other is checked when each of them is right by itself. `check` False only reads them.
    """
    files = CheckedFiles(project, check)
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
    for folder in (INSTRUMENTS, f"{INSTRUMENTS}/licensed", "config/plans"):
        files.refuse_other_endings(folder)
    if not paths:
        files.problems.append(say("{folder}: holds no .yaml file; add one.", folder=INSTRUMENTS))
    cohort, studies = Cohort.of(config), files.read_folder("config/studies", "study")
    if list(cohort.waves) != sorted(cohort.waves):
        files.problems.append(
            say(
                "config/config.yaml: key waves is {waves}; allowed: in order of time, as {in_order}.",
                waves=str(cohort.waves),
                in_order=str(sorted(cohort.waves)),
            )
        )
    sets = files.read_folder("config/sets", "set") if (project / "config/sets").exists() else {}
    plans, frozen = read_plans(files, list(studies))
    cleared = files.read(CLEARED, "cleared", may_be_empty=True) if (project / CLEARED).exists() else {}
    settings = Settings(
        config=config,
        studies=studies,
        outcomes=files.read("config/outcomes.yaml", "outcomes"),
        instruments={stem: files.read(path, "instrument", must={"instrument": stem}) for stem, path in paths.items()},
        definition_files=paths,
        norms={stem: norm for stem in paths if (norm := norm_file(manifests, stem))},
        classification=classification,
        variables=files.read_names(config["variables_file"], [*export_names(cohort.named(config)), *TABLES[1:]]),
        corrections=files.read_corrections(config),
        recodes=files.read_recodes(config),
        rating=files.read("config/rating.yaml", "rating"),
        plans=plans,
        frozen=frozen,
        house=files.read("config/house_style.yaml", "house_style"),
        figure_titles={
            stem: files.read(path, "figure_titles")
            for stem in studies
            if (project / (path := f"resources/texts/{stem}/figuren.yaml")).exists()
        },
        sets=sets,
        cleared=cleared.get("cleared") or [],
    )
    files.refuse()
    if check:
        _check_for_identifiers(files, settings)
        _check_definitions(files, settings, codebooks)
        files.refuse()
    fitted = _fitted(settings)
    if check:
        _check_studies(files, settings, fitted)
        files.refuse()
    return fitted


def _fitted(settings: Settings) -> Settings:
    """The settings as far as the cohort has the tables and the measurements that they name."""
    cohort = settings.cohort
    instruments = cohort.instruments(settings.instruments)
    scores = scores_of(instruments)
    classification = classification_of(settings.classification, scores)
    known = units_of(scores, classification["variables"], computed_of(classification["violence"], cohort))
    outcomes = available(settings.outcomes, known)
    covariates = {name: spec for name, spec in classification["covariates"].items() if spec["variable"] in known}
    return replace(
        settings,
        studies={
            name: study_of(study, cohort, outcomes, covariates, instruments, settings.outcomes)
            for name, study in settings.studies.items()
        },
        outcomes=outcomes,
        sets={
            name: {**spec, "primary": [one for one in spec["primary"] if one in outcomes]}
            for name, spec in settings.sets.items()
        },
        instruments=instruments,
        definition_files={stem: settings.definition_files[stem] for stem in instruments},
        norms={stem: norm for stem, norm in settings.norms.items() if "norm_scales" in instruments.get(stem, ())},
        classification={**classification, "covariates": covariates},
    )


def _places(config: Mapping) -> dict[str, Any]:
    """The keys that say where data are, ~ filled in; lists stand beside the exports unless told otherwise."""
    raw, *lists = (str(Path(config[key]).expanduser()) if config[key] else None for key in ("raw_dir", *LISTS))
    image = config.get("container_image")
    for place, name in enumerate(LISTS.values()):
        if lists[place] is None and raw is not None and Path(raw, name).exists():
            lists[place] = str(Path(raw, name))
    return {
        "raw_dir": raw,
        **dict(zip(LISTS, lists, strict=True)),
        # the home folder of a job in a container is another; whose is unknown is told by load_key
        "pseudonym_key_file": DEMONSTRATION_KEY if raw is None else os.path.expanduser(config["pseudonym_key_file"]),
        "container_image": image and os.path.expanduser(image),
    }


def _check_for_identifiers(files: CheckedFiles, settings: Settings) -> None:
    """Whether what people wrote in config/, as corrections and as recodes names anybody."""
    # here, because jobs read the configuration too and have no use for all that recognises an identifier
    from effectstudie.definitions.checks.identifiers import correction_problems, naming_problems, recode_problems
    from effectstudie.privacy.cleared import Cleared

    cleared = Cleared(settings.cleared)
    written: dict[str, Any] = {
        "config/config.yaml": settings.config,
        "config/house_style.yaml": settings.house,
        "config/outcomes.yaml": settings.outcomes,
        "config/rating.yaml": settings.rating,
        CLEARED: settings.cleared,
        str(settings.config["variables_file"]): [
            text for row in settings.variables for text in (row["raw_name"], row.get(REMARK, ""))
        ],
    }
    written |= {f"config/sets/{name}.yaml": spec for name, spec in settings.sets.items()}
    for stem, study in settings.studies.items():
        frozen, plan = (of.get(stem, {}) for of in (settings.frozen, settings.plans))
        written[f"config/studies/{stem}.yaml"] = study
        written |= dict(zip(plan_paths(stem), (plan, frozen), strict=True))
        written[f"resources/texts/{stem}/figuren.yaml"] = settings.figure_titles.get(stem, {})
    files.problems += naming_problems(written, files.project, cleared)
    files.problems += correction_problems(settings.config["corrections_file"], settings.corrections, cleared)
    files.problems += recode_problems(settings.config["recodes_file"], settings.recodes, cleared)


def _check_definitions(files: CheckedFiles, settings: Settings, codebooks: Mapping[str, Mapping]) -> None:
    """Codebooks, instruments with their norms, and names of columns, each against the others."""
    config = settings.config
    tables = {table: columns_of(codebook) for table, codebook in codebooks.items()}
    for table, codebook in codebooks.items():
        named = [*codebook["key"], *([codebook["age_column"]] if "age_column" in codebook else [])]
        path = f"resources/exports/{table}.yaml"
        files.problems += check_names(path, say("key or age_column"), named, tables[table], say("column"))
    for stem, definition in settings.instruments.items():
        path = settings.definition_files[stem]
        files.problems += instrument_problems(path, definition, tables, settings.cohort.named(config))
        files.problems += _norm_problems(files.project, path, stem, definition, settings.norms.get(stem))
    for row in settings.variables:
        names, columns = [row["canonical_name"]], tables[table_of(row["file"])]
        files.problems += check_names(config["variables_file"], "canonical_name", names, columns, say("column"))
    no_answer = [code for codes in config["missing_codes"].values() for code in codes]
    files.problems += check_recodes(config["recodes_file"], settings.recodes, codebooks, no_answer)


def _norm_problems(
    project: Path, path: str, stem: str, definition: Mapping, norm: Mapping[str, Any] | None
) -> list[str]:
    if "norm_scales" not in definition:
        return []
    if norm is None:
        where = "; ".join(f"resources/norms/{status}/manifest.yaml" for status in STATUSES)
        return [
            say(
                "{path}: key norm_scales asks for a norm table, and no manifest names one for {stem}: {where}.",
                path=path,
                stem=stem,
                where=where,
            )
        ]
    try:
        table = read_norm(project / norm["path"], norm["status"], stem, norm["entry"])
    except ConfigError as error:
        return [seen_from(problem, project) for problem in error.problems]
    return norm_problems(norm["path"], table, definition)


def _check_studies(files: CheckedFiles, settings: Settings, fitted: Settings) -> None:
    """Classification, outcomes and studies against the instruments.

    `settings`: all that people wrote; `fitted`: what of it the cohort has.
    """
    classification = settings.classification
    known = known_variables(settings.instruments, classification["variables"])
    files.problems += classification_problems("resources/classification", **classification, known=known)
    outcomes = outcomes_from(settings.outcomes)
    files.problems += outcome_problems("config/outcomes.yaml", outcomes, known)
    files.problems += beside_problems(settings.studies)
    files.problems += set_problems(settings.sets, settings.studies, settings.outcomes)
    sound = not files.problems
    cohort = {**classification, "instruments": settings.instruments}
    named = {"covariates": classification["covariates"], "outcomes": settings.outcomes}
    also = {what: called_otherwise(specs, cohort) for what, specs in named.items()} if sound else {}
    for stem, study in settings.studies.items():
        path = f"config/studies/{stem}.yaml"
        found = study_problems(
            path,
            study,
            settings.config,
            settings.outcomes,
            classification["covariates"],
            classification["risk_factors"],
            settings.instruments,
            also,
        )
        found = found or absence_problems(path, study, fitted.studies[stem])
        titled = settings.figure_titles.get(stem, {})
        titles = f"resources/texts/{stem}/figuren.yaml"
        files.problems += check_names(titles, say("the file"), titled, study["outcomes"], say("outcome"))
        files.problems += found
        if stem in settings.plans and not found:
            files.problems += _plan_problems(fitted, stem, outcomes)


def refuse_invented(settings: Settings, studies: Iterable[str]) -> None:
    """ConfigError with everything invented that these studies rest on, while config/config.yaml says that it is final.

    `studies`: those that are made; another one may wait for its norms.
    """
    if not settings.config["final"]:
        return
    outcomes = outcomes_from(settings.outcomes)
    cohort = {**settings.classification, "instruments": settings.instruments}
    statuses = {name: norm["status"] for name, norm in settings.norms.items()}
    found = [
        problem
        for study in sorted(studies)
        for problem in final_problems(
            f"config/studies/{study}.yaml", settings.studies[study], outcomes, cohort, statuses
        )
    ]
    if found:
        raise ConfigError(found)


def _plan_problems(settings: Settings, study: str, outcomes: Mapping[str, Outcome]) -> list[str]:
    path, plan = plan_paths(study)[0], settings.plans[study]
    problems = plan_problems(path, plan, outcomes)
    return problems or departure_problems(path, plan, settings.frozen.get(study), settings.planned_now(study))
