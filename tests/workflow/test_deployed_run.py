"""A study in a folder of its own: by the program's Snakefile, and as a module of another workflow."""

import shutil

import pytest
from given.whole_project import WholeProject

TARGET = "report_groningen"
AROUND = """
configfile: "config/config.yaml"

module effectstudie:
    snakefile: "{program}/workflow/Snakefile"
    config: config

use rule * from effectstudie
"""

pytestmark = pytest.mark.e2e


@pytest.fixture
def study(bare_project):
    """A folder with configuration and texts only, beside the program in `bare_project`."""
    folder = bare_project.folder.with_name("study")
    for own in ("config", "resources/texts/groningen", "resources/texts/haaglanden"):
        shutil.copytree(bare_project.folder / own, folder / own)
    return WholeProject(folder, bare_project.home)


def test_the_program_runs_in_another_folder_as_in_its_own(study, bare_project):
    elsewhere = ["--snakefile", str(bare_project.folder / "Snakefile")]
    assert study.jobs(TARGET, *elsewhere) == bare_project.jobs(TARGET)
    assert not (bare_project.folder / "results/cohort").exists()


def test_a_folder_without_configuration_is_told_what_to_copy(study, bare_project):
    (study.folder / "config/config.yaml").unlink()
    refused = study.snakemake("--cores", "1", TARGET, "--snakefile", str(bare_project.folder / "Snakefile"))
    assert refused.returncode != 0
    assert f"heeft geen config/config.yaml; kopieer er de map config van {bare_project.folder}" in refused.stdout


def test_a_workflow_around_the_program_asks_for_the_same_jobs(study, bare_project):
    (study.folder / "workflow").mkdir()
    (study.folder / "workflow/Snakefile").write_text(AROUND.format(program=bare_project.folder))
    jobs = study.jobs(TARGET)
    assert jobs["write_report"] == jobs["score_cohort"] == 1 and "write_codebook" not in jobs
    study.edit("config/config.yaml", "\nfinal: false", "\nfinal: true")
    refused = study.snakemake("--cores", "1", "--dry-run", TARGET)
    assert refused.returncode != 0
    assert "final" in refused.stdout
