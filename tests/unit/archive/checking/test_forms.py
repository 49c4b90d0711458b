"""An archive may be right in every checksum and lie in the rest: its files are what an archive has."""

import json
import time

import pytest
from given.bags import bagged
from given.paths import ROOT
from given.small_run import packed, small_run

from effectstudie.archive.bag import Finding, content_id, sha256, zipped
from effectstudie.archive.checking import forms
from effectstudie.archive.checking.page import Answer, summary
from effectstudie.archive.checking.reading import unzipped
from effectstudie.archive.checking.verify import check
from effectstudie.archive.contents import METADATA, always

STUDY = "zeeland"
DEEP = b"[" * 100_000 + b"]" * 100_000
LEVELS = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
BOMB = "\n".join(["a0: &a0 x", *LEVELS]).encode()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return small_run(tmp_path_factory.mktemp("run") / "project")


@pytest.fixture(scope="module")
def payload(run):
    files = unzipped(packed(run).content)[1]
    return {path.removeprefix("data/"): text for path, text in files.items() if path.startswith("data/")}


def verdict(payload, tmp_path, described=False, **changed):
    """What the check says of an archive with these files changed, or None for left out; each checksum of it is right.

    `described`: its metadata know the files as they are now.
    """
    files = {path: text for path, text in {**payload, **changed}.items() if text is not None}
    if described:
        metadata = json.loads(files[METADATA])
        for entity in metadata["@graph"]:
            if entity["@type"] != "CreativeWork" and entity["@id"] in files:
                content = files[entity["@id"]]
                entity |= {"contentSize": str(len(content)), "sha256": sha256(content)}
        files[METADATA] = json.dumps(metadata).encode()
    members = bagged(files)
    path = tmp_path / f"forged_{content_id(members)[:16]}.zip"
    path.write_bytes(zipped(path.stem, members))
    checked = check(path)
    text = summary(Answer(checked, None, asked=False), ROOT / "resources/pages")
    assert text.startswith("NIET in orde." if checked.findings else "In orde.")
    assert all(line.isprintable() for line in text.splitlines())
    return checked.findings


def test_an_archive_of_another_hand_that_is_as_ours_is_right(payload, tmp_path):
    assert verdict(payload, tmp_path) == verdict(payload, tmp_path, described=True) == []
    report = payload[f"results/{STUDY}/report/{STUDY}.html"] + b"\n"
    assert verdict(payload, tmp_path, described=True, **{f"results/{STUDY}/report/{STUDY}.html": report}) == []


def test_an_internal_archive_is_right(run, tmp_path):
    made = packed(run, internal=True)
    (tmp_path / "a.zip").write_bytes(made.content)
    assert check(tmp_path / "a.zip").findings == []


@pytest.mark.parametrize("path", always(STUDY))
def test_a_file_that_every_archive_has_is_missed(payload, tmp_path, path):
    (found,) = verdict(payload, tmp_path, **{path: None})[:1]
    assert found.what == "missing" and found.file in (f"data/{path}", "data/results/STUDIE/report/STUDIE.html")


@pytest.mark.parametrize(
    "path",
    [
        *("extra.zip", "run/more.csv", "run/notes.txt", "results/zeeland/report/nested.zip", "results/x.html"),
        *(
            "results/drenthe/report/drenthe_kwaliteit.html",
            "code/workflow/program.exe",
            "code/.git/config",
            "code/x.py",
        ),
        *("code", "results", "run", "README.md", "results/zeeland", "code/resources/texts/zeeland/namen.xlsx"),
    ],
)
def test_a_file_that_has_no_place_in_an_archive_is_named(payload, tmp_path, path):
    found = {finding.file: finding.what for finding in verdict(payload, tmp_path, **{path: b"x"})}
    assert found[f"data/{path}"] in ("extra", "path")


def test_an_archive_of_two_studies_is_of_none(payload, tmp_path):
    assert verdict(payload, tmp_path, **{"results/drenthe/report/drenthe.html": b"<p>"})


NUMBER, TEXT, LIST, NONE, EMPTY, BYTES = b"3", b'"a"', b"[]", b"null", b"", b"\xff\xfe\x00"
WRONG = {
    "run/environment.json": [NUMBER, TEXT, LIST, NONE, b'{"software": {}}', b'{"machine": {}, "software": []}'],
    "run/steps.json": [
        NUMBER,
        b"{}",
        b"[3]",
        b'[{"job": "a"}]',
        b'[{"job": 1, "rule": "", "inputs": 2, "outputs": 3}]',
    ],
    "run/version.json": [LIST, b"{}", b'{"commit": 3, "changed": [], "new": [], "dirty": null}'],
    METADATA: [NUMBER, LIST, b'{"@context": "", "@graph": {}}', b'{"@context": "", "@graph": [3]}', b"{}"],
    "results/zeeland/render/render.json": [EMPTY, b"{", BYTES, b'{"a": ' + b"1" * 5000 + b"}"],
}
SUM = "0" * 64
BARE, KEYED, WHY = "file,sha256", "file,hmac_sha256,key", "file,hmac_sha256,why"
TABLES = {
    "run/raw_files.csv": [
        *("", "file", "naam,sha256\na,b", BARE, f"{BARE}\nT0.sav", f"{BARE}\nT0.sav,zz", f"{KEYED}\nT0.sav,{SUM},"),
        *(f"{BARE}\n{name},{SUM}" for name in ("../T0.sav", "/etc/passwd", "a\\T0.sav", "C:T0.sav", "")),
        *(f"{KEYED}\nT0.sav,{SUM},{'0' * 8}\nT1.sav,{SUM},{'1' * 8}", f'{BARE}\n"{"x" * 200_000}",{SUM}'),
    ],
    "run/not_included.csv": [
        *("", BARE, f"{WHY}\n../x,{SUM},personen", f"{WHY}\nx,{SUM},anders", f"{WHY}\nx,,personen"),
        *(f"{WHY}\nx,,kleine aantallen", f"{WHY}\nsamen,{SUM},personen", f"{WHY}\n\x1b[2J,{SUM},personen"),
    ],
    "run/variables.csv": ["", "file,raw_name", "file,raw_name,canonical_name\na,b"],
    "results/zeeland/render/table_1.csv": ["", "\n1", "a,b\n1", ",".join(["a"] * 200)],
}
YAML = [BOMB, DEEP, b"a: &a [*a]", b"a: *none", b"a: [", BYTES, b"- &a {<<: *a}"]
CONTENTS = [
    *((path, text) for path, texts in WRONG.items() for text in (*texts, DEEP)),
    *((path, text.encode()) for path, texts in TABLES.items() for text in texts),
    *((path, BYTES) for path in (*TABLES, "results/zeeland/report/zeeland.html")),
    *((path, text) for path in ("run/config.yaml", "code/config/studies/zeeland.yaml") for text in YAML),
]


@pytest.mark.parametrize(("path", "text"), CONTENTS, ids=lambda value: str(value)[:60])
def test_a_file_that_is_not_what_it_is_called_is_named(payload, tmp_path, path, text):
    begin = time.process_time()
    assert Finding(f"data/{path}", "content") in verdict(payload, tmp_path, **{path: text})
    assert time.process_time() - begin < 2


def test_names_for_parts_of_a_file_that_stay_small_are_no_bomb(payload, tmp_path):
    assert (
        verdict(payload, tmp_path, described=True, **{"run/config.yaml": b"a: &a [1, 2]\nb: *a\nc: [*a, *a]\n"}) == []
    )


@pytest.mark.parametrize("path", ["run/config.yaml", "run/steps.json", "run/raw_files.csv"])
def test_a_file_without_end_is_not_taken_apart(payload, tmp_path, monkeypatch, path):
    monkeypatch.setattr(forms, "MOST", 100_000)
    assert Finding(f"data/{path}", "large") in verdict(payload, tmp_path, **{path: b"[" * 100_001})


def test_more_text_than_an_archive_has_is_not_taken_apart(payload, tmp_path, monkeypatch):
    monkeypatch.setitem(forms.MOST_OF_ALL, ".yaml", 100)
    found = [finding.file for finding in verdict(payload, tmp_path) if finding.what == "large"]
    assert "data/run/config.yaml" in found and "data/code/config/config.yaml" not in found


def test_a_file_that_the_metadata_promise_is_missed_and_one_that_they_do_not_know_is_named(payload, tmp_path):
    steps = payload["run/steps.json"] + b"\n"
    assert verdict(payload, tmp_path, **{"run/steps.json": steps}) == [Finding(f"data/{METADATA}", "content")]
    one = "code/workflow/scripts/ingest_exports.py"
    assert verdict(payload, tmp_path, **{one: None}) == [Finding(f"data/{one}", "missing")]
    two = "code/workflow/scripts/more.py"
    assert verdict(payload, tmp_path, **{two: b""}) == [Finding(f"data/{two}", "extra")]
