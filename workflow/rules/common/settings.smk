# The configuration, read and checked, and what follows from it for every rule.
from dataclasses import asdict

from snakemake.settings.types import DeploymentMethod
from snakemake.utils import update_config

from effectstudie.definitions.export_columns import TABLES
from effectstudie.definitions.load import load, refuse_invented
from effectstudie.intake.files.raw_files import check_folder
from effectstudie.privacy.pseudonyms import fingerprint, load_key
from effectstudie.running.checked import Checked
from effectstudie.running.place.container import container_of
from effectstudie.running.place.machine import check_place
from effectstudie.running.provenance import RSCRIPT, installed_r
from effectstudie.running.results import Results
from effectstudie.running.targets import check_targets
from effectstudie.shared.messages.dutch import told
from effectstudie.shared.storage import RECORD, remove_if_half
from effectstudie.shared.vocabulary import PLACES

# Rules between the exports and the pages of a study, by their file.
PROGRAM = {
    "ingest": ["check_exports", "ingest_exports"],
    "score": ["score_cohort"],
    "classify": ["classify_cohort"],
    "select": ["select_study"],
    "matching": ["match_households", "match_variants"],
    "analysis": ["analyse_outcomes"],
    "imputation": ["impute_matching"],
    "protect": ["protect_study", "write_release"],
    "render": ["render_study"],
    "checks": ["check_outputs"],
    "style": ["write_style"],
    "report": ["check_texts", "write_report", "write_tables"],
    "quality": ["write_quality"],
}


def as_written():
    """The configuration by YAML 1.2: Snakemake's own has 61 for 1:1, and false for no."""
    given, own = workflow.config_settings, Path("config/config.yaml")
    read = {}
    if own.exists() and not given.replace_workflow_config:
        update_config(read, read_yaml(own))
    for path in given.configfiles:
        update_config(read, read_yaml(path))
    update_config(read, given.config)
    return read


try:
    # the jobs of a run trust what its main process has checked, and that what it found right before
    CHECKED = Checked(as_written(), Path(".")) if workflow.is_main_process else None
    CHECK = CHECKED is not None and not CHECKED.found_right
    SETTINGS = load(as_written(), Path("."), check=CHECK)
    if workflow.is_main_process:
        check_place(".")
        check_targets(
            sys.argv[1:],
            {**SETTINGS.studies, **SETTINGS.sets},
            rules=sum(PROGRAM.values(), []),
        )
    if CHECK:
        # here, because a text with a mistake is told before anything is computed; jobs need no parser of Markdown
        from effectstudie.texts.check import check_texts

        check_texts(
            SETTINGS.studies,
            SETTINGS.outcomes,
            "resources/texts",
            SETTINGS.house["logo"],
            SETTINGS.cleared,
            SETTINGS.cohort.units,
            SETTINGS.cohort.conditions,
        )
        CHECKED.keep([SETTINGS.house["logo"]] if SETTINGS.house["logo"] else [])
    PSEUDONYM_KEY = load_key(
        SETTINGS.config["pseudonym_key_file"],
        ".",
        own_exports=SETTINGS.config["raw_dir"] is not None,
    )
    if SETTINGS.config["raw_dir"] is not None:
        # Here, because Snakemake takes a result whose input is missing for finished.
        check_folder(SETTINGS.config["raw_dir"], SETTINGS.cohort.exports)
    CONTAINER = None
    # a workflow around this one may have containers where we have none
    if DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method:
        if SETTINGS.config["container_image"] is not None or not IS_MODULE:
            CONTAINER = container_of(SETTINGS.config["container_image"])
except EffectstudieError as error:
    raise WorkflowError(told(error))

if CONTAINER:
    RSCRIPT = CONTAINER.rscript
    os.environ.update(
        CONTAINER.variables(
            [str(PROJECT), *map(SETTINGS.config.get, PLACES)], os.environ
        )
    )
RESULTS = Results(SETTINGS)
if workflow.is_main_process:
    for folder in RESULTS.folders():
        remove_if_half(folder)
STUDIES = sorted(SETTINGS.studies)
SETS = sorted(SETTINGS.sets)
INSTRUMENTS = sorted(SETTINGS.instruments)
WAVES = SETTINGS.config["waves"]
COHORT = asdict(SETTINGS.cohort)  # its measurements and tables
# licensed norm tables stay on one machine; what a table says of itself goes with its file
NORMS = {
    name: norm
    for name, norm in SETTINGS.norms.items()
    if not (SETTINGS.config["final"] and norm["status"] == "illustrative")
}
# from which numbers on something may be shown; what the audit may do is not theirs
LIMITS = {
    name: SETTINGS.config["privacy"][name] for name in ("minimum_cell", "minimum_group")
}
LOCK = "envs/python.lock"
DEMO_FOLDER = "results/demo_cohort"
PAGES = "resources/pages"
HOUSE_STYLE = "config/house_style.yaml"
REPORT_TEMPLATES = sorted(Path(PAGES, "report").glob("*.j2"))
# The Dutch words of the report, by what they are words of.
REPORT_WORDS = expand(
    f"{PAGES}/report/{{part}}.nl.yaml",
    part=[
        "labels",
        "sentences",
        "tables",
        "figures",
        "certainty",
        "effect",
        "plan",
        "matching",
        "summary",
        "cover",
        "recruitment",
        "waves",
        "workbook",
    ],
)
RAW_FOLDER = SETTINGS.config["raw_dir"] or DEMO_FOLDER
EXPORTS = SETTINGS.cohort.exports


wildcard_constraints:
    study="|".join(STUDIES),
    set="|".join(SETS) or "-",
    strategy=r"\w+",
    version="|_intern",
