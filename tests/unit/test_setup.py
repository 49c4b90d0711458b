"""The installer on machines made of pretended programs, and the lock files."""

import ast
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from given.paths import ROOT

PYTHON = """#!/bin/bash
[[ $2 == venv ]] && mkdir -p .venv/bin && cp "$0" .venv/bin/python && printf '#!/bin/bash\\n' >.venv/bin/uv &&
    chmod +x .venv/bin/uv
exit 0
"""
PYTHON_WITHOUT_RPY2 = PYTHON.replace("exit 0", "[[ $* != *rpy2* ]]")
WRITE_CALL = '#!/bin/bash\necho "$@" >>calls\n'


class Machine:
    """A copy of envs/ and a PATH with nothing but the named programs. Python 3.11 and Pango are there."""

    def __init__(self, folder: Path, **programs: str):
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        shutil.copytree(ROOT / "envs", folder / "envs")
        for tool in ["bash", "cat", "chmod", "cp", "dirname", "env", "mkdir", "sha256sum"]:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        for name, text in {"python3.11": PYTHON, "id": "#!/bin/bash\necho 1000\n", **programs}.items():
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)

    def install(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "PYTHON": str(self.bin / "python3.11")}
        command = [self.folder / "envs" / "install.sh", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()


PRESENT = {"Rscript": "#!/bin/bash\n"}
ABSENT = "r-base-core r-cran-matchit"
ROOT_USER = "#!/bin/bash\necho 0\n"


def test_without_apt_get_it_names_what_is_missing_and_conda(tmp_path):
    result = Machine(tmp_path).install()
    assert result.returncode == 1
    assert f"ontbreken deze pakketten (namen van Debian 12): {ABSENT}" in result.stderr
    assert "envs/conda.yaml" in result.stderr


def test_without_administrator_it_gives_the_command_for_one(tmp_path):
    result = Machine(tmp_path, **{"apt-get": WRITE_CALL}).install()
    assert result.returncode == 1
    assert "geen root en hebt geen sudo" in result.stderr
    assert f"apt-get update && apt-get install --no-install-recommends {ABSENT}" in result.stderr
    assert not (tmp_path / "calls").exists()


def test_foreign_r_without_matchit_gets_no_second_r(tmp_path):
    foreign = {"Rscript": "#!/bin/bash\nexit 1\n", "R": "#!/bin/bash\necho /opt/R\n"}
    result = Machine(tmp_path, **foreign, **{"apt-get": WRITE_CALL}).install()
    assert result.returncode == 1
    assert "R in /opt/R mist het pakket MatchIt" in result.stderr
    assert "install.packages" in result.stderr
    assert not (tmp_path / "calls").exists()


def test_failed_apt_get_is_reported_with_the_command(tmp_path):
    result = Machine(tmp_path, id=ROOT_USER, **{"apt-get": "#!/bin/bash\nexit 100\n"}).install()
    assert result.returncode == 1
    assert "apt-get update is mislukt; het gaat verder" in result.stderr
    assert "Niet geïnstalleerd; hierboven staat waarom" in result.stderr
    assert f"--no-install-recommends {ABSENT}" in result.stderr


def test_python_that_apt_get_did_not_bring_is_asked_for(tmp_path):
    no_python = {"python3.11": "#!/bin/bash\nexit 1\n"}
    machine = Machine(tmp_path, id=ROOT_USER, **PRESENT, **no_python, **{"apt-get": WRITE_CALL})
    result = machine.install()
    assert result.returncode == 1
    assert "python3.11-venv" in machine.calls()[1]
    assert "make PYTHON=" in result.stderr


def test_only_the_missing_packages_are_installed_through_sudo(tmp_path):
    machine = Machine(tmp_path, sudo=WRITE_CALL, **{"apt-get": WRITE_CALL})
    assert machine.install().returncode == 0
    update, install = machine.calls()
    assert update.startswith("apt-get update")
    assert install.endswith(f" {ABSENT}")


def test_r_that_python_cannot_load_is_reported_and_not_taken_as_installed(tmp_path):
    machine = Machine(tmp_path, **PRESENT, **{"python3.11": PYTHON_WITHOUT_RPY2})
    result = machine.install()
    assert result.returncode == 1
    assert "Python kan het niet laden" in result.stderr
    assert not (tmp_path / ".venv" / "installed").exists()


@pytest.mark.parametrize("home", ["/dev/null/home", "/nobody/here", None])
def test_without_a_home_folder_what_programs_keep_goes_beside_the_environment(tmp_path, home):
    Machine(tmp_path, **PRESENT).install()
    packages = tmp_path / ".venv/lib/python3.11/site-packages"
    asked = "print(*(os.environ.get(name) for name in ('XDG_CACHE_HOME', 'MPLCONFIGDIR')), sep='\\n')"
    script = f"import os, site, sys; sys.prefix = '/env'; site.addsitedir('{packages}'); {asked}"
    told = []
    for given in ({}, {"XDG_CACHE_HOME": "/mine"}):
        environment = {"HOME": home or str(tmp_path), **given}
        done = subprocess.run([sys.executable, "-S", "-c", script], env=environment, capture_output=True, text=True)
        told.append(done.stdout.split())
    beside = ["/env/cache", "/env/cache/matplotlib"]
    expected = [beside, ["/mine", beside[1]]] if home else [["None"] * 2, ["/mine", "None"]]
    assert told == expected


def test_what_is_typed_is_looked_at_before_snakemake_starts(tmp_path):
    assert Machine(tmp_path, **PRESENT).install().returncode == 0
    start = (tmp_path / ".venv/bin/snakemake").read_text()
    assert start.startswith(f"#!{tmp_path}/.venv/bin/python\n")
    (tmp_path / "workflow").symlink_to(ROOT / "workflow")
    command = [sys.executable, "-c", start, "--cores", "1", "--config", "raw_dir", "=", "/x"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.count("--config raw_dir=/x")) == (2, 1)


def test_second_installation_does_nothing_until_the_lock_changes(tmp_path):
    machine = Machine(tmp_path, **PRESENT)
    assert "Python-pakketten worden geïnstalleerd" in machine.install().stdout
    assert machine.install().stdout == ""
    with (tmp_path / "envs" / "python.lock").open("a") as lock:
        lock.write("# newer\n")
    assert "Python-pakketten worden geïnstalleerd" in machine.install().stdout


def test_only_the_tests_install_a_browser_and_leave_what_is_installed(tmp_path):
    machine = Machine(tmp_path, **PRESENT, id=ROOT_USER, **{"apt-get": WRITE_CALL})
    assert machine.install().returncode == 0
    assert not (tmp_path / "calls").exists()
    result = machine.install("test")
    assert result.returncode == 0
    assert machine.calls()[-1].endswith(" chromium-headless-shell")
    assert "Python-pakketten worden geïnstalleerd" not in result.stdout


def test_one_call_installs_the_browser_with_the_rest(tmp_path):
    machine = Machine(tmp_path, id=ROOT_USER, **{"apt-get": WRITE_CALL})
    assert machine.install("test").returncode == 0
    update, install = machine.calls()
    assert install.endswith(f" {ABSENT} chromium-headless-shell")


def test_what_drives_the_browser_is_installed_too(tmp_path):
    python = PYTHON.replace("exit 0", "[[ $* != *libatomic* ]]")
    machine = Machine(
        tmp_path, **PRESENT, id=ROOT_USER, chromium=WRITE_CALL, **{"python3.11": python, "apt-get": WRITE_CALL}
    )
    assert machine.install("test").returncode == 0
    assert machine.calls()[-1].endswith(" libatomic1")


@pytest.mark.parametrize("program", ["chromium", "chromium-headless-shell"])
def test_a_browser_that_is_there_will_do(tmp_path, program):
    machine = Machine(tmp_path, **PRESENT, **{program: WRITE_CALL})
    assert machine.install("test").returncode == 0


def test_a_browser_that_cannot_be_installed_is_named_with_the_command(tmp_path):
    result = Machine(tmp_path, **PRESENT, **{"apt-get": WRITE_CALL}).install("test")
    assert result.returncode == 1
    assert "apt-get update && apt-get install --no-install-recommends chromium-headless-shell" in result.stderr
    assert "Alleen de tests hebben dat nodig; rapporten niet." in result.stderr
    assert "conda" not in result.stderr


@pytest.mark.parametrize("name", ["python", "build"])
def test_lock_is_that_of_the_direct_packages_and_has_hashes(name):
    lock = (ROOT / "envs" / f"{name}.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:", lock, re.M))
    assert len(locked) == len(re.findall(r"^[a-z0-9]", lock, re.M))
    for package, version in _direct_packages(name).items():
        assert locked[package].startswith(version), f"{package}: make lock"


def test_conda_has_the_versions_of_the_lock():
    listed = yaml.safe_load((ROOT / "envs" / "conda.yaml").read_text())["dependencies"][-1]["pip"]
    assert listed == re.findall(r"^[a-z].*==[^ ]+", (ROOT / "envs" / "python.lock").read_text(), re.M)


def test_python_in_names_what_is_imported_and_nothing_else():
    files = [*ROOT.glob("workflow/**/*.py"), *ROOT.glob("tests/**/*.py")]
    modules = {module for file in files for module in _imports(file)}
    installed = packages_distributions()
    imported = {installed[module][0].lower().replace("_", "-") for module in modules if module in installed}
    programs = {"snakemake", "snakefmt", "ruff"}
    used_by_name = {"pyarrow", "font-source-sans-pro", "font-source-serif-pro", "snakemake-executor-plugin-slurm"}
    assert imported | programs | used_by_name == _direct_packages("python").keys()


def test_the_profile_of_the_cluster_names_rules_that_are_there():
    code = "\n".join(file.read_text() for file in (ROOT / "workflow" / "rules").rglob("*.smk"))
    rules = set(re.findall(r"^rule (\w+):", code, re.MULTILINE))
    profile = yaml.safe_load((ROOT / "profiles" / "slurm" / "config.yaml").read_text())
    named = {group.split("=")[0] for group in profile["groups"]} | set(profile["set-resources"])
    assert named - rules == set()
    # any other short job would wait in the queue by itself, again for each study
    once_a_run = {"codebook", "write_codebook", "write_style"}
    assert rules - named == once_a_run


def _direct_packages(name: str) -> dict[str, str]:
    """Names in the file, each with its version or nothing."""
    return dict(re.findall(r"^([a-z0-9-]+)(?:==)?(\S*)", (ROOT / "envs" / f"{name}.in").read_text(), re.M))


def _imports(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in plain | {n.module for n in nodes if isinstance(n, ast.ImportFrom)} if name}
