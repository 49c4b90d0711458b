# What rules need to know Snakemake for: functions of wildcards, and the checkpoint of the demonstration cohort.
from functools import partial

from effectstudie.intake.files.raw_files import find_export
from effectstudie.running import sources

code = partial(sources.code_of, project=workflow.basedir)


def raw_files(wildcards):
    """The exports; the demonstration cohort is made first where it is the input."""
    if SETTINGS.config["raw_dir"] is None:
        checkpoints.make_demo_cohort.get()
    return [str(find_export(RAW_FOLDER, export)) for export in EXPORTS]


def taking_in(wildcards):
    return sources.rules_of_intake(SETTINGS, RAW_FOLDER)


def text_files(wildcards):
    return sources.text_files(wildcards.study)


def of_study(*keys):
    """A function that gives these keys of the study's file, so that a rule reruns for no others."""
    return lambda wildcards: {
        key: SETTINGS.studies[wildcards.study][key] for key in keys
    }
