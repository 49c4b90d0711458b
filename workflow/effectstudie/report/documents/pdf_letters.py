"""Figures in a PDF: their texts as text, in place of the outline of each letter.

A picture in a web page cannot use the page's typefaces, so the letters of a figure are outlines. In a PDF it can: there
text takes a tenth of the work of outlines, and can be searched.
"""

import base64
import re
from xml.sax.saxutils import unescape

from effectstudie.report.figures.fonts import CHARACTERS

_FIGURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
# As matplotlib writes a line: what it says as a comment, then where it begins, its size and its letters.
_LINE = re.compile(
    r'<!-- (?P<text>[^\n]*) -->\s*<g style="fill: (?P<fill>#\w+)" transform="(?P<place>translate\([^)]*\)'
    r'(?: rotate\([^)]*\))?) scale\((?P<size>[\d.]+) -(?P=size)\)">(?P<letters>.*?)</g>',
    re.DOTALL,
)
_LETTER = re.compile(r'xlink:href="#(\w+?)Pro-(Regular|Semibold)-[0-9a-f]+"')
_WEIGHTS = {"Regular": 400, "Semibold": 600}
# Outlines are drawn for letters of this size.
_OUTLINES = 100


def with_text(html: str) -> str:
    """The page with texts in its figures. `html`: with figures as matplotlib made them, each an SVG inside it."""
    return _FIGURE.sub(lambda figure: _encoded(text_for_letters(base64.b64decode(figure[1]).decode())), html)


def text_for_letters(svg: str) -> str:
    """A figure with `<text>` for the outlines; as it was where a letter would stay an outline.

    Letters are drawn by reference to the first of their kind, so that all go, or none.
    """
    written = _LINE.sub(_text, svg)
    return svg if _LETTER.search(written) else written


def _text(line: re.Match[str]) -> str:
    letters = set(_LETTER.findall(line["letters"]))
    signs = {ord(sign) for sign in unescape(line["text"])}
    # a page has a part of the typeface; and a comment cannot hold --, which stands in it as - -
    if len(letters) != 1 or not signs.issubset(CHARACTERS) or "- -" in line["text"]:
        return line[0]
    ((family, weight),) = letters
    family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", family)
    return (
        f'<text transform="{line["place"]}" fill="{line["fill"]}" font-family="{family} Pro" '
        f'font-weight="{_WEIGHTS[weight]}" font-size="{float(line["size"]) * _OUTLINES:g}" '
        f'xml:space="preserve">{line["text"]}</text>'
    )


def _encoded(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")
