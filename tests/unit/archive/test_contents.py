"""What goes into an archive, what never does, and that nothing which was archived is lost."""

import base64
import csv
import hashlib
import io
import json
import zlib

import pytest
from given.pictures import jpeg
from given.small_run import KEY, PERSON, PSEUDONYM, REASON, SMALL_CELL, commit, packed, small_run

from effectstudie.archive.bag import sha256
from effectstudie.archive.checking.reading import unzipped
from effectstudie.privacy.pseudonyms import fingerprint, sealed
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


def test_an_archive_names_the_export_that_was_read_whatever_took_its_place(run):
    before = packed(run).name
    (run.project / "exports/T0_jeugd.csv").write_text("other\n")
    assert packed(run).name == before
    assert packed(run._replace(raw={"exports/T0_jeugd.csv": "0" * 64})).name != before


@pytest.mark.parametrize("path", ["results/zeeland/render/table_1.csv", "Snakefile"])
def test_another_result_or_program_gives_another_name(run, path):
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


def test_an_archive_has_the_settings_and_texts_of_a_study_that_its_own_is_made_beside(run):
    other = {"code/config/studies/drenthe.yaml", "code/resources/texts/drenthe/citaten.md"}
    assert not other & inside(packed(run)).keys()
    assert other <= inside(packed(run._replace(study={**run.study, "published_beside": ["drenthe"]}))).keys()


def test_the_register_of_earlier_versions_is_only_in_the_internal_archive(run):
    path = "config/releases/zeeland_1.json"
    (run.project / path).parent.mkdir()
    (run.project / path).write_text('{"most": 3}')
    job = run.jobs[-1]._replace(inputs=(*run.jobs[-1].inputs, path))
    run = run._replace(jobs=[*run.jobs[:-1], job])
    public, internal = inside(packed(run)), inside(packed(run, internal=True))
    assert f"code/{path}" not in public and f"code/{path}" in internal
    (row,) = [row for row in rows(public, "run/not_included.csv") if row["file"] == path]
    assert row == {"file": path, "hmac_sha256": sealed(run.digest(path), KEY), "why": "eerdere versies"}


def test_notes_that_git_does_not_know_are_neither_published_nor_named(run):
    commit(run.project)
    before = packed(run)
    notes = ("docs/notities-familie.md", "resources/antwoorden.csv", "workflow/namen.txt")
    for path in notes:
        (run.project / path).parent.mkdir(exist_ok=True)
        (run.project / path).write_text(PERSON)
    assert packed(run) == before
    assert {f"code/{path}" for path in notes} <= inside(packed(run, internal=True)).keys()
    (run.project / "workflow/scripts/more.py").write_text("pass\n")
    (run.project / "resources/instruments/tsi.csv").write_text("1\n")
    job = run.jobs[0]._replace(inputs=(*run.jobs[0].inputs, "resources/instruments/tsi.csv"))
    files = inside(packed(run._replace(jobs=[job, *run.jobs[1:]])))
    new = ["resources/instruments/tsi.csv", "workflow/scripts/more.py"]
    assert json.loads(files["run/version.json"])["new"] == new and {f"code/{path}" for path in new} <= files.keys()


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
    beside = rows(files, "run/raw_files.csv")
    assert [row["file"] for row in beside] == ["T0_jeugd.csv", "corrections.csv", "recodes.csv"]
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
    assert not [path for path, content in files.items() if PERSON.encode() in content or REASON.encode() in content]
    assert not [path for path in files if path.endswith((".key", "T0_jeugd.csv", "corrections.csv", "recodes.csv"))]


@pytest.mark.parametrize("name", ["corrections", "recodes"])
def test_a_list_that_is_not_there_and_one_of_nothing_are_the_same(run, name):
    (run.project / f"exports/{name}.csv").write_text("file,id,column\n")
    archive = packed(run)
    assert f"{name}.csv" not in [row["file"] for row in rows(inside(archive), "run/raw_files.csv")]
    assert packed(run._replace(config={**run.config, f"{name}_file": None})) == archive


@pytest.mark.parametrize(
    "path",
    [
        *("config/corrections.csv", "config/recodes.csv", "config/namen.yaml", "resources/texts/zeeland/notities.md"),
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


def test_a_published_archive_has_checksums_of_what_it_does_not_hold_that_take_the_key(run):
    files = inside(packed(run))
    found = {row["file"]: row for row in rows(files, "run/not_included.csv")}
    persons, small = "results/cohort/ingest/T0_jeugd.parquet", "results/zeeland/analysis/tests.csv"
    assert found[persons]["hmac_sha256"] == sealed(run.digest(persons), KEY)
    assert found[small]["hmac_sha256"] == ""
    assert found["samen"]["hmac_sha256"] == sealed(sha256(f"{run.digest(small)}  {small}\n".encode()), KEY)
    raw = {row["file"]: row for row in rows(files, "run/raw_files.csv")}
    for name in ("T0_jeugd.csv", "corrections.csv"):
        told = {"file": name, "hmac_sha256": sealed(run.digest(f"exports/{name}"), KEY), "key": fingerprint(KEY)}
        assert raw[name] == told
    assert packed(run._replace(key=b"other" * 8)).identifier != packed(run).identifier


def test_an_internal_archive_has_checksums_that_anybody_inside_can_make(run):
    found = rows(inside(packed(run, internal=True)), "run/raw_files.csv")
    names = ("T0_jeugd.csv", "corrections.csv", "recodes.csv")
    assert found == [{"file": name, "sha256": run.digest(f"exports/{name}")} for name in names]


def fingerprints(content):
    """Every way in which a checksum of a guess may stand somewhere, whole or in part."""
    for kind in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "sha3_256"):
        digest = hashlib.new(kind, content).digest()
        yield from (digest.hex()[:12].encode(), digest.hex()[:12].upper().encode(), digest[:9])
        yield from (base64.b64encode(digest)[:12], base64.urlsafe_b64encode(digest)[:12], base64.b32encode(digest)[:12])
    yield f"{zlib.crc32(content):08x}".encode()


def test_who_guesses_a_file_of_persons_cannot_see_in_a_published_archive_that_it_is_right(run):
    """The corrections were guessed so: what stands beside them leaves few ids and answers to try."""
    guesses = {
        value: run.read("exports/corrections.csv").replace(b"sis_01", f"sis_01,{value}".encode()) for value in range(4)
    }
    (run.project / "exports/corrections.csv").write_bytes(guesses[2])
    secret = [*run.persons, *run.groups, *run.internal, *run.raw, "exports/corrections.csv"]
    archive = packed(run)
    texts = b"".join([archive.name.encode(), *inside(archive).values()])
    told = [path for path in secret if any(mark in texts for mark in fingerprints(run.read(path)))]
    told += [value for value, guess in guesses.items() if any(mark in texts for mark in fingerprints(guess))]
    assert told == []
    assert any(mark in texts for mark in fingerprints(run.read("Snakefile")))  # it would be seen


@pytest.mark.parametrize("path", ["code/Snakefile", "code/config/config.yaml", "results/zeeland/report/zeeland.html"])
def test_an_archive_that_its_own_check_would_refuse_is_not_made(run, path):
    project = run.project
    if path.startswith("results/"):
        run = run._replace(public=run.public[:1])
    else:
        (project / path.removeprefix("code/")).unlink()
    with pytest.raises(EffectstudieError, match=f"An archive has to hold {path}; look why"):
        packed(run)


def test_a_result_of_a_kind_that_no_archive_has_is_not_taken_along(run):
    (run.project / "results/zeeland/render/more.zip").write_bytes(b"")
    with pytest.raises(EffectstudieError, match="An archive has no place for results/zeeland/render/more.zip"):
        packed(run)


def test_the_data_that_analysts_work_on_with_are_in_no_archive(run):
    path = "results/zeeland/data/zeeland_volwassenen.csv"
    (run.project / path).parent.mkdir()
    (run.project / path).write_text("P0123456789abcdef;3\n")
    for internal in (True, False):
        assert path not in inside(packed(run, internal))
        with pytest.raises(EffectstudieError, match=f"An archive has no place for {path}"):
            packed(run._replace(public=[*run.public, path]), internal)


def test_what_a_camera_wrote_in_a_picture_of_the_texts_is_not_published(run):
    """The report does not show it either, and the picture that is left gives the same report."""
    path = "resources/texts/zeeland/huis.jpg"
    bare, written = jpeg(), jpeg(b"Exif Kerkstraat 12, 52.1 N")
    (run.project / path).write_bytes(written)
    (run.project / "resources/texts/zeeland/kaart.svg").write_text("<svg><!-- bij mevr. J. --><g/></svg>")
    (run.project / "resources/texts/zeeland/kapot.png").write_bytes(b"no picture")
    names = [path, path.replace("huis.jpg", "kaart.svg"), path.replace("huis.jpg", "kapot.png")]
    job = run.jobs[-1]._replace(inputs=(*run.jobs[-1].inputs, *names))
    run = run._replace(jobs=[*run.jobs[:-1], job])
    public, internal = inside(packed(run)), inside(packed(run, internal=True))
    assert [public[f"code/{name}"] for name in names] == [bare, b"<svg><g/></svg>", b""]
    assert internal[f"code/{path}"] == run.read(path)


def test_what_a_licence_keeps_inside_is_only_in_the_internal_archive(run):
    licensed = run.project / "resources/instruments/licensed/sis.yaml"
    licensed.parent.mkdir()
    licensed.write_text("key: 1, 2\n")
    public, internal = inside(packed(run)), inside(packed(run, internal=True))
    paths = {"code/resources/instruments/licensed/sis.yaml", "results/codebook/codebook.csv"}
    assert not paths & public.keys() and paths <= internal.keys()
    why = {row["file"]: row["why"] for row in rows(public, "run/not_included.csv")}
    assert why["resources/instruments/licensed/sis.yaml"] == why["results/codebook/codebook.csv"] == "licentie"
