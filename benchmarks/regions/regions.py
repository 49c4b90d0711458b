"""All regions in one run: time a study, and time and memory of each stage.

    python benchmarks/regions/regions.py [regions [households]]     # 13 regions of the demonstration's size: 4 minutes

On two cores, in a copy of this project's last commit with so many regions that have an approach for 40 families, and
eleven without one (tests/unit/given/many_regions.py); from nothing to every report and the page of all regions. With
`households` the cohort is of that size: its pool is repeated, as exports of its own (benchmarks/growth/cohort.py).
Needs a GB in $TMPDIR, and 0.1 GB a study at 100,000 households. SLURM=1 sends the jobs to a cluster by profiles/slurm;
`.ci/slurm regions 100 100000` makes one of this machine. Prints Markdown.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / folder) for folder in ("tests/unit", "workflow", "benchmarks/growth")]

from cohort import write_cohort  # noqa: E402
from given.many_regions import with_regions  # noqa: E402
from growth import SEED, note_jobs  # noqa: E402

TARGET = "report_landelijk"


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 13
    households = int(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        seconds, jobs = measured(Path(folder), regions, households)
    largest = jobs.loc[jobs["mib"].idxmax()]
    print("| regions | households | jobs | s | s a study | largest job, MiB |")
    print("| ---: | ---: | ---: | ---: | ---: | --- |")
    size = f"{households or 1266 + 40 * regions:,}"
    cells = [regions, size, len(jobs), round(seconds), f"{seconds / regions:.1f}"]
    print(f"| {' | '.join(map(str, cells))} | {largest['mib']:.0f} ({largest['stage']}) |")
    print("\n| stage | jobs | s of all | s of the longest | largest, MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for stage, of in jobs.groupby("stage", sort=False):
        cells = [stage, len(of), f"{of['seconds'].sum():.0f}", f"{of['seconds'].max():.1f}", f"{of['mib'].max():.0f}"]
        print(f"| {' | '.join(map(str, cells))} |")


def measured(folder: Path, regions: int, households: int | None) -> tuple[float, pd.DataFrame]:
    project, notes = folder / "project", folder / "notes"
    project.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, capture_output=True, check=True)
    subprocess.run(["tar", "-x"], input=archive.stdout, cwd=project, check=True)
    with_regions(project, regions)
    settings = []
    if households:
        write_cohort(project, folder / "exports", households, SEED)
        settings = ["--config", f"raw_dir={folder / 'exports'}", f"pseudonym_key_file={folder / 'key'}"]
    note_jobs(project)
    environment = {**os.environ, "GROWTH_NOTES": str(notes), "PYTHONPATH": str(project / "workflow")}
    slurm = ["--profile", "profiles/slurm"] if os.environ.get("SLURM") else []
    # a group of jobs takes as many cores as any two of them could use side by side, and leaves the others idle
    cores = "1" if slurm else "2"
    command = [sys.executable, "-m", "snakemake", *slurm, "--cores", cores, TARGET, *settings]
    start = time.perf_counter()
    ran = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if ran.returncode:
        sys.exit(f"The workflow stopped.\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
    return seconds, pd.DataFrame(map(json.loads, notes.read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main()
