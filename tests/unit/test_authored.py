import pytest

from effectstudie.authored import filled, title, to_html
from effectstudie.errors import InputError

KNOWN = {"n.approach.household": "51", "label.approach": "Multifocus"}


def test_placeholders_become_the_printed_numbers():
    texts = {"inleiding.md": "Er zijn {{ n.approach.household }} gezinnen\nmet {{label.approach}}."}
    assert filled(texts, KNOWN) == {"inleiding.md": "Er zijn 51 gezinnen\nmet Multifocus."}


def test_every_placeholder_that_names_nothing_is_told_with_its_place():
    texts = {"inleiding.md": "Een\n{{ n.aproach.household }}", "conclusie.md": "{{ beta }} {{ 7 * 7 }}"}
    with pytest.raises(InputError) as caught:
        filled(texts, KNOWN)
    first, second, third = caught.value.problems
    assert first == (
        "inleiding.md, line 2: placeholder {{ n.aproach.household }} names nothing of this run. "
        "Did you mean n.approach.household? Known: n.approach.household, label.approach."
    )
    assert second.startswith("conclusie.md, line 1: placeholder {{ beta }} names nothing")
    assert "{{ 7 * 7 }}" in third


@pytest.mark.parametrize("text", ["{{ n.approach.household", "{% if x %}", "label.approach }}"])
def test_braces_that_are_no_placeholder_are_an_error(text):
    with pytest.raises(InputError, match=r"werving.md, line 1: .* does not belong to a placeholder"):
        filled({"werving.md": text}, KNOWN)


def test_markdown_takes_its_place_among_the_headings_and_brings_no_html():
    assert to_html("# Kop\n\n## Onder\n\n<b>x</b>", 2) == "<h2>Kop</h2>\n<h3>Onder</h3>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_the_title_is_the_first_heading():
    assert title("\n# A & B\n\ntekst\n# C") == "A &amp; B"
    assert title("tekst") == ""
