import pytest
from given.paths import ROOT

from effectstudie.definitions.load import load
from effectstudie.running import sources
from effectstudie.shared.yaml_files import read_yaml

PROGRAM = {"checks": ["check_outputs"], "report": ["check_texts", "write_report"]}


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.chdir(ROOT)
    return load(read_yaml("config/config.yaml"), ROOT, check=False)


def test_a_rule_depends_on_what_its_script_imports(monkeypatch):
    monkeypatch.chdir(ROOT)
    code = sources.code_of("check_outputs", ROOT)
    assert {"workflow/effectstudie/report/checks.py", "workflow/effectstudie/shared/errors.py"} <= set(code)
    assert "workflow/effectstudie/report/record.py" not in code


def test_the_program_is_rules_scripts_and_modules(monkeypatch):
    monkeypatch.chdir(ROOT)
    files = sources.program_files(PROGRAM, ROOT)
    assert {"Snakefile", "workflow/rules/common/inputs.smk", "workflow/rules/checks.smk"} <= set(files)
    assert {"workflow/scripts/write_report.py", "workflow/effectstudie/report/checks.py"} <= set(files)
    assert files == sorted(set(files)) and "workflow/rules/score.smk" not in files


def test_definitions_are_those_of_instruments_classification_exports_and_used_norms(settings):
    norm = settings.norms["nosik"]
    files = sources.definition_files(settings, [norm])
    assert {norm["path"], norm["path"].rpartition("/")[0] + "/manifest.yaml"} <= set(files)
    assert {"resources/exports/jeugd.yaml", "resources/classification/violence.yaml"} <= set(files)
    assert set(settings.definition_files.values()) <= set(files)
    assert norm["path"] not in sources.definition_files(settings, [])


def test_a_text_of_the_study_takes_the_place_of_the_general_one(tmp_path):
    for name in ("_general/aanpak", "_general/werving", "twente/aanpak", "drenthe/citaten"):
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("tekst")
    found = sources.text_files("twente", tmp_path)
    assert found == [str(tmp_path / "twente/aanpak.md"), str(tmp_path / "_general/werving.md")]


def test_an_export_is_taken_in_again_for_other_bytes_and_no_other_is(settings, tmp_path):
    assert {rules["sha256"] for rules in sources.rules_of_intake(settings, tmp_path).values()} == {"not there yet"}
    (tmp_path / "huishoudens.csv").write_text("a")
    before = sources.rules_of_intake(settings, tmp_path)
    (tmp_path / "huishoudens.csv").write_text("other")
    after = sources.rules_of_intake(settings, tmp_path)
    assert [export for export in before if before[export] != after[export]] == ["huishoudens"]
    assert after["T0_jeugd"]["regions"] == settings.config["regions"]
