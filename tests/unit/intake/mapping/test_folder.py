"""From a folder of exports to a draft that the intake takes, once a person has finished it."""

import importlib.util
import shutil

import pytest
import yaml
from given.broken.exports import K0, K1, ROWS, V1, V2, Exports, H
from given.good_exports import CONFIG, SHORT, make_exports, write_export
from given.paths import ROOT

from effectstudie.definitions.lists import rows_of
from effectstudie.definitions.load import load
from effectstudie.intake.exports import take_in
from effectstudie.intake.files.raw_files import find_export
from effectstudie.intake.mapping.folder import map_folder
from effectstudie.running.sources import rules_of_intake
from effectstudie.shared.errors import ConfigError, InputError
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/words/mapping.nl.yaml")
SEX_OF_V1 = {"0": "1", "1": "2"}
HEADER = "file,raw_name,canonical_name\n"


@pytest.fixture(scope="module")
def good():
    return make_exports(SHORT)


@pytest.fixture(scope="module")
def good_folder(good, tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    for export, frame in good.items():
        write_export(frame, folder / f"{export}.csv", SHORT)
    return folder


@pytest.fixture
def project(tmp_path):
    """A project with the short codebooks."""
    folder = tmp_path / "project"
    (folder / "resources/exports").mkdir(parents=True)
    (folder / "config").mkdir()
    for table, codebook in SHORT.items():
        (folder / f"resources/exports/{table}.yaml").write_text(yaml.safe_dump(codebook, sort_keys=False))
    (folder / "config/config.yaml").write_text(yaml.safe_dump(CONFIG))
    (folder / "config/variables.csv").write_text(HEADER)
    return folder


@pytest.fixture
def exports(tmp_path, good, good_folder):
    (tmp_path / "raw").mkdir()
    return Exports(tmp_path / "raw", good, good_folder)


def only(x, *kept):
    """Only these exports, where the others are not needed."""
    for export in ROWS.keys() - {*kept}:
        x.remove(export)


def other_names(name):
    """Names as other software gives them."""
    stem, _, item = name.rpartition("_")
    if stem == "mansa":
        return f"V12_{int(item)}_T1"
    if stem == "tsi":
        return f"TSI{int(item)}_T1"
    return {"geslacht": "sekse", "leeftijd": "Lft_T1", "respondent_id": "RespNr"}.get(name, name)


def spoil(x, with_names=False):
    """T1 as a workbook without labels, T2 with them; both with sex from zero, and T1 with other names."""
    rows = x.rows(V1)
    place = rows[0].index("geslacht")
    head = [other_names(name) for name in rows[0]]
    body = [[*row[:place], row[place] - 1, *row[place + 1 :]] for row in rows[1:]]
    if with_names:
        head, body = [*head, "naam"], [[*row, "Fatima Bakker"] for row in body]
    x.xlsx(V1, [head, *body])
    frame = x.frame(V2)
    x.sav(V2, frame.assign(geslacht=frame["geslacht"] - 1), labels={"geslacht": {0: "man", 1: "vrouw"}})


def taken_in(raw):
    """The tables of both exports, by the lists beside them."""
    lists = {"raw_dir": str(raw), "variables_file": str(raw / "variables.csv")}
    settings = load(CONFIG | lists, ROOT)
    rules = rules_of_intake(settings, raw)
    return {
        export: take_in(find_export(raw, export), export, SHORT["volwassenen"], rules[export]).table
        for export in (V1, V2)
    }


def rows_in(path):
    return rows_of(path.read_bytes())[1]


def test_a_finished_draft_is_what_the_intake_needs(exports, project, tmp_path):
    only(exports, V1, V2)
    spoil(exports)
    raw, out = exports.finish(), tmp_path / "map"
    told = map_folder(raw, out, project, WORDS)
    assert f"{V1}.xlsx: " in told[0] and "voorgesteld 31 (14 zeker, 17 waarschijnlijk)" in told[0]
    assert told[-1].startswith(f"Geschreven: {out}/variables.csv, {out}/recodes.csv.")
    variables, recodes = rows_in(out / "variables.csv"), rows_in(out / "recodes.csv")
    assert {row["raw_name"]: row["canonical_name"] for row in variables} == {
        other_names(name): name for name in exports.frame(V1) if other_names(name) != name
    }
    assert {row["file"] for row in variables} == {V1}
    remark = {row["canonical_name"]: row["remark"] for row in variables}
    assert remark["geslacht"].startswith("waarschijnlijk: ") and remark["geslacht"].endswith("kijk na")
    assert remark["tsi_001"] == "zeker: de naam is alleen anders geschreven, de waarden passen"
    assert [tuple(row.values()) for row in recodes] == [
        (V1, "geslacht", "0", "?", "?"),
        (V1, "geslacht", "1", "?", "?"),
        (V2, "geslacht", "0", "1", "label: man"),
        (V2, "geslacht", "1", "2", "label: vrouw"),
    ]
    for name in ("variables", "recodes"):
        shutil.copy(out / f"{name}.csv", raw)
    with pytest.raises(ConfigError) as error:
        taken_in(raw)
    assert [problem.split(": ", 1)[1][:12] for problem in error.value.problems] == ["new is '?'; "] * 2
    text = (raw / "recodes.csv").read_text(encoding="utf-8-sig")
    for old, new in SEX_OF_V1.items():
        text = text.replace(f"{V1};geslacht;{old};?;?", f"{V1};geslacht;{old};{new};codes van T1")
    (raw / "recodes.csv").write_text(text)
    for export, table in taken_in(raw).items():
        assert table["geslacht"].tolist() == exports.frame(export)["geslacht"].tolist()
        assert table["tsi_003"].count() and table["mansa_02"].count()


def test_nothing_that_names_a_person_is_told_or_written(exports, project, tmp_path):
    only(exports, V1, V2)
    spoil(exports, with_names=True)
    told = map_folder(exports.finish(), tmp_path / "map", project, WORDS)
    written = "".join((tmp_path / f"map/{name}.csv").read_text() for name in ("variables", "recodes"))
    place = len(exports.frame(V1).columns) + 1
    assert f"  weggelaten, omdat zij iemand lijken te noemen: kolom {place}" in told
    assert not any(word in text for text in (written, *told) for word in ("naam;", "Fatima", "DEMO-"))


def test_lines_that_are_there_stay_and_are_not_proposed_again(exports, project, tmp_path):
    only(exports, V1, V2)
    spoil(exports)
    (project / "config/variables.csv").write_text(f"{HEADER}{V1},sekse,geslacht\n")
    exports.recode((V2, "geslacht", "0", "1"))
    map_folder(exports.finish(), tmp_path / "map", project, WORDS)
    variables, recodes = (rows_in(tmp_path / f"map/{name}.csv") for name in ("variables", "recodes"))
    assert variables[0] == dict(zip(HEADER.strip().split(","), (V1, "sekse", "geslacht"), strict=True)) | {"remark": ""}
    assert [row["raw_name"] for row in variables].count("sekse") == 1
    assert [(row["file"], row["old"]) for row in recodes] == [(V2, "0"), (V1, "0"), (V1, "1")]


def test_names_that_all_waves_of_a_table_share_are_one_line(exports, project, tmp_path):
    only(exports, K0, K1)
    for export in (K0, K1):
        exports.write(f"{export}.csv", exports.text(export).replace("kind_geslacht", "sekse_kind", 1))
    map_folder(exports.finish(), tmp_path / "map", project, WORDS)
    [row] = rows_in(tmp_path / "map/variables.csv")
    assert (row["file"], row["raw_name"], row["canonical_name"]) == ("kinderen", "sekse_kind", "kind_geslacht")
    assert not (tmp_path / "map/recodes.csv").exists()


def test_of_good_exports_nothing_is_written_and_of_strange_files_their_names_are_told(exports, project, tmp_path):
    only(exports, H, V1)
    exports.add("volwassenen T1 def.csv", "a,b\n1,2\n")
    told = map_folder(exports.finish(), tmp_path / "map", project, WORDS)
    assert not (tmp_path / "map").exists() and told[-1] == WORDS["nothing"]
    assert told[2].startswith("volwassenen T1 def.csv: hoort bij geen export")
    assert told[3] == "T0_volwassenen: niet in deze map." and len(told) == 2 + 1 + 8 + 1


def problems(*arguments):
    with pytest.raises(InputError) as error:
        map_folder(*arguments, WORDS)
    return error.value.problems


def test_a_draft_is_never_overwritten_and_what_cannot_be_read_is_told_at_once(exports, project, tmp_path):
    only(exports, V1, V2)
    raw = exports.finish()
    (tmp_path / "recodes.csv").write_text("mine")
    [there] = problems(raw, tmp_path, project)
    assert there.startswith(f"{tmp_path}/recodes.csv: is there already")
    exports.write(f"{V1}.csv", "")
    exports.write(f"{V2}.sav", "no SPSS")
    told = problems(raw, tmp_path / "map", project)
    assert [problem.split(":")[0] for problem in told] == [f"{V1}.csv", f"{V2}.sav"]
    assert not (tmp_path / "map").exists()
    exports.add(f"{V1}.xlsx", "")
    assert "have one stem" in problems(raw, tmp_path / "map", project)[0]
    [none] = problems(tmp_path / "nowhere", tmp_path / "map", project)
    assert none.startswith(f"{tmp_path}/nowhere: holds no export; their names are huishoudens, T0_volwassenen")
    (project / "config/variables.csv").write_text("a;b\n")
    exports.remove(V1)
    assert "the first line must be file,raw_name" in problems(raw, tmp_path / "map", project)[0]


def test_the_command_ends_with_a_sentence(tmp_path, capsys, monkeypatch):
    spec = importlib.util.spec_from_file_location("map_command", ROOT / "workflow/scripts/map_exports.py")
    command = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(command)
    monkeypatch.chdir(ROOT)
    assert command.main([str(tmp_path)]) == 1
    assert "bevat geen export" in capsys.readouterr().err
