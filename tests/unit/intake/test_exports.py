import os
import signal

import pandas as pd
import pytest
import yaml

from effectstudie.definitions.lists import content_of, digest_in
from effectstudie.definitions.result_tables.quality import RECODES
from effectstudie.intake import exports
from effectstudie.intake.exports import (
    MEMORY_OF_BYTE,
    check_exports,
    exports_at_once,
    manifest,
    pseudonymised,
    take_in,
)
from effectstudie.shared.errors import InputError
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.processes import in_processes
from effectstudie.shared.storage import RECORD, read_json, sha256
from effectstudie.shared.vocabulary import LISTS

CODEBOOK = {
    "table": "huishoudens",
    "key": ["huishouden_id"],
    "columns": {
        "huishouden_id": {"type": "id"},
        "regio": {"type": "text"},
        "thv": {"type": "code", "values": {0: "nee", 1: "ja"}},
        "toelichting": {"type": "free_text", "required": False},
    },
}
RULES = {
    "variables": {"huisverbod": "thv"},
    "missing_codes": {"refused": [99], "not_applicable": [98]},
    "regions": ["Groningen"],
    "demonstration_id_prefix": "DEMO-",
}
YOUTH = "kind_id,huishouden_id\n"
HEADER = "huishouden_id,regio,huisverbod,toelichting,extra\n"


FIXES = "file,id,column,old_value,new_value,reason,who,date\n"
FIX = "huishoudens,B,thv,0,1,typo,x,2026-01-01\n"


@pytest.fixture
def rules(tmp_path):
    """Of an export of which the run has not begun yet."""
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(FIXES + FIX)
    return {**RULES, "corrections_file": corrections, "recodes_file": None}


def begun(rules, path):
    """The rules of an export with its bytes and its corrections as they are now."""
    corrections, recodes = (digest_in(content_of(rules[key]), path.stem) for key in LISTS)
    return {**rules, "sha256": sha256(path), "corrections_sha256": corrections, "recodes_sha256": recodes}


def taken_in(path, rules):
    rules = begun(rules, path)
    ingested = take_in(path, "huishoudens", CODEBOOK, rules)
    return ingested, manifest(ingested, "huishoudens", CODEBOOK, path.name, rules)


def export(tmp_path, rows):
    path = tmp_path / "huishoudens.csv"
    path.write_text(HEADER + rows)
    return path


def test_an_export_is_taken_in_under_its_own_names_with_corrections_and_without_free_text(tmp_path, rules):
    path = export(tmp_path, "B,Groningen,0,vrij,1\nA,Groningen,99,,2\n")
    ingested, facts = taken_in(path, rules)
    assert list(ingested.table.columns) == ["huishouden_id", "regio", "thv", "row"]
    assert ingested.table["thv"].tolist() == [1, -9]
    assert facts["rows"] == 2 and len(facts["corrections"]) == 1 and facts["unmapped_columns"] == ["extra"]
    assert facts["sha256"] == sha256(path)


def test_a_column_that_names_people_is_refused_before_anything_else(tmp_path, rules):
    path = export(tmp_path, "B,Groningen,7,,jan@voorbeeld.nl\n")
    with pytest.raises(InputError, match="column extra: looks like an e-mail address") as error:
        taken_in(path, rules)
    assert len(error.value.problems) == 1 and "jan" not in str(error.value)


def test_what_a_person_cleared_is_taken_in(tmp_path, rules):
    path = export(tmp_path, "B,Groningen,0,opgenomen bij mevrouw Smit,1\n")
    rules = begun(rules, path)
    with pytest.raises(InputError, match="row 1, column toelichting: the text seems to hold a name") as error:
        take_in(path, "huishoudens", CODEBOOK, rules)
    line = yaml.load(str(error.value).partition("cleared.yaml: - ")[2], Loader=yaml.BaseLoader)
    assert len(take_in(path, "huishoudens", CODEBOOK, rules | {"cleared": [line]}).table) == 1


@pytest.mark.parametrize(("ids", "synthetic"), [(("A", "B"), False), (("A", "DEMO-B"), True)])
def test_one_demonstration_household_marks_the_export(tmp_path, rules, ids, synthetic):
    rules["corrections_file"].write_text(FIXES)
    path = export(tmp_path, "".join(f"{name},Groningen,0,,\n" for name in ids))
    assert taken_in(path, rules)[1]["synthetic"] is synthetic


def test_the_order_that_breaks_ties_depends_on_the_seed_and_not_on_the_key(tmp_path, rules):
    path = export(tmp_path, "A,Groningen,0,,\nB,Groningen,0,,\nC,Groningen,0,,\nD,Groningen,0,,\n")
    ingested, _ = taken_in(path, rules)
    one, other = (pseudonymised(ingested, key, seed=1) for key in (b"k" * 32, b"l" * 32))
    assert set(one["household"]).isdisjoint(other["household"])
    assert one["household_order"].tolist() == other["household_order"].tolist()
    orders = [pseudonymised(ingested, b"k" * 32, seed)["household_order"].tolist() for seed in range(5)]
    assert sorted(orders[0]) == [1, 2, 3, 4] and len({tuple(order) for order in orders}) > 1


@pytest.mark.parametrize(("threads", "fit", "at_once"), [(8, 100, 8), (8, 3, 3), (8, 1, 1), (8, 0.5, 1), (1, 100, 1)])
def test_as_many_exports_at_once_as_there_are_threads_and_as_fit_in_memory(tmp_path, threads, fit, at_once):
    paths = [tmp_path / name for name in ("small.sav", "large.sav")]
    for path, size in zip(paths, (10, 1000), strict=True):
        path.write_bytes(b"x" * size)
    assert exports_at_once(paths, threads, int(fit * 1000 * MEMORY_OF_BYTE)) == at_once


def test_exports_that_are_taken_away_at_the_start_are_told_and_an_empty_one_takes_no_memory(tmp_path):
    paths = [tmp_path / name for name in ("a.sav", "b.sav", "c.sav")]
    paths[0].touch()
    with pytest.raises(InputError) as error:
        exports_at_once(paths, 2, 2**30)
    assert error.value.problems == [
        f"{name}: was taken away while the run was under way; put it back, and run the same command again."
        for name in ("b.sav", "c.sav")
    ]
    assert exports_at_once(paths[:1], 2, 2**30) == 2


def check(tmp_path, rules, folder, tell=print, meanwhile=lambda: None, made_with=(), **texts):
    """check_exports of files with these texts, on two threads; `meanwhile` happens when the run has begun.

    What is in the folder is taken for that of the last run.
    """
    raw = {name: tmp_path / f"{name}.csv" for name in texts}
    for name, text in texts.items():
        raw[name].write_text(text)
    youth = {"key": ["kind_id"], "columns": {"kind_id": {"type": "id"}, "huishouden_id": {"type": "id"}}}
    codebooks = {"huishoudens": CODEBOOK, "jeugd": youth}
    of_export = {
        name: {**begun(rules, raw[name]), "variables": {} if "jeugd" in name else rules["variables"]} for name in texts
    }
    meanwhile()
    check_exports(
        *(raw, codebooks, of_export, b"k" * 32, 1, folder),
        threads=2,
        memory=4 * 10**9,
        tell=tell,
        check_cohort=lambda tables, manifests: {"recodes": RECODES.typed([])},
        earlier={name: [folder / f"{name}.parquet", folder / f"{name}.json"] for name in texts},
        kept=Kept(folder / RECORD, made_with),
    )


def test_each_export_gets_a_table_and_a_manifest_and_the_log_tells_of_both(tmp_path, rules):
    told, texts = [], {"huishoudens": HEADER + "B,Groningen,0,,1\n", "T0_jeugd": YOUTH + "K,B\n"}
    check(tmp_path, rules, tmp_path / "checked", told.append, **texts)
    assert told == [
        "huishoudens.csv: 1 rows, 1 corrections.",
        "huishoudens.csv: column extra is in no codebook and is left out.",
        "T0_jeugd.csv: 1 rows, 0 corrections.",
        "2 of the 2 exports were read anew.",
    ]
    names = [f"{name}.{kind}" for name in ("T0_jeugd", "huishoudens") for kind in ("json", "parquet")]
    assert sorted(path.name for path in (tmp_path / "checked").iterdir()) == [".files", RECORD, *names, "recodes.csv"]


def test_the_problems_of_all_exports_come_at_once_and_the_log_tells_of_the_good_ones(tmp_path, rules):
    texts = {"huishoudens": HEADER + "B,Nergens,0,,1\n", "T0_jeugd": YOUTH + "K,B\nK,B\n", "T1_jeugd": YOUTH + "K,B\n"}
    told = []
    with pytest.raises(InputError) as error:
        check(tmp_path, rules, tmp_path / "checked", told.append, **texts)
    assert told == ["T1_jeugd.csv: 1 rows, 0 corrections."]
    assert [problem.split(",")[0] for problem in error.value.problems] == ["huishoudens.csv", "T0_jeugd.csv"]


def test_an_export_whose_reader_dies_is_a_problem_like_others(tmp_path, rules, monkeypatch):
    monkeypatch.setattr(exports, "read_export", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(InputError, match="huishoudens.csv") as error:
        check(tmp_path, rules, tmp_path / "checked", huishoudens=HEADER + "B,Groningen,0,,1\n")
    assert len(error.value.problems) == 1


def test_an_export_whose_reader_ends_by_itself_is_not_told_to_be_damaged(tmp_path, rules, monkeypatch):
    monkeypatch.setattr(exports, "read_export", lambda *_, **__: os._exit(3))
    with pytest.raises(InputError) as error:
        check(tmp_path, rules, tmp_path / "checked", huishoudens=HEADER + "B,Groningen,0,,1\n")
    assert error.value.problems == [
        "huishoudens.csv: the process that read it ended by itself (code 3); run the same command again, and export "
        "the file again where it ends once more."
    ]


def test_an_export_that_is_taken_away_between_the_start_and_the_reading_is_told(tmp_path, rules, monkeypatch):
    at_once = exports.exports_at_once

    def late(*args):
        (tmp_path / "huishoudens.csv").unlink()
        return at_once(*args)

    monkeypatch.setattr(exports, "exports_at_once", late)
    with pytest.raises(InputError, match=r"^huishoudens\.csv: was taken away while the run was under way"):
        check(tmp_path, rules, tmp_path / "checked", huishoudens=HEADER + "B,Groningen,0,,1\n")


def test_ids_that_another_export_writes_otherwise_are_taken_in_as_there_and_told(tmp_path, rules):
    told = []
    texts = {
        "huishoudens": HEADER + "B,Groningen,0,,1\n",
        "T0_jeugd": YOUTH + "K,B\nL,B\n",
        "T1_jeugd": YOUTH + "k,b\n",
    }
    check(tmp_path, rules, tmp_path / "checked", told.append, **texts)
    assert told[-3:-1] == [
        "T1_jeugd: 1 ids of column huishouden_id differ in capitals from huishoudens; read as the same.",
        "T1_jeugd: 1 ids of column kind_id differ in capitals from T0_jeugd; read as the same.",
    ]
    early, late = (pd.read_parquet(tmp_path / f"checked/T{wave}_jeugd.parquet") for wave in (0, 1))
    assert set(late["child"]) < set(early["child"]) and set(late["household"]) == set(early["household"])
    [*_, last] = read_json(tmp_path / "checked/T1_jeugd.json")["warnings"]
    assert last["kind"] == "id_capitals"


def test_an_export_of_strangers_stops_with_nothing_written(tmp_path, rules):
    texts = {"huishoudens": HEADER + "B,Groningen,0,,1\n", "T0_jeugd": YOUTH + "K,B\n", "T1_jeugd": YOUTH + "K,Q7\n"}
    with pytest.raises(InputError) as error:
        check(tmp_path, rules, tmp_path / "checked", **texts)
    assert str(error.value).startswith("T1_jeugd, column huishouden_id: 1 of its 1 ids are not in huishoudens")
    assert "Q7" not in str(error.value) and not (tmp_path / "checked").exists()


THREE = {
    "huishoudens": HEADER + "B,Groningen,0,,1\nC,Groningen,0,,1\n",
    "T0_jeugd": YOUTH + "K,B\nL,C\n",
    "T1_jeugd": YOUTH + "K,B\n",
}
OF_C = THREE["huishoudens"].replace("C,Groningen,0", "C,Groningen,1")


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        ({}, 0),
        ({"huishoudens": OF_C}, 1),
        ({"huishoudens": HEADER + "C,Groningen,0,,1\nB,Groningen,0,,1\n"}, 1),
        ({"T1_jeugd": YOUTH + "K,B\nL,C\n"}, 3),  # somebody more: how ids are written hangs on all exports
        ({"T1_jeugd": YOUTH + "k,b\n"}, 3),
        ({"T0_jeugd": YOUTH + "K,B\nM,C\n"}, 3),
        ({"T2_jeugd": YOUTH + "K,B\n"}, 4),
    ],
)
def test_an_export_that_is_as_it_was_is_not_read_again_and_the_bytes_are_the_same(tmp_path, rules, change, anew):
    (tmp_path / "raw").mkdir()
    told, all_told = [], []
    check(tmp_path / "raw", rules, tmp_path / "checked", **THREE)
    check(tmp_path / "raw", rules, tmp_path / "checked", told.append, **THREE | change)
    check(tmp_path / "raw", rules, tmp_path / "at_once", all_told.append, **THREE | change)
    assert told[:-1] == all_told[:-1] and told[-1].startswith(f"{anew} of the {len(THREE | change)} exports")
    after, at_once = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in OF_RUNS)
    assert after == at_once


OF_RUNS = ("checked", "at_once")


@pytest.mark.parametrize("what", ["table", "manifest", "record", "program", "rules"])
def test_what_is_not_as_it_was_made_is_not_taken(tmp_path, rules, what):
    (tmp_path / "raw").mkdir()
    (tmp_path / "program.py").write_text("1")
    given = {"made_with": [tmp_path / "program.py"], **THREE}
    checked, told = tmp_path / "checked", []
    check(tmp_path / "raw", rules, checked, **given)
    good = (checked / "T0_jeugd.parquet").read_bytes()
    if what == "table":
        (checked / "T0_jeugd.parquet").write_bytes((checked / "T1_jeugd.parquet").read_bytes())
    elif what == "manifest":
        (checked / "T0_jeugd.json").write_text("{}")
    elif what == "record":
        (checked / RECORD).write_text('{"T0_jeugd": {"made')
    elif what == "program":
        (tmp_path / "program.py").write_text("2")
    else:
        rules = {**rules, "missing_codes": {"refused": [99], "not_applicable": [97]}}
    check(tmp_path / "raw", rules, checked, told.append, **given)
    assert told[-1][0] == "3"
    assert (checked / "T0_jeugd.parquet").read_bytes() == good and read_json(checked / "T0_jeugd.json")["rows"] == 2


def test_a_mistake_in_one_export_is_told_where_the_others_are_as_they_were(tmp_path, rules):
    (tmp_path / "raw").mkdir()
    check(tmp_path / "raw", rules, tmp_path / "checked", **THREE)
    wrong = {**THREE, "T1_jeugd": YOUTH + "K,B\nK,B\n"}
    with pytest.raises(InputError) as error:
        check(tmp_path / "raw", rules, tmp_path / "checked", **wrong)
    assert [problem.split(",")[0] for problem in error.value.problems] == ["T1_jeugd.csv"]


GOOD = {"huishoudens": HEADER + "B,Groningen,0,,1\n", "T0_jeugd": YOUTH + "K,B\n"}
CHANGED = "was changed while the run was under way, so the run stops; run the same command again."


def overwrite(path, text):
    """Other bytes of the same length, with the date of the earlier ones."""
    before = path.stat()
    path.write_text(text)
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("after_reading", "meanwhile", "told"),
    [
        (False, lambda at: overwrite(at / "T0_jeugd.csv", YOUTH + "K,C\n"), f"T0_jeugd.csv: {CHANGED}"),
        (True, lambda at: overwrite(at / "T0_jeugd.csv", YOUTH + "K,C\n"), f"T0_jeugd.csv: {CHANGED}"),
        (False, lambda at: (at / "T0_jeugd.csv").write_text("half a fi"), f"T0_jeugd.csv: {CHANGED}"),
        (False, lambda at: (at / "T0_jeugd.csv").unlink(), "T0_jeugd.csv: was taken away while the run was under way"),
        (True, lambda at: (at / "T0_jeugd.csv").unlink(), "T0_jeugd.csv: was taken away while the run was under way"),
        (True, lambda at: (at / "T0_jeugd.sav").touch(), "T0_jeugd.csv, T0_jeugd.sav have one stem"),
        (False, lambda at: (at / "T1_jeugd.csv").touch(), "T1_jeugd.csv: is of no wave"),
        (True, lambda at: overwrite(at / "corrections.csv", f"{FIXES}{FIX.replace('0,1', '1,0')}"), CHANGED),
        (False, lambda at: (at / "corrections.csv").unlink(), f"corrections.csv: {CHANGED}"),
        (False, lambda at: (at / "corrections.csv").write_bytes(b"\xff"), f"corrections.csv: {CHANGED}"),
    ],
)
def test_an_export_that_is_not_the_one_that_the_run_began_with_stops_it(
    tmp_path, rules, monkeypatch, after_reading, meanwhile, told
):
    (tmp_path / "raw").mkdir()
    fixes = (rules["corrections_file"]).rename(tmp_path / "raw/corrections.csv")
    rules = {**rules, "corrections_file": fixes}
    change = {"meanwhile": lambda: meanwhile(tmp_path / "raw")}
    if after_reading:
        once = iter([change.pop("meanwhile")])
        monkeypatch.setattr(exports, "in_processes", lambda *args: (in_processes(*args), next(once)())[0])
    with pytest.raises(InputError) as error:
        check(tmp_path / "raw", rules, tmp_path / "checked", **change, **GOOD)
    assert len(error.value.problems) == 1 and told in error.value.problems[0]


def test_names_in_other_capitals_are_those_of_the_codebook_when_people_are_looked_for(tmp_path):
    columns = {
        "respondent_id": {"type": "id"},
        "Huisarts": {"type": "code", "values": {0: "nee", 1: "ja"}},
        "datum": {"type": "date"},
        "toelichting": {"type": "free_text", "required": False},
    }
    codebook = {"table": "volwassenen", "key": ["respondent_id"], "columns": columns}
    path = tmp_path / "T0_volwassenen.csv"
    rows = "".join(f"{100_000_000 + 11 * row},1,{2009 + row}-03-04,\n" for row in range(3))  # by their years of birth
    path.write_text(f"RESPONDENT_ID,HUISARTS,DATUM,Toelichting\n{rows}")
    (tmp_path / "corrections.csv").write_text(FIXES)
    lists = {"recodes_file": None, "corrections_file": tmp_path / "corrections.csv"}
    rules = begun({**RULES, **lists, "variables": {}}, path)
    assert len(take_in(path, "T0_volwassenen", codebook, rules).table) == 3


def test_a_service_number_is_one_however_it_is_written(tmp_path, rules):
    rules["corrections_file"].write_text(FIXES)
    written = ('="123456782"', "'111222333", "123\u200b456782", "１１１２２２３３３")
    path = export(tmp_path, "".join(f"{cell},Groningen,0,,\n" for cell in written))
    with pytest.raises(InputError, match="column huishouden_id: looks like a citizen service number"):
        taken_in(path, rules)
