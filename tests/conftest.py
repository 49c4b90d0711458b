"""What tests of the whole workflow share: a finished project, and one that may be changed."""

import gc
import json
import os
import shutil

import pytest
from given.paths import ROOT
from given.whole_project import WholeProject, made_once
from xdist.scheduler import LoadScopeScheduling

# As in the steps of a run (workflow/sitecustomize.py).
gc.set_threshold(200_000, 20, 50)

# A run is killed this often at any moment, and with half of a file of a stage on the disk: its script, and which of its
# files. CI does some; `.ci/kills` does all.
KILLED_WRITES = (("check_exports", 2), ("match_households", 4), ("render_study", 30))
MORE_WRITES = (("ingest_exports", 20), ("score_cohort", 9), ("analyse_outcomes", 8))
KILLS = int(os.environ.get("KILLS", "5"))
if KILLS > 5:
    KILLED_WRITES += MORE_WRITES
SECOND_STUDY = "config/studies/haaglanden.yaml"
PUBLISHED_KEY, KEY = "resources/demo/pseudonym.key", "d41f6a0c98b7e2530f8e6b1c7a95d24e"
CORRECTIONS = "file,id,column,old_value,new_value,reason,who,date\n"
RECODES = "file,column,old,new,reason\n"


def fill_with_one_study(project):
    project.fill()
    (project.folder / SECOND_STUDY).unlink()
    shutil.rmtree(project.folder / "resources/texts/haaglanden")
    shutil.rmtree(project.folder / "config/sets")
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
        # a key that may have exports of one's own too, so that another project can give the same bytes
        (project.folder / PUBLISHED_KEY).write_text(f"{KEY}\n", encoding="utf-8")
        project.run("--cores", "2", "report_groningen", "codebook")

    return made_once(shared / "finished", make)


@pytest.fixture(scope="session")
def extended_project(finished_project, shared):
    """The finished project to which one file was added, a study of another region, and its report was made; then the
    page of both together.

    `jobs.json`: what there was to do for it.
    """

    def make(project):
        project.follow(finished_project)
        shutil.copy(ROOT / SECOND_STUDY, project.folder / SECOND_STUDY)
        jobs = project.jobs("report_haaglanden")
        (project.folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        project.run("--cores", "2", "report_haaglanden")
        shutil.copytree(ROOT / "config/sets", project.folder / "config/sets")
        project.run("--cores", "2", "report_landelijk")

    return made_once(shared / "extended", make)


@pytest.fixture(scope="session")
def own_exports_project(finished_project, tmp_path_factory):
    """The same pages in another folder, on one core, from the same exports in a folder of the analyst's own.

    The run was killed on its way, more than once; `opened`: what its jobs opened for writing.
    """
    project = fill_with_one_study(WholeProject(tmp_path_factory.mktemp("own"), finished_project.home))
    exports = project.folder / "exports"
    shutil.copytree(finished_project.folder / "results/demo_cohort", exports)
    (exports / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    (exports / "recodes.csv").write_text(RECODES, encoding="utf-8")
    key = project.home / "own.key"
    key.write_text(f"{KEY}\n", encoding="utf-8")
    project.settings = ["--config", f"raw_dir={exports}", f"pseudonym_key_file={key}"]
    project.watch_jobs()
    project.run_killed_in(KILLED_WRITES, "--cores", "2", "report_groningen")
    project.run_killed(KILLS, "--cores", "2", "report_groningen")
    project.run("--cores", "1", "report_groningen", "codebook")
    project.opened = project.opened_by_jobs()
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
    """The longest first; what looks at the finished project last, when it is finished and any process may look.

    Of these first one file that needs no second study, so that no process waits while another makes that.
    """
    last = ("tests/e2e/test_whole_report", "tests/e2e/test_another_study", "tests/e2e/")
    places = ("tests/workflow/", *last, "")
    order = (0, 2, 3, 4, 1)
    items.sort(key=lambda item: order[next(n for n, place in enumerate(places) if item.nodeid.startswith(place))])
