"""A mistake gives one clear message, and nothing that was there is lost."""

import shutil

import pandas as pd
import pyreadstat
import pytest

TARGET = "report_groningen"

pytestmark = pytest.mark.e2e


def test_a_misspelt_study_says_which_studies_exist(bare_project):
    result = bare_project.snakemake("--cores", "1", "report_gronigen")
    assert result.returncode != 0
    message = "Er is geen studie 'gronigen'. Bedoelt u 'groningen'? De studies zijn: groningen, haaglanden"
    assert result.stdout.count(message) == 1


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (["groningen"], "report_groningen"),
        (["analyse"], "analyse_groningen of analyse_haaglanden"),
        (["rapport_groningen"], "report_groningen"),
        (["-R", "analyse"], "analyse_groningen of analyse_haaglanden"),
    ],
    ids=" ".join,
)
def test_a_name_that_nothing_makes_gets_the_one_that_is_meant_and_no_more(bare_project, asked, meant):
    result = bare_project.snakemake("--cores", "1", *asked)
    assert result.returncode != 0
    assert [line for line in result.stdout.splitlines() if not line.startswith("Using")] == [
        f"Er is niets dat '{asked[-1]}' heet. Bedoelt u {meant}? Alles wat u kunt vragen: snakemake --list"
    ]


def test_a_mistake_in_the_configuration_names_file_key_and_what_is_allowed(bare_project):
    bare_project.edit("config/config.yaml", "minimum_cell: 5", "minimum_cell: 2")
    bare_project.edit("config/config.yaml", "seed:", "sead:")
    result = bare_project.snakemake("--cores", "1", TARGET)
    assert result.returncode != 0
    assert "config/config.yaml: sleutel privacy.minimum_cell is 2; toegestaan: een heel getal vanaf 3." in result.stdout
    assert "config/config.yaml: sleutel sead is onbekend (bedoelt u 'seed'?)" in result.stdout


def test_a_mistake_in_a_study_names_file_key_and_what_is_allowed(bare_project):
    bare_project.edit("config/studies/groningen.yaml", "risk_cumulation, satis", "risk_accumulation, satis")
    result = bare_project.snakemake("--cores", "1", TARGET)
    assert result.returncode != 0
    assert (
        "config/studies/groningen.yaml: outcomes noemt 'risk_accumulation', maar zo'n uitkomst bestaat niet"
        in result.stdout
    )
    assert "bedoelt u 'risk_cumulation'?" in result.stdout


def test_a_frozen_plan_that_was_edited_stops_everything(bare_project):
    bare_project.edit("config/plans/groningen.frozen.yaml", "      safety: 0.5\n", "      safety: 0.1\n")
    result = bare_project.snakemake("--cores", "1", TARGET)
    assert result.returncode != 0
    assert "config/plans/groningen.frozen.yaml: versie 1 is niet wat is vastgelegd" in result.stdout


def test_missing_exports_are_named_also_when_their_results_are_still_there(project):
    (project.folder / "exports/T1_kinderen.sav").unlink()
    (project.folder / "exports/T2_jeugd.sav").unlink()
    result = project.snakemake("--cores", "2", TARGET)
    assert result.returncode != 0
    assert "T1_kinderen.sav: deze export is er niet, en ook T1_kinderen.csv of T1_kinderen.xlsx niet" in result.stdout
    assert "T2_jeugd.sav: deze export is er niet" in result.stdout


def test_answers_that_break_a_rule_are_all_listed_on_the_screen_in_no_log_and_no_result_is_lost(project):
    before = project.results()
    frame, _ = pyreadstat.read_sav(project.folder / "exports/T0_jeugd.sav", user_missing=True)
    frame = frame.astype(object)
    frame.loc[0, "tscc_01"], frame.loc[2, "ctspck_03"], frame.loc[4, "geslacht"] = "GEHEIM", 9, "meisje"
    (project.folder / "exports/T0_jeugd.sav").unlink()
    frame["afnamedatum"] = pd.to_datetime(frame["afnamedatum"]).dt.strftime("%Y-%m-%d")
    frame.to_csv(project.folder / "exports/T0_jeugd.csv", index=False)
    for _ in range(2):  # a second run must not take the failed one for done
        result = project.snakemake("--cores", "2", TARGET)
        assert result.returncode != 0
    allowed = "moet een van 1, 2, 3, 4, 5, 6, 7, 8 zijn; verbeter de export"
    assert f"T0_jeugd.csv, rij 3, kolom ctspck_03, waarde '9': {allowed}" in result.stdout
    assert "T0_jeugd.csv, rij 5, kolom geslacht, waarde 'meisje': moet een van 1, 2 zijn; verb" in result.stdout
    assert "T0_jeugd.csv, rij 1, kolom tscc_01, waarde 'GEHEIM': moet " in result.stdout
    assert (
        result.stdout.count("rij 1, kolom tscc_01") == 1 and "Logboek: results/logs/check_exports.log" in result.stdout
    )
    assert not [said for said in ("message: None", "set -euo", "WorkflowError", "readers.py") if said in result.stdout]
    assert project.results() == before
    files = [
        path for part in ("results", ".snakemake") for path in (project.folder / part).rglob("*") if path.is_file()
    ]
    assert any(b"rij 1, kolom tscc_01: moet " in path.read_bytes() for path in files)
    assert [path for path in files if b"GEHEIM" in path.read_bytes()] == []


def test_a_mistake_in_a_text_leaves_the_report_in_its_place(project):
    before = project.results()
    text = project.folder / "resources/texts/groningen/inleiding.md"
    text.write_text("# Inleiding\n\n{{ n.aproach.household }}\n", encoding="utf-8")
    result = project.snakemake("--cores", "2", TARGET)
    assert result.returncode != 0
    message = "resources/texts/groningen/inleiding.md, regel 3: invulplaats {{ n.aproach.household }} hoort bij niets"
    assert message in result.stdout
    assert project.results() == before


def test_a_mistake_in_a_text_is_told_before_anything_is_computed(bare_project):
    for study, name, text in (("groningen", "inleiding", "[@niemand2020]"), ("haaglanden", "aanpak", "![](kaart.png)")):
        (bare_project.folder / f"resources/texts/{study}/{name}.md").write_text(f"# Kop\n\n{text}\n", encoding="utf-8")
    result = bare_project.snakemake("--cores", "2", TARGET)
    assert result.returncode != 0
    assert "groningen/inleiding.md, regel 3: [@niemand2020] haalt iets aan" in result.stdout
    assert "haaglanden/aanpak.md, regel 3: plaatje kaart.png is er niet" in result.stdout
    assert not list(bare_project.folder.glob("results/*.css")) and not (bare_project.folder / "results/logs").exists()


def test_a_disk_that_fills_up_is_told_and_the_next_run_mends_it(project):
    before = project.results()
    page = "results/groningen/report/groningen_kwaliteit.html"
    project.edit("resources/pages/quality/quality.nl.yaml", "absent: –", "absent: '-'")
    result = project.snakemake("--cores", "2", page, largest_file=100_000)
    assert result.returncode != 0
    assert "het bestand is te groot. Maak ruimte op de schijf, of laat de map voor u openstellen" in result.stdout
    left = project.results()
    assert {name for name in before if before[name] != left.get(name)} == {page}
    assert not [name for name in left if name.endswith(".part")]
    project.run("--cores", "2", page)
    assert project.results().keys() == before.keys()


def test_the_raw_folder_may_not_hold_one_stem_twice(project):
    shutil.copy(project.folder / "exports/huishoudens.sav", project.folder / "exports/huishoudens.csv")
    result = project.snakemake("--cores", "2", TARGET)
    assert result.returncode != 0
    assert "huishoudens.csv, huishoudens.sav hebben dezelfde naam voor de punt" in result.stdout


def test_the_pseudonym_key_may_not_lie_in_the_project(bare_project):
    result = bare_project.snakemake("--cores", "1", TARGET, "--config", "raw_dir=docs", "pseudonym_key_file=config/key")
    assert result.returncode != 0
    assert "dat ligt in de projectmap; zet het bestand daarbuiten" in result.stdout
