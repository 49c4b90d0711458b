"""The answer of a check: one Dutch page, a few lines, and right or wrong."""

import stat

import pytest
from given.bags import flipped
from given.paths import ROOT
from given.small_run import TEXTS, packed, small_run

from effectstudie.archive.bag import Finding
from effectstudie.archive.checking.differences import Difference, NumbersAgain
from effectstudie.archive.checking.page import Answer, summary, write
from effectstudie.archive.checking.rerun import Again
from effectstudie.archive.checking.verify import check
from effectstudie.shared.formats import NBSP

RESOURCES = ROOT / "resources/pages"
SAME = NumbersAgain(3, 1200, 0, [])


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    archive = packed(small_run(folder / "project"))
    (folder / f"{archive.name}.zip").write_bytes(archive.content)
    return check(folder / f"{archive.name}.zip")


def page(answer, tmp_path):
    write(answer, tmp_path / "page.html", RESOURCES)
    return (tmp_path / "page.html").read_text(encoding="utf-8")


def test_an_archive_that_is_right_is_told_so_with_what_was_looked_at(checked, tmp_path):
    answer = Answer(checked, None, asked=False)
    text = summary(answer, RESOURCES)
    assert answer.good and text.startswith("In orde.\nBekeken: ")
    assert checked.identifier in text and "RAW=" in text
    html = page(answer, tmp_path)
    assert html.count("<td>goed</td>") == len(checked.files) and "Wat er niet klopt" not in html


def test_a_changed_byte_makes_it_wrong_and_names_the_file(checked, tmp_path):
    found = [Finding("data/code/Snakefile", "changed")]
    answer = Answer(checked._replace(findings=found), None, asked=False)
    assert not answer.good
    assert summary(answer, RESOURCES).startswith("NIET in orde.")
    html = page(answer, tmp_path)
    assert "<li>data/code/Snakefile: is veranderd.</li>" in html and html.count("<td>niet goed</td>") == 1


def test_every_kind_of_finding_has_its_sentence(checked):
    kinds = ("changed", "missing", "extra", "unreadable", "form", "name", "path", "entry", "link", "large", "content")
    assert set(TEXTS["check"]["findings"]) == set(kinds)
    for what in kinds:
        found = [Finding(f"file-{what}", what)]
        text = summary(Answer(checked._replace(findings=found), None, asked=False), RESOURCES)
        assert text.count(f"  file-{what}: ") == 1


HOSTILE = "\x1b[2J\x1b[31mIn orde.\r\n\u202e\udc80\x9b"


def test_nothing_of_an_archive_writes_on_the_screen_or_page_but_as_text(checked, tmp_path):
    """Names, cells, versions and the output of its program may hold codes that move, hide or colour."""
    kinds = ("cell", "row", "column", "order", "text", "form", "absent", "new")
    differences = [Difference(kind, *[HOSTILE] * 5) for kind in kinds]
    again = Again([Finding(HOSTILE, "missing")], [(HOSTILE,) * 3], NumbersAgain(1, 1, 0, differences), HOSTILE)
    found = [Finding(HOSTILE, "path")]
    files = {**checked.files, f"data/{HOSTILE}": b""}
    answer = Answer(checked._replace(name=HOSTILE, findings=found, files=files), again, asked=True)
    text, html = summary(answer, RESOURCES), page(answer, tmp_path)
    assert all(line.isprintable() for line in text.split("\n")) and "\n  \\x1b[2J\\x1b[31mIn orde.\\r\\n" in text
    assert {sign for sign in html if not sign.isprintable()} <= {"\n", NBSP} and html.count("\\x1b[2J") > 20


def test_what_is_wrong_with_very_many_files_is_told_in_part(checked, tmp_path):
    found = [Finding(f"{n}" * 100, "extra") for n in range(100_000)]
    answer = Answer(checked._replace(findings=found), None, asked=False)
    assert "en nog 99000 bestanden." in page(answer, tmp_path)
    assert len(summary(answer, RESOURCES).splitlines()) == 4 + 10 + 1


def test_it_is_told_that_the_exports_were_not_held_against_those_of_then(checked, tmp_path):
    answer = Answer(checked, Again([], [], SAME, "", sealed=True), asked=True)
    assert answer.good and "KEY=" in summary(answer, RESOURCES) and "KEY=" in page(answer, tmp_path)


def test_a_new_run_with_the_same_numbers_is_right(checked):
    answer = Answer(checked, Again([], [("R", "4.2.2", "4.3.0")], SAME, ""), asked=True)
    text = summary(answer, RESOURCES)
    assert answer.good and "3 tabellen en rapporten vergeleken, 1.200 cellen en zinnen; 0 verschillen." in text
    assert "Andere versies dan toen: R (4.2.2 → 4.3.0)." in text


def test_a_number_that_differs_is_on_the_page_and_on_the_screen(checked, tmp_path):
    differences = [Difference("cell", "tests.csv", f"{row}", "p", "0.04", "<0.05") for row in range(30)]
    answer = Answer(checked, Again([], [], NumbersAgain(1, 90, 2, differences), ""), asked=True)
    text = summary(answer, RESOURCES)
    assert not answer.good and "tests.csv, rij 0, kolom p: in het archief “0.04”, nu “<0.05”." in text
    assert "en 20 meer; zie de pagina." in text and "2 getallen zijn gelijk op de laatste decimalen na" in text
    html = page(answer, tmp_path)
    assert html.count("<td>&lt;0.05</td>") == 30


def test_every_kind_of_difference_has_its_words(checked):
    kinds = ("row", "column", "order", "text", "form", "absent", "new")
    differences = [*(Difference(kind, f"{kind}.csv", "B1") for kind in kinds), Difference("together", "", "3")]
    answer = Answer(checked, Again([], [], NumbersAgain(1, 9, 0, differences), ""), asked=True)
    text = summary(answer, RESOURCES)
    assert all(text.count(f"  {kind}.csv, ") == 1 for kind in kinds)
    assert "absent.csv, het hele bestand: in het archief “”, nu “is er niet”." in text
    assert "text.csv, tekst onder B1" in text and "  3 tabellen die niet in het archief zitten, " in text


@pytest.mark.parametrize(
    ("again", "says"),
    [
        (Again([Finding("T0_jeugd.sav", "missing")], [], None, ""), "T0_jeugd.sav: ontbreekt."),
        (Again([Finding("T0_jeugd.sav", "changed")], [], SAME, ""), "T0_jeugd.sav: is veranderd."),
        (
            Again([], [], None, "row 3: value 'x'"),
            "Opnieuw draaien is niet gelukt; de reden staat alleen op het scherm",
        ),
        (None, "Niet opnieuw gedraaid, omdat het archief zelf niet in orde is."),
    ],
)
def test_a_new_run_that_did_not_come_to_its_end_is_not_right(checked, again, says, tmp_path):
    answer = Answer(checked, again, asked=True)
    assert not answer.good and says in summary(answer, RESOURCES)
    html = page(answer, tmp_path)
    assert says in html and "row 3" not in html
    assert again is None or again.failure in summary(answer, RESOURCES)


def test_only_its_owner_can_read_the_page_of_an_internal_archive(tmp_path):
    made = packed(small_run(tmp_path / "project"), internal=True)
    path = tmp_path / f"{made.name}.zip"
    path.write_bytes(made.content)
    page(Answer(check(path), None, asked=False), tmp_path)
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o600


def test_an_unreadable_file_still_gives_a_page(tmp_path):
    path = tmp_path / "broken.zip"
    path.write_bytes(flipped(b"PK no zip", 3, 1))
    answer = Answer(check(path), None, asked=False)
    assert "het zip-bestand: is beschadigd en niet te lezen." in page(answer, tmp_path)
