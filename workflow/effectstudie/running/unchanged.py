"""Within a run as between two: a step whose inputs come out as it read them before does not run.

Between runs Snakemake compares what is in a file; within one it goes on whatever came out of a step.
"""

from pathlib import Path
from typing import Any


def look_again(dag: Any) -> None:
    """Let Snakemake decide anew which steps of its `dag` have to run, after each that made what others read before.

    It does so by its own rules, as after a checkpoint. There is no public way to it.
    """
    finish = dag.finish

    async def finish_and_look(job: Any, **options: Any) -> bool:
        ready = await finish(job, **options)
        waiting = {other for other in dag.needrun_jobs() if not dag.is_running(other)}
        if not await _any_reads_the_same(dag, job, waiting):
            return ready
        for other in waiting:
            dag.reason(other).clear()
        await dag.postprocess()
        return True

    dag.finish = finish_and_look


async def _any_reads_the_same(dag: Any, job: Any, waiting: set[Any]) -> bool:
    """Whether a waiting step reads of this one what it read before."""
    for made in job if job.is_group() else [job]:
        for reader, files in dag.depending[made].items():
            if reader in waiting and all([await _is_same(dag, reader, file) for file in files if not file.is_ancient]):
                return True
    return False


async def _is_same(dag: Any, reader: Any, file: Any) -> bool:
    known = dag.workflow.persistence.input_checksums(reader, file)
    return len(known) == 1 and await file.is_same_checksum(known.pop(), dag.max_checksum_file_size)


def forget_what_is_forced(dag: Any) -> None:
    """Take away the records (param `record`, see shared/persons/kept.py) of steps that were asked for again.

    Whoever asks that, or whose run was killed, gets nothing from before.
    """
    for job in dag.needrun_jobs():
        record = job.params.get("record")
        if record and (job.rule in dag.forcerules or not dag.forcefiles.isdisjoint(job.output)):
            Path(record).unlink(missing_ok=True)
