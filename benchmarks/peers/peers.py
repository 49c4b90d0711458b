"""The report of Groningen from raw exports, beside one R script that does the whole job: peers.R.

    python benchmarks/peers/peers.py [turns]

Both are whole processes and read the same .sav files; one after the other, on one core, and again on two (3 turns
unless told otherwise). The numbers that both make must agree to 1e-8, or the benchmark stops and names them. Needs
haven, psych, MatchIt, afex, clubSandwich, ggplot2, rmarkdown, openssl and yaml in R, pandoc, and LaTeX for the PDF: in
Debian r-cran-… and texlive-latex-recommended, texlive-fonts-recommended, lmodern.
"""

import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT / "workflow"), str(PROJECT / "benchmarks")]

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from project import TARGET, with_exports  # noqa: E402
from timing import TURNS, Taken, middle, ratio, whole_process  # noqa: E402

from effectstudie.privacy.pseudonyms import pseudonym  # noqa: E402

R, OURS = "R script", "ours"
AGREE = 1e-8
# Numbers under this are 0 but for rounding: differences of equal means.
NOTHING = 1e-12
PLACES = ["outcome", "group", "wave"]
INTERVAL = ["ci_low", "ci_high"]


def main(turns: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = with_exports(folder / "project")
        made = folder / "made"
        made.mkdir()
        script = ["Rscript", Path(__file__).with_name("peers.R"), copy.folder, copy.folder / "exports", made]
        print("| cores | | CPU, s | wall, s | peak, MiB |\n| ---: | --- | ---: | ---: | ---: |")
        for cores in (1, 2):
            taken: dict[str, list[Taken]] = {R: [], OURS: []}
            for _ in range(turns):
                copy.clean()
                taken[OURS].append(copy.snakemake(TARGET, cores=cores))
                taken[R].append(whole_process(script, cores, folder, {"OPENBLAS_NUM_THREADS": str(cores)}))
                compared = compare(made, copy.folder / "results", (folder / "key").read_bytes().strip())
            shown(cores, taken)
        print(f"\nThe same in both, to {AGREE:g}: {compared}.\n")
        stages(made)


def shown(cores: int, taken: dict[str, list[Taken]]) -> None:
    for name, turns in taken.items():
        cpu, wall, mib = ([getattr(turn, part) for turn in turns] for part in Taken._fields)
        print(f"| {cores} | {name} | {middle(cpu)} | {middle(wall)} | {max(mib):.0f} |")
    cpu, wall = (ratio(*([getattr(turn, part) for turn in taken[of]] for of in (OURS, R))) for part in ("cpu", "wall"))
    mib = max(turn.mib for turn in taken[OURS]) / max(turn.mib for turn in taken[R])
    print(f"| {cores} | {OURS} / {R} | {cpu} | {wall} | {mib:.2f} |", flush=True)


def stages(made: Path) -> None:
    """Where the R script spends its time, in its last turn."""
    print("| stage of the R script | s |\n| --- | ---: |")
    for row in pd.read_csv(made / "seconds.csv").itertuples():
        print(f"| {row.stage} | {row.seconds:.1f} |")
    versions = pd.read_csv(made / "versions.csv", dtype=str)
    print(f"\n{', '.join(versions['package'] + ' ' + versions['version'])}.")


def compare(made: Path, results: Path, key: bytes) -> str:
    """What was compared, in words; stops where R has another number. `made`: of R; `results`: of the workflow."""
    study = results / "groningen"
    analysis = {name: pd.read_csv(study / f"analysis/{name}.csv") for name in ("descriptives", "tests", "estimates")}
    tests, levels = analysis["tests"], pd.read_csv(study / "analysis/levels.csv")
    means = analysis["descriptives"].query("outcome != 'participation'")
    anova = tests[tests["analysis"] == "mixed_anova"]
    once = tests[tests["analysis"].isin(["t_test", "chi_squared", "fisher_exact"])]
    once = once.assign(group=once["group"].fillna("approach|control"))
    # of problems that are background or outcomes at T0 only, the difference of the two groups stands there twice
    once = once.rename(columns={"analysis": "test"}).drop_duplicates(PLACES)
    reliability = pd.concat([pd.read_csv(path) for path in sorted(results.glob("cohort/score/*_reliability.csv"))])
    matchings(made, study, key)
    parts = {
        "differences between the groups before and after matching": balance(made, study),
        "numbers of participants": same(
            made / "participation.csv",
            analysis["descriptives"].query("outcome == 'participation'"),
            ["unit", "group", "wave"],
            ["n"],
        ),
        "sizes, means, SDs and intervals of outcomes and scales": same(
            made / "descriptives.csv", means, PLACES, ["n", "mean", "sd", *INTERVAL]
        ),
        "the same of who has both measurements, and the change": same(
            made / "levels.csv", in_rows(levels), PLACES, ["n", "mean", "sd", *INTERVAL, "change"]
        ),
        "F, p and partial eta squared of mixed ANOVAs": same(
            made / "anova.csv", anova, ["outcome", "effect"], ["n", "value", "p", "effect_value"]
        ),
        "p of changes within a group": same(
            made / "within.csv", tests[tests["analysis"] == "paired_t"], ["outcome", "group"], ["p"]
        ),
        "tests of differences at one measurement": same(
            made / "differences.csv", once, [*PLACES, "test"], ["value", "p"]
        ),
        "adjusted effects with their error, df, p and interval": same(
            made / "effects.csv",
            analysis["estimates"],
            ["outcome"],
            ["n_approach", "n_control", "value", "se", "df", "p", *INTERVAL],
        ),
        "Cronbach's alphas": same(
            made / "reliability.csv",
            reliability[reliability["wave"] == "T0"],
            ["instrument", "scale", "form"],
            ["n", "alpha"],
        ),
    }
    # without how many households these are, which a report may hide
    numbered = (f"{number:,} {what}" for what, number in parts.items())
    return ", ".join(["the matched households with their sets and weights, of two matchings", *numbered])


def same(path: Path, own: pd.DataFrame, keys: list[str], columns: list[str]) -> int:
    """How many rows agree; all must, and be of the same keys."""
    theirs = pd.read_csv(path).set_index(keys)[columns]
    own = own.set_index(keys)[columns]
    if set(own.index) != set(theirs.index) or not own.index.is_unique:
        other = sorted(map(str, set(own.index) ^ set(theirs.index)))
        sys.exit(f"{path.name}: not of the same {', '.join(keys)}: {'; '.join(other[:10])}.")
    theirs = theirs.reindex(own.index)
    agree = np.isclose(own.astype(float), theirs.astype(float), rtol=AGREE, atol=NOTHING, equal_nan=True)
    if not agree.all():
        apart = own[~agree.all(axis=1)].join(theirs, rsuffix=" of R").head(10)
        sys.exit(f"{path.name}: not the numbers of R.\n{apart.to_string()}")
    return len(own)


def in_rows(levels: pd.DataFrame) -> pd.DataFrame:
    """The levels of means and percentages, a row a measurement."""
    levels = levels[levels["change"].notna()]
    waves = {"t0": "T0", "follow_up": "follow_up"}
    names = ["mean", "sd", *INTERVAL]
    return pd.concat([
        levels[["outcome", "group", "n", "change"]].assign(
            wave=wave, **{name: levels[f"{name}_{end}"] for name in names}
        )
        for end, wave in waves.items()
    ])  # fmt: skip


def matchings(made: Path, study: Path, key: bytes) -> None:
    """Sets may have other numbers, but must have the same households."""
    for path in sorted(made.glob("strategy_?.csv")):
        own = pd.read_parquet(study / f"matching/{path.stem}/matched.parquet").set_index("household")
        theirs = pd.read_csv(path)
        theirs.index = [pseudonym(f"household:{name}", key) for name in theirs["household"]]
        theirs = theirs.reindex(own.index)
        sets = pd.DataFrame({"own": own["subclass"], "theirs": theirs["subclass"]})
        alike = sets.drop_duplicates()["own"].is_unique and sets.drop_duplicates()["theirs"].is_unique
        if len(own) != len(pd.read_csv(path)) or not alike or not np.allclose(own["weight"], theirs["weight"]):
            sys.exit(f"{path.name}: not the matched households of R.")


def balance(made: Path, study: Path) -> int:
    number = 0
    for path in sorted(made.glob("balance_*.csv")):
        own = pd.read_csv(study / f"matching/{path.stem.removeprefix('balance_')}/balance.csv")
        own = own.pivot(index="covariate", columns="sample", values="smd").reset_index()
        own = own.rename(columns={"all": "before", "matched": "after"})
        known = pd.read_csv(path)["covariate"]
        number += same(path, own[own["covariate"].isin(known)], ["covariate"], ["before", "after"])
    return number


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TURNS)
