"""What tests of the whole workflow share: a finished project, and one that may be changed."""

import json
import shutil

import pytest
from given.paths import ROOT
from given.whole_project import WholeProject, made_once
from xdist.scheduler import LoadScopeScheduling

KILLS = 30
SECOND_STUDY = "config/studies/haaglanden.yaml"
CORRECTIONS = "file,id,column,old_value,new_value,reason,who,date\n"


def fill_with_one_study(project):
    project.fill()
    (project.folder / SECOND_STUDY).unlink()
    shutil.rmtree(project.folder / "resources/texts/haaglanden")
    return project


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """A folder of all processes of pytest. What is made there is made once, and tests leave it as it is."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def finished_project(shared):
    """A project of one study: the Groningen report and the codebook were made from nothing, on two cores."""

    def make(project):
        fill_with_one_study(project)
        project.run("--cores", "2", "report_groningen", "codebook")

    return made_once(shared / "finished", make)


@pytest.fixture(scope="session")
def extended_project(finished_project, shared):
    """The finished project to which one file was added, a study of another region, and its report was made.

    `jobs.json`: what there was to do for it.
    """

    def make(project):
        project.follow(finished_project)
        shutil.copy(ROOT / SECOND_STUDY, project.folder / SECOND_STUDY)
        jobs = project.jobs("report_haaglanden")
        (project.folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        project.run("--cores", "2", "report_haaglanden")

    return made_once(shared / "extended", make)


@pytest.fixture(scope="session")
def own_exports_project(finished_project, tmp_path_factory):
    """The same pages in another folder, on one core, from the same exports in a folder of the analyst's own.

    The run was killed thirty times on its way.
    """
    project = fill_with_one_study(WholeProject(tmp_path_factory.mktemp("own"), finished_project.home))
    exports = project.folder / "exports"
    shutil.copytree(finished_project.folder / "results/demo_cohort", exports)
    (exports / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    key = project.home / "demonstration.key"
    shutil.copy(project.folder / "resources/demo/pseudonym.key", key)
    project.settings = ["--config", f"raw_dir={exports}", f"pseudonym_key_file={key}"]
    project.run_killed(KILLS, "--cores", "2", "report_groningen")
    project.run("--cores", "1", "report_groningen", "codebook")
    return project


@pytest.fixture
def project(own_exports_project):
    """The project with exports of its own; whatever a test changes in it is put back, dates included."""
    kept = own_exports_project.folder.with_name("kept")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(own_exports_project.folder, kept)
    yield own_exports_project
    shutil.rmtree(own_exports_project.folder)
    kept.rename(own_exports_project.folder)


@pytest.fixture
def bare_project(tmp_path):
    """A copy of the project in which nothing has run."""
    (tmp_path / "home").mkdir()
    return WholeProject(tmp_path / "project", tmp_path / "home").fill()


class OneWorkflow(LoadScopeScheduling):
    """Tests that change the project with exports of its own go to one process; the others stay with their file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "workflow" if file.startswith("tests/workflow/") else file


def pytest_xdist_make_scheduler(config, log):
    return OneWorkflow(config, log)


def pytest_collection_modifyitems(items):
    """The longest first; what looks at the finished project last, when it is finished and any process may look."""
    places = ("tests/workflow/", "", "tests/e2e/")
    items.sort(key=lambda item: next(n for n in (0, 2, 1) if item.nodeid.startswith(places[n])))
