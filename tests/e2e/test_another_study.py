"""The recipe of the manual: a study of another region is one file in config/studies/."""

import json
import re

import pytest

pytestmark = pytest.mark.e2e


def test_another_study_needs_one_file_and_nothing_of_the_cohort_is_made_again(extended_project):
    jobs = json.loads((extended_project.folder / "jobs.json").read_text(encoding="utf-8"))
    assert "score_cohort" not in jobs and jobs["select_study"] == 1
    summary = extended_project.folder / "results/haaglanden/matching/strategy_1/summary.json"
    assert json.loads(summary.read_text(encoding="utf-8"))["n_approach"] > 30


def test_its_report_tells_of_its_own_region_and_approach_only(extended_project):
    html = (extended_project.folder / "results/haaglanden/report/haaglanden.html").read_text(encoding="utf-8")
    said = re.sub(r"<[^>]+>", "", re.sub(r"<style.*?</style>|<img[^>]*>", "", html, flags=re.DOTALL))
    assert "begeleid zijn met Veilig Verder" in said and "Haaglanden" in said
    assert not re.search("Twente|Multifocus|Groningen", said)
