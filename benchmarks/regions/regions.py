"""All regions in one run: time a study, and the memory of the largest job.

    python benchmarks/regions/regions.py [regions [size]]     # 13 regions and a cohort of usual size: 5 minutes

On two cores, in a copy of this project's last commit with so many regions, each with an approach for 40 families, and
eleven without one (tests/unit/given/many_regions.py); from nothing to every report and the page of all regions. `size`:
of the cohort, 1 is some 1,800 households at 13 regions. Prints Markdown.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / folder) for folder in ("tests/unit", "workflow", "benchmarks/growth")]

from given.many_regions import with_regions  # noqa: E402
from growth import note_jobs  # noqa: E402


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 13
    size = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    with tempfile.TemporaryDirectory() as folder:
        seconds, jobs = measured(Path(folder), regions, size)
    largest = max(jobs, key=lambda job: job["mib"])
    print("| regions | size of the cohort | jobs | s | s a study | largest job, MiB |")
    print("| ---: | ---: | ---: | ---: | ---: | --- |")
    cells = [regions, size, len(jobs), round(seconds), f"{seconds / regions:.1f}"]
    print(f"| {' | '.join(map(str, cells))} | {largest['mib']:.0f} ({largest['stage']}) |")


def measured(folder: Path, regions: int, size: float) -> tuple[float, list[dict]]:
    project, notes = folder / "project", folder / "notes"
    project.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, capture_output=True, check=True)
    subprocess.run(["tar", "-x"], input=archive.stdout, cwd=project, check=True)
    with_regions(project, regions, size=size)
    note_jobs(project)
    environment = {**os.environ, "GROWTH_NOTES": str(notes), "PYTHONPATH": str(project / "workflow")}
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "report_landelijk"]
    start = time.perf_counter()
    ran = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if ran.returncode:
        sys.exit(f"The workflow stopped.\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
    return seconds, [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
