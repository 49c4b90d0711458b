"""What docs/zelf-rekenen.md tells analysts to type in R gives the numbers of the result tables."""

import re
import subprocess

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented
from given.own_study import OUTCOMES, WAVES, WORDS, at_each_wave, layout, long, persons
from given.paths import ROOT

from effectstudie.analysis.effect.table import effects_of
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.own_analysis.table import table_of_unit
from effectstudie.own_analysis.variables import variables_of
from effectstudie.own_analysis.write import write_data
from effectstudie.shared.storage import write_csv

BLOCKS = re.findall(r"^```r\n(.*?)^```", (ROOT / "docs/zelf-rekenen.md").read_text(encoding="utf-8"), re.M | re.S)
PLAIN = [block for block in BLOCKS if "library(" not in block]
(AFEX,) = (block for block in BLOCKS if "library(afex)" in block)
(CLUSTERED,) = (block for block in BLOCKS if "library(clubSandwich)" in block)
SIZES = {name: {"small": 0.01, "medium": 0.06, "large": 0.14} for name in ("repeated", "between")}
# What the blocks found, as this test reads it.
TOLD = """
tell <- function(name, ...) cat("TOLD", name, format(c(...), digits = 15), "\\n")
row <- function(stratum, term) {
  table <- summary(variantie)[[stratum]][[1]]
  unlist(table[trimws(rownames(table)) == term, c("F value", "Pr(>F)")])
}
tell("interaction", row("Error: persoon:tijd", "groep:tijd"))
tell("group", row("Error: persoon", "groep"))
of_time <- summary(tijd)$coefficients["(Intercept)", c("t value", "Pr(>|t|)")]
tell("time", of_time[1]^2, of_time[2])
for (group in names(gepaard)) tell(group, gepaard[[group]]$statistic, gepaard[[group]]$p.value)
tell("effect", coef(effect)["aanpak"])
tell("women", naar_geslacht$n[naar_geslacht$sex_T0 == 2])
"""


def has(*packages):
    ask = "; ".join(f"packageVersion('{name}')" for name in packages)
    try:
        return subprocess.run(["Rscript", "--vanilla", "-e", ask], capture_output=True).returncode == 0
    except OSError:
        return False


def made(home, estimand):
    """The data of an invented study, and the result tables of its outcome `safety`, in a folder."""
    pairs, covariates = invented(approach=24)
    families = pairs.drop_duplicates("household").assign(propensity_score=0.5)
    roles = pairs["group"].map({"approach": "approach", "control": "pool"})
    rows, waves = [], []
    for place, (one, role) in enumerate(zip(pairs.itertuples(), roles, strict=True)):
        who = (one.unit_id, one.household, role)
        rows.append((*who, "sex", "T0", "T0", 1.0 + place % 2))
        for wave, measured_at, value in (("T0", "T0", one.T0), ("follow_up", "T1", one.follow_up)):
            if not np.isnan(value):
                rows += [(*who, "participation", wave, measured_at, 1.0), (*who, "safety", wave, measured_at, value)]
                waves += [(*who, "safety", measured_at, value)]
    analysis = long(rows)
    matched = persons(families[["household", "group", "subclass", "weight", "propensity_score"]])
    candidates = persons(covariates.rename_axis("household").reset_index())
    safety = {"safety": OUTCOMES["safety"]}
    plain = layout(filled=["x", "y"], outcomes={name: OUTCOMES[name] for name in ("sex", "safety")})
    variables = variables_of(plain, WORDS)
    table = table_of_unit(analysis, at_each_wave(waves), matched, candidates, candidates, WAVES, variables)
    folder = home / "results/groningen"
    endings = {"sav": ".sav", "csv": ".csv", "codebook": "_codeboek.csv"}
    paths = {kind: folder / f"data/groningen_volwassenen{ending}" for kind, ending in endings.items()}
    write_data(table, variables, paths, True, WORDS)
    groups = analysis["household"].map(matched.set_index("household")["group"])
    grouped = analysis.assign(unit="adult", group=groups).astype({"outcome": str})
    write_csv(outcome_tests_of(grouped, safety, SIZES), folder / "analysis/tests.csv")
    by_household = covariates.assign(role=families.set_index("household")["group"].replace({"control": "pool"}))
    found = effects_of({"safety": pairs}, by_household, families, safety, {}, estimand)
    write_csv(found.estimates, folder / "analysis/estimates.csv")
    return home


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return made(tmp_path_factory.mktemp("own"), "persons")


def told_by_r(study, *blocks):
    script = study / "analyse.R"
    script.write_text("\n".join(blocks), encoding="utf-8")
    run = subprocess.run(["Rscript", "--vanilla", script.name], cwd=study, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    lines = re.findall(r"^TOLD (\w+) (.+?) *$", run.stdout, re.M)
    return {name: [float(number) for number in numbers.split()] for name, numbers in lines}


def printed(study):
    """Effect or, of the paired tests, group → statistic and p, as in tests.csv."""
    tests = pd.read_csv(study / "results/groningen/analysis/tests.csv")
    tests = tests[tests["analysis"].isin(["mixed_anova", "paired_t"])]
    names = tests["effect"].where(tests["analysis"] == "mixed_anova", tests["group"])
    return {name: list(row) for name, *row in zip(names, tests["value"], tests["p"], strict=True)}


def estimate(study, *columns):
    (row,) = pd.read_csv(study / "results/groningen/analysis/estimates.csv")[list(columns)].to_numpy().tolist()
    return row


def exact(numbers):
    return pytest.approx(numbers, rel=1e-8, abs=0)


def test_r_alone_gives_the_numbers_of_the_report(study):
    told = told_by_r(study, *PLAIN, TOLD)
    wanted = printed(study)
    assert set(wanted) == {"time", "group", "interaction", "approach", "control"}
    assert {name: told[name] for name in wanted} == {name: exact(numbers) for name, numbers in wanted.items()}
    assert told["effect"] == exact(estimate(study, "value"))
    assert sum(told["women"]) > 10 and (study / "veiligheid.png").stat().st_size > 1000


def test_the_effect_over_households_takes_the_means_of_their_members(study, tmp_path):
    told = told_by_r(made(tmp_path, "households"), *PLAIN, TOLD)
    assert told["effect"] == exact(estimate(tmp_path, "value"))
    assert told["effect"] != exact(estimate(study, "value"))


@pytest.mark.skipif(not has("haven", "afex"), reason="R lacks haven or afex (apt install r-cran-haven r-cran-afex)")
def test_haven_and_afex_give_all_three_effects_from_the_file_of_spss(study):
    tell = 'cat(paste("TOLD", sub(":", "_", rownames(table)), table$F, table$`Pr(>F)`), sep = "\\n")'
    told = told_by_r(study, AFEX, "table <- als_spss$anova_table", tell)
    wanted = printed(study)
    named = {"groep": "group", "tijd": "time", "groep_tijd": "interaction"}
    assert {named[name]: numbers for name, numbers in told.items()} == {
        name: exact(wanted[name]) for name in named.values()
    }


@pytest.mark.skipif(not has("clubSandwich"), reason="R lacks clubSandwich (apt install r-cran-clubsandwich)")
def test_clubsandwich_gives_the_error_of_the_estimate(study):
    told = told_by_r(study, *PLAIN[:2], CLUSTERED, 'cat("TOLD error", fout$SE, fout$df_Satt, fout$p_Satt, "\\n")')
    assert told["error"] == pytest.approx(estimate(study, "se", "df", "p"), rel=1e-6)
