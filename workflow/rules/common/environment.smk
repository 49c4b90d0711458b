# The environment of all jobs, as early as a workflow can set it: before the configuration is read.
import gc
import os
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

# The program: where this file lies, whatever folder a run is in, and whoever takes it as a module.
PROJECT = Path(str(workflow.current_basedir)).resolve().parents[2]
if not (PROJECT / "workflow/effectstudie").is_dir():
    raise WorkflowError(
        "Het programma is een map met code en definities, en wordt niet van internet gelezen: kloon het, en noem het "
        "pad van zijn Snakefile (config/README.md)."
    )
IS_MODULE = Path(workflow.basedir).resolve() not in (PROJECT, PROJECT / "workflow")
# the program's own is linked into the working folder
STARTED = workflow.main_snakefile if IS_MODULE else "Snakefile"
sys.path.insert(0, str(PROJECT / "workflow"))

from effectstudie.running.place.deployed import link_program
from effectstudie.running.place.machine import close_to_others
from effectstudie.running.screen.interrupted import tell_when_interrupted
from effectstudie.running.screen.errors import PlainFormatter
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.dutch import told
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

# Jobs inherit these: the package, one thread per library, and nothing that depends on the machine's language or clock.
# Arrow keeps no thread of its own: jobs fork (shared/processes.py), which Python 3.12 and later warn of beside threads.
os.environ.update(
    PYTHONPATH=str(PROJECT / "workflow"),
    PYTHONHASHSEED="0",
    LC_ALL="C.UTF-8",
    TZ="UTC",
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    JE_ARROW_MALLOC_CONF="background_thread:false",
)
# The plan of a run stays until it ends: to look for dead objects after each 700 new ones is work for nothing.
gc.set_threshold(200_000, 20, 50)
# Results hold personal data: the group of their owner may read them, others may not. Snakemake has begun its own
# folder by now.
os.umask(os.umask(0o077) | 0o007)
# The screen of whoever started the run; none where a logger plugin writes to it (docs/architecture.md).
SCREENS = [
    handler
    for handler in logger.handlers
    if getattr(handler, "stream", None) in (sys.stdout, sys.stderr)
]
if workflow.is_main_process:
    RUNNING_WORDS = read_words(f"{PROJECT}/resources/words/running.nl.yaml")
    tell_when_interrupted(RUNNING_WORDS)
    if not workflow.output_settings.verbose:
        for screen in SCREENS:
            screen.setFormatter(PlainFormatter(screen.formatter, RUNNING_WORDS))
    close_to_others(".snakemake")
    try:
        link_program(PROJECT, ".", snakefile=not IS_MODULE)
        # Snakemake reads it next, and would take keys that stand twice, and hours for aliases of aliases.
        if Path("config/config.yaml").exists():
            read_yaml("config/config.yaml")
    except EffectstudieError as error:
        raise WorkflowError(told(error))
