"""The typefaces inside a page: every sign keeps its own width."""

import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from effectstudie.report.figures import fonts

USE_MY_METRICS = 0x200  # of the OpenType specification, table glyf
RULE = re.compile(
    r"font-family: '([^']+)'; font-weight: (\d+); font-style: (\w+); src: url\(data:font/woff2;base64,([^)]*)"
)


@pytest.fixture(scope="module")
def faces():
    """Family, weight and style → the font that a page carries."""
    return {
        (family, int(weight), style): TTFont(BytesIO(base64.b64decode(data)))
        for family, weight, style, data in RULE.findall(fonts.face_rules())
    }


def borrowing(font):
    """The composite glyphs that ask for the width of a part."""
    glyphs = {name: font["glyf"][name] for name in font.getGlyphOrder()}
    return {
        name
        for name, glyph in glyphs.items()
        if glyph.isComposite() and any(part.flags & USE_MY_METRICS for part in glyph.components)
    }


def test_no_glyph_borrows_the_width_of_a_part(faces):
    assert set(faces) == {face[:3] for face in fonts.FACES}
    assert all(borrowing(font) == set() for font in faces.values())


def test_the_glyphs_of_the_package_do_borrow_and_keep_their_width_when_cut(faces):
    for *face, name in fonts.FACES:
        whole, cut = TTFont(fonts.path(name)), faces[tuple(face)]
        assert borrowing(whole)
        of_whole, of_cut = whole.getBestCmap(), cut.getBestCmap()
        assert {sign: cut["hmtx"][glyph] for sign, glyph in of_cut.items()} == {
            sign: whole["hmtx"][of_whole[sign]] for sign in of_cut
        }
