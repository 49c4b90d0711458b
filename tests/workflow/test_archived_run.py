"""The archive of the Groningen run: the same bytes from two projects, nothing of persons, and nothing is lost."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from given.whole_project import WholeProject

pytestmark = pytest.mark.e2e

TARGET, FOLDER = "archive_groningen", "results/groningen/archive"
COMMIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m"]


def archives(project):
    return sorted((project.folder / FOLDER).glob("*.zip"))


@pytest.fixture(scope="module")
def published(finished_project, tmp_path_factory):
    """Name and content of the archive of the project that made its own exports."""
    project = WholeProject(tmp_path_factory.mktemp("archived"), finished_project.home)
    project.follow(finished_project)
    project.run("--cores", "1", TARGET)
    (path,) = archives(project)
    return path.name, path.read_bytes()


def but_for_the_demonstration(content):
    """Path → bytes of an archive without the invented cohort, which that of own exports lacks, and what lists files."""
    listing = ("bag-info.txt", "tagmanifest-sha256.txt", "ro-crate-metadata.json")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        files = {name.split("/", 1)[1]: file.read(name) for name in file.namelist()}
    files["manifest-sha256.txt"] = b"".join(
        line for line in files["manifest-sha256.txt"].splitlines(True) if b"/demo/" not in line and b"crate" not in line
    )
    demo = {name for name in files if "/resources/demo/" in name}
    return {name: one for name, one in files.items() if name not in demo and not name.endswith(listing)}, len(demo)


def test_a_second_project_gives_the_same_archive_and_a_new_commit_a_second_one(project, published):
    project.run("--cores", "1", TARGET)
    (path,) = archives(project)
    assert path.name.startswith("groningen_zonder-commit_")
    (own, none), (invented, demo) = map(but_for_the_demonstration, (path.read_bytes(), published[1]))
    assert own == invented and len(own) > 250
    assert none == 0 < demo
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"], [*COMMIT, "first"]):
        subprocess.run(command, cwd=project.folder, check=True)
    output = project.run("--cores", "1", TARGET)
    assert re.findall(r"stap \d+ van \d+ begint: (.*)", output) == [TARGET]
    assert path in archives(project) and len(archives(project)) == 2


def test_the_internal_archive_asks_for_the_internal_report(finished_project):
    jobs = finished_project.jobs(f"{TARGET}_intern")
    assert jobs.pop(f"{TARGET}_intern") == 1
    written = {"write_report": 1, "write_quality": 1, "write_tables": 1}
    assert jobs == {"render_study": 1, "check_texts": 1, "check_outputs": 1, **written}


def texts(name, content):
    if not name.endswith((".docx", ".zip")):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(part) for part in parts.namelist())


def test_no_person_is_in_the_published_archive(published, finished_project):
    folder = finished_project.folder / "results/cohort/ingest"
    ids = {
        identifier.encode()
        for table in ("T0_volwassenen", "T2_jeugd")
        for column, values in pd.read_parquet(folder / f"{table}.parquet").items()
        if column in ("household", "respondent", "child")
        for identifier in values
    }
    with zipfile.ZipFile(io.BytesIO(published[1])) as file:
        files = {name.split("/", 1)[1]: file.read(name) for name in file.namelist()}
    assert len(ids) > 1000 and len(files) > 250
    assert not [name for name in files if name.endswith((".parquet", ".sav", ".log", ".key"))]
    results = {"/".join(name.split("/")[2:4]) for name in files if name.startswith("data/results/")}
    made = {"groningen/render", "groningen/report", "groningen/texts.json", "groningen/checks.json"}
    assert results == made | {"codebook/codebook.html", "codebook/codebook.csv"}
    for name, content in files.items():
        text = texts(name, content)
        assert not {found for found in re.findall(rb"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])", text)} & ids, name
        if not name.startswith("data/code/"):
            assert b"DEMO-H" not in text, name


def test_no_checksum_of_what_stays_inside_is_in_the_published_archive(published, finished_project):
    """A bare one of a small file gives its content to who can guess the rest of it."""
    with zipfile.ZipFile(io.BytesIO(published[1])) as file:
        inside = {name: file.read(name) for name in file.namelist()}
    held = {hashlib.sha256(content).hexdigest() for content in inside.values()}
    digests = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("demo_cohort", "cohort", "groningen")
        for path in (finished_project.folder / "results" / folder).rglob("*.*")
        if path.is_file() and path.parent.name != "archive"
    }
    private = {digest: path for path, digest in digests.items() if digest not in held}
    assert len(private) > 80
    for name, content in inside.items():
        found = {part[:64].decode() for part in re.findall(rb"[0-9a-f]{64}", texts(name, content))}
        assert [private[digest] for digest in found & private.keys()] == [], name


def test_verify_finds_it_right_and_one_changed_byte_wrong(published, finished_project, tmp_path):
    name, content = published
    verify = [sys.executable, "workflow/scripts/verify.py", str(tmp_path / name)]
    changed = content[:3_000_000] + bytes([content[3_000_000] ^ 1]) + content[3_000_001:]
    for text, code, says in ((content, 0, "In orde."), (changed, 1, "NIET in orde.")):
        (tmp_path / name).write_bytes(text)
        done = subprocess.run(verify, cwd=finished_project.folder, capture_output=True, text=True, check=False)
        assert done.returncode == code and done.stdout.startswith(says), done.stderr
    assert (tmp_path / name.replace(".zip", ".controle.html")).is_file()
