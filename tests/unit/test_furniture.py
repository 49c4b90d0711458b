"""What a public project has beside its code: each file is there, can be read, and says the same as the others."""

import configparser
import re
import tomllib

import pytest
import yaml
from given.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
HOOKS = {
    hook["id"]: hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repository["hooks"]
}
DATA = re.compile(HOOKS["no-data"]["files"]), re.compile(HOOKS["no-data"]["exclude"])


def test_the_licence_is_the_same_everywhere():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split("\n")[0].strip() == "EUROPEAN UNION PUBLIC LICENCE v. 1.2"
    assert re.findall(r"^(\d+)\. ", text, re.M) == [str(article) for article in range(1, 16)]
    assert "Appendix" in text
    assert PROJECT["project"]["license"] == CITATION["license"] == "EUPL-1.2"
    assert PROJECT["project"]["license-files"] == ["LICENSE"]


def test_the_citation_is_of_this_version():
    assert CITATION["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "type"} <= CITATION.keys()
    assert CITATION["version"] == PROJECT["project"]["version"]
    assert CITATION["title"].startswith(PROJECT["project"]["name"])


def test_the_changelog_starts_with_what_is_not_released():
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads[0] == "[Unreleased]"
    assert [head for head in heads[1:] if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", head)] == []


def test_hooks_download_nothing_and_run_programs_of_the_lock():
    """So the versions before a commit are those of CI, and stand in one file."""
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "envs/test.lock").read_text(encoding="utf-8"), re.M)
    programs = {hook["entry"].split()[0] for hook in HOOKS.values() if hook["language"] == "system"}
    assert {hook["language"] for hook in HOOKS.values()} == {"system", "fail"}
    assert programs == {".venv/bin/ruff", ".venv/bin/snakefmt"}
    assert {program.split("/")[-1] for program in programs} <= set(locked)
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {repository["repo"] for repository in repositories} == {"local"}


@pytest.mark.parametrize(
    "line", [line for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line.startswith("*.")]
)
def test_hooks_refuse_the_data_that_git_ignores(line):
    files, exclude = DATA
    assert files.search(line.replace("*", "resources/T0_volwassenen"))
    assert files.search(line.replace("*", "T0_VOLWASSENEN").upper())
    assert not exclude.search(line.replace("*", "resources/T0_volwassenen"))


@pytest.mark.parametrize("name", ["corrections.csv", "raw/T0.csv", "resources/norms/licensed/tsi.csv"])
def test_hooks_refuse_data_by_its_place(name):
    assert DATA[0].search(name)


@pytest.mark.parametrize("name", ["config/variables.csv", "tests/oracles/data.csv", "docs/images/report.png"])
def test_hooks_leave_what_is_no_data(name):
    assert not DATA[0].search(name)


def test_editors_and_ruff_have_one_width():
    settings = configparser.ConfigParser()
    settings.read_string("[top]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    assert settings["top"]["root"] == "true"
    assert int(settings["*"]["max_line_length"]) == PROJECT["tool"]["ruff"]["line-length"]
    assert settings["Makefile"]["indent_style"] == "tab"


def test_the_hosting_platform_runs_what_ci_runs():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    systems = job["strategy"]["matrix"]["system"]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands[-1] == "bash .ci/run"
    assert job["container"] == "${{ matrix.system }}" and systems == ["debian:12", "debian:13"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "On Debian 12 or 13, or Ubuntu 24.04, with `git` and `make`" in readme
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


def test_the_hosting_platform_tries_every_way_to_install():
    jobs = yaml.safe_load((ROOT / ".github/workflows/machines.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs.keys() == {"system", "python", "container", "pixi", "conda"}
    assert jobs["python"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert set(jobs["system"]["strategy"]["matrix"]["runner"]) == {"ubuntu-latest", "ubuntu-24.04-arm"}


def test_an_image_holds_what_the_installer_asks_for_and_every_folder_of_the_program():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    script = (ROOT / "envs/install.sh").read_text(encoding="utf-8")
    asked = set(re.findall(r"echo (python3-venv|r-[a-z-]+)", script)) | set(
        re.findall(r"^    (lib\S+):lib", script, re.M)
    )
    assert len(asked) == 6 and asked <= set(text.split())
    copied = re.findall(r"^COPY (.*) \S+$", text, re.M)
    let_in = re.findall(r"^!(.*)", (ROOT / ".containerignore").read_text(encoding="utf-8"), re.M)
    assert sorted(" ".join(copied).split()) == sorted(let_in)


def test_the_same_r_and_matchit_come_from_conda_by_both_ways():
    pixi = tomllib.loads((ROOT / "pixi.toml").read_text(encoding="utf-8"))["dependencies"]
    conda = yaml.safe_load((ROOT / "envs/conda.yaml").read_text(encoding="utf-8"))["dependencies"]
    assert f"r-matchit{pixi['r-matchit']}" in conda and f"r-base={pixi['r-base'][:3]}" in conda
    assert f"python={pixi['python'][:4]}" in conda


def test_the_catalog_of_workflows_can_read_what_it_asks():
    usage = yaml.safe_load((ROOT / ".snakemake-workflow-catalog.yml").read_text(encoding="utf-8"))["usage"]
    assert usage.keys() == {"mandatory-flags", "software-stack-deployment"}
    deployment = usage["software-stack-deployment"]
    assert deployment == {"conda": False, "apptainer": False, "apptainer+conda": False, "report": True}
    # the catalog looks for these two words
    readme = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    assert "snakemake" in readme and "workflow" in readme
