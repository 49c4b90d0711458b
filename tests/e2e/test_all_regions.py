"""All regions together, from two finished reports of one cohort."""

import json
import re

import pandas as pd
import pytest

pytestmark = pytest.mark.e2e
STUDIES = ("groningen", "haaglanden")
KEYS = ["outcome", "unit"]


@pytest.fixture
def results(extended_project):
    return extended_project.folder / "results"


def of_set(results, name):
    return pd.read_csv(results / f"landelijk/analysis/{name}.csv")


def test_the_effect_of_a_region_is_that_of_its_own_report_to_the_last_digit(results):
    regions = of_set(results, "regions")
    for study in STUDIES:
        own = pd.read_csv(results / study / "analysis/estimates.csv")
        both = regions[regions["study"] == study].merge(own, on=KEYS, suffixes=("", "_own"))
        assert len(both) == len(own) >= 15
        for column in ("value", "se", "df", "p", "ci_low", "ci_high", "sd_t0", "n_approach", "n_control"):
            pd.testing.assert_series_equal(both[column], both[f"{column}_own"], check_names=False, rtol=1e-9)
        assert both["verdict"].fillna("").tolist() == both["verdict_own"].fillna("").tolist()


def test_no_effect_counts_or_is_told_that_its_own_report_hides(results):
    regions, together = of_set(results, "regions"), of_set(results, "together")
    for study in STUDIES:
        told = set(json.loads((results / study / "render/render.json").read_text(encoding="utf-8"))["estimated"])
        mine = regions[regions["study"] == study].set_index("outcome")
        assert set(mine.index[mine["shown"]]) == told & set(mine.index)
    count = regions[regions["shown"] & regions["se"].notna()].groupby("outcome").size()
    main = together[together["controls"] == "shared"].set_index("outcome")
    assert main["n_studies"].to_dict() == count.reindex(main.index, fill_value=0).to_dict()
    assert 0 < (main["n_studies"] < 2).sum() < len(main)
    assert main.loc[main["n_studies"] < 2, "value"].isna().all()


def test_controls_serve_both_studies_or_none_by_choice(results):
    found = of_set(results, "controls").set_index(["controls", "study"])["shared"]
    assert (found["once"] == 0).all()
    assert found["shared"].nunique() == 1 and found["shared"].iloc[0] > 0


def test_every_region_without_an_approach_is_tried(results, extended_project):
    placebo = of_set(results, "placebo")
    assert placebo["region"].nunique() == 11
    assert not {"Groningen", "Den Haag"} & set(placebo["region"])
    spread = of_set(results, "placebo_spread").set_index("outcome")
    assert (spread["n_regions"] == 11).all() and (spread["sd"] > 0).all()


def test_the_page_has_the_numbers_of_the_tables_and_leads_to_the_reports(results):
    page = (results / "landelijk/report/landelijk.html").read_text(encoding="utf-8")
    assert [f'href="../../{study}/report/{study}.html' in page for study in STUDIES] == [True, True]
    assert "synthetische gegevens" in page
    total = of_set(results, "together").query("controls == 'shared' and outcome == 'total_violence'").iloc[0]
    said = re.sub(r"<[^>]+>|&nbsp;", " ", page)
    for number in (total["value"], total["ci_low"], total["ci_high"]):
        assert f"{number:.0f}".replace("-", "−") in said
    assert (results / "landelijk/report/landelijk.pdf").read_bytes().startswith(b"%PDF")
