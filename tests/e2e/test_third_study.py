"""The recipe of the manual: a study of another region is one file in config/studies/."""

import json
import re

import pytest

pytestmark = pytest.mark.e2e

CHANGES = {
    "study: haaglanden": "study: twente",
    "title: Uitkomsten van Veilig Verder": "title: Uitkomsten van Samen Verder",
    "region_label: Haaglanden": "region_label: Twente",
    "  regio: Den Haag": "  regio: Twente",
    "  aanpak: Veilig Verder": "  aanpak: Samen Verder",
    "  label: Veilig Verder": "  label: Samen Verder",
}


def test_a_third_study_needs_one_file(project):
    text = (project.folder / "config/studies/haaglanden.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert text.count(f"{old}\n") == 1, old
        text = text.replace(f"{old}\n", f"{new}\n")
    (project.folder / "config/studies/twente.yaml").write_text(text, encoding="utf-8")
    jobs = project.jobs("report_twente")
    assert "score_cohort" not in jobs and jobs["select_study"] == 1
    project.run("--cores", "2", "report_twente")
    folder = project.folder / "results/twente"
    summary = json.loads((folder / "matching/strategy_1/summary.json").read_text(encoding="utf-8"))
    assert summary["n_approach"] == 32
    html = (folder / "report/twente.html").read_text(encoding="utf-8")
    said = re.sub(r"<[^>]+>", "", re.sub(r"<style.*?</style>|<img[^>]*>", "", html, flags=re.DOTALL))
    assert "begeleid zijn met Samen Verder" in said and "Twente" in said
    assert not re.search("Haaglanden|Veilig Verder|Multifocus|Groningen", said)
