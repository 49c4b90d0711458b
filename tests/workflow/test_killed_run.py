"""A run that was killed time after time gives what a run in peace gives, and no file of it holds a raw id."""

import re

import pyreadstat
import pytest
from given.published import readable

pytestmark = pytest.mark.e2e

PDF = "results/groningen/report/groningen.pdf"


def test_every_result_has_the_same_bytes_on_two_cores_and_on_one_that_was_killed(finished_project, own_exports_project):
    """Another folder, the exports in a folder of their own; PDF and HTML included, and no half-written file left."""
    two_cores, one_core = finished_project.results(), own_exports_project.results()
    made = {name for name in two_cores if not name.startswith("results/demo_cohort/")}
    assert PDF in made and made == one_core.keys()
    assert [name for name in sorted(made) if one_core[name] != two_cores[name]] == []


def test_jobs_write_beside_their_results_and_never_in_them(own_exports_project):
    opened = own_exports_project.opened
    results = [path for path in opened if path.parts[1] != "logs"]
    assert len(results) > 100 and [path for path in results if not re.search(r"\.part$|\.part/", str(path))] == []


def test_no_byte_of_the_results_or_of_snakemake_holds_a_raw_id(own_exports_project):
    folder = own_exports_project.folder
    files = [path for part in ("results", ".snakemake") for path in (folder / part).rglob("*") if path.is_file()]
    ids = re.compile(rb"DEMO-[HRK]?\d")
    assert len(files) > 200 and {".parquet", ".log", ".pdf", ".docx", ".json"} <= {path.suffix for path in files}
    raw = pyreadstat.read_sav(folder / "exports/T0_kinderen.sav")[0]
    assert all(
        raw[name].str.contains(ids.pattern.decode()).all() for name in ("kind_id", "respondent_id", "huishouden_id")
    )
    assert [str(path) for path in files if ids.search(readable(path))] == []


def test_nothing_that_a_run_writes_is_open_to_others(own_exports_project):
    """Snakemake begins its own folder before the workflow can say who may read it."""
    folder = own_exports_project.folder
    written = [
        path for part in (".snakemake", "results/cohort", "results/groningen") for path in (folder / part).rglob("*")
    ]
    assert {"log", "metadata", "groningen.html"} <= {path.name for path in written}
    assert [path for path in written if not path.is_symlink() and path.stat().st_mode & 0o007] == []
    assert (folder / ".snakemake").stat().st_mode & 0o007 == 0
