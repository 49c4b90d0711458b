"""A small finished run of an invented study, to make archives of."""

import shutil
import subprocess
from pathlib import Path

from given.paths import ROOT

from effectstudie.archive.contents import make
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.running.job_records import Job
from effectstudie.shared.storage import sha256
from effectstudie.shared.yaml_files import read_yaml

TEXTS = read_yaml(ROOT / "resources/pages/archive/texts.nl.yaml")
KEY = b"5f0c" * 16
PERSON, PSEUDONYM = "DEMO-H0001-V1", "0123456789abcdef"
REASON = "codes van de eerste lijst"
SMALL_CELL = "outcome,group,n\nsafety,approach,3\n"
COMMIT = ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first"]

STUDY = {
    "study": "zeeland",
    "title": "Uitkomsten van Dijk & Duin",
    "region_label": "Zeeland",
    "report_date": "2026-02-03",
}
CONFIG = {
    "raw_dir": "/somewhere/exports",
    "pseudonym_key_file": "/somewhere/secret.key",
    "corrections_file": "exports/corrections.csv",
    "recodes_file": "exports/recodes.csv",
    "variables_file": "config/variables.csv",
    "seed": 7,
    "privacy": {"minimum_cell": 5},
    "people": [{"name": "A. Voorbeeld", "role": "onderzoeker"}],
    "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "archive": {"raw_files": "hash", "recipient": None},
}
RESULTS = {
    "results/cohort/ingest/T0_jeugd.parquet": f"PAR1 {PSEUDONYM}",
    "results/zeeland/analysis/tests.csv": SMALL_CELL,
    "results/zeeland/render/table_1.csv": "Uitkomst,n\nVeiligheid,–\n",
    "results/zeeland/render/render.json": "{}\n",
    "results/zeeland/report/zeeland.html": "<html lang='nl'><p>Het daalde van 112 naar <b>44</b>.</p></html>",
    "results/zeeland/report_intern/zeeland_intern.html": "<p>3 jongeren</p>",
    "results/codebook/codebook.csv": "variabele\nsafety.mark\n",
    "results/logs/ingest_exports.log": "2 rows\n",
    "results/logs/analyse_outcomes/zeeland.log": "approach 3\n",
    "results/logs/write_report/zeeland.log": "",
}
FILES = {
    "Snakefile": "# stages\n",
    "config/config.yaml": "seed: 7\n",
    "config/variables.csv": "file,raw_name,canonical_name\n",
    "config/studies/zeeland.yaml": "study: zeeland\n",
    "config/studies/drenthe.yaml": "study: drenthe\n",
    "resources/texts/_general/conclusie.md": "# Conclusie\n",
    "resources/texts/zeeland/citaten.md": "# Citaten\n",
    "resources/texts/drenthe/citaten.md": "# Citaten\n",
    "resources/instruments/sis.yaml": "instrument: sis\n",
    "workflow/scripts/ingest_exports.py": "pass\n",
    "workflow/scripts/analyse_outcomes.py": "pass\n",
    "workflow/scripts/write_report.py": "pass\n",
    "exports/corrections.csv": f"file,id,column\nT0_jeugd,{PERSON},sis_01\n",
    "exports/recodes.csv": f"file,column,old,new,reason\nT0_jeugd,sis_01,0,1,{REASON}\n",
    "exports/T0_jeugd.csv": f"kind_id,sis_01\n{PERSON},2\n",
}
JOBS = (
    ("ingest_exports", ("T0_jeugd.csv",), "results/cohort/ingest/T0_jeugd.parquet"),
    (
        "analyse_outcomes/zeeland",
        ("results/cohort/ingest/T0_jeugd.parquet", "resources/instruments/sis.yaml"),
        "results/zeeland/analysis/tests.csv",
    ),
    (
        "write_report/zeeland",
        (
            "resources/texts/_general/conclusie.md",
            "resources/texts/zeeland/citaten.md",
            "results/zeeland/analysis/tests.csv",
        ),
        "results/zeeland/report/zeeland.html",
    ),
)


def small_run(folder: Path, **changed) -> RunToArchive:
    """A run in a folder that is empty or not there; `changed` replaces settings of the cohort."""
    for path, text in {**FILES, **RESULTS}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / ".gitignore").write_text("/results/\n/exports/\nlicensed/\n")
    shutil.copytree(ROOT / "resources/pages/archive", folder / "resources/pages/archive")
    jobs = [
        Job(name, name.split("/")[0], f"results/logs/{name}.log", made_of, (made,), 0, 1)
        for name, made_of, made in JOBS
    ]
    return RunToArchive(
        project=folder,
        study=STUDY,
        config={**CONFIG, **changed},
        public=["results/zeeland/render", "results/zeeland/report/zeeland.html", "results/codebook/codebook.csv"],
        persons=["results/cohort/ingest/T0_jeugd.parquet"],
        groups=["results/zeeland/analysis/tests.csv"],
        internal=["results/zeeland/report_intern/zeeland_intern.html"],
        raw={"exports/T0_jeugd.csv": sha256(folder / "exports/T0_jeugd.csv")},
        jobs=jobs,
        software={"Python": "3.11.7", "snakemake": "9.27.1", "R": "4.2.2", "R: MatchIt": "4.5.1"},
        machine={"system": "Debian"},
        key=KEY,
    )


def packed(run: RunToArchive, internal: bool = False):
    return make(run, internal, TEXTS)


def commit(folder: Path) -> str:
    """Put a folder under git; the commit."""
    for arguments in (["init", "--quiet"], ["add", "--all"], COMMIT):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
