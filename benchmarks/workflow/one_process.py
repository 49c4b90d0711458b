"""The jobs behind targets, one after the other in this one process: what the library calls alone take.

    python one_process.py target …      # in the project's folder; the exports are there, no result is

Snakemake says which jobs there are and gives each script its files and settings; it starts nothing. Prints JSON: a list
of rule, seconds and peak memory (KiB, of the process so far) of each job, imports included where they are needed first.
"""

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path

from snakemake.api import SnakemakeApi
from snakemake.iocontainers import Snakemake
from snakemake.settings.types import ConfigSettings, DAGSettings, OutputSettings, Quietness, ResourceSettings


def main() -> None:
    with SnakemakeApi(OutputSettings(quiet={Quietness.ALL})) as api:
        workflow = api.workflow(
            resource_settings=ResourceSettings(cores=1),
            config_settings=ConfigSettings(),
            snakefile=Path("Snakefile"),
        )
        workflow.dag(DAGSettings(targets=set(sys.argv[1:]))).execute_workflow(executor="dryrun")
        dag = workflow._workflow.dag  # there is no public way to its jobs
        jobs = [job for level in dag.toposorted() for job in sorted(level, key=str) if not job.rule.norun]
        times = [_run(job) for job in jobs]
    print(json.dumps(times))


def _run(job) -> tuple[str, float, int]:
    script = Path("workflow/scripts", Path(job.rule.script).name)
    for path in [*job.output, *job.log]:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    given = Snakemake(
        *(job.input, job.output, job.params, job.wildcards, job.threads, job.resources, job.log),
        *({}, job.rule.name, None, str(script.parent)),
    )
    start = time.perf_counter()
    with contextlib.suppress(SystemExit):
        exec(compile(script.read_text(encoding="utf-8"), script, "exec"), {"snakemake": given, "__name__": "__main__"})
    seconds = time.perf_counter() - start
    if missing := [path for path in job.output if not os.path.exists(path)]:
        sys.exit(f"{job.rule.name} did not make {', '.join(missing)}: see {job.log}")
    return job.rule.name, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
