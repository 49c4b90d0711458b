"""Whole runs of the workflow as processes, beside the commit before they were made faster, and what the work needs.

    python benchmarks/workflow/workflow.py [turns]      # the packages of the lock, R with MatchIt; see README.md

On one core and on two, of this project's last commit and of BEFORE, which has an environment of its own. Each reads the
exports of its own demonstration cohort, for the earlier refuses a code that was added since. What is compared takes its
turn one after the other (3 turns unless told otherwise): medians, with the lowest and highest. Prints Markdown.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

import pyreadstat  # noqa: E402
from floor import floor  # noqa: E402
from project import TARGET, Copy, change_one_answer, with_exports  # noqa: E402
from timing import TURNS, Taken, middle, ratio, whole_process  # noqa: E402

from effectstudie.running.job_records import earlier_seconds  # noqa: E402

BEFORE = "4cf323d"
CHANGED = "exports/T1_volwassenen.sav"


def main(turns: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        now, before = with_exports(folder / "now"), with_exports(folder / "before", BEFORE)
        for name, copy in (("now", now), (BEFORE, before)):
            print(f"{name}: {cells_of(copy)}.")
        print()
        on_one = runs(now, before, turns)
        needed(now, folder, on_one, turns)
        jobs(now)
        changes(now)


def cells_of(copy: Copy) -> str:
    """How large the exports are."""
    files = sorted((copy.folder / "exports").glob("*.sav"))
    about = [pyreadstat.read_sav(path, metadataonly=True)[1] for path in files]
    rows = sum(of.number_rows for of in about)
    cells = sum(of.number_rows * of.number_columns for of in about)
    return f"{rows:,} rows, {cells:,} cells in {len(files)} exports"


def runs(now: Copy, before: Copy, turns: int) -> list[Taken]:
    """A report from exports, after a changed answer and with nothing to do, on one core and two: those of the first."""
    empty = now.folder.parent / "empty"
    empty.mkdir()
    (empty / "Snakefile").touch()
    print(f"| | cores | | CPU, s | wall, s | peak, MiB |\n| --- | ---: | --- | {' | '.join(['---:'] * 3)} |")
    first = []
    for cores in (1, 2):
        for what, run in (("report from exports", from_exports), ("report after one answer changed", an_answer)):
            taken = in_turn({"now": partial(run, now, cores), BEFORE: partial(run, before, cores)}, turns)
            compared(what, cores, taken)
            first = first or taken["now"]
    nothing = [now.python, "-m", "snakemake", "--cores", "1"]
    taken = in_turn({
        "now": partial(now.snakemake, TARGET, cores=1),
        BEFORE: partial(before.snakemake, TARGET, cores=1),
        "an empty Snakefile": partial(whole_process, nothing, 1, empty),
    }, turns + 2)  # fmt: skip
    compared("nothing to do", 1, taken)
    print()
    return first


def from_exports(copy: Copy, cores: int) -> Taken:
    copy.clean()
    return copy.snakemake(TARGET, cores=cores)


def an_answer(copy: Copy, cores: int) -> Taken:
    change_one_answer(copy.folder / CHANGED, "mansa_01")
    return copy.snakemake(TARGET, cores=cores)


def in_turn(works: Mapping[str, Callable[[], Taken]], turns: int) -> dict[str, list[Taken]]:
    """What each took, one after the other, and again."""
    taken = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            taken[name].append(work())
    return taken


def compared(what: str, cores: int, taken: Mapping[str, Sequence[Taken]]) -> None:
    """A row of each, and of the ratios of the first to the others."""
    (first, own), *others = taken.items()
    for name, turns in taken.items():
        cpu, wall, mib = ([getattr(turn, part) for turn in turns] for part in Taken._fields)
        print(f"| {what} | {cores} | {name} | {middle(cpu)} | {middle(wall)} | {max(mib):.0f} |")
    for name, turns in others:
        cpu, wall = (ratio(*([getattr(turn, part) for turn in of] for of in (own, turns))) for part in ("cpu", "wall"))
        mib = max(turn.mib for turn in own) / max(turn.mib for turn in turns)
        print(f"| {what} | {cores} | {first} / {name} | {cpu} | {wall} | {mib:.2f} |", flush=True)


def needed(now: Copy, folder: Path, on_one: Sequence[Taken], turns: int) -> None:
    """The floor, and how far above it a run from exports is, both on one core."""
    parts = floor(now, folder, turns)
    print("| what the report needs | CPU, s |\n| --- | ---: |")
    for name, seconds in parts.items():
        print(f"| {name} | {middle(seconds, 2)} |")
    sums = [sum(of) for of in zip(*parts.values(), strict=True)]
    print(f"| together | {middle(sums, 2)} |")
    print(f"| a report from exports, on one core as well | {middle([turn.cpu for turn in on_one])} |")
    print(f"| ratio | {ratio([turn.cpu for turn in on_one], sums)} |\n", flush=True)


def jobs(now: Copy) -> None:
    """Where a run on one core spends its time."""
    taken = from_exports(now, 1)
    found = {rule: list(of.values()) for rule, of in earlier_seconds(now.folder / ".snakemake/metadata").items()}
    print("| rule | jobs | s |\n| --- | ---: | ---: |")
    for rule, of in sorted(found.items(), key=lambda item: -sum(item[1])):
        print(f"| {rule} | {len(of)} | {sum(of):.1f} |")
    busy = sum(sum(of) for of in found.values())
    print(f"| all jobs | {sum(map(len, found.values()))} | {busy:.1f} |")
    print(f"| Snakemake before, between and after them | | {taken.wall - busy:.1f} |\n", flush=True)


def changes(now: Copy) -> None:
    """What is made again after a change, and how long it takes on two cores; one turn."""
    folder = now.folder

    def edit(path: str, old: str, new: str) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    asked = [
        ("an answer", "scores", "score_groningen", lambda: change_one_answer(folder / CHANGED, "mansa_01")),
        ("an answer", "result tables", "analyse_groningen", lambda: change_one_answer(folder / CHANGED, "mansa_01")),
        ("the caliper", "result tables", "analyse_groningen",
         lambda: edit("config/studies/groningen.yaml", "caliper: 1.0", "caliper: 0.9")),
        ("a label", "tables and figures", "tables_groningen",
         lambda: edit("config/outcomes.yaml", "totale geweld", "al het geweld")),
        ("a text", "the report", TARGET,
         lambda: edit("resources/texts/groningen/inleiding.md", "geeft rust", "brengt rust")),
    ]  # fmt: skip
    print("| what changed | up to | jobs | CPU, s | wall on two cores, s |\n| --- | --- | ---: | ---: | ---: |")
    for what, upto, target, change in asked:
        now.snakemake(TARGET, cores=2)
        change()
        records = folder / ".snakemake/metadata"
        earlier = earlier_seconds(records)
        taken = now.snakemake(target, cores=2)
        ran = [log for rule, of in earlier_seconds(records).items() for log in of if of[log] != earlier[rule].get(log)]
        print(f"| {what} | {upto} | {len(ran)} | {taken.cpu:.1f} | {taken.wall:.1f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS)
