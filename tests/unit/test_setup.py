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

UV = '#!/bin/bash\necho "$@" >>synced\n'
PYTHON = f"""#!/bin/bash
if [[ $2 == venv ]]; then
    mkdir -p .venv/bin .venv/lib/python3.13/site-packages
    cp "$0" .venv/bin/python
    printf '%s' '{UV}' >.venv/bin/uv
    chmod +x .venv/bin/uv
fi
exit 0
"""
PYTHON_WITHOUT_RPY2 = PYTHON.replace("exit 0", "[[ $* != *rpy2* ]]")
WRITE_CALL = '#!/bin/bash\necho "$@" >>calls\n'
UBUNTU = 'ID=ubuntu\nPRETTY_NAME="Ubuntu 24.04.3 LTS"\n'


class Machine:
    """A copy of envs/ and a PATH with nothing but the named programs. Python and Pango are there."""

    def __init__(self, folder: Path, system: str = 'ID=debian\nPRETTY_NAME="Debian 13"\n', **programs: str):
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        shutil.copytree(ROOT / "envs", folder / "envs")
        (folder / "os-release").write_text(system)
        install = folder / "envs" / "install.sh"
        install.write_text(install.read_text().replace("/etc/os-release", "./os-release"))
        for tool in ["bash", "cat", "chmod", "cp", "dirname", "env", "mkdir", "readlink", "sha256sum"]:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        for name, text in {"python3": PYTHON, "id": "#!/bin/bash\necho 1000\n", **programs}.items():
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)

    def install(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        environment |= {"PATH": str(self.bin), "PYTHON": str(self.bin / "python3")}
        command = [self.folder / "envs" / "install.sh", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def calls(self, file: str = "calls") -> list[str]:
        return (self.folder / file).read_text().splitlines()


PRESENT = {"Rscript": "#!/bin/bash\n"}
ABSENT = "r-base-core r-cran-matchit"
ROOT_USER = "#!/bin/bash\necho 0\n"


def test_without_apt_get_it_names_what_is_missing_and_the_other_ways(tmp_path):
    result = Machine(tmp_path).install()
    assert result.returncode == 1
    assert f"ontbreken deze pakketten (namen van Debian): {ABSENT}" in result.stderr
    assert "docs/machines.md" in result.stderr


def test_another_system_is_told_of_the_ways_that_work_there(tmp_path):
    result = Machine(tmp_path, **PRESENT).install(OSTYPE="darwin24")
    assert result.returncode == 1
    assert "op macOS en Windows gaat het in een container of in WSL: docs/machines.md" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_folder_of_windows_is_refused_in_wsl_and_one_of_linux_is_not(tmp_path):
    machine = Machine(tmp_path, **PRESENT)
    assert machine.install(WSL_DISTRO_NAME="Debian").returncode == 0
    install = machine.folder / "envs" / "install.sh"
    install.write_text(install.read_text().replace("/mnt/[a-z]/*", f"{tmp_path}*"))
    result = machine.install(WSL_DISTRO_NAME="Debian")
    assert result.returncode == 1
    assert "ligt op de schijf van Windows" in result.stderr


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
    assert "Niet geïnstalleerd; hierboven staat waarom. Met de hand, als beheerder van Debian 13:" in result.stderr
    assert f"--no-install-recommends {ABSENT}" in result.stderr


@pytest.mark.parametrize("listed, missing", [("libpango-1.0.so.0 (libc6)", 2), ("", 3)])
def test_python_that_apt_get_did_not_bring_is_asked_for(tmp_path, listed, missing):
    """Without a Python the system says which libraries there are, so none is named that is there."""
    no_python = {"python3": "#!/bin/bash\nexit 1\n", "ldconfig": f"#!/bin/bash\necho '{listed}'\n"}
    machine = Machine(tmp_path, id=ROOT_USER, **PRESENT, **no_python, **{"apt-get": WRITE_CALL})
    result = machine.install()
    assert result.returncode == 1
    named = machine.calls()[1].split()
    assert named.count("python3-venv") == 1
    assert len([name for name in named if name.startswith("lib")]) == missing
    assert "make PYTHON=" in result.stderr


def find_python(folder, versions):
    """Which of these pretended Pythons the installer takes: program → its version, as a tuple in Python."""
    folder.mkdir()
    for name, version in versions.items():
        program = f'#!/bin/bash\n{sys.executable} -c "import sys; sys.version_info = {version}; $2"\n'
        (folder / name).write_text(program)
        (folder / name).chmod(0o755)
    code = (ROOT / "envs" / "install.sh").read_text().replace('main "$@"', "find_python")
    (folder / "dirname").symlink_to(str(shutil.which("dirname")))
    environment = {"PATH": str(folder), "PYTHON": str(folder / "python3")}
    bash = [str(shutil.which("bash")), "-c", code]
    done = subprocess.run(bash, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()).name


@pytest.mark.parametrize(
    "own, others, taken",
    [
        ((3, 11), {"python3.13": (3, 13)}, "python3"),
        ((3, 12), {}, "python3"),
        ((3, 13), {}, "python3"),
        ((3, 10), {"python3.12": (3, 12)}, "python3.12"),
        ((3, 14), {"python3.11": (3, 11), "python3.13": (3, 13)}, "python3.13"),
    ],
)
def test_the_python_of_the_system_goes_before_others_where_its_version_will_do(tmp_path, own, others, taken):
    assert find_python(tmp_path / "bin", {"python3": own, **others}) == taken


def test_only_the_missing_packages_are_installed_through_sudo(tmp_path):
    machine = Machine(tmp_path, sudo=WRITE_CALL, **{"apt-get": WRITE_CALL})
    assert machine.install().returncode == 0
    update, install = machine.calls()
    assert update.startswith("apt-get update")
    assert install.endswith(f" {ABSENT}")


def test_r_that_python_cannot_load_is_reported_and_not_taken_as_installed(tmp_path):
    machine = Machine(tmp_path, **PRESENT, **{"python3": PYTHON_WITHOUT_RPY2})
    result = machine.install()
    assert result.returncode == 1
    assert "Python kan het niet laden" in result.stderr
    assert not (tmp_path / ".venv" / "installed").exists()


@pytest.mark.parametrize("home", ["/dev/null/home", "/nobody/here", None])
def test_without_a_home_folder_what_programs_keep_goes_beside_the_environment(tmp_path, home):
    Machine(tmp_path, **PRESENT).install()
    packages = tmp_path / ".venv/lib/python3.13/site-packages"
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
    for name in ("workflow", "resources"):
        (tmp_path / name).symlink_to(ROOT / name)
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


def test_another_python_after_an_upgrade_of_the_system_is_installed_for(tmp_path):
    machine = Machine(tmp_path, **PRESENT)
    machine.install()
    python = tmp_path / ".venv/bin/python"
    python.rename(tmp_path / "python3.14")
    python.symlink_to(tmp_path / "python3.14")
    assert "Python-pakketten worden geïnstalleerd" in machine.install().stdout


def test_what_tests_need_is_installed_by_them_only_and_once(tmp_path):
    machine = Machine(tmp_path, **PRESENT, chromium=WRITE_CALL)
    machine.install()
    assert [call.split(" envs/")[-1] for call in machine.calls("synced")] == ["python.lock"]
    assert "Python-pakketten voor de tests" in machine.install("test").stdout
    assert machine.calls("synced")[1].endswith(" envs/python.lock envs/test.lock")
    assert machine.install("test").stdout == machine.install().stdout == ""
    with (tmp_path / "envs" / "test.lock").open("a") as lock:
        lock.write("# newer\n")
    assert machine.install().stdout == ""
    assert "Python-pakketten voor de tests" in machine.install("test").stdout


def test_only_the_tests_install_a_browser_and_leave_what_is_installed(tmp_path):
    machine = Machine(tmp_path, **PRESENT, id=ROOT_USER, **{"apt-get": WRITE_CALL})
    assert machine.install().returncode == 0
    assert not (tmp_path / "calls").exists()
    result = machine.install("test")
    assert result.returncode == 0
    assert machine.calls()[-1].endswith(" chromium-headless-shell")
    assert "Python-pakketten worden geïnstalleerd" not in result.stdout


def test_ubuntu_has_another_name_for_the_browser(tmp_path):
    machine = Machine(tmp_path, UBUNTU, **PRESENT, id=ROOT_USER, **{"apt-get": WRITE_CALL})
    assert machine.install("test").returncode == 0
    assert machine.calls()[-1].endswith(" chromium-browser")


def test_one_call_installs_the_browser_with_the_rest(tmp_path):
    machine = Machine(tmp_path, id=ROOT_USER, **{"apt-get": WRITE_CALL})
    assert machine.install("test").returncode == 0
    update, install = machine.calls()
    assert install.endswith(f" {ABSENT} chromium-headless-shell")


def test_what_drives_the_browser_is_installed_too(tmp_path):
    python = PYTHON.replace("exit 0", "[[ $* != *libatomic* ]]")
    machine = Machine(
        tmp_path, **PRESENT, id=ROOT_USER, chromium=WRITE_CALL, **{"python3": python, "apt-get": WRITE_CALL}
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
    assert "docs/machines.md" not in result.stderr


@pytest.mark.parametrize("name", ["python", "test", "build"])
def test_lock_is_that_of_the_direct_packages_and_has_hashes(name):
    locked = _locked(name)
    text = (ROOT / "envs" / f"{name}.lock").read_text()
    assert len(re.findall(r"^[a-z0-9].* \\\n    --hash=sha256:", text, re.M)) == len(locked)
    assert len(re.findall(r"^[a-z0-9]", text, re.M)) == len(locked)
    for package, version in _direct_packages(name).items():
        assert locked[package].startswith(version), f"{package}: make lock"


def test_one_lock_is_for_every_python_that_is_accepted():
    for name in ("python", "test", "build"):
        assert "--universal --python-version 3.11 " in (ROOT / "envs" / f"{name}.lock").read_text().splitlines()[1]


def test_what_the_tests_run_on_has_the_versions_of_a_run():
    run, tests = _locked("python"), _locked("test")
    assert {name: tests[name] for name in tests.keys() & run.keys()} == {
        name: run[name] for name in tests.keys() & run.keys()
    }
    assert _direct_packages("python").keys() & _direct_packages("test").keys() == set()


def test_conda_has_the_versions_of_the_lock_but_for_what_is_made_for_its_r():
    dependencies = yaml.safe_load((ROOT / "envs" / "conda.yaml").read_text())["dependencies"]
    lines = re.findall(r"^([a-z].*==.*) \\$", (ROOT / "envs" / "python.lock").read_text(), re.M)
    assert dependencies[-1]["pip"] == [line for line in lines if not line.startswith("rpy2=")]
    assert "rpy2>=3.6" in dependencies


def test_the_lists_name_what_is_imported_and_nothing_else():
    used_by_name = {"pyarrow", "font-source-sans-pro", "font-source-serif-pro", "snakemake-executor-plugin-slurm"}
    of_a_run = _imported_packages("workflow") | {"snakemake"} | used_by_name
    of_tests = _imported_packages("tests") | {"snakefmt", "ruff"}
    assert of_a_run == _direct_packages("python").keys()
    assert of_tests - of_a_run == _direct_packages("test").keys()


def test_the_profile_of_the_cluster_names_rules_that_are_there():
    code = "\n".join(file.read_text() for file in (ROOT / "workflow" / "rules").rglob("*.smk"))
    rules = set(re.findall(r"^rule (\w+):", code, re.MULTILINE))
    profile = yaml.safe_load((ROOT / "profiles" / "slurm" / "config.yaml").read_text())
    named = {group.split("=")[0] for group in profile["groups"]} | set(profile["set-resources"])
    assert named - rules == set()
    # any other short job would wait in the queue by itself, again for each study
    once_a_run = {"changes", "codebook", "write_codebook", "write_style", "compare_releases"}
    assert rules - named == once_a_run


def test_the_audit_of_a_study_is_a_job_of_its_own_on_a_cluster():
    # it waits for those of other studies, and jobs of a group that wait for each other are one job of the cluster
    profile = yaml.safe_load((ROOT / "profiles" / "slurm" / "config.yaml").read_text())
    assert "protect_study" not in {group.split("=")[0] for group in profile["groups"]}
    assert "protect_study" in profile["set-resources"]


def _direct_packages(name: str) -> dict[str, str]:
    """Names in the file, each with its version or nothing."""
    return dict(re.findall(r"^([a-z0-9-]+)(?:==)?(\S*)", (ROOT / "envs" / f"{name}.in").read_text(), re.M))


def _locked(name: str) -> dict[str, str]:
    """Package → version of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / "envs" / f"{name}.lock").read_text(), re.M))


def _imported_packages(folder: str) -> set[str]:
    modules = {module for file in ROOT.glob(f"{folder}/**/*.py") for module in _imports(file)}
    installed = packages_distributions()
    return {installed[module][0].lower().replace("_", "-") for module in modules if module in installed}


def _imports(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in plain | {n.module for n in nodes if isinstance(n, ast.ImportFrom)} if name}
