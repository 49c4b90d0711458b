"""How time and memory of each stage grow with the number of households.

    python benchmarks/growth/growth.py [largest]     # 1,000, 10,000, ... up to `largest`, 1,000,000 if not given

The workflow itself runs to the report, job after job, on a cohort of that size in a temporary folder ($TMPDIR; a
million households need 10 GB there and an hour). From 10,000 on the households of the study grow as the pool does: that
takes MatchIt 4.7 or newer, as older ones need all distances. Each job is a process of its own, which notes its time and
its peak of memory. Of a stage with several jobs the times are added up, and the memory is that of its largest process.
"""

import ast
import concurrent.futures
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(Path(__file__).parent)]

from cohort import write_cohort  # noqa: E402

from effectstudie.definitions.strategies import Strategy  # noqa: E402
from effectstudie.matching import match  # noqa: E402
from effectstudie.shared import r_bridge  # noqa: E402
from effectstudie.shared.yaml_files import read_yaml  # noqa: E402

SEED, STUDY = 20261121, "groningen"
SMALLEST, LARGEST = 1_000, 1_000_000
# So many households to one copy of those of the approaches: 51 of the study in 10,000, some 5,000 in a million.
TO_A_COPY = 10_200
# Below this the start of a job is most of its time.
FIXED_COST_TO = 10_000
HOOK = Path(__file__).with_name("hook.py")


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else LARGEST
    sizes = [size for power in range(3, 9) if SMALLEST <= (size := 10**power) <= largest]
    found, shares = {}, {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = measured(size, Path(folder))
            shares[size] = of_matching(Path(folder))
        # so that an hour is not lost when the next size is stopped
        print(f"{size:,} households measured\n{table(found)}", file=sys.stderr, flush=True)
    print(table(found))
    print()
    print(matching_table(shares))


def measured(size: int, folder: Path) -> pd.DataFrame:
    """A run of the workflow on `size` households: stage, jobs, seconds without imports, peak in MiB, and of imports."""
    write_cohort(PROJECT, folder / "exports", size, SEED, max(1, round(size / TO_A_COPY)))
    project = folder / "project"
    for name in ("config", "envs", "profiles", "resources", "workflow"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "Snakefile", project / "Snakefile")
    note_jobs(project)
    notes = folder / "notes"
    settings = [f"raw_dir={folder / 'exports'}", f"pseudonym_key_file={folder / 'key'}"]
    command = [sys.executable, "-m", "snakemake", "--cores", "1", f"report_{STUDY}", "--config", *settings]
    environment = {**os.environ, "GROWTH_NOTES": str(notes)}
    ran = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{size:,} households: the workflow stopped.\n{ran.stderr}")
    jobs = pd.DataFrame(map(json.loads, notes.read_text(encoding="utf-8").splitlines()))
    stages = jobs.groupby("stage", sort=False).agg(jobs=("mib", "size"), seconds=("seconds", "sum"), mib=("mib", "max"))
    imports = pd.DataFrame([imported(project, stage, folder) for stage in stages.index]).set_index("stage")
    stages = stages.join(imports.add_prefix("import_"))
    return stages.assign(seconds=stages["seconds"] - stages["jobs"] * stages["import_seconds"])


def note_jobs(project: Path) -> None:
    """Have each job of a copy of the project write what it took to the file GROWTH_NOTES."""
    with (project / "workflow/sitecustomize.py").open("a", encoding="utf-8") as file:
        file.write("\n\n" + HOOK.read_text(encoding="utf-8"))


def imported(project: Path, stage: str, folder: Path) -> dict:
    """Time and memory of a process that does nothing but what the script of a stage imports."""
    script = ast.parse((project / f"workflow/scripts/{stage}.py").read_text(encoding="utf-8"))
    only = ast.Module([one for one in script.body if isinstance(one, ast.Import | ast.ImportFrom)], type_ignores=[])
    idle, notes = folder / f"tmp.{stage}.py", folder / "idle"
    idle.write_text(ast.unparse(only), encoding="utf-8")
    notes.unlink(missing_ok=True)
    path = str(project / "workflow")
    subprocess.run(
        [sys.executable, str(idle)], check=True, env={**os.environ, "PYTHONPATH": path, "GROWTH_NOTES": str(notes)}
    )
    return json.loads(notes.read_text(encoding="utf-8"))


def of_matching(folder: Path) -> dict:
    """Seconds of the selected matching in a process of its own: all of it, R's score model, and R's MatchIt."""
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_match, folder / f"project/results/{STUDY}/select/households.parquet").result()


def _match(path: Path) -> dict:
    households = pd.read_parquet(path)
    chosen = read_yaml(PROJECT / f"config/studies/{STUDY}.yaml")["matching"]
    r_bridge.versions()  # starts R
    seconds = dict.fromkeys(("fit_propensity", "match_nearest"), 0.0)
    for name in seconds:
        setattr(r_bridge, name, _timed(getattr(r_bridge, name), name, seconds))
    start = time.perf_counter()
    match.match_households(households, Strategy.of(chosen["strategies"][chosen["selected"]]), SEED)
    return {"candidates": len(households), "all": time.perf_counter() - start, **seconds}


def _timed(function, name: str, seconds: dict):
    def timed(*arguments, **options):
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            seconds[name] += time.perf_counter() - start

    return timed


def table(found: dict[int, pd.DataFrame]) -> str:
    """Of each stage: imports, then time and peak of memory by size, and by which power of the size its time grows."""
    sizes = list(found)
    grown = [size for size in sizes if size >= FIXED_COST_TO]
    header = ["stage", "imports, s / MiB", *(f"{size:,}, s / MiB" for size in sizes), "last exponent", "exponent"]
    lines = [f"| {' | '.join(header)} |", f"| --- |{' ---: |' * (len(header) - 1)}"]
    for stage, row in found[sizes[-1]].iterrows():
        seconds = {size: found[size].at[stage, "seconds"] for size in sizes}
        cells = [f"{found[size].at[stage, 'seconds']:.2f} / {found[size].at[stage, 'mib']:,.0f}" for size in sizes]
        name = f"{stage} ({row['jobs']:.0f} jobs)" if row["jobs"] > 1 else stage
        imports = f"{row['import_seconds']:.2f} / {row['import_mib']:,.0f}"
        powers = [exponent(seconds, sizes[-2:]), exponent(seconds, grown)]
        lines.append(f"| {' | '.join([name, imports, *cells, *powers])} |")
    return "\n".join(lines)


def exponent(seconds: dict[int, float], sizes: list[int]) -> str:
    """Slope of log time on log size, by least squares."""
    if len(sizes) < 2:
        return ""
    return f"{np.polyfit(np.log(sizes), np.log([seconds[size] for size in sizes]), 1)[0]:.2f}"


def matching_table(shares: dict[int, dict]) -> str:
    lines = ["| households | candidates | MatchIt, s | score model (R's glm), s | ours, s | our share |"]
    lines += [f"| {' | '.join(['---:'] * 6)} |"]
    for size, one in shares.items():
        ours = one["all"] - one["fit_propensity"] - one["match_nearest"]
        lines.append(
            f"| {size:,} | {one['candidates']:,} | {one['match_nearest']:.2f} | {one['fit_propensity']:.2f} | "
            f"{ours:.2f} | {ours / one['all']:.0%} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
