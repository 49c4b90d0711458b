"""Simulated studies with a known truth, through the functions of a study, into results/ and docs/simulaties.md.

    python benchmarks/statistics/simulation/run.py [studies]     # 28; docs/simulaties.md says what was simulated

Each study has eight outcomes of each condition, on one matching; where T0 is matched on, on a matching of its own.
"""

import os
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(library, "1")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(FOLDER.parent)]

from effectstudie.shared.errors import MatchingError  # noqa: E402
from simulation import generator  # noqa: E402
from simulation.conditions import CONDITIONS, DESIGNS, PLAN, Condition, Design  # noqa: E402
from simulation.page import write_page  # noqa: E402
from simulation.study import analyse, match  # noqa: E402
from simulation.summary import of_analyses, of_judgements  # noqa: E402

STUDIES, OUTCOMES = 28, 8
# Purposes of random numbers; a condition adds its place.
HOUSEHOLDS, ORDER, OF_CONDITION = 0, 1, 10
Tables = dict[str, list[pd.DataFrame]]


def simulate(design: Design, names: Sequence[str], study: int) -> Tables:
    """All outcomes of one study of a design: analyses, judgements, moderation, a table each condition."""
    place = list(DESIGNS).index(design.name)
    of = generator.households(design, generator.stream(place, study, HOUSEHOLDS))
    shared = None
    found: Tables = {"analyses": [], "judgements": [], "moderation": []}
    for name in names:
        condition = CONDITIONS[name]
        rng = generator.stream(place, study, OF_CONDITION + list(CONDITIONS).index(name))
        drawn = draw(condition, of, rng)
        order = generator.stream(place, study, ORDER)
        if condition.matched_on_start:
            matched = match(design, of, mean_start(drawn), order)
        else:
            matched = shared = shared or match(design, of, None, order)
        tables = analyse(condition, of, drawn, matched)
        for kind, rows in found.items():
            rows.append(getattr(tables, kind).assign(condition=name, design=design.name, study=study))
    return found


def draw(condition: Condition, of: generator.Households, rng: np.random.Generator) -> generator.Outcomes:
    household = generator.adults(condition, of, rng)
    start = generator.starts(condition, of, household, 1 if condition.matched_on_start else OUTCOMES, rng)
    return generator.outcomes(condition, of, household, start, OUTCOMES, rng)


def mean_start(drawn: generator.Outcomes) -> np.ndarray:
    """The mean of T0 of each household."""
    return np.bincount(drawn.household, drawn.waves[0, :, 0]) / np.bincount(drawn.household)


def one_round(study: int) -> Tables:
    """One study of every design. One of which nobody can be matched has no outcomes, and is left out."""
    found: Tables = {}
    for name, conditions in PLAN.items():
        try:
            tables = simulate(DESIGNS[name], conditions, study)
        except MatchingError as error:
            print(f"{name}, study {study}: {error}", file=sys.stderr)
            continue
        for kind, rows in tables.items():
            found.setdefault(kind, []).extend(rows)
    return found


def write(rounds: Sequence[Tables], folder: Path) -> None:
    """The CSV of what many studies say."""
    for kind, summarise in (("analyses", of_analyses), ("judgements", of_judgements), ("moderation", of_analyses)):
        rows = pd.concat([table for one in rounds for table in one[kind] if len(table)], ignore_index=True)
        summarise(rows).to_csv(folder / f"{kind}.csv", index=False, float_format="%.6g", lineterminator="\n")


def main(studies: int) -> None:
    warnings.simplefilter("ignore")
    start = time.process_time()
    rounds = []
    for study in range(studies):
        rounds.append(one_round(study))
        print(f"study {study + 1} of {studies}, {time.process_time() - start:.0f} s", file=sys.stderr, flush=True)
    write(rounds, FOLDER / "results")
    write_page(FOLDER / "results", PROJECT / "docs/simulaties.md")
    cells, minutes = sum(map(len, PLAN.values())), (time.process_time() - start) / 60
    print(
        f"{studies} studies of {len(PLAN)} designs, {cells} cells of {studies * OUTCOMES} outcomes: {minutes:.0f} "
        "minutes of one core."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES)
