# How far a run is, what a dry run found and where the results are, on the screen of whoever started it.
from functools import partial

from effectstudie.running.job_records import earlier_seconds
from effectstudie.running.screen.closing import closing
from effectstudie.running.screen.dry_run import DryRun
from effectstudie.running.screen.explain import cause_of
from effectstudie.running.screen.live_run import Step
from effectstudie.running.screen.progress import Progress
from effectstudie.shared.words import read_words


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


def causes():
    """Why each job of a dry run would run."""
    dag = workflow.dag
    return [cause_of(job, dag.reason(job)) for job in dag.needrun_jobs()]


def last_lines():
    """Where the results are that were asked for, and which warnings wait."""
    words = read_words(f"{PAGES}/quality/quality.nl.yaml")
    asked = asked_for()
    everything = not workflow.dag_settings.targets and asked == set(EVERYTHING)
    return closing(
        sorted(asked),
        MENU,
        RUNNING_WORDS,
        words["kinds"],
        {
            name: study["matching"]["selected"]
            for name, study in SETTINGS.studies.items()
        },
        SETTINGS.config["privacy"]["minimum_group"],
        read_words(f"{PAGES}/compare/since.nl.yaml")["counts"],
        CHANGES if everything or asked & {"all", "changes"} else "",
    )


def show_progress():
    """Tell how far the run is instead of Snakemake's own messages; who asks for those, or for none, gets that."""
    output, resources = workflow.output_settings, workflow.resource_settings
    if not workflow.is_main_process or output.verbose or output.quiet:
        return
    for screen in SCREENS:
        logger.removeHandler(screen)
        screen.formatter.unknown = unknown
        progress = Progress(
            screen,
            RUNNING_WORDS,
            steps_left,
            partial(earlier_seconds, ".snakemake/metadata"),
            resources.nodes or resources.cores or 1,
            closing=last_lines,
        )
        logger.addHandler(
            DryRun(screen, RUNNING_WORDS, causes) if output.dryrun else progress
        )


show_progress()
