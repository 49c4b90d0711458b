"""What every stage writes is whole, however the disk fails it or a kill ends it, and the next run makes all of it."""

import os
import re
import shutil
from contextlib import ExitStack

import pandas as pd
import pytest
from given.faults import DIES, FAILS, each_fault
from given.person_files import pseudonym

from effectstudie.archive import keep
from effectstudie.definitions.result_tables.table import COUNT, TEXT, ResultTable, write_tables
from effectstudie.demo.export import write_exports
from effectstudie.intake import exports
from effectstudie.intake.ingest import Ingested
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.persons.write import parquet_parts, write_parquet
from effectstudie.shared.storage import copy_files, replace_file, replace_folder, write_json
from effectstudie.shared.vocabulary import LISTS

TABLES = {"tests": ResultTable("tests.csv", {"id": TEXT, "n": COUNT})}
COLUMNS = ["household", "weight"]
# What is put in its place as a whole, and may be away for a moment.
FOLDERS = ("render", "checked")


def persons(version, *names):
    rows = [(pseudonym(name), float(version)) for name in names]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("household")


def match(out, version):
    """As match_households writes, and analyse_outcomes: persons, tables and a summary."""
    write_parquet(persons(version, "a", "b"), out / "matched.parquet", COLUMNS, ["household"])
    write_tables({"tests": pd.DataFrame({"id": ["x"], "n": [version]})}, {"tests": out / "tests.csv"}, TABLES)
    write_json({"matched": version}, out / "summary.json")


def select(out, version):
    """As select_study, score_cohort and classify_cohort: tables that grow by parts, side by side."""
    with ExitStack() as stack:
        paths = [out / "analysis.parquet", out / "waves.parquet"]
        adds = [stack.enter_context(parquet_parts(path, COLUMNS, ["household"])) for path in paths]
        for name in sorted(("a", "b"), key=pseudonym):
            for add in adds:
                add(persons(version, name))


def report(out, version):
    """As write_report, write_style, write_quality and freeze_plan: texts and documents."""
    replace_file(out / "page.html", lambda path: path.write_text(f"<p>{version}</p>" * 99, encoding="utf-8"))
    replace_file(out / "page.pdf", lambda path: path.write_bytes(b"%d" % version * 99))


def render(out, version):
    replace_folder(out / "render", {"table_1.csv": b"%d" % version * 99, "render.json": b"{}" * version})


def check(out, version):
    """check_exports, each export in a process of its own; what it finds was found before."""
    facts = {"file": "x.csv", "rows": version, "unmapped_columns": [], "corrections": [], "recodes": [], "warnings": []}
    codebooks, raw = {"jeugd": {"key": ["huishouden_id"]}}, {"T0_jeugd": __file__}
    rules = dict.fromkeys(raw, {**dict.fromkeys(LISTS), "variables": {}})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exports, "take_in", lambda *_: Ingested(pd.DataFrame()))
        patched.setattr(exports, "pseudonymised", lambda *_: persons(version, "a"))
        patched.setattr(exports, "manifest", lambda *_: facts)
        patched.setattr(exports, "refuse_replaced", lambda *_: None)
        checked, kept = out / "checked", Kept(out / "none.json")
        exports.check_exports(
            *(raw, codebooks, rules, b"k", 1, checked, 1, 4 * 10**9, lambda line: None, lambda *_: {}),
            *({"T0_jeugd": []}, kept),
        )


def ingest(out, version):
    checked = out.with_name(f"checked_{version}")
    checked.mkdir(exist_ok=True)
    for name in ("T0_jeugd.parquet", "T0_jeugd.json"):
        (checked / name).write_bytes(b"%d" % version * 99)
    copy_files(checked, [out / "ingest/T0_jeugd.parquet", out / "check/T0_jeugd.json"])


def make_cohort(out, version):
    """make_demo_cohort: SPSS files."""
    codebook = {"columns": {"huishouden_id": {"type": "id"}, "thv": {"type": "number"}}}
    frames = {name: pd.DataFrame({"huishouden_id": ["A"], "thv": [float(version)]}) for name in ("een", "twee")}
    write_exports(frames, [out / f"{name}.sav" for name in frames], dict.fromkeys(frames, codebook))


def archive(out, version):
    """archive_study: a new version has a name of its own, and the earlier ones stay."""
    for content in range(1, version + 1):
        path = keep.keep(keep.Archive(f"zeeland_{content}", b"%d" % content * 99, ""), out / "archive", private=True)
        keep.write(path.with_suffix(".times.json"), b"%d" % content, private=True)


STAGES = [match, select, report, render, check, ingest, make_cohort, archive]


def contents(folder):
    """Name → bytes of a file, or what is in a folder."""
    return {path.name: path.read_bytes() if path.is_file() else contents(path) for path in sorted(folder.iterdir())}


def results(out):
    """What is where: files, what is put in its place as a folder, and what a writer left (`.part`)."""
    found = {}
    for path in sorted(out.iterdir()):
        if path.is_file() or path.name in FOLDERS or path.name.endswith(".part"):
            name = re.sub(r"\.[0-9a-f]{8}\.part$", ".part", path.name)
            found[name] = path.read_bytes() if path.is_file() else contents(path)
        else:
            found |= {f"{path.name}/{name}": content for name, content in results(path).items()}
    return found


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_whatever_call_fails_or_dies_each_result_is_the_old_or_the_new_and_the_next_run_is_whole(
    tmp_path, monkeypatch, stage
):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    out, kept = tmp_path / "out", tmp_path / "kept"
    stage(out, 1)
    old = results(out)
    shutil.copytree(out, kept)
    stage(out, 2)
    new = results(out)
    assert old.keys() < new.keys() or (old.keys() == new.keys() and all(old[name] != new[name] for name in old))

    def as_before():
        shutil.rmtree(out)
        shutil.copytree(kept, out)

    tried, mended = set(), []
    for end in each_fault(lambda: stage(out, 2), as_before):
        tried.add((end.call, end.how))
        left = results(out)
        parts = {name for name in left if name.endswith(".part")}
        for name in new:
            may_be = [old.get(name), new[name]] + [None] * (name in FOLDERS and end.how == DIES)
            assert left.get(name) in may_be, (end, name)
        assert left.keys() - parts <= new.keys(), end
        assert left == new or not end.well, end  # what failed is said
        assert not parts or end.how == DIES or end.call in ("unlink", "rmdir"), end
        if left not in mended:
            stage(out, 2)
            assert results(out) == new, end
            mended.append(left)
    moved = "rename" if new.keys() & set(FOLDERS) else "replace"
    assert {(call, how) for call in ("write", "fsync", moved) for how in (FAILS, DIES)} <= tried
