import pytest
from given.paths import ROOT
from given.pictures import png

from effectstudie.shared.errors import InputError
from effectstudie.shared.words import read_words
from effectstudie.texts.fill import ready_texts

WORDS = read_words(ROOT / "resources/words/texts.nl.yaml")
VALUES = {"n.approach.household": "51", "sentences.safety": " ".join(["woord"] * 30)}


def test_texts_are_filled_and_made_into_pages_together(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    library = tmp_path / "literatuur.yaml"
    library.write_text("- {id: a, type: book, title: Een boek, author: [{family: Jansen}], issued: 2020}\n")
    citaten = "<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n# Waarom\n\n> Goed.\n"
    texts = {
        f"{tmp_path}/werving.md": "# Werving\n\n![Een punt](a.png)\n",
        f"{tmp_path}/kop.md": "Het gaat om {{ n.approach.household }} gezinnen.\n",
        f"{tmp_path}/citaten.md": citaten,
        f"{tmp_path}/aanpak.md": "# Aanpak & meer\n\nZie [@a].\n",
    }
    ready = ready_texts(texts, VALUES, [str(library)], WORDS)
    assert list(ready) == ["kop", "aanpak", "werving", "citaten", "literatuur"]  # in the order of the report
    assert ready["kop"] == {"html": "Het gaat om 51 gezinnen.", "title": ""}
    assert (
        ready["aanpak"]["title"] == "Aanpak &amp; meer"
        and '(<a href="#ref-a">Jansen 2020</a>)' in ready["aanpak"]["html"]
    )
    assert (
        ready["werving"]["html"].startswith("<h3>Werving</h3>") and "data:image/png;base64," in ready["werving"]["html"]
    )
    assert ready["citaten"]["html"].startswith("<h4>Waarom</h4>") and "vrijgegeven" not in str(ready)
    assert '<li id="ref-a">' in ready["literatuur"]["html"]


def test_without_citations_there_is_no_literature():
    assert list(ready_texts({"aanpak.md": "# Aanpak"}, VALUES, [], WORDS)) == ["aanpak"]


def test_what_the_numbers_make_wrong_is_told_together():
    texts = {"t/kop.md": "{{ sentences.safety }}", "t/aanpak.md": "# A\n\n{{ value.safety.approach.T0 }}"}
    with pytest.raises(InputError) as caught:
        ready_texts(texts, VALUES, [], WORDS)
    assert caught.value.problems == [
        "t/kop.md: has 30 words; allowed: at most 20.",
        "t/aanpak.md, line 3: placeholder {{ value.safety.approach.T0 }} may not be shown here, as its groups are too "
        "small; leave it out.",
    ]
