# What was asked for, and what that means: names of the menu are rules that make nothing themselves.
from snakemake.io import is_flagged

from effectstudie.running.results import CHANGES
from effectstudie.running.targets import unknown_target
from effectstudie.running.unchanged import forget_what_is_forced, look_again

MENU = {
    target: files
    for name in [*STUDIES, *SETS]
    for target, (files, _) in RESULTS.menu(name).items()
}
ARCHIVES = [
    f"archive_{study}{ending}" for study in STUDIES for ending in ("", "_intern")
]
EVERYTHING = [f"report_{study}" for study in STUDIES] + ["codebook"]


def asked_for():
    """Names and files that were asked for; where nothing was, everything.

    A name of one study behind -R is one too: who wants that made again does not ask for the other studies.
    """
    asked = workflow.dag_settings
    named = set(asked.forcerun) & {*MENU, *ARCHIVES}
    return {*asked.targets, *named} or set(EVERYTHING)


def of_everything(wildcards):
    """The reports of all studies, what is new in them and the codebook, where nothing else was asked for."""
    if asked_for() != set(EVERYTHING) and not workflow.dag_settings.targets:
        return []
    reports = [file for study in STUDIES for file in RESULTS.report(study)]
    runs = [f"results/{study}/run.json" for study in STUDIES]
    return again("all", [*reports, *runs, CHANGES, "results/codebook/codebook.html"])


def of_menu(target):
    """A function that gives the files of a name of the menu."""
    return lambda wildcards: again(target, MENU[target])


def again(target, files):
    """The files; where -R or -f names the target, what makes them runs again."""
    if any(one.name == target for one in workflow.dag.forcerules):
        workflow.dag.forcefiles.update(files)
    return files


def unknown(name):
    rules = [rule.name for rule in workflow.rules]
    return unknown_target(name, rules, MENU, STUDIES, RUNNING_WORDS)


# Results that a failed step leaves as they were (update) have no record any more, and would be taken for new: as old as
# can be, they are made again by the next run.
onerror:
    for job in workflow.dag.needrun_jobs():
        for file in job.output:
            if is_flagged(file, "update") and Path(file).exists():
                os.utime(file, (0, 0))


def refuse_what_is_invented(studies):
    try:
        refuse_invented(SETTINGS, studies)
    except EffectstudieError as error:
        raise WorkflowError(told(error))


# The workflow around this one has an onstart of its own, which need not name ours.
if IS_MODULE and workflow.is_main_process:
    refuse_what_is_invented(set(STUDIES))


onstart:
    forget_what_is_forced(workflow.dag)
    look_again(workflow.dag)
    refuse_what_is_invented(
        {
            job.wildcards.study
            for job in workflow.dag.needrun_jobs()
            if "study" in job.wildcards.keys()
        }
    )
