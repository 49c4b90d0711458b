"""A copy of the whole project in a folder of its own, and Snakemake to run in it."""

import fcntl
import functools
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from given import watched_job
from given.paths import ROOT


@functools.cache
def _starter() -> subprocess.Popen:
    """The process that Snakemake is forked from, without the folders that pytest puts before others."""
    script = Path(__file__).with_name("snakemake_starter.py")
    return subprocess.Popen(
        [sys.executable, "-P", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )


class WholeProject:
    """A project in a folder of its own, so that a test may edit anything in it."""

    def __init__(self, folder: Path, home: Path):
        self.folder = folder
        self.home = home
        self.settings: list[str] = []

    def fill(self) -> "WholeProject":
        """Copy the files of the project here, without tests and results."""
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        for name in listed.stdout.splitlines():
            if not name.startswith("tests/") and (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)
        return self

    def follow(self, other: "WholeProject") -> None:
        """Become what another project is now: a finished one stays finished, for all dates go along."""
        shutil.copytree(other.folder, self.folder, dirs_exist_ok=True)

    def edit(self, path: str, old: str, new: str) -> None:
        """Change the one place of a file where `old` stands."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def snakemake(self, *arguments: str, largest_file: int | None = None) -> subprocess.CompletedProcess:
        """Run Snakemake here; standard output and error come together in `stdout`.

        `largest_file`: bytes; a job that writes a larger file finds the disk full.
        """
        self._start(arguments, largest_file=largest_file)
        code = int(_starter().stdout.readline())
        return subprocess.CompletedProcess(arguments, code, self._said.read_text(encoding="utf-8"))

    @property
    def _said(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.said")

    def _start(self, arguments: tuple[str, ...], largest_file: int | None = None, apart: bool = False) -> int:
        request = {"arguments": [*arguments, *self.settings], "folder": str(self.folder), "home": str(self.home)}
        request |= {"output": str(self._said), "largest_file": largest_file, "apart": apart}
        _starter().stdin.write(f"{json.dumps(request)}\n".encode())
        return int(_starter().stdout.readline())

    def run_killed(self, times: int, *arguments: str) -> None:
        """Start Snakemake until it was killed at `times` random moments, with its jobs or, every other time, alone.

        Where it comes to an end before that, the first stages get work again.
        """
        moment = random.Random(7)
        while times:
            process = self._start(arguments, apart=True)
            ended, _, _ = select.select([_starter().stdout], [], [], moment.uniform(0.7, 3.7))
            if ended:
                shutil.rmtree(self.folder / "results/cohort/score")
            else:
                (os.kill if times % 2 else os.killpg)(process, signal.SIGKILL)
                times -= 1
            self._wait_and_unlock()

    def run_killed_in(self, writes: Iterable[tuple[str, int]], *arguments: str) -> None:
        """Start Snakemake for each (script, n), and have it killed where the script has half of its n-th file."""
        kill = self.folder / watched_job.KILL
        for write in writes:
            kill.write_text(json.dumps(write), encoding="utf-8")
            self._start(arguments, apart=True)
            self._wait_and_unlock()
            assert not kill.exists(), f"{write}: {self._said.read_text(encoding='utf-8')[-6000:]}"

    def watch_jobs(self) -> None:
        shutil.copy(watched_job.__file__, self.folder / "workflow/sitecustomize.py")

    def opened_by_jobs(self) -> list[Path]:
        """What jobs opened for writing below results/ since `watch_jobs`, which ends here."""
        shutil.copy2(ROOT / "workflow/sitecustomize.py", self.folder / "workflow/sitecustomize.py")
        names = self.folder / watched_job.OPENED
        return [Path(name) for name in names.read_text(encoding="utf-8").splitlines()]

    def _wait_and_unlock(self) -> None:
        _starter().stdout.readline()
        # what snakemake --unlock does, without its seconds
        shutil.rmtree(self.folder / ".snakemake/locks", ignore_errors=True)

    def run(self, *arguments: str) -> str:
        """Run Snakemake and insist that it succeeds."""
        result = self.snakemake(*arguments)
        assert result.returncode == 0, result.stdout[-6000:]
        return result.stdout

    def jobs(self, *arguments: str) -> dict[str, int]:
        """How many jobs of each rule Snakemake would run now, targets and totals left out."""
        output = self.run("--dry-run", "--verbose", "--cores", "2", *arguments)
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


def made_once(folder: Path, make: Callable[[WholeProject], None]) -> WholeProject:
    """The project in `folder`, made by whichever process of pytest comes first; the others wait for it."""
    project = WholeProject(folder / "project", folder / "home")
    with (folder.with_name(f"{folder.name}.lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            for part in (project.folder, project.home):
                part.mkdir(parents=True, exist_ok=True)
            make(project)
            (folder / "made").touch()
    return project
