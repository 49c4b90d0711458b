"""What goes into an archive, what never does, and that nothing which was archived is lost."""

import csv
import io
import json
import stat

import pytest
from given.small_run import PERSON, PSEUDONYM, SMALL_CELL, commit, packed, small_run

from effectstudie.archive.bag import sha256, unzipped
from effectstudie.archive.contents import keep
from effectstudie.shared.errors import EffectstudieError


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "project")


def inside(archive):
    folder, files, found = unzipped(archive.content)
    assert folder == archive.name and not found
    return {path.removeprefix("data/"): content for path, content in files.items() if path.startswith("data/")}


def rows(files, path):
    return list(csv.DictReader(io.StringIO(files[path].decode())))


# The same run, the same bytes.


@pytest.mark.parametrize("internal", [False, True])
def test_the_same_run_in_two_folders_gives_the_same_bytes(tmp_path, internal):
    first, second = (packed(small_run(tmp_path / name), internal) for name in ("one", "two"))
    assert first == second


def test_the_place_of_exports_and_key_makes_no_difference(run):
    moved = run._replace(config={**run.config, "raw_dir": "/elsewhere", "pseudonym_key_file": "/elsewhere/key"})
    assert packed(moved) == packed(run)


@pytest.mark.parametrize("path", ["exports/T0_jeugd.csv", "results/zeeland/render/table_1.csv", "Snakefile"])
def test_another_export_result_or_program_gives_another_name(run, path):
    before = packed(run).name
    (run.project / path).write_text("other\n")
    assert packed(run).name != before


def test_another_version_of_a_package_gives_another_name(run):
    assert packed(run._replace(software={**run.software, "R: MatchIt": "4.6"})).name != packed(run).name


# What is in it.


def test_the_name_tells_study_commit_and_content(run):
    made = commit(run.project)
    archive = packed(run)
    assert archive.name == f"zeeland_{made[:10]}_{archive.identifier[:16]}"
    assert packed(run, internal=True).name.startswith(f"zeeland_intern_vertrouwelijk_{made[:10]}_")


def test_without_git_the_archive_says_that_there_is_no_commit(run):
    archive = packed(run)
    files = inside(archive)
    assert archive.name.startswith("zeeland_zonder-commit_")
    assert "De commit is niet bekend: git noemt voor deze map geen commit." in files["LEESMIJ.txt"].decode()
    version = json.loads(files["run/version.json"])
    assert (version["commit"], version["dirty"]) == (None, None)


def test_what_differs_from_the_commit_is_told_and_shown(run):
    commit(run.project)
    (run.project / "workflow/scripts/write_report.py").write_text("changed\n")
    (run.project / "resources/texts/zeeland/citaten.md").write_text("# Zonder dat ene citaat\n")
    files = inside(packed(run, internal=True))
    version = json.loads(files["run/version.json"])
    assert version["dirty"] and len(version["changed"]) == 2
    assert b"+changed" in files["run/changes.patch"] and b"dat ene citaat" in files["run/changes.patch"]


def test_a_published_archive_names_changed_texts_but_shows_only_the_program(run):
    commit(run.project)
    (run.project / "workflow/scripts/write_report.py").write_text("changed\n")
    (run.project / "resources/texts/zeeland/citaten.md").write_text("# Andere citaten\n")
    files = inside(packed(run))
    assert json.loads(files["run/version.json"])["changed"][0] == "resources/texts/zeeland/citaten.md"
    assert b"+changed" in files["run/changes.patch"] and b"-# Citaten" not in files["run/changes.patch"]


def test_files_of_another_study_change_nothing(run):
    commit(run.project)
    before = packed(run)
    (run.project / "config/studies/drenthe.yaml").write_text("study: other\n")
    (run.project / "resources/texts/drenthe/citaten.md").write_text("other\n")
    assert packed(run) == before
    assert not [path for path in inside(before) if "drenthe" in path]


def test_settings_exports_steps_and_software_are_in_it(run):
    files = inside(packed(run))
    assert b"seed: 7" in files["run/config.yaml"] and b"/somewhere" not in files["run/config.yaml"]
    (export, corrections) = rows(files, "run/raw_files.csv")
    raw = (run.project / "exports/T0_jeugd.csv").read_bytes()
    assert export == {"file": "T0_jeugd.csv", "sha256": sha256(raw)}
    assert corrections["file"] == "corrections.csv"
    assert [step["rule"] for step in json.loads(files["run/steps.json"])][0] == "ingest_exports"
    assert json.loads(files["run/environment.json"])["software"]["R: MatchIt"] == "4.5.1"
    assert files["results/zeeland/report/zeeland.html"] and files["code/Snakefile"]


def test_a_title_with_a_sign_of_html_is_plain_in_the_readme(run):
    assert "UITKOMSTEN VAN DIJK & DUIN" in inside(packed(run))["LEESMIJ.txt"].decode()


# What is never in it.


@pytest.mark.parametrize("internal", [False, True])
def test_no_archive_holds_ids_exports_or_the_key(run, internal):
    (run.project / "secret.key").write_text("secret")
    files = inside(packed(run, internal))
    assert not [path for path, content in files.items() if PERSON.encode() in content]
    assert not [path for path in files if path.endswith((".key", "T0_jeugd.csv", "corrections.csv"))]


def test_no_corrections_and_a_file_of_none_are_the_same(run):
    (run.project / "exports/corrections.csv").write_text("file,id,column\n")
    archive = packed(run)
    assert [row["file"] for row in rows(inside(archive), "run/raw_files.csv")] == ["T0_jeugd.csv"]
    assert packed(run._replace(config={**run.config, "corrections_file": None})) == archive


@pytest.mark.parametrize(
    "path",
    [
        *("config/corrections.csv", "config/namen.yaml", "resources/texts/zeeland/notities.md"),
        *("resources/texts/zeeland/namen.xlsx", "resources/antwoorden.sav", "docs/brief.docx", "namen.csv"),
    ],
)
def test_what_lies_in_the_project_but_is_no_part_of_it_stays_out(run, path):
    (run.project / "docs").mkdir()
    (run.project / path).write_text(PERSON)
    assert PERSON.encode() not in b"".join(inside(packed(run, internal=True)).values())


def test_a_published_archive_holds_no_persons_and_no_small_cells(run):
    files = inside(packed(run))
    assert not [path for path in files if path.endswith((".parquet", ".log")) or "_intern" in path]
    assert not [path for path in files if path.startswith(("results/cohort/", "results/zeeland/analysis/"))]
    for content in files.values():
        assert PSEUDONYM.encode() not in content and SMALL_CELL.encode() not in content
        assert b"3 jongeren" not in content


def test_the_internal_archive_does_hold_them(run):
    files = inside(packed(run, internal=True))
    assert files["results/zeeland/analysis/tests.csv"] == SMALL_CELL.encode()
    assert PSEUDONYM.encode() in files["results/cohort/ingest/T0_jeugd.parquet"]
    assert "results/logs/analyse_outcomes/zeeland.log" in files
    assert rows(files, "run/not_included.csv") == []


def test_checksums_stand_for_what_is_not_published_but_not_for_one_small_table(run):
    files = inside(packed(run))
    found = {row["file"]: row for row in rows(files, "run/not_included.csv")}
    persons = run.project / "results/cohort/ingest/T0_jeugd.parquet"
    assert found["results/cohort/ingest/T0_jeugd.parquet"]["sha256"] == sha256(persons.read_bytes())
    assert found["results/zeeland/analysis/tests.csv"]["sha256"] == ""
    digest = sha256(SMALL_CELL.encode())
    assert found["samen"]["sha256"] == sha256(f"{digest}  results/zeeland/analysis/tests.csv\n".encode())
    assert not [path for path, content in files.items() if digest.encode() in content]


def test_what_a_licence_keeps_inside_is_only_in_the_internal_archive(run):
    licensed = run.project / "resources/instruments/licensed/sis.yaml"
    licensed.parent.mkdir()
    licensed.write_text("key: 1, 2\n")
    public, internal = inside(packed(run)), inside(packed(run, internal=True))
    paths = {"code/resources/instruments/licensed/sis.yaml", "results/codebook/codebook.csv"}
    assert not paths & public.keys() and paths <= internal.keys()
    why = {row["file"]: row["why"] for row in rows(public, "run/not_included.csv")}
    assert why["resources/instruments/licensed/sis.yaml"] == why["results/codebook/codebook.csv"] == "licentie"


# How it is kept.


def test_archives_are_kept_beside_each_other(run, tmp_path):
    first = keep(packed(run), tmp_path / "kept", private=False)
    (run.project / "Snakefile").write_text("# other\n")
    second = keep(packed(run), tmp_path / "kept", private=False)
    assert first != second and first.is_file() and second.is_file()


def test_the_same_archive_is_written_once(run, tmp_path):
    archive = packed(run)
    path = keep(archive, tmp_path, private=False)
    before = path.stat().st_mtime_ns
    assert keep(archive, tmp_path, private=False) == path and path.stat().st_mtime_ns == before


def test_a_damaged_archive_is_not_written_over(run, tmp_path):
    archive = packed(run)
    path = keep(archive, tmp_path, private=False)
    path.write_bytes(archive.content[:-1])
    with pytest.raises(EffectstudieError) as error:
        keep(archive, tmp_path, private=False)
    assert str(error.value) == f"{path}: was changed after it was made; move it out of this folder and look why."
    assert path.read_bytes() == archive.content[:-1]


def test_only_its_owner_can_read_an_internal_archive(run, tmp_path):
    path = keep(packed(run, internal=True), tmp_path / "archive_intern", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
