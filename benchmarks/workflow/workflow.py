"""Whole runs of the workflow: what Snakemake adds to the library calls, a run with little to do, and many studies.

    python benchmarks/workflow/workflow.py [turns]      # the packages of the lock, R with MatchIt; 15 minutes

On two cores, in copies of this project's last commit, with the exports of the demonstration cohort; medians of the
turns (3 unless told otherwise), in which everything that is compared takes its turn. Prints Markdown.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "tests/workflow")]

from test_reruns import append, change_one_answer, replace  # noqa: E402

from effectstudie.running.job_records import earlier_seconds  # noqa: E402

TARGET = "report_groningen"
REGIONS = 13
SETTINGS = {"raw_dir": "exports", "pseudonym_key_file": "../key"}


class Copy:
    """A copy of the project that reads exports of its own."""

    def __init__(self, folder: Path, exports: Path | None = None):
        self.folder = folder
        folder.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, capture_output=True, check=True)
        subprocess.run(["tar", "-x"], input=archive.stdout, cwd=folder, check=True)
        if exports:
            shutil.copytree(exports, folder / "exports")
            config = folder / "config/config.yaml"
            text = config.read_text(encoding="utf-8")
            for key, value in SETTINGS.items():
                text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
            config.write_text(text, encoding="utf-8")

    def clean(self) -> None:
        for name in ("results", ".snakemake"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(arguments, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(arguments)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def snakemake(self, *arguments: str) -> float:
        """Seconds of a run."""
        return seconds(lambda: self.run(sys.executable, "-m", "snakemake", *arguments))

    def library_calls(self) -> list[tuple[str, float, int]]:
        """Rule, seconds and peak memory of the jobs behind the report, one after the other in one process."""
        self.clean()
        script = str(PROJECT / "benchmarks/workflow/one_process.py")
        environment = ["env", f"PYTHONPATH={self.folder / 'workflow'}", sys.executable, script, TARGET]
        return json.loads(self.run(*environment).splitlines()[-1])

    def jobs(self) -> dict[str, dict[str, float]]:
        """Rule → log → seconds of each job, as Snakemake noted them."""
        return earlier_seconds(self.folder / ".snakemake/metadata")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(turns: list[float]) -> float:
    return statistics.median(turns)


def main(turns: int) -> None:
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = Copy(folder / "demo")
        demo.snakemake("--cores", "2", "results/demo_cohort/huishoudens.sav")
        exports = demo.folder / "results/demo_cohort"
        copy, calls = Copy(folder / "copy", exports), Copy(folder / "calls", exports)
        whole_run(copy, calls, turns)
        little_to_do(copy, folder, turns)
        many_studies(copy)


def whole_run(copy: Copy, calls: Copy, turns: int) -> None:
    """A report from raw exports, beside its library calls in one process."""
    runs, floors, work, noted = [], [], {}, {}
    calls.library_calls()  # warms what reads from the disk
    for _ in range(turns):
        copy.clean()
        runs.append(copy.snakemake("--cores", "2", TARGET))
        for rule, found in copy.jobs().items():
            noted.setdefault(rule, []).append((len(found), sum(found.values())))
        jobs = calls.library_calls()
        floors.append(sum(took for _, took, _ in jobs))
        for rule in {rule for rule, _, _ in jobs}:
            work.setdefault(rule, []).append(sum(took for of, took, _ in jobs if of == rule))
    different = [path for path in sorted(copy.folder.glob("results/groningen/report/*")) if not same(path, copy, calls)]
    if different:
        sys.exit(f"Not the same bytes: {', '.join(path.name for path in different)}")
    print("| rule | jobs | of Snakemake's run, s | library calls, s |\n| --- | ---: | ---: | ---: |")
    for rule, found in sorted(noted.items(), key=lambda item: -median([took for _, took in item[1]])):
        print(f"| {rule} | {found[0][0]} | {median([took for _, took in found]):.1f} | {median(work[rule]):.1f} |")
    busy = [sum(found[turn][1] for found in noted.values()) for turn in range(turns)]
    print(f"| all | {sum(found[0][0] for found in noted.values())} | {median(busy):.1f} | {median(floors):.1f} |\n")
    ratio = median([run / floor for run, floor in zip(runs, floors, strict=True)])
    print(
        f"Whole run on two cores {median(runs):.1f} s, library calls {median(floors):.1f} s, ratio **{ratio:.2f}**.\n"
    )


def same(path: Path, copy: Copy, calls: Copy) -> bool:
    return path.read_bytes() == (calls.folder / path.relative_to(copy.folder)).read_bytes()


def little_to_do(copy: Copy, folder: Path, turns: int) -> None:
    """Nothing to do, beside Snakemake alone; then one stage after a change."""
    (folder / "empty").mkdir()
    (folder / "empty/Snakefile").touch()
    dry_run = [sys.executable, "-m", "snakemake", "-n"]

    def dry(*arguments, where):
        subprocess.run([*dry_run, *arguments], cwd=where, capture_output=True, check=True)

    nothing, empty = [], []
    for _ in range(turns + 2):
        nothing.append(seconds(lambda: dry(TARGET, where=copy.folder)))
        empty.append(seconds(lambda: dry(where=folder / "empty")))
    ratio = median([one / other for one, other in zip(nothing, empty, strict=True)])
    print("| what changed | up to | jobs | s |\n| --- | --- | ---: | ---: |")
    print(f"| nothing (`-n`) | the report | 0 | {median(nothing):.1f} |")
    print(f"| an empty Snakefile (`-n`) | | 0 | {median(empty):.1f}; ratio **{ratio:.2f}** |")
    project = copy.folder
    changes = [
        ("an answer", "scores", "score_groningen", lambda: change_one_answer(answers, "mansa_01")),
        ("an answer", "result tables", "analyse_groningen", lambda: change_one_answer(answers, "mansa_01")),
        ("an answer", "the report", TARGET, lambda: change_one_answer(answers, "mansa_01")),
        ("the caliper", "result tables", "analyse_groningen", lambda: replace(study, "caliper: 1.0", "caliper: 0.9")),
        (
            "a label",
            "tables and figures",
            "tables_groningen",
            lambda: replace(labels, "totale geweld", "al het geweld"),
        ),
        ("a text", "the report", TARGET, lambda: append(project / "resources/texts/groningen/inleiding.md", "\n")),
    ]
    answers = project / "exports/T1_volwassenen.sav"
    study, labels = project / "config/studies/groningen.yaml", project / "config/outcomes.yaml"
    for what, upto, target, change in changes:
        copy.snakemake("--cores", "2", TARGET)
        change()
        before = copy.jobs()
        took = copy.snakemake("--cores", "2", target)
        ran = [log for rule, found in copy.jobs().items() for log in found if found[log] != before[rule].get(log)]
        print(f"| {what} | {upto} | {len(ran)} | {took:.1f} |")
    print()


def many_studies(copy: Copy) -> None:
    """As many studies as there are regions in one run, beside one; the stages of the cohort run once."""
    text = (copy.folder / "config/studies/groningen.yaml").read_text(encoding="utf-8")
    studies = [f"regio{number:02}" for number in range(1, REGIONS + 1)]
    for study in studies:
        path = copy.folder / f"config/studies/{study}.yaml"
        path.write_text(text.replace("study: groningen", f"study: {study}"), encoding="utf-8")
    print("| studies | jobs | of which of the cohort | s | s a study |\n| ---: | ---: | ---: | ---: | ---: |")
    for asked in (studies[:1], studies):
        copy.clean()
        took = copy.snakemake("--cores", "2", *(f"report_{study}" for study in asked))
        ran = [log for found in copy.jobs().values() for log in found]
        shared = [log for log in ran if not re.search(r"regio\d\d", log)]
        print(f"| {len(asked)} | {len(ran)} | {len(shared)} | {took:.0f} | {took / len(asked):.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
