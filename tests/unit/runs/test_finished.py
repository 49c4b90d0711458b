import hashlib
import json
import os
import shutil
import zipfile

import pytest

from effectstudie.runs import finished
from effectstudie.runs.finished import read_run, unpacked
from effectstudie.shared.errors import InputError

TESTS = "outcome,p\nsafety,0.05\n"
MANIFEST = {"file": "T0.sav", "sha256": "a", "rows": 3, "corrections": 0, "synthetic": True}
RECORD = {
    "exports": {"T0_jeugd": {"file": "T0.sav", "sha256": "b", "rows": 4, "corrections": 1, "corrections_sha256": "c"}},
    "settings": {"config": {"seed": 1}},
    "versions": {"R": "4.2.2"},
    "files": {"Snakefile": "1"},
    "results": {"analysis/tests.csv": hashlib.sha256(TESTS.encode()).hexdigest(), "report/groningen.html": "other"},
}
RENDER = {"study": {"study": "groningen"}, "versions": {"R": "4.1"}, "tables": {"key": {"csv": "table_s1.csv"}}}
FILES = {
    "config/config.yaml": "raw_dir: /home/someone/exports\nseed: 1\n",
    "config/studies/groningen.yaml": "study: groningen\noutcomes: [safety]\nbackground: [sex]\n",
    "config/outcomes.yaml": "safety: {label: veiligheid}\nsex: {classes: {1: man}}\nother: {label: anders}\n",
    "results/cohort/check/T0_jeugd.json": json.dumps(MANIFEST),
    "results/groningen/analysis/tests.csv": TESTS,
    "results/groningen/render/render.json": json.dumps(RENDER),
    "results/groningen/render/figure_safety.csv": "a\n1\n",
    "results/groningen/render/table_s1.csv": "Uitkomst,T0\nVeiligheid,\"7,1\"\n",
    "results/groningen/report/groningen.html": "<p>Ja.</p>",
    "results/groningen/run.json": json.dumps(RECORD),
}  # fmt: skip


@pytest.fixture
def project(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "project"


def refused(path, study="groningen"):
    with pytest.raises(InputError) as error:
        read_run(path, study)
    return str(error.value)


def zipped(folder, file, top=""):
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{top}{path.relative_to(folder)}")
    return file


def test_a_run_is_read_with_its_record(project):
    run = read_run(project, "groningen")
    assert run.recorded and not run.published_only
    assert (run.exports, run.settings, run.files, run.versions) == tuple(
        RECORD[key] for key in ("exports", "settings", "files", "versions")
    )
    assert run.analysis["tests"].rows == [["safety", "0.05"]]
    assert list(run.printed) == ["key", "figure_safety"]
    assert run.html == "<p>Ja.</p>"


def test_the_container_of_a_run_is_one_of_its_versions(project):
    record = json.dumps(RECORD | {"container": "sha256:0"})
    (project / "results/groningen/run.json").write_text(record, encoding="utf-8")
    assert read_run(project, "groningen").versions == {"R": "4.2.2", "container": "sha256:0"}
    (project / "results/groningen/run.json").write_text(record.replace('"sha256:0"', "null"), encoding="utf-8")
    assert read_run(project, "groningen").versions == {"R": "4.2.2"}


def test_results_that_the_record_was_not_written_for_are_named(project):
    assert read_run(project, "groningen").foreign == ("report/groningen.html",)


def test_without_a_record_the_settings_are_those_beside_the_results(project):
    (project / "results/groningen/run.json").unlink()
    run = read_run(project, "groningen")
    assert not run.recorded and run.files == {}
    assert run.settings["config"] == {"seed": 1}
    assert run.settings["outcomes"] == {"safety": {"label": "veiligheid"}, "sex": {"classes": {"1": "man"}}}
    assert run.exports == {"T0_jeugd": {"file": "T0.sav", "sha256": "a", "rows": 3, "corrections": 0}}
    assert run.versions == {"R": "4.1"}


@pytest.mark.parametrize("part", ["", "results", "results/groningen"])
def test_a_part_of_the_project_will_do(project, part):
    assert read_run(project / part, "groningen") == read_run(project, "groningen")


@pytest.mark.parametrize("top", ["", "archive/", "data/", "archive/data/"])
def test_an_archive_is_read_as_a_folder_is(project, tmp_path, top):
    archive = zipped(project, tmp_path / "archive.zip", top)
    assert read_run(archive, "groningen") == read_run(project, "groningen")


def test_what_may_be_published_is_enough(project, tmp_path):
    public = tmp_path / "public"
    for stage in ("render", "report"):
        shutil.copytree(project / "results/groningen" / stage, public / "data" / stage)
    run = read_run(public, "groningen")
    assert run.published_only and not run.recorded
    assert (run.analysis, run.exports, run.settings) == ({}, {}, {})
    assert list(run.printed) == ["key", "figure_safety"]
    assert "holds no results of study 'haaglanden'" in refused(public, "haaglanden")


def test_an_unpacked_archive_is_gone_afterwards(project, tmp_path):
    with unpacked(zipped(project, tmp_path / "archive.zip")) as folder:
        assert (folder / "results").is_dir()
    assert not folder.exists()
    with unpacked(project) as folder:
        assert folder == project


def test_what_is_no_run_is_told_in_one_sentence(project, tmp_path):
    assert refused(tmp_path / "nowhere").endswith("nowhere: there is no such folder or archive.")
    (tmp_path / "text.zip").write_text("no zip")
    assert refused(tmp_path / "text.zip").endswith("text.zip: is neither a folder nor a zip.")
    assert refused(project, "twente").endswith("holds no results of study 'twente'; it holds groningen.")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(empty).endswith("give the project's folder, results/ or an archive.")
    (project / "results/groningen/run.json").write_text("{")
    message = refused(project)
    assert "cannot be read as results of study 'groningen' (JSONDecodeError" in message and "\n" not in message


@pytest.mark.parametrize("text", ["[]", "3", '{"exports": 3, "results": 3}', "[" * 100_000])
def test_a_record_of_another_kind_is_told_in_one_sentence(project, text):
    (project / "results/groningen/run.json").write_text(text)
    message = refused(project)
    assert "cannot be read as results of study 'groningen' (" in message and "\n" not in message


def test_a_zip_that_cannot_be_unpacked_or_has_no_end_is_told_in_one_sentence(project, tmp_path, monkeypatch):
    archive = zipped(project, tmp_path / "archive.zip")
    content = archive.read_bytes()
    place = content.rindex(b"PK\x01\x02")
    locked = content[: place + 8] + b"\x01" + content[place + 9 :]
    overlong = zipped(project, tmp_path / "overlong.zip", f"{'x' * 300}/").read_bytes()
    for text in (locked, content.replace(b"PK\x03\x04", b"PK\x03\x05")):
        archive.write_bytes(text)
        assert "archive.zip: cannot be unpacked (" in refused(archive)
    archive.write_bytes(overlong)
    assert "archive.zip: holds names that no archive has (xxx" in refused(archive)
    archive.write_bytes(content)
    monkeypatch.setattr(finished, "MOST_BYTES", 10)
    assert refused(archive).endswith("archive.zip: holds more than 0 MB, which no run does.")


@pytest.mark.parametrize("page", ["", "  ", "\n", "<!-- -->", '<?xml version="1.0" encoding="utf-8"?><p>a</p>'])
def test_a_report_with_nothing_to_compare_is_told_in_one_sentence(project, page):
    (project / "results/groningen/report/groningen.html").write_text(page, encoding="utf-8")
    assert refused(project) == (
        f"{project}: report groningen.html is empty or no page, so it cannot be compared; make it again."
    )


def test_a_pipe_is_no_archive_and_nothing_is_waited_for(project, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == f"{tmp_path}/pipe: is neither a folder nor a zip."
    os.mkfifo(project / "results/groningen/analysis/other.csv")
    assert list(read_run(project, "groningen").analysis) == ["tests"]


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/tmp/out.txt",
        "..\\out.txt",
        "C:/out.txt",
        "a\u202eb",
        "a\x1b[2J",
        "../folder/",
    ],
)
def test_a_zip_with_names_that_lead_elsewhere_is_not_unpacked(project, tmp_path, name):
    file = zipped(project, tmp_path / "a.zip")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"")
    told = refused(file)
    assert told.startswith(f"{file}: holds names that no archive has (") and told.isprintable()


def test_a_zip_with_links_is_not_unpacked(project, tmp_path):
    file, link = zipped(project, tmp_path / "a.zip"), zipfile.ZipInfo("results/groningen/render/a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "holds names that no archive has (results/groningen/render/a.csv)" in refused(file)


def test_names_that_are_not_printed_stand_as_codes_in_a_sentence(project, tmp_path):
    odd = project.rename(tmp_path / "a\u202e\x1b[2Jb")
    assert refused(odd, "x\u202ey").startswith(f"{tmp_path}/a\\u202e\\x1b[2Jb: holds no results of study 'x\\u202ey'")
    (odd / "results/groningen").rename(odd / "results/g\u202e\x1b[2J")
    assert refused(odd).endswith("it holds g\\u202e\\x1b[2J.")
    assert refused(tmp_path / "c\x1b").startswith(f"{tmp_path}/c\\x1b: there is no such folder")
