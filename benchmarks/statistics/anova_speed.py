"""Time of the mixed ANOVA (type III) of 20 outcomes, beside afex in R and pingouin where it can be imported.

    python benchmarks/statistics/anova_speed.py

55 persons in two groups, 2 waves, some values missing. All analyse the same tables in memory, the median of three
turns. F and p of the three effects must agree with afex to 1e-8.
"""

import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

from timing import median_time  # noqa: E402

from effectstudie.methods.anova import mixed_anova  # noqa: E402

OUTCOMES = [f"y{number:02d}" for number in range(1, 21)]
SIZES = {"approach": 14, "control": 41}
EFFECTS = ["group", "time", "interaction"]
MISSING = 0.05
AGREE = 1e-8
Figures = dict[tuple[str, str], tuple[float, float]]


def persons() -> pd.DataFrame:
    """A row a person: person, group, and two columns an outcome."""
    rng = np.random.default_rng(20261122)
    group = np.repeat(list(SIZES), list(SIZES.values()))
    n = len(group)
    columns = {"person": [f"p{number:02d}" for number in range(n)], "group": group}
    for outcome in OUTCOMES:
        level = rng.normal(20, 5, n)
        for wave in (0, 1):
            x = level + rng.normal(0, 4, n) - wave * rng.uniform(0, 3) * (1 + (group == "approach"))
            columns[f"{outcome}_{wave}"] = np.where(rng.random(n) < MISSING, np.nan, x)
    return pd.DataFrame(columns)


def ours(table: pd.DataFrame) -> tuple[Figures, float]:
    def work() -> dict:
        return {name: mixed_anova(table, "person", "group", [f"{name}_0", f"{name}_1"]) for name in OUTCOMES}

    seconds, found = median_time(work), work()
    effects = {(name, effect): found[name].effects[effect] for name in OUTCOMES for effect in EFFECTS}
    return {key: (effect.f, effect.p) for key, effect in effects.items()}, seconds


def afex(table: pd.DataFrame) -> tuple[Figures, float, str]:
    with tempfile.TemporaryDirectory() as folder:
        table.to_csv(Path(folder) / "persons.csv", index=False, float_format="%.17g")
        facts = json.loads(subprocess.check_output(["Rscript", str(Path(__file__).with_name("afex.R")), folder]))
        found = pd.read_csv(Path(folder) / "afex.csv", dtype=str)
    figures = {(row.outcome, row.effect): (float(row.f), float(row.p)) for row in found.itertuples()}
    return figures, facts["seconds"], facts["version"]


def of_pingouin(table: pd.DataFrame) -> tuple[Figures, float, str] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pingouin
    except ImportError:
        return None
    tables = {}
    for name in OUTCOMES:
        waves = {f"{name}_0": 0, f"{name}_1": 1}
        columns = table[["person", "group", *waves]].rename(columns=waves)
        tables[name] = columns.melt(["person", "group"], var_name="wave", value_name="y")

    def work() -> dict:
        of = {"dv": "y", "within": "wave", "subject": "person", "between": "group"}
        return {name: pingouin.mixed_anova(long, **of) for name, long in tables.items()}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seconds, found = median_time(work), work()
    sources = {"group": "group", "wave": "time", "Interaction": "interaction"}
    figures = {}
    for name, result in found.items():
        p = next(column for column in result.columns if column.replace("-", "_") == "p_unc")
        for _, row in result.iterrows():
            figures[name, sources[row["Source"]]] = (row["F"], row[p])
    return figures, seconds, pingouin.__version__


def apart(first: Figures, second: Figures, effect: str) -> float:
    """Largest difference of F and p of an effect, as a share."""
    keys = [(name, effect) for name in OUTCOMES]
    a, b = (np.array([figures[key] for key in keys]) for figures in (first, second))
    return float((np.abs(a - b) / np.abs(b)).max())


def main() -> None:
    table = persons()
    complete = [int(table[[f"{name}_0", f"{name}_1"]].notna().all(axis=1).sum()) for name in OUTCOMES]
    print(f"{len(OUTCOMES)} outcomes, {len(table)} persons in two groups, 2 waves; complete: "
          f"{min(complete)} to {max(complete)} persons an outcome\n")  # fmt: skip
    own, seconds = ours(table)
    theirs, of_afex, version = afex(table)
    rows = [("ours", seconds, {}), (f"afex {version}", of_afex, theirs)]
    third = of_pingouin(table)
    if third is None:
        print("pingouin is not installed here: left out.\n")
    else:
        rows.append((f"pingouin {third[2]}", third[1], third[0]))
    print("| | s an outcome | ratio | F and p of group apart | of time | of interaction |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, taken, figures in rows:
        gaps = [f"{apart(own, figures, effect):.0e}" if figures else "" for effect in EFFECTS]
        print(f"| {name} | {taken / len(OUTCOMES):.4f} | {taken / seconds:.1f} | {' | '.join(gaps)} |")
    largest = max(apart(own, theirs, effect) for effect in EFFECTS)
    if not largest <= AGREE:
        sys.exit(f"F or p is not that of afex: {largest:.1e} apart, at most {AGREE:g} is allowed")


if __name__ == "__main__":
    main()
