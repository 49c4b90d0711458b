# Validation of the configuration, and functions that rules use for their inputs and params. No rules here.
import os
import sys
from functools import cache, partial
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

sys.path.insert(0, str(Path(workflow.basedir) / "workflow"))

from effectstudie.definitions.export_columns import TABLES, export_names
from effectstudie.definitions.load import load
from effectstudie.intake.files.raw_files import check_folder, find_export, sha256
from effectstudie.privacy.pseudonyms import fingerprint, load_key
from effectstudie.running.job_records import earlier_seconds
from effectstudie.running.machine import check_place
from effectstudie.running.progress import Progress, Step
from effectstudie.running.provenance import imported_modules, installed_r
from effectstudie.running.targets import check_targets
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.words import read_words

# Jobs inherit these: the package, one thread per library, and nothing that hangs on the machine's language or clock.
os.environ.update(
    PYTHONPATH=str(Path(workflow.basedir) / "workflow"),
    PYTHONHASHSEED="0",
    LC_ALL="C.UTF-8",
    TZ="UTC",
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
)
# Results hold personal data: the group of their owner may read them, others may not.
os.umask(os.umask(0o077) | 0o007)

# Rules between the exports and the pages of a study, by their file.
PROGRAM = {
    "ingest": ["check_exports", "ingest_exports", "check_cohort"],
    "score": ["score_cohort"],
    "classify": ["classify_cohort"],
    "select": ["select_study"],
    "matching": ["match_households", "match_variants"],
    "analysis": ["analyse_outcomes"],
    "render": ["render_study"],
    "checks": ["check_outputs"],
    "style": ["write_style"],
    "report": ["check_texts", "write_report"],
    "quality": ["write_quality"],
}

try:
    # the jobs of a run trust what its main process has checked
    SETTINGS = load(config, Path("."), check=workflow.is_main_process)
    if workflow.is_main_process:
        check_place(workflow.basedir)
        check_targets(sys.argv[1:], SETTINGS.studies, rules=sum(PROGRAM.values(), []))
    PSEUDONYM_KEY = load_key(SETTINGS.config["pseudonym_key_file"], workflow.basedir)
    if SETTINGS.config["raw_dir"] is not None:
        # Here, because Snakemake takes a result whose input is missing for finished.
        check_folder(SETTINGS.config["raw_dir"], export_names(SETTINGS.config["waves"]))
except EffectstudieError as error:
    raise WorkflowError(str(error))

STUDIES = sorted(SETTINGS.studies)
INSTRUMENTS = sorted(SETTINGS.instruments)
WAVES = SETTINGS.config["waves"]
# licensed norm tables stay on one machine; what a table says of itself goes with its file
NORMS = {
    name: norm
    for name, norm in SETTINGS.norms.items()
    if not (SETTINGS.config["final"] and norm["status"] == "illustrative")
}
LOCK = "envs/python.lock"
DEMO_FOLDER = "results/demo_cohort"
PAGES = "resources/pages"
REPORT_TEMPLATES = sorted(Path(PAGES, "report").glob("*.j2"))
# The Dutch words of the report, by what they are words of.
REPORT_WORDS = expand(
    f"{PAGES}/report/{{part}}.nl.yaml",
    part=["labels", "sentences", "tables", "figures", "certainty"],
)
RAW_FOLDER = SETTINGS.config["raw_dir"] or DEMO_FOLDER
EXPORTS = export_names(WAVES)
CHECKS = ["warnings", "never_given", "answers", "corrections"]
ANALYSES = [
    *("descriptives", "tests", "sensitivity", "verdicts", "robustness"),
    *("moderation", "moderation_cells", "attrition"),
]


def steps_left():
    """The jobs of this run that are not finished, but for targets: they only ask for files."""
    dag = workflow.dag
    return [
        Step(
            dag.jobid(job),
            job.rule.name,
            tuple(job.wildcards),
            next(iter(job.log), ""),
            frozenset(map(dag.jobid, dag.job_dependencies(job))),
        )
        for job in dag.needrun_jobs()
        if not job.is_norun
    ]


def show_progress():
    """Tell how far the run is, in the place of Snakemake's own messages; who asks for those, or for none, gets that."""
    output = workflow.output_settings
    if not workflow.is_main_process or output.dryrun or output.verbose or output.quiet:
        return
    for screen in logger.handlers:
        if screen.name == "DefaultStreamHandler":
            logger.removeHandler(screen)
            logger.addHandler(
                Progress(
                    screen,
                    read_words(f"{workflow.basedir}/resources/words/running.nl.yaml"),
                    steps_left,
                    partial(earlier_seconds, ".snakemake/metadata"),
                    workflow.resource_settings.nodes
                    or workflow.resource_settings.cores
                    or 1,
                )
            )
            return


show_progress()


wildcard_constraints:
    study="|".join(STUDIES),
    strategy=r"\w+",
    version="|_intern",


def code(rule_name):
    """The package's modules that a rule's script imports, directly or not: an edited one reruns the rule."""
    return [
        os.path.relpath(module)
        for module in imported_modules(
            f"{workflow.basedir}/workflow/scripts/{rule_name}.py",
            f"{workflow.basedir}/workflow/effectstudie",
        )
    ]


def program_files(wildcards):
    """All code between the exports and the pages of a study."""
    found = {"Snakefile", "workflow/rules/common.smk"}
    for stage, rule_names in PROGRAM.items():
        found.add(f"workflow/rules/{stage}.smk")
        for name in rule_names:
            found |= {f"workflow/scripts/{name}.py", *code(name)}
    return sorted(found)


def definition_files(wildcards):
    """What the questionnaires and the classification mean."""
    norms = [Path(norm["path"]) for norm in NORMS.values()]
    found = {*norms, *(path.with_name("manifest.yaml") for path in norms)}
    for folder in ("exports", "classification"):
        found |= set(Path("resources", folder).glob("*.yaml"))
    return sorted({*map(str, found), *SETTINGS.definition_files.values()})


def raw_files(wildcards):
    """The exports; the demonstration cohort is made first where it is the input."""
    if SETTINGS.config["raw_dir"] is None:
        checkpoints.make_demo_cohort.get()
    return [str(find_export(RAW_FOLDER, export)) for export in EXPORTS]


def raw_sha256(export):
    """The bytes of an export. As a param it reruns the stage whatever the file's date is."""
    try:
        path = find_export(RAW_FOLDER, export)
    except EffectstudieError:
        return "not there yet"
    found = path.stat()
    return digest(path, found.st_size, found.st_mtime_ns)


@cache
def digest(path, size, changed):
    """SHA-256 of a file; Snakemake asks after params more than once, and an export may be large."""
    return sha256(path)


def taking_in(wildcards):
    """What the check of each export hangs on, besides files; of the two lists only its own rows."""
    return {
        export: {
            "sha256": raw_sha256(export),
            "variables": SETTINGS.variables_of(export),
            "corrections_sha256": SETTINGS.corrections_digest(export),
            "corrections_file": SETTINGS.config["corrections_file"],
            "missing_codes": SETTINGS.config["missing_codes"],
            "regions": SETTINGS.config["regions"],
            "demonstration_id_prefix": SETTINGS.config["demonstration_id_prefix"],
        }
        for export in EXPORTS
    }


def report_files(study, version=""):
    """The report to publish, or with version "_intern" the one with small cells, which never leaves the institute."""
    return [
        f"results/{study}/report{version}/{study}{version}{kind}"
        for kind in (".html", ".pdf", ".docx", "_kwaliteit.html")
    ]


def menu(study):
    """What a person can ask for of a study, a stage at a time: target → its files, and what `--list` says of it."""
    cohort, folder = "results/cohort", f"results/{study}"
    matching = [
        f"{folder}/matching/{strategy}/matched.parquet"
        for strategy in sorted(SETTINGS.studies[study]["matching"]["strategies"])
    ]
    return {
        f"ingest_{study}": (
            expand(f"{cohort}/ingest/{{export}}.parquet", export=EXPORTS)
            + [f"{cohort}/check/warnings.csv"],
            "Check the exports, and take them in under pseudonyms.",
        ),
        f"score_{study}": (
            score_files(SETTINGS.scores_behind(study)),
            "Score the questionnaires that the study reports on.",
        ),
        f"classify_{study}": (
            f"{cohort}/classify/variables.parquet",
            "Violence classes, yes/no variables and risk factors.",
        ),
        f"match_{study}": (
            matching + [f"{folder}/matching/variants.csv"],
            "Matched control households, by every strategy of the study.",
        ),
        f"analyse_{study}": (
            f"{folder}/analysis/tests.csv",
            "The result tables: descriptives, tests, and whether they hold.",
        ),
        f"figures_{study}": (
            f"{folder}/render",
            "The figures, as .svg, .png and their data.",
        ),
        f"tables_{study}": (f"{folder}/render", "The tables of the report, as .csv."),
        f"quality_{study}": (
            f"{folder}/report/{study}_kwaliteit.html",
            "What came in, what is missing or odd, and who was left out.",
        ),
        f"check_{study}": (
            f"{folder}/checks.json",
            "Can these numbers be, and do figures show what the tables have?",
        ),
        f"report_{study}": (
            report_files(study) + [f"{folder}/run.json"],
            "The report, as HTML, PDF and for Word, and all that it needs.",
        ),
        f"report_{study}_intern": (
            report_files(study, "_intern"),
            "The same with small cells: confidential, not to be published.",
        ),
    }


def text_files(wildcards):
    """The texts that people write: those of the study, and of _general what the study does not have."""
    folders = [Path("resources/texts", name) for name in ("_general", wildcards.study)]
    found = {path.name: str(path) for folder in folders for path in folder.glob("*.md")}
    return [found[name] for name in sorted(found)]


def of_study(*keys):
    """A function that gives these keys of the study's file, so that a rule reruns for no others."""
    return lambda wildcards: {
        key: SETTINGS.studies[wildcards.study][key] for key in keys
    }


def score_files(scores):
    """The tables that hold these scores."""
    return [
        f"results/cohort/score/{instrument}.parquet"
        for instrument in SETTINGS.instruments_of(scores)
    ]


def selected_strategy(wildcards, name):
    """A result of the matching that the study's analyses use."""
    strategy = SETTINGS.studies[wildcards.study]["matching"]["selected"]
    return f"results/{wildcards.study}/matching/{strategy}/{name}"


def published_files(study):
    """What may be published of a study: its report with all that is in it, and how each variable is made."""
    return [
        f"results/{study}/render",
        f"results/{study}/texts.json",
        f"results/{study}/checks.json",
        *report_files(study),
        *(f"results/codebook/codebook.{kind}" for kind in ("html", "csv")),
    ]


def internal_files(study):
    """The same with small cells."""
    return [
        f"results/{study}/render_intern",
        f"results/{study}/texts_intern.json",
        *report_files(study, "_intern"),
    ]


def person_tables(study):
    """The tables of persons, under pseudonyms, that a study is made from."""
    names = [f"results/cohort/ingest/{export}" for export in EXPORTS]
    names += [f"results/cohort/score/{instrument}" for instrument in INSTRUMENTS]
    names += [
        f"results/cohort/classify/{name}" for name in ("variables", "participation")
    ]
    names += [
        f"results/{study}/select/{name}" for name in ("analysis", "waves", "households")
    ]
    names += [
        f"results/{study}/matching/{name}/matched" for name in strategies_of(study)
    ]
    return [
        f"{name}.parquet" for name in [*names, f"results/{study}/matching/variants"]
    ]


def group_tables(study):
    """What of a study and its cohort shows every count, small ones and those of the exports included."""
    kinds = ("balance.csv", "overlap.csv", "unmatched.csv", "summary.json")
    return [
        *(f"results/cohort/check/{export}.json" for export in EXPORTS),
        *(f"results/cohort/check/{name}.csv" for name in CHECKS),
        *(f"results/cohort/score/{name}_reliability.csv" for name in INSTRUMENTS),
        f"results/{study}/matching/variants.csv",
        *(
            f"results/{study}/matching/{name}/{kind}"
            for name in strategies_of(study)
            for kind in kinds
        ),
        *(f"results/{study}/analysis/{name}.csv" for name in ANALYSES),
        f"results/{study}/run.json",
    ]


def strategies_of(study):
    return sorted(SETTINGS.studies[study]["matching"]["strategies"])


def strategies(wildcards):
    return strategies_of(wildcards.study)
