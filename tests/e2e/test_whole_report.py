"""The Groningen report from nothing, as an analyst gets it."""

import json
import re

import pandas as pd
import pypdf
import pytest
from given.published import readable

pytestmark = pytest.mark.e2e

REPORT = "results/groningen/report/groningen"
STAMP = "synthetisch"


def test_a_second_run_does_nothing(finished_project):
    assert finished_project.jobs("report_groningen") == {}


def test_another_pseudonym_key_changes_no_published_figure(finished_project, bare_project):
    """A report is made from the tables of analysis/ and matching/, and does not see the key."""
    bare_project.settings = ["--config", f"raw_dir={finished_project.folder / 'results/demo_cohort'}"]
    bare_project.run("--cores", "2", "match_groningen", "analyse_groningen")
    mine, other = bare_project.results(), finished_project.results()
    assert mine["results/cohort/score/mansa.parquet"] != other["results/cohort/score/mansa.parquet"]
    made = r"results/groningen/(analysis/.*|matching/.*\.(csv|json))$"
    published = [name for name in other if re.match(made, name)]
    assert len(published) > 12
    assert [name for name in published if mine[name] != other[name]] == []


def test_every_page_of_the_pdf_says_that_the_data_are_synthetic(finished_project):
    pages = pypdf.PdfReader(finished_project.folder / f"{REPORT}.pdf").pages
    assert len(pages) > 10
    assert [number for number, page in enumerate(pages, 1) if STAMP not in page.extract_text().lower()] == []


def test_the_pdf_is_no_longer_than_a_ministry_reads(finished_project):
    pages = [page.extract_text() for page in pypdf.PdfReader(finished_project.folder / f"{REPORT}.pdf").pages]
    (appendices,) = [number for number, text in enumerate(pages) if text.startswith("Bijlagen\n")]
    assert appendices <= 22 and len(pages) <= 45


def test_the_html_holds_everything_inside_one_file(finished_project):
    html = (finished_project.folder / f"{REPORT}.html").read_text(encoding="utf-8")
    assert STAMP in html.lower()
    links = re.findall(r"""(?:src|href)=["']([^"']+)""", html)
    assert [link for link in links if not link.startswith(("data:", "#"))] == ["groningen_kwaliteit.html"]


def test_the_number_that_the_page_on_the_architecture_walks_is_in_the_results(finished_project):
    page = (finished_project.folder / "docs/architecture.md").read_text(encoding="utf-8")
    results = finished_project.folder / "results/groningen"
    (row,) = re.findall(r"`(safety,[^`]+)`", page)
    levels = (results / "analysis/levels.csv").read_text(encoding="utf-8").splitlines()
    assert [line.startswith(f"{row},") for line in levels].count(True) == 1
    sentence = " ".join(re.findall(r"^ *> (.+)$", page, re.M))
    html = (finished_project.folder / f"{REPORT}.html").read_text(encoding="utf-8")
    assert sentence.endswith(".") and sentence in html.replace("\u00a0", " ")
    people = pd.read_parquet(results / "matching/strategy_2/matched.parquet")
    assert f"has {(people['group'] == 'approach').sum()} of the approach" in " ".join(page.split())


def test_the_groups_come_out_near_the_published_ones(finished_project):
    summary = json.loads(
        (finished_project.folder / "results/groningen/matching/strategy_2/summary.json").read_text(encoding="utf-8")
    )
    assert summary["n_matched_approach"] == 51
    assert 58 <= summary["n_matched_controls"] <= 64


@pytest.mark.parametrize(
    ("outcome", "group", "wave", "published", "tolerance"),
    [
        ("total_violence", "approach", "T0", 109, 12),
        ("total_violence", "approach", "follow_up", 47, 12),
        ("total_violence", "control", "T0", 109, 12),
        ("total_violence", "control", "follow_up", 25, 12),
        ("partner_violence", "approach", "T0", 90, 12),
        ("partner_violence", "control", "T0", 92, 12),
        ("child_abuse", "approach", "T0", 12, 8),
        ("low_income", "approach", "T0", 67.2, 15),
        ("low_income", "control", "T0", 52.1, 6),
        ("violence_class.frequent_or_severe", "approach", "follow_up", 64, 20),
    ],
)
def test_the_demonstration_comes_out_near_the_published_figures(
    finished_project, outcome, group, wave, published, tolerance
):
    table = pd.read_csv(finished_project.folder / "results/groningen/analysis/descriptives.csv")
    row = table[(table["outcome"] == outcome) & (table["group"] == group) & (table["wave"] == wave)]
    assert row["mean"].item() == pytest.approx(published, abs=tolerance)


def test_nothing_that_is_published_holds_a_pseudonym(extended_project):
    people = pd.read_parquet(extended_project.folder / "results/cohort/ingest/T0_volwassenen.parquet")
    ids = {identifier.encode() for column in ("household", "respondent") for identifier in people[column]}
    parts = ("groningen", "haaglanden", "logs", "cohort/check")
    folders = [extended_project.folder / "results" / part for part in parts]
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix not in (".parquet", ".svg", ".png")
    ]
    files = [path for path in files if path.is_file()]
    assert len(files) > 60
    for path in files:
        assert not {identifier for identifier in re.findall(rb"[0-9a-f]{16}", readable(path))} & ids, path
