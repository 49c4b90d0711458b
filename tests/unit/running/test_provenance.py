import ast
import subprocess
from pathlib import Path

import pytest
from given.paths import ROOT

from effectstudie.running import provenance
from effectstudie.running.provenance import (
    imported_modules,
    imported_names,
    installed_mice,
    installed_optmatch,
    installed_r,
    machine,
)
from effectstudie.shared.errors import MissingPackage


@pytest.fixture
def package(tmp_path):
    files = {
        "pack/__init__.py": "",
        "pack/a.py": "from pack.b import thing\nimport json",
        "pack/b.py": "import pack.c",
        "pack/c.py": "def later():\n    from pack import d",
        "pack/d.py": "from pack import a",
        "pack/alone.py": "",
        "pack/deep/__init__.py": "",
        "pack/deep/e.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "pack"


def needs(package, text):
    script = package.parent / "script.py"
    script.write_text(text)
    return [str(Path(path).relative_to(package)) for path in imported_modules(script, package)]


def test_modules_are_followed_through_other_modules_in_circles_and_inside_functions(package):
    assert needs(package, "from pack.a import x") == ["a.py", "b.py", "c.py", "d.py"]


def test_a_module_that_is_not_imported_is_not_needed(package):
    assert "alone.py" not in needs(package, "from pack.a import x")
    assert needs(package, "import json") == []


def test_module_and_member_are_told_apart(package):
    assert needs(package, "from pack import alone") == ["alone.py"]
    assert needs(package, "from pack import nothing_of_this_name") == []


def test_a_better_sentence_about_a_folder_reruns_nothing(package):
    assert needs(package, "from pack.deep.e import x") == ["deep/e.py"]


def test_imports_are_those_that_python_sees():
    sources = [path for folder in ("effectstudie", "scripts") for path in (ROOT / "workflow" / folder).rglob("*.py")]
    assert sources
    for path in sources:
        source, names = path.read_text(encoding="utf-8"), set()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
        assert imported_names(source) == names, path


def test_every_rules_script_names_modules_that_exist():
    for script in (ROOT / "workflow" / "scripts").glob("*.py"):
        modules = imported_modules(script, ROOT / "workflow" / "effectstudie")
        if "snakemake.log" not in script.read_text(encoding="utf-8"):  # a command of its own
            continue
        assert any(path.endswith("logs.py") for path in modules), script
        assert all(Path(path).is_file() for path in modules)


@pytest.fixture
def pretended_r(monkeypatch):
    def pretend(outcome, asked=installed_r):
        def run(*args, **kwargs):
            if isinstance(outcome, Exception):
                raise outcome
            return subprocess.CompletedProcess(args, 0, stdout=outcome)

        monkeypatch.setattr(provenance.subprocess, "run", run)
        installed_r.cache_clear()
        provenance._installed.cache_clear()
        return asked()

    yield pretend
    installed_r.cache_clear()
    provenance._installed.cache_clear()


def test_version_of_r_and_matchit_is_told(pretended_r):
    assert pretended_r("4.2.2 4.5.0") == "R 4.2.2, MatchIt 4.5.0"


@pytest.mark.parametrize("error", [FileNotFoundError(), subprocess.CalledProcessError(1, "Rscript")])
def test_without_r_or_matchit_it_says_so(pretended_r, error):
    assert pretended_r(error) == "no R with MatchIt"


def test_the_r_of_a_container_is_asked_by_its_own_command(tmp_path):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho \"$@\" >{tmp_path}/asked\nprintf '4.5.0 4.7.1'\n")
    program.chmod(0o755)
    command = (str(program), "exec", "image.sif", "Rscript")
    assert installed_r(command) == "R 4.5.0, MatchIt 4.7.1"
    assert installed_mice(command) == installed_optmatch(command) == "4.5.0 4.7.1"
    assert (tmp_path / "asked").read_text().startswith("exec image.sif Rscript --vanilla -e cat(")


def test_the_version_of_mice_is_told_and_without_it_what_to_install(pretended_r):
    assert pretended_r("3.15.0", installed_mice) == "3.15.0"
    for error in (FileNotFoundError(), subprocess.CalledProcessError(1, "Rscript")):
        with pytest.raises(MissingPackage, match="needs R's package mice, .*`apt install r-cran-mice` on Debian"):
            pretended_r(error, installed_mice)
        with pytest.raises(MissingPackage, match="need R's package optmatch, .*Debian lacks: .*install.packages"):
            pretended_r(error, installed_optmatch)


def test_an_archive_names_the_container_that_it_was_made_in():
    assert machine("sha256:0") == machine() | {"container": "sha256:0"} and "container" not in machine()
