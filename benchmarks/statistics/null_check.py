"""Errors of the analyses on simulated cohorts: how often they see an effect that is not there, and how well they
recover one that is.

    python benchmarks/statistics/null_check.py [cohorts]

Two adults a household, T0 and follow-up, 10 and 25 or 5 and 12 households in the groups. Every measurement is a part
that stays and a part that changes, of equal variance, so that T0, follow-up and change have an SD of 1; `icc` is the
share of each part that the two adults have in common. Counts (negative binomial) and yes/no outcomes are quantiles of
the same numbers, so that their effects are known exactly. Matched sets of one approach household and two or three
controls are drawn at random. All cohorts of a design are the outcomes of one call of the study's sensitivity analyses.
Known effects only with households alike, in half as many cohorts; counts and yes/no in 15 %.
"""

import sys
import time
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special, stats

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "workflow"))

from effectstudie.analysis.sensitivity import sensitivity  # noqa: E402
from effectstudie.definitions.outcomes import outcomes_from  # noqa: E402
from effectstudie.methods.means import percentage_ci  # noqa: E402
from effectstudie.shared.vocabulary import WAVES  # noqa: E402

SEED = 20261122
DESIGNS = [(10, 25, 0.0), (10, 25, 0.3), (5, 12, 0.0), (5, 12, 0.3)]
NAMES = [f"{approach}/{control}, ICC {icc:g}" for approach, control, icc in DESIGNS]
SPECS = {
    "measure": {"unit": "adult", "kind": "mean"},
    "count": {"unit": "adult", "kind": "mean", "counts": True},
    "yes/no": {"unit": "adult", "kind": "percentage"},
}
EFFECTS = {"measure": 0.5, "count": log(0.5), "yes/no": log(0.5)}  # SD, log rate ratio, log odds ratio
COUNTS = (20.0, 12.0)  # means at T0 and follow-up
SIZE = 0.5  # of the negative binomial: variance = mean + mean^2 / size
CHANCES = (0.4, 0.3)  # of yes
ANALYSES = {
    "main": "mixed ANOVA (published)",
    "household_means": "household means, Welch",
    "cr2": "CR2",
    "random_intercept": "random intercept, REML",
    "matching_weights": "CR2, matching weights",
    "ancova": "ANCOVA, CR2",
    "gee": "GEE",
}


@dataclass(frozen=True)
class Cohorts:
    """`values`: cohort x person x wave; `persons`: what all cohorts have in common, a row a person."""

    values: np.ndarray
    persons: pd.DataFrame


def simulate(kind: str, design: tuple[int, int, float], effect: float, cohorts: int) -> Cohorts:
    approach, control, icc = design
    households = approach + control
    number = [list(SPECS).index(kind), DESIGNS.index(design), int(effect != 0)]
    rng = np.random.default_rng([SEED, *number])
    # parts: one that stays, and one each wave
    common = rng.standard_normal((cohorts, households, 1, 3))
    own = rng.standard_normal((cohorts, households, 2, 3))
    parts = (sqrt(icc) * common + sqrt(1 - icc) * own).reshape(cohorts, 2 * households, 3) * sqrt(0.5)
    z = parts[:, :, :1] + parts[:, :, 1:]
    sets = np.concatenate([np.arange(approach), np.arange(control) % approach])
    treated = np.arange(households) < approach
    controls = np.bincount(sets) - 1
    weight = np.where(treated, 1.0, control / approach / controls[sets])
    persons = pd.DataFrame({
        "household": np.arange(households), "group": np.where(treated, "approach", "control"),
        "weight": weight, "subclass": sets,
    }).loc[np.repeat(np.arange(households), 2)].reset_index(drop=True)  # fmt: skip
    moved = np.zeros((2 * households, 2))
    moved[np.repeat(treated, 2), 1] = effect
    if kind == "measure":
        return Cohorts(z + moved, persons)
    if kind == "count":
        means = np.array(COUNTS) * np.exp(moved)
        found = stats.nbinom.ppf(special.ndtr(z), SIZE, SIZE / (SIZE + means))
        return Cohorts(found, persons)
    chances = special.expit(special.logit(np.array(CHANCES)) + moved)
    return Cohorts(100.0 * (z < special.ndtri(chances)), persons)


def analyse(kind: str, cohorts: Cohorts) -> pd.DataFrame:
    """Every analysis of every cohort."""
    persons = cohorts.persons.assign(unit_id=[f"p{row:03d}" for row in range(len(cohorts.persons))])
    names = [f"c{number}" for number in range(len(cohorts.values))]
    of_cohort = zip(names, cohorts.values, strict=True)
    pairs = {name: persons.assign(T0=x[:, 0], follow_up=x[:, 1]) for name, x in of_cohort}
    nobody = pairs[names[0]].iloc[:0]  # without an analysis of all waves, which are two here
    outcomes = outcomes_from(dict.fromkeys(names, SPECS[kind]))
    return sensitivity(
        pairs=pairs, others={}, all_waves=dict.fromkeys(names, nobody), outcomes=outcomes, waves=WAVES, variants={},
        effects={}, without_t0={},
    )  # fmt: skip


def share(p: pd.Series) -> str:
    """Share of p < .05 among the defined, with its 95 % interval, and how many are not defined."""
    known = p.dropna()
    if known.empty:
        return "all undefined"
    low, high = (limit / 100 for limit in percentage_ci(int((known < 0.05).sum()), len(known)))
    cell = f"{short((known < 0.05).mean())} ({short(low)}-{short(high)})"
    return cell + (f"; {p.isna().mean():.1%} undefined" if p.isna().any() else "")


def short(x: float, digits: int = 3) -> str:
    return f"{x:.{digits}f}".replace("0.", ".", 1) if abs(x) < 1 else f"{x:.{digits}f}"


def table(head: list[str], rows: list[list[str]], left: int = 1) -> None:
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join(["---"] * left + ["---:"] * (len(head) - left)) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def null(kind: str, cohorts: int) -> None:
    found = [analyse(kind, simulate(kind, design, 0.0, cohorts)) for design in DESIGNS]
    rows = []
    for analysis, name in ANALYSES.items():
        p = [result.loc[result["analysis"] == analysis, "p"] for result in found]
        if len(p[0]):
            rows.append([name, *map(share, p)])
    print(f"No effect, {kind}: share of p < .05 of {cohorts:,} cohorts\n")
    table([kind, *NAMES], rows)


def truth(kind: str, analysis: str) -> float:
    """The effect in the unit of the analysis."""
    effect = EFFECTS[kind]
    if kind == "measure" or analysis == "gee":
        return effect
    if kind == "count":
        return COUNTS[1] * (np.exp(effect) - 1)
    return 100 * (special.expit(special.logit(CHANCES[1]) + effect) - CHANCES[1])


def recovery(kind: str, analyses: list[str], cohorts: int) -> list[list[str]]:
    rows = []
    for name, design in zip(NAMES, DESIGNS, strict=True):
        if not design[2]:
            continue
        result = analyse(kind, simulate(kind, design, EFFECTS[kind], cohorts))
        for analysis in analyses:
            mine = result[result["analysis"] == analysis]
            known, true = mine.dropna(subset="p"), truth(kind, analysis)
            value = known["value"]
            covered = (known["ci_low"] <= true) & (true <= known["ci_high"])
            low, high = (limit / 100 for limit in percentage_ci(int(covered.sum()), len(known)))
            rows.append([
                kind, name, ANALYSES[analysis], f"{true:.3f}", f"{value.mean():.3f}",
                f"{value.mean() - true:+.3f} ({value.std() / sqrt(len(value)):.3f})",
                f"{value.std():.3f}", f"{sqrt((known['se'] ** 2).mean()):.3f}",
                f"{short(covered.mean())} ({short(low)}-{short(high)})", f"{short((known['p'] < 0.05).mean(), 2)}",
                f"{mine['p'].isna().mean():.1%}",
            ])  # fmt: skip
    return rows


def main(cohorts: int) -> None:
    start = time.perf_counter()
    few, half = max(cohorts * 15 // 100, 2), max(cohorts // 2, 2)
    null("measure", cohorts)
    null("count", few)
    null("yes/no", few)
    rows = recovery("measure", [name for name in ANALYSES if name != "gee"], half)
    rows += recovery("count", ["main", "gee"], few) + recovery("yes/no", ["main", "gee"], few)
    print(f"A known effect, {half:,} cohorts ({few:,} of counts and yes/no; GEE on the log scale)\n")
    head = ["outcome", "design", "analysis", "true", "mean", "bias (its SE)", "SD", "SE", "coverage of 95 %", "power"]
    table([*head, "undefined"], rows, left=3)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
