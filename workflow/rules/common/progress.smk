# How far a run is, on the screen of whoever started it.
from functools import partial

from snakemake.logging import logger

from effectstudie.running.job_records import earlier_seconds
from effectstudie.running.progress import Progress, Step
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


def show_progress():
    """Tell how far the run is instead of Snakemake's own messages; who asks for those, or for none, gets that."""
    output = workflow.output_settings
    if not workflow.is_main_process or output.dryrun or output.verbose or output.quiet:
        return
    resources = workflow.resource_settings
    for screen in logger.handlers:
        if screen.name == "DefaultStreamHandler":
            logger.removeHandler(screen)
            progress = Progress(
                screen,
                read_words(f"{workflow.basedir}/resources/words/running.nl.yaml"),
                steps_left,
                partial(earlier_seconds, ".snakemake/metadata"),
                resources.nodes or resources.cores or 1,
            )
            logger.addHandler(progress)
            return


show_progress()
