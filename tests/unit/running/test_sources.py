from dataclasses import replace

import pytest
from given.paths import ROOT

from effectstudie.definitions.load import load
from effectstudie.running import sources
from effectstudie.shared.errors import EffectstudieError
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
    files = sources.program_files(PROGRAM, ROOT, "Snakefile")
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


def test_a_run_has_one_answer_to_what_an_export_of_ones_own_was_when_it_began(settings, tmp_path):
    own = replace(settings, config={**settings.config, "raw_dir": str(tmp_path)})
    for name in ("huishoudens.csv", "T0_jeugd.csv"):
        (tmp_path / name).write_text(name)
    before = sources.rules_of_intake(own, tmp_path)
    (tmp_path / "huishoudens.csv").write_text("another")
    assert sources.rules_of_intake(own, tmp_path) == before


def test_rules_and_scripts_that_were_edited_since_the_run_began_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in ("Snakefile", "workflow/scripts/a.py", "workflow/effectstudie/b.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("pass")
    program = ["Snakefile", "workflow/effectstudie/b.py", "workflow/scripts/a.py"]
    began_with = sources.wiring_digest(program)
    (tmp_path / "workflow/effectstudie/b.py").write_text("an input of jobs")
    sources.refuse_other_wiring(program, began_with)
    (tmp_path / "workflow/scripts/a.py").write_text("fail")
    with pytest.raises(EffectstudieError, match="workflow/scripts: was edited while the run was under way"):
        sources.refuse_other_wiring(program, began_with)


def test_an_export_is_taken_in_again_for_other_bytes_and_no_other_is(settings, tmp_path):
    assert {rules["sha256"] for rules in sources.rules_of_intake(settings, tmp_path).values()} == {"not there yet"}
    (tmp_path / "huishoudens.csv").write_text("a")
    before = sources.rules_of_intake(settings, tmp_path)
    (tmp_path / "huishoudens.csv").write_text("other")
    after = sources.rules_of_intake(settings, tmp_path)
    assert [export for export in before if before[export] != after[export]] == ["huishoudens"]
    assert after["T0_jeugd"]["regions"] == settings.config["regions"]


def test_what_was_cleared_reruns_its_export_only(settings, tmp_path):
    line = {"file": "T0_jeugd", "place": "column a", "kind": "name", "mark": "0a1b"}
    rules = sources.rules_of_intake(replace(settings, cleared=[line]), tmp_path)
    assert [export for export, of_export in rules.items() if of_export["cleared"]] == ["T0_jeugd"]
