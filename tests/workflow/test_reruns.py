"""What is made again after a change: all that depends on it, and nothing else."""

import os
from pathlib import Path

import pyreadstat
import pytest

TAKING_IN = {"check_exports": 1, "ingest_exports": 1}
STUDY_STAGES = {
    **{"select_study": 1, "match_households": 3, "match_variants": 1},
    **{"analyse_outcomes": 1, "protect_study": 1, "write_release": 1, "render_study": 1, "check_texts": 1},
    **{
        "write_report": 1,
        "write_quality": 1,
        "write_tables": 1,
        "check_outputs": 1,
        "record_run": 1,
        "compare_release": 1,
    },
}
REPORT = {"write_report": 1, "record_run": 1, "compare_release": 1}
RENDER = {"render_study": 1, "check_texts": 1, "write_tables": 1, "check_outputs": 1, **REPORT}
PAGES = {"write_release": 1, "write_quality": 1}
AUDIT = {"protect_study": 1, **PAGES, **RENDER}
LATER = {"analyse_outcomes": 1, **AUDIT}
TARGET = "report_groningen"

pytestmark = pytest.mark.e2e


def change_one_answer(path, column):
    """Another valid answer for one respondent, in a file whose date is before that of every result."""
    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    row = frame.index[frame[column].isin([1, 2])][0]
    frame.loc[row, column] = 3 - frame.loc[row, column]
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=meta.column_names_to_labels,
        variable_value_labels=meta.variable_value_labels,
        missing_ranges=meta.missing_ranges,
        variable_format=meta.original_variable_types,
    )
    os.utime(path, (10**9, 10**9))


def test_a_second_run_does_nothing(project):
    assert project.jobs(TARGET) == {}


def test_data_to_work_on_with_are_made_when_asked_and_change_nothing_else(project):
    before = project.results()
    assert project.jobs("data_groningen") == {"data_groningen": 1, "write_data": 3, "write_data_guide": 1}
    project.run("--cores", "2", "data_groningen")
    after = project.results()
    new = sorted(after.keys() - before.keys())
    assert len(new) == 10 and all(path.startswith("results/groningen/data/") for path in new)
    assert {path: after[path] for path in before} == before
    assert project.jobs(TARGET) == {}


def test_a_run_with_nothing_to_do_says_where_the_report_is(project):
    said = project.run("--cores", "2", TARGET)
    assert "Er is niets te doen" in said
    assert "Rapport van groningen: results/groningen/report/groningen.html, .pdf en .docx" in said
    assert "Nog niets vrijgegeven, dus niets om mee te vergelijken (make release)." in said


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["-R", TARGET], {**REPORT, "write_tables": 1, "write_quality": 1, "write_release": 1}),
        (["-f", TARGET], {**REPORT, "write_tables": 1, "write_quality": 1, "write_release": 1}),
        (["-R", "analyse_groningen"], {"analyse_outcomes": 1}),
        (["-R", "match_groningen"], {"match_households": 3, "match_variants": 1}),
        (["-R", "ingest_groningen"], TAKING_IN),
        (["-R", "analyse_groningen", TARGET], None),
        ([TARGET, "-R", "analyse_groningen"], None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_asked_again_by_a_name_of_the_menu_is_made_again(project, asked, expected):
    jobs = {rule: n for rule, n in project.jobs(*asked).items() if not rule.endswith("_groningen")}
    if expected is None:  # the analysis, and what follows from it
        assert jobs["analyse_outcomes"] == jobs["write_report"] == 1 and "match_households" not in jobs
    else:
        assert jobs == expected


def test_what_would_be_made_is_told_with_file_key_and_values(project):
    project.edit("config/studies/groningen.yaml", "report_date: 2026-11-21", "report_date: 2026-11-28")
    told = project.run("--dry-run", "--cores", "2", TARGET)
    assert "config/studies/groningen.yaml: report_date: 2026-11-21 → 2026-11-28" in told
    row = "T2_jeugd,DEMO-H0001-K1,leeftijd,9,10,typing error,analyst,2026-11-21\n"
    project.append("exports/corrections.csv", row)
    told = project.run("--dry-run", "--cores", "2", TARGET)
    assert "- controle van de exports" in told and ": corrections.csv (T2_jeugd)\n" in told
    assert "is er nog niet" not in told and "Job stats" not in told


def test_a_folder_of_which_a_file_is_gone_is_made_again(project):
    (project.folder / "results/groningen/render/table_1.csv").unlink()
    assert project.jobs("results/groningen/render") == {"render_study": 1}


def test_a_changed_answer_in_an_older_file_reruns_what_depends_on_it(project):
    change_one_answer(project.folder / "exports/T1_jeugd.sav", "ctspck_06")
    expected = {**TAKING_IN, "score_cohort": 1, "classify_cohort": 1, **STUDY_STAGES}
    assert project.jobs(TARGET) == expected


def test_a_changed_answer_reads_its_export_scores_its_questionnaire_and_matches_nobody_again(project):
    """The jobs to a matching run; who is matched does not hang on this answer, so that the matching stays."""
    before, matched = project.results(), project.folder / "results/groningen/matching/strategy_1/matched.parquet"
    change_one_answer(project.folder / "exports/T1_volwassenen.sav", "mansa_01")
    made = matched.stat().st_mtime_ns
    assert project.jobs("match_groningen")["match_households"] == 3  # it may be that they run
    said = project.run("--cores", "2", "match_groningen")
    assert "keuze van huishoudens (groningen)" in said and "klaar" in said and matched.stat().st_mtime_ns == made
    after = project.results()
    assert {name for name in after if before.get(name) != after[name]} == {
        *(f"results/cohort/ingest/{name}" for name in ("T1_volwassenen.parquet", ".kept.json")),
        "results/cohort/check/T1_volwassenen.json",
        *(f"results/cohort/score/{name}" for name in ("mansa.parquet", "mansa_reliability.csv", ".kept.json")),
        *(f"results/groningen/select/{name}.parquet" for name in ("analysis", "waves")),
    }
    log = {rule: (project.folder / f"results/logs/{rule}.log").read_text(encoding="utf-8") for rule in OF_COHORT}
    assert "1 van de 10 exports opnieuw gelezen" in log["check_exports"]
    assert "1 van de 20 vragenlijsten opnieuw gescoord" in log["score_cohort"]
    assert "Niets opnieuw ingedeeld" in log["classify_cohort"]
    assert project.jobs("match_groningen") == {}
    # forced, nothing is taken from before, and the bytes are the same
    project.run("match_groningen", "--cores", "1", "--forcerun", *OF_COHORT)
    anew = (project.folder / "results/logs/score_cohort.log").read_text(encoding="utf-8")
    assert "20 van de 20 vragenlijsten opnieuw gescoord" in anew
    assert project.results() == after


OF_COHORT = ("check_exports", "score_cohort", "classify_cohort")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("workflow/effectstudie/matching/balance.py", {key: STUDY_STAGES[key] for key in list(STUDY_STAGES)[1:]}),
        ("workflow/effectstudie/analysis/tests.py", LATER),
        ("workflow/effectstudie/report/documents/build.py", REPORT),
        ("workflow/effectstudie/quality/page.py", {"write_quality": 1, "record_run": 1, "compare_release": 1}),
        ("workflow/scripts/select_study.py", STUDY_STAGES),
        ("resources/instruments/mansa.yaml", {"score_cohort": 1, "classify_cohort": 1, **STUDY_STAGES}),
        ("resources/classification/violence.yaml", {"classify_cohort": 1, **STUDY_STAGES}),
        ("resources/pages/report/report.html.j2", REPORT),
        ("config/house_style.yaml", {**RENDER, **PAGES, "write_style": 1}),
        ("resources/pages/report/labels.nl.yaml", {**RENDER, **PAGES}),
        ("config/plans/groningen.yaml", RENDER),
        ("resources/texts/groningen/inleiding.md", {"check_texts": 1, **REPORT}),
        ("resources/pages/report/checks.nl.yaml", {"check_outputs": 1, **REPORT}),
        ("workflow/rules/score.smk", {"record_run": 1}),
    ],
)
def test_an_edited_file_reruns_what_uses_it(project, file, expected):
    edits = {".j2": "{# edited #}\n", ".md": "\nEdited.\n"}
    project.append(file, edits.get(Path(file).suffix, "\n# edited\n"))
    assert project.jobs(TARGET) == expected


def test_an_edited_norm_scores_again(project):
    project.append("resources/norms/illustrative/nosik_illustrative.csv", " ")
    assert project.jobs(TARGET)["score_cohort"] == 1


def test_the_stages_of_a_finished_study_have_nothing_to_do_whatever_mistakes_are_called(project):
    names = ("studies", "content", "instruments", "norms", "files", "plans")
    for name in ("load", *(f"checks/{name}" for name in names)):
        project.append(f"workflow/effectstudie/definitions/{name}.py", "\n# edited\n")
    stages = ("ingest", "score", "classify", "match", "analyse", "figures", "tables", "quality", "check", "report")
    targets = [f"{stage}_groningen" for stage in stages]
    listed = project.run("--list")
    assert [target for target in targets if f"{target} (" not in listed] == []
    assert project.jobs(*targets) == {}


def test_stage_by_stage_what_comes_out_the_same_reruns_nothing(project):
    """A dry run tells of all that may have to run; what a run finds to be the same, the next one leaves alone too."""
    project.append("workflow/effectstudie/quality/whole_cohort.py", "\n# edited\n")
    assert project.jobs(TARGET)["analyse_outcomes"] == 1
    project.run("--cores", "2", "ingest_groningen")
    assert project.jobs(TARGET) == {"record_run": 1}


def test_a_label_reruns_what_prints_it(project):
    project.edit("config/outcomes.yaml", "label: totale geweld", "label: totaal aan geweld")
    assert project.jobs(TARGET) == AUDIT


def test_a_module_that_another_module_imports_counts_too(project):
    project.append("workflow/effectstudie/matching/check.py", "\n# edited\n")
    assert project.jobs(TARGET)["match_households"] == 3


def test_another_caliper_rematches_one_strategy(project):
    project.edit("config/studies/groningen.yaml", "caliper: 1.0", "caliper: 0.9")
    expected = {key: STUDY_STAGES[key] for key in list(STUDY_STAGES)[2:]}
    assert project.jobs(TARGET) == {"match_households": 1, **expected}


def test_another_title_reruns_the_last_stages_only(project):
    project.edit("config/studies/groningen.yaml", "title: Uitkomsten", "title: De uitkomsten")
    assert project.jobs(TARGET) == {**RENDER, **PAGES}


def test_a_correction_reruns_the_export_that_it_mends(project):
    row = "T2_jeugd,DEMO-H0001-K1,leeftijd,9,10,typing error,analyst,2026-11-21\n"
    project.append("exports/corrections.csv", row)
    assert project.jobs(TARGET)["ingest_exports"] == 1


def test_a_recode_reruns_the_export_that_it_changes(project):
    project.append("exports/recodes.csv", "T2_jeugd,geslacht,1,2,other codes\nT2_jeugd,geslacht,2,1,other codes\n")
    assert project.jobs(TARGET)["ingest_exports"] == 1


def test_another_lock_file_reruns_everything(project):
    project.append("envs/python.lock", "# edited\n")
    assert project.jobs(TARGET)["check_exports"] == 1
