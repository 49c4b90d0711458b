"""What tests of the whole workflow share: a copy of the project, and Snakemake to run in it."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]
KILLS = 30
CORRECTIONS = "file,id,column,old_value,new_value,reason,who,date\n"


class Project:
    """A copy of the project in a folder of its own, so that a test may edit anything in it."""

    def __init__(self, folder: Path, home: Path):
        self.folder = folder
        self.home = home
        self.settings: list[str] = []
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in listed.stdout.splitlines():
            if not name.startswith("tests/") and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def snakemake(self, *arguments: str, largest_file: int | None = None) -> subprocess.CompletedProcess:
        """Run Snakemake here; standard output and error come together in `stdout`.

        `largest_file`: bytes; a job that writes a larger file finds the disk full.
        """
        limit = (largest_file, largest_file)
        process = self._started(
            arguments,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)) if largest_file else None,
        )
        output, _ = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, output)

    def _started(self, arguments: tuple[str, ...], **options) -> subprocess.Popen:
        command = [sys.executable, "-m", "snakemake", *arguments, *self.settings]
        return subprocess.Popen(command, cwd=self.folder, env={**os.environ, "HOME": str(self.home)}, **options)

    def run_killed(self, times: int, *arguments: str) -> None:
        """Start Snakemake until it was killed, with its jobs, at `times` random moments.

        Where it comes to an end before that, the first stages get work again.
        """
        moment = random.Random(7)
        while times:
            process = self._started(
                arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                process.wait(moment.uniform(2, 5))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                times -= 1
            else:
                shutil.rmtree(self.folder / "results/cohort/score")
            process.wait()
            # what snakemake --unlock does, without its seconds
            shutil.rmtree(self.folder / ".snakemake/locks", ignore_errors=True)

    def run(self, *arguments: str) -> str:
        """Run Snakemake and insist that it succeeds."""
        result = self.snakemake(*arguments)
        assert result.returncode == 0, result.stdout[-6000:]
        return result.stdout

    def jobs(self, *arguments: str) -> dict[str, int]:
        """How many jobs of each rule Snakemake would run now, targets and totals left out."""
        output = self.run("--dry-run", "--cores", "2", *arguments)
        table = re.search(r"^job\s+count\n[-\s]+\n(.*?)^total", output, re.MULTILINE | re.DOTALL)
        rows = dict(line.split() for line in table.group(1).splitlines()) if table else {}
        return {rule: int(count) for rule, count in rows.items() if not rule.startswith(("report_", "all"))}

    def results(self) -> dict[str, bytes]:
        """Every file under results/ but the logs."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted((self.folder / "results").rglob("*"))
            if path.is_file() and "logs" not in path.parts
        }


@pytest.fixture(scope="session")
def finished_project(tmp_path_factory):
    """A project in which the Groningen report and the codebook were made from nothing, on two cores.

    And all that the Haaglanden report would say. Tests leave it as it is.
    """
    project = Project(tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("home"))
    project.run("--cores", "2", "report_groningen", "codebook", "results/haaglanden/render")
    return project


@pytest.fixture(scope="session")
def own_exports_project(finished_project, tmp_path_factory):
    """The same pages in another folder, on one core, from the same exports in a folder of the analyst's own.

    The run was killed thirty times on its way.
    """
    project = Project(tmp_path_factory.mktemp("own"), finished_project.home)
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
    home = tmp_path / "home"
    home.mkdir()
    return Project(tmp_path / "project", home)


class OneWorkflow(LoadScopeScheduling):
    """Tests of the whole workflow share its runs, so they go to one process; the others stay with their file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "workflow" if file.startswith(("tests/e2e/", "tests/workflow/")) else file


def pytest_xdist_make_scheduler(config, log):
    return OneWorkflow(config, log)
