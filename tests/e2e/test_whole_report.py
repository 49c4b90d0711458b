"""The Groningen report from nothing, as an analyst gets it."""

import io
import json
import re
import zipfile

import pandas as pd
import pypdf
import pytest

pytestmark = pytest.mark.e2e

REPORT = "results/groningen/report/groningen"
STAMP = "synthetisch"


def test_a_second_run_does_nothing(finished_project):
    assert finished_project.jobs("report_groningen") == {}


def test_every_result_has_the_same_bytes_on_one_core_and_on_two(finished_project, own_exports_project):
    """Another folder, the exports in a folder of their own; PDF and HTML included."""
    two_cores, one_core = finished_project.results(), own_exports_project.results()
    made = {name for name in two_cores if not name.startswith("results/demo_cohort/")}
    assert f"{REPORT}.pdf" in made and made == one_core.keys()
    assert [name for name in sorted(made) if one_core[name] != two_cores[name]] == []


def test_another_pseudonym_key_changes_no_published_figure(finished_project, bare_project):
    """All that a report says stands in render/; what is written of it does not see the key."""
    bare_project.settings = ["--config", f"raw_dir={finished_project.folder / 'results/demo_cohort'}"]
    bare_project.run("--cores", "2", "results/groningen/render")
    mine, other = bare_project.results(), finished_project.results()
    assert mine["results/cohort/score/mansa.parquet"] != other["results/cohort/score/mansa.parquet"]
    published = [name for name in other if re.match(r"results/groningen/(analysis|render)/", name)]
    assert len(published) > 20
    assert [name for name in published if mine[name] != other[name]] == []


def test_every_page_of_the_pdf_says_that_the_data_are_synthetic(finished_project):
    pages = pypdf.PdfReader(finished_project.folder / f"{REPORT}.pdf").pages
    assert len(pages) > 10
    assert [number for number, page in enumerate(pages, 1) if STAMP not in page.extract_text().lower()] == []


def test_the_html_holds_everything_inside_one_file(finished_project):
    html = (finished_project.folder / f"{REPORT}.html").read_text(encoding="utf-8")
    assert STAMP in html.lower()
    links = re.findall(r"""(?:src|href)=["']([^"']+)""", html)
    assert [link for link in links if not link.startswith(("data:", "#"))] == []


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
        ("child_abuse", "approach", "T0", 12, 4),
        ("low_income", "approach", "T0", 67.2, 6),
        ("low_income", "control", "T0", 52.1, 6),
        ("violence_class.frequent_or_severe", "approach", "follow_up", 64, 10),
    ],
)
def test_the_demonstration_comes_out_near_the_published_figures(
    finished_project, outcome, group, wave, published, tolerance
):
    table = pd.read_csv(finished_project.folder / "results/groningen/analysis/descriptives.csv")
    row = table[(table["outcome"] == outcome) & (table["group"] == group) & (table["wave"] == wave)]
    assert row["mean"].item() == pytest.approx(published, abs=tolerance)


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_nothing_that_is_published_holds_an_id(finished_project):
    people = pd.read_parquet(finished_project.folder / "results/cohort/ingest/T0_volwassenen.parquet")
    ids = {identifier.encode() for column in ("household", "respondent") for identifier in people[column]}
    published = {
        name: unzipped(content) if name.endswith(".docx") else content
        for name, content in finished_project.results().items()
        if name.startswith("results/groningen/") and not name.endswith((".parquet", ".pdf", ".svg", ".png"))
    }
    logs = {str(path): path.read_bytes() for path in (finished_project.folder / "results/logs").rglob("*.log")}
    assert published and logs
    for name, content in {**published, **logs}.items():
        assert b"DEMO-H" not in content, name
        assert not {identifier for identifier in re.findall(rb"[0-9a-f]{16}", content)} & ids, name
