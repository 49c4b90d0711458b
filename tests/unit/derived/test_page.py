"""The page on which every derived variable has its formula."""

import re

import pytest
from given.derived_table import (
    INSTRUMENTS,
    TABLE,
    TEMPLATES,
    WORDS,
    made,
)

from effectstudie.definitions.instruments import QUALITY
from effectstudie.derived.page import breakable, codebook_html
from effectstudie.derived.variables import COLUMNS


@pytest.fixture(scope="module")
def page():
    return codebook_html(TABLE, INSTRUMENTS, WORDS, TEMPLATES, "")


def test_the_page_has_as_many_data_rows_as_the_table(page):
    assert len(re.findall(r'<th scope="row">', page)) == len(TABLE)
    names = [re.sub("<[^>]+>", "", name) for name in re.findall(r'<th scope="row">(.*?)</th>', page)]
    assert sorted(names) == sorted(TABLE["variabele"])


def test_the_page_says_all_that_the_table_says(page):
    text = re.sub(r"<wbr>|<style>.*?</style>", "", page, flags=re.DOTALL).replace("\u00a0", " ")
    text = re.sub(r"<span lang=\"en\">(.*?)</span>", r"\1", text)
    for name in COLUMNS:
        for value in set(TABLE[name]) - {WORDS["none"]}:
            escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
            assert escaped in text, value


def test_every_section_is_linked_and_every_link_leads_somewhere(page):
    ids = re.findall(r' id="([^"]+)"', page)
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(ids) == len(set(ids)) and set(links) <= set(ids)
    assert {*INSTRUMENTS, "variables", "computed"} <= set(links)


def test_the_page_is_one_dutch_file_with_a_title_and_without_references_outside(page):
    assert '<html lang="nl">' in page and "<title>Codeboek" in page
    assert not re.findall(r'href="(?!#)|src=', page) and not re.findall(r"url\((?!data:)", page)
    assert not re.search(r"\{\{|\}\}|\{%", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


def test_tables_are_flat_and_every_row_has_a_cell_for_each_head(page):
    tables = re.findall(r"<table>.*?</table>", page, flags=re.DOTALL)
    assert len(tables) == len(INSTRUMENTS) + 2
    for table in tables:
        heads = table.count('scope="col"')
        assert "<caption>" in table and "span=" not in table
        rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", table, flags=re.DOTALL)
        assert rows and all(one.count("<td") == heads - 1 for one in rows)


def test_the_introduction_names_the_quality_columns_and_the_licensed_folders(page):
    for word in (*QUALITY, "complete", "person_mean", "counts_nothing", "too_few", "not_applicable", "not_asked"):
        assert word in page.partition("<nav")[0]
    assert "resources/instruments/licensed/" in page and "resources/norms/licensed/" in page


def test_the_same_definitions_give_the_same_page(page):
    assert codebook_html(made(), INSTRUMENTS, WORDS, TEMPLATES, "") == page


def test_a_name_may_break_behind_a_dot_and_a_sign_stays_with_its_number():
    assert breakable("tscc.sexual_concerns.t ≥ 70 en 1.650") == ("tscc.<wbr>sexual_<wbr>concerns.t ≥\u00a070 en 1.650")
    assert breakable("a < 2") == "a &lt;\u00a02"
