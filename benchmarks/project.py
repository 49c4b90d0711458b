"""Copies of the project that benchmarks run: this commit, or an earlier one with an environment of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyreadstat
from timing import Taken, whole_process

PROJECT = Path(__file__).parents[1]
TARGET = "report_groningen"
SETTINGS = {"raw_dir": "exports", "pseudonym_key_file": "../key"}


class Copy:
    """A commit of the project in a folder, which reads exports of its own where there are any."""

    def __init__(self, folder: Path, exports: Path | None = None, commit: str = "HEAD"):
        self.folder = folder
        folder.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=PROJECT, capture_output=True, check=True)
        subprocess.run(["tar", "-x"], input=archive.stdout, cwd=folder, check=True)
        self.python = Path(sys.executable)
        if exports:
            shutil.copytree(exports, folder / "exports")
            config = folder / "config/config.yaml"
            text = config.read_text(encoding="utf-8")
            for key, value in SETTINGS.items():
                text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
            config.write_text(text, encoding="utf-8")

    def install(self) -> None:
        """An environment of its own, with the packages of its own lock."""
        done = subprocess.run(["bash", "envs/install.sh"], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"The environment of {self.folder.name} was not made.\n{done.stderr[-2000:]}")
        self.python = self.folder / ".venv/bin/python"

    def clean(self) -> None:
        """No result, and nothing that Snakemake remembers."""
        for name in ("results", ".snakemake"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def snakemake(self, *arguments: str, cores: int, **environment: str) -> Taken:
        """A run of the workflow on so many cores."""
        command = [self.python, "-m", "snakemake", "--cores", str(cores), *arguments]
        path = os.pathsep.join([str(self.python.parent), os.environ["PATH"]])
        own = {"PYTHONPATH": str(self.folder / "workflow"), "PATH": path}
        return whole_process(command, cores, self.folder, own | environment)


def with_exports(folder: Path, commit: str = "") -> Copy:
    """A copy that reads the exports of its own demonstration cohort; of an earlier commit with its own environment."""
    demo = Copy(folder.with_name(f"{folder.name}_demo"), commit=commit or "HEAD")
    if commit:
        demo.install()
    demo.snakemake("results/demo_cohort/huishoudens.sav", cores=2)
    copy = Copy(folder, demo.folder / "results/demo_cohort", commit or "HEAD")
    copy.python = demo.python
    return copy


def change_one_answer(path: Path, column: str) -> None:
    """Another valid answer of one respondent in an export, and nothing else."""
    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    row = frame.index[frame[column].isin([1, 2])][0]
    frame.loc[row, column] = 3 - frame.loc[row, column]
    about = {
        "column_labels": meta.column_names_to_labels,
        "variable_value_labels": meta.variable_value_labels,
        "missing_ranges": meta.missing_ranges,
        "variable_format": meta.original_variable_types,
    }
    pyreadstat.write_sav(frame, str(path), **about)
