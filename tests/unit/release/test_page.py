import json
import re

from given.paths import ROOT
from given.study_results import LIMITS, PRIVACY, outcomes, results, steps, study, whole
from given.words import TEXTS

from effectstudie.disclosure.audit.study import audit_study
from effectstudie.release.page import release_html, release_record
from effectstudie.shared.words import read_words

PAGES = ROOT / "resources/pages/release"
WORDS = {**TEXTS, **read_words(PAGES / "release.nl.yaml")}
RULES = {**PRIVACY, "minimum_solutions": 3, "audit_seconds": 30}


def record(earlier=(), beside=()):
    audited = audit_study(whole(results()), study(), outcomes(), LIMITS, steps(), solutions=3, seconds=60, beside={})
    return audited, release_record(
        json.loads(json.dumps(audited.as_json())), study(), outcomes(), RULES, beside, earlier, True, WORDS
    )


AUDITED, PLAIN = record()


def test_everything_that_is_withheld_and_hidden_has_a_name_and_a_reason():
    assert len(PLAIN["withheld"]) == len(AUDITED.withheld) > 0
    assert len(PLAIN["solved"]) == len(AUDITED.hidden)
    said = [cell for table in ("withheld", "small", "solved") for row in PLAIN[table] for cell in row]
    assert all(said) and not [cell for cell in said if re.search(r"[_{}/]", cell)]


def test_the_page_tells_no_hidden_count():
    html = release_html(PLAIN, WORDS, PAGES, "")
    assert "Vertrouwelijk" in html and "synthetische" in html
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td></tr>", html)
    assert {number for _, number in rows if number.isdigit() and len(number) == 1} <= {
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
    }
    assert len(rows) > 20


def test_the_page_asks_to_read_the_texts_of_people_for_small_counts():
    """No solver reads them."""
    html = release_html(PLAIN, WORDS, PAGES, "")
    part = re.search(r'<section id="teksten">(.*?)</section>', html, re.S)
    assert part and "niet meegerekend" in part[1] and "van 1 tot en met 4" in part[1]


def test_other_studies_and_earlier_versions_are_named():
    earlier = [{"version": 1, "date": "2026-11-29", "by": "A. Voorbeeld"}]
    html = release_html(record(earlier, ["Uitkomsten: Haaglanden"])[1], WORDS, PAGES, "")
    assert "Uitkomsten: Haaglanden" in html and "29\u00a0november 2026" in html and "A. Voorbeeld" in html
    assert "Er is nog geen uitgave geregistreerd" in release_html(PLAIN, WORDS, PAGES, "")
