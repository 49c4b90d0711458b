"""The floor of a report: the work that its result needs whatever the program, each part in one process on one core.

Reading the exports (pyreadstat), the score model and MatchIt in R, every figure drawn once, and the page set as PDF
once, by WeasyPrint. No scores, no analyses, no tables, no Word: what those need depends on how they are written.
"""

from pathlib import Path

import pandas as pd
from project import Copy
from timing import whole_process

READ = "import pathlib, sys, pyreadstat\nfor path in pathlib.Path(sys.argv[1]).glob('*.sav'): pyreadstat.read_sav(path)"
MATCH = """
library(MatchIt)
x <- read.csv(commandArgs(TRUE)[1])
invisible(matchit(treated ~ ., x, distance = "glm", link = "linear.logit", ratio = 2, caliper = 1))
"""
TYPESET = "import sys, weasyprint\nweasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
MATCHING = "results/groningen/matching/strategy_2/covariates.parquet"
HOOK = Path(__file__).with_name("drawing.py")


def floor(copy: Copy, folder: Path, turns: int) -> dict[str, list[float]]:
    """Part of the work → CPU seconds of each turn. `copy` has a finished report; `folder`: to work in."""
    table = pd.read_parquet(copy.folder / MATCHING)
    covariates = table.drop(columns=["household", "role", "stratum"]).assign(treated=table["role"].eq("approach") * 1)
    covariates.to_csv(folder / "covariates.csv", index=False)
    page = copy.folder / "results/groningen/report/groningen.html"
    commands = {
        "reading the exports": [copy.python, "-c", READ, copy.folder / "exports"],
        "score model and MatchIt in R": ["Rscript", "-e", MATCH, folder / "covariates.csv"],
        "typesetting the page as PDF": [copy.python, "-c", TYPESET, page, folder / "page.pdf"],
    }
    with (copy.folder / "workflow/sitecustomize.py").open("a", encoding="utf-8") as file:
        file.write("\n\n" + HOOK.read_text(encoding="utf-8"))
    found = {name: [] for name in ("drawing the figures", *commands)}
    for _ in range(turns):
        notes = folder / "drawing"
        notes.unlink(missing_ok=True)
        copy.snakemake("--force", "results/groningen/render", cores=1, DRAWING_NOTES=str(notes))
        found["drawing the figures"].append(sum(map(float, notes.read_text(encoding="utf-8").split())))
        for name, command in commands.items():
            found[name].append(whole_process(command, 1, folder, {"OMP_NUM_THREADS": "1"}).cpu)
    return found
