"""The answer of a check: one Dutch page, a few lines, and right or wrong."""

import stat

import pytest
from given.bags import flipped
from given.paths import ROOT
from given.small_run import packed, small_run

from effectstudie.archive.bag import Finding
from effectstudie.archive.page import Answer, summary, write
from effectstudie.archive.rerun import Again, Compared, Difference
from effectstudie.archive.verify import check

RESOURCES = ROOT / "resources/pages"
SAME = Compared(3, 1200, 0, [])


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
    found = [Finding(f"file-{what}", what) for what in ("changed", "missing", "extra", "unreadable", "form", "name")]
    text = summary(Answer(checked._replace(findings=found), None, asked=False), RESOURCES)
    assert all(text.count(f"file-{finding.what}: ") == 1 for finding in found)


def test_a_new_run_with_the_same_numbers_is_right(checked):
    answer = Answer(checked, Again([], [("R", "4.2.2", "4.3.0")], SAME, ""), asked=True)
    text = summary(answer, RESOURCES)
    assert answer.good and "3 tabellen en rapporten vergeleken, 1.200 cellen en alinea's; 0 verschillen." in text
    assert "Andere versies dan toen: R (4.2.2 → 4.3.0)." in text


def test_a_number_that_differs_is_on_the_page_and_on_the_screen(checked, tmp_path):
    differences = [Difference("tests.csv", f"rij {row}, p", "0.04", "<0.05") for row in range(30)]
    answer = Answer(checked, Again([], [], Compared(1, 90, 2, differences), ""), asked=True)
    text = summary(answer, RESOURCES)
    assert not answer.good and "tests.csv, rij 0, p: in het archief “0.04”, nu “<0.05”." in text
    assert "en 20 meer; zie de pagina." in text and "2 getallen zijn gelijk op de laatste decimalen na" in text
    html = page(answer, tmp_path)
    assert html.count("<td>&lt;0.05</td>") == 30


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
