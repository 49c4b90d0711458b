"""Figures in a PDF have their texts as text."""

import base64
import re
from xml.etree import ElementTree

import pytest

from effectstudie.report.documents.pdf_letters import text_for_letters, with_text
from effectstudie.report.figures.style import draw

TEXT = "{http://www.w3.org/2000/svg}text"


def figure(*texts, **look):
    """A figure with these texts under each other, as a study's report has it."""

    def paint(canvas):
        for place, text in enumerate(texts):
            canvas.text(0.1, 0.9 - place / 10, text, **look)

    return draw(80, 40, paint).decode()


def texts_of(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(TEXT)]


def test_every_text_of_a_figure_is_text():
    said = ["T0 < 11% & > 3", "tweede\nregel", "  met ruimte", "€ −1,5 ‘é’"]
    svg = text_for_letters(figure(*said))
    assert [text.strip() for text in texts_of(svg)] == ["T0 < 11% & > 3", "tweede", "regel", "met ruimte", "€ −1,5 ‘é’"]
    assert "SourceSansPro" not in svg


def test_a_text_keeps_its_place_turn_size_weight_and_colour():
    drawn = figure("schuin", rotation=90, fontsize=12, fontweight="semibold", color="#123456")
    (place,) = re.findall(r"translate\([^)]*\) rotate\(-90\)", drawn)
    (text,) = ElementTree.fromstring(text_for_letters(drawn)).iter(TEXT)
    look = {name: text.get(name) for name in ("transform", "font-size", "font-weight", "font-family", "fill")}
    assert look == {
        "transform": place,
        "font-size": "12",
        "font-weight": "600",
        "font-family": "Source Sans Pro",
        "fill": "#123456",
    }


@pytest.mark.parametrize("text", ["twee -- streepjes", "een Cyrillische Ж"])
@pytest.mark.parametrize("beside", [[], ["met tekst"]])
def test_a_figure_with_a_text_that_its_comment_or_the_page_cannot_hold_stays_as_it_was(text, beside):
    drawn = figure(text, *beside)
    assert text_for_letters(drawn) == drawn


def test_only_figures_of_a_page_change():
    def image(svg):
        return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'

    foreign = '<svg xmlns="http://www.w3.org/2000/svg"><!-- logo --><g><path d="M 0 0"/></g></svg>'
    page = f"<p>woorden</p>{image(foreign)}{{}}"
    assert with_text(page.format(image(figure("as")))) == page.format(image(text_for_letters(figure("as"))))
