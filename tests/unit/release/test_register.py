import json
import runpy

import pytest
from given.paths import ROOT
from given.printed import CONFIG, printed_report

from effectstudie.release.register import register, registered
from effectstudie.shared.errors import InputError

TOLD = {"most": {"a": 9}, "facts": [], "numbers": {}, "truth": {"a": 3}}
PRINTED = {"waves": ["T0", "T1"]}


@pytest.fixture
def report(tmp_path):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "groningen.html").write_text("een rapport", encoding="utf-8")
    return folder


def test_a_version_says_who_when_and_what_and_holds_no_hidden_count(report, tmp_path):
    path = register("groningen", [report], TOLD, PRINTED, "A. Voorbeeld", "2026-11-29", tmp_path / "releases")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert (content["version"], content["by"], content["date"]) == (1, "A. Voorbeeld", "2026-11-29")
    assert [len(one) for one in content["files"].values()] == [64]
    assert content["told"] == {"most": {"a": 9}, "facts": [], "numbers": {}}
    assert content["published"] == PRINTED


def test_versions_are_numbered_on_and_stand_in_their_order(report, tmp_path):
    folder = tmp_path / "releases"
    for number in range(1, 12):
        (report / "groningen.html").write_text(f"versie {number}", encoding="utf-8")
        register("groningen", [report], TOLD, PRINTED, "A. Voorbeeld", "2026-11-29", folder)
    (folder / "groningen_stad_1.json").write_text("{}", encoding="utf-8")
    assert [path.rpartition("_")[2] for path in registered("groningen", folder)] == [f"{n}.json" for n in range(1, 12)]
    assert registered("twente", folder) == []


def test_the_same_files_are_not_registered_twice(report, tmp_path):
    folder = tmp_path / "releases"
    register("groningen", [report], TOLD, PRINTED, "A. Voorbeeld", "2026-11-29", folder)
    with pytest.raises(InputError, match="these files were released on 2026-11-29 by A. Voorbeeld"):
        register("groningen", [report], TOLD, PRINTED, "B. Voorbeeld", "2026-11-30", folder)
    assert len(registered("groningen", folder)) == 1


def test_a_report_that_is_not_there_is_not_registered(tmp_path):
    with pytest.raises(InputError, match="report is not there; make the report first"):
        register("groningen", [tmp_path / "report"], TOLD, PRINTED, "A. Voorbeeld", "2026-11-29", tmp_path / "releases")
    assert registered("groningen", tmp_path / "releases") == []


@pytest.fixture
def command(tmp_path, monkeypatch):
    """`make release` in a project without results."""
    (tmp_path / "config").mkdir()
    config = json.dumps(CONFIG | {"people": [{"name": "A. Voorbeeld"}]})
    (tmp_path / "config/config.yaml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return runpy.run_path(str(ROOT / "workflow/scripts/release.py"))["main"]


def test_who_is_not_among_the_people_releases_nothing(command, capsys):
    assert command(["groningen", "--by", "B. Onbekend"]) == 1
    assert capsys.readouterr().err == (
        "--by is B. Onbekend; toegestaan zijn de people in config/config.yaml: A. Voorbeeld.\n"
    )


def test_without_a_report_nothing_is_released(command, capsys):
    assert command(["groningen", "--by", "A. Voorbeeld"]) == 1
    assert "maak eerst het rapport: snakemake report_groningen.\n" in capsys.readouterr().err


def test_a_release_says_which_version_it_is_and_keeps_what_the_report_concludes(command, tmp_path, capsys):
    study = tmp_path / "results/groningen"
    printed_report(study)
    (study / "release").mkdir()
    (study / "release/told.json").write_text(json.dumps(TOLD), encoding="utf-8")
    assert command(["groningen", "--by", "A. Voorbeeld"]) == 0
    assert capsys.readouterr().out == (
        "config/releases/groningen_1.json: versie 1 van groningen, vrijgegeven door A. Voorbeeld. Bewaar dit bestand.\n"
    )
    version = json.loads((tmp_path / "config/releases/groningen_1.json").read_text(encoding="utf-8"))
    assert version["published"]["tables"]["key"]["rows"][0][-1] == "onbeslist"
    assert "results/groningen/render/table_5.csv" in version["files"]
