"""Studies of one cohort in one run."""

import pytest

pytestmark = pytest.mark.e2e


def test_the_stages_of_the_cohort_run_once_for_all_thirteen_regions(bare_project):
    studies = bare_project.folder / "config/studies"
    text = (studies / "groningen.yaml").read_text(encoding="utf-8")
    names = [f"regio{number}" for number in range(13)]
    for name in names:
        (studies / f"{name}.yaml").write_text(text.replace("study: groningen", f"study: {name}"), encoding="utf-8")
    jobs = bare_project.jobs(*(f"report_{name}" for name in names))
    of_the_cohort = (
        "check_exports",
        "ingest_exports",
        "score_cohort",
        "classify_cohort",
        "write_style",
    )
    assert [jobs[rule] for rule in of_the_cohort] == [1] * 5
    assert [jobs[rule] for rule in ("select_study", "analyse_outcomes", "write_report")] == [13] * 3
    assert jobs["match_households"] == 39
