# The environment of all jobs, the configuration, and what follows from it for every rule.
import os
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir) / "workflow"))

from effectstudie.definitions.export_columns import TABLES, export_names
from effectstudie.definitions.load import load
from effectstudie.intake.files.raw_files import check_folder
from effectstudie.privacy.pseudonyms import fingerprint, load_key
from effectstudie.running.machine import check_place
from effectstudie.running.provenance import installed_r
from effectstudie.running.results import Results
from effectstudie.running.targets import check_targets
from effectstudie.shared.errors import EffectstudieError

# Jobs inherit these: the package, one thread per library, and nothing that depends on the machine's language or clock.
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

RESULTS = Results(SETTINGS)
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


wildcard_constraints:
    study="|".join(STUDIES),
    strategy=r"\w+",
    version="|_intern",
