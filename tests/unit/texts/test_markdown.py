import pytest
from given.paths import ROOT

from effectstudie.shared.words import read_words
from effectstudie.texts.markdown import one_paragraph, title, to_html

WORDS = read_words(ROOT / "resources/words/texts.nl.yaml")


def html(text, level=2, **options):
    return to_html(text, level, WORDS, **options)


def test_markdown_takes_its_place_among_the_headings_and_brings_no_html():
    assert html("# Kop\n\n## Onder\n\n<b>x</b>") == "<h2>Kop</h2>\n<h3>Onder</h3>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_the_title_is_the_first_heading():
    assert title("\n# A & B\n\ntekst\n# C") == "A &amp; B"
    assert title("tekst") == ""


@pytest.mark.parametrize(
    ("quote", "inside"),
    [
        ("> Goed.\n> — respondent 4, vrouw", "<p>Goed.</p>\n<footer>respondent 4, vrouw</footer>"),
        ("> Goed.\n>\n> — respondent *4*", "<p>Goed.</p>\n<footer>respondent <em>4</em></footer>"),
        ("> Een.\n>\n> Twee\n> drie.\n> — V", "<p>Een.</p>\n<p>Twee\ndrie.</p>\n<footer>V</footer>"),
        ("> Goed — echt.", "<p>Goed — echt.</p>"),
    ],
)
def test_a_quote_says_whose_words_it_is(quote, inside):
    assert html(quote) == f"<blockquote>\n{inside}\n</blockquote>\n"


def test_a_case_is_a_box_with_a_title_and_anything_in_it():
    made = html("::: casus Het gezin <b> A\n\nTekst.\n\n> Goed.\n> — V\n\n:::\n\nDaarna.")
    name = "Het gezin &lt;b&gt; A"
    assert made.startswith(f'<aside class="case" aria-label="{name}">\n<p class="case-title">{name}</p>\n<p>Tekst.</p>')
    assert "<footer>V</footer>" in made and made.endswith("</aside>\n<p>Daarna.</p>\n")


def test_a_picture_alone_is_a_figure_with_its_caption():
    made = html('![Een "lijn"](lijn.png "Bij *deze*")', picture=lambda name: f"data:{name}")
    assert made == (
        '<figure class="picture">\n<img src="data:lijn.png" alt="Een &quot;lijn&quot;">\n'
        "<figcaption>Bij *deze*</figcaption>\n</figure>\n"
    )


def test_notes_stand_at_the_end_with_addresses_of_their_text():
    made = html("Een[^b] en[^a] en[^b].\n\n[^a]: Noot *a*.\n[^b]: Noot b.", name="aanpak")
    body, notes = made.split('<div class="written-notes">')
    assert body.count("<sup") == 3 and '<a href="#noot-aanpak-2" id="noot-aanpak-2-bij"' in body
    assert 'id="noot-aanpak-1-bij"' in body and 'id="noot-aanpak-1-bij-2"' in body
    assert '<li id="noot-aanpak-1"><p>Noot b. <a class="note-back" href="#noot-aanpak-1-bij">terug</a></p>' in notes
    assert notes.count("<li") == 2 and notes.count("note-back") == 2


def test_literature_is_put_where_it_is_cited():
    made = html("Zie [@a; @b, p. 3].", citations={"@a; @b, p. 3": "(A 2020; B 2021, 3)"})
    assert made == '<p>Zie <span class="citation">(A 2020; B 2021, 3)</span>.</p>\n'


def test_a_table_has_heads_of_columns_and_terms_have_their_meaning():
    assert '<table>\n<thead>\n<tr>\n<th scope="col">a</th>' in html("| a | b |\n| --- | --- |\n| c | d |")
    assert html("Term\n: Uitleg.") == "<dl>\n<dt>Term</dt>\n<dd>Uitleg.</dd>\n</dl>\n"


def test_a_headline_is_what_stands_in_its_paragraph():
    assert one_paragraph("Het *daalt* <x>\n") == "Het <em>daalt</em> &lt;x&gt;"
