"""The report's two typefaces, from packages of the lock file, so that no byte depends on the machine's fonts.

Source Serif for running text and Source Sans for headings, tables and figures (SIL Open Font License 1.1).
"""

import base64
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import USE_MY_METRICS

PACKAGES = {"SourceSansPro": "font_source_sans_pro", "SourceSerifPro": "font_source_serif_pro"}

FACES = [
    ("Source Serif Pro", 400, "normal", "SourceSerifPro-Regular"),
    ("Source Serif Pro", 400, "italic", "SourceSerifPro-It"),
    ("Source Serif Pro", 600, "normal", "SourceSerifPro-Semibold"),
    ("Source Sans Pro", 400, "normal", "SourceSansPro-Regular"),
    ("Source Sans Pro", 400, "italic", "SourceSansPro-It"),
    ("Source Sans Pro", 600, "normal", "SourceSansPro-Semibold"),
]


# Latin with the accents of Dutch names, Greek of the statistics, punctuation and signs.
CHARACTERS = [
    *range(0x20, 0x180),
    *range(0x391, 0x3CA),
    *range(0x2010, 0x2040),
    0x20AC,
    0x2190,
    0x2192,
    0x2212,
    0x2264,
    0x2265,
]


# What browsers use unasked, and the figures of our tables; of other features the glyphs would come along.
FEATURES = ["ccmp", "locl", "kern", "liga", "mark", "mkmk", "lnum", "tnum"]


def path(name: str) -> Path:
    """The font file `name` (as `SourceSansPro-Regular`) of its package."""
    with as_file(files(PACKAGES[name.split("-")[0]]) / "files" / f"{name}.ttf") as file:
        return file


def face_rules() -> str:
    """`@font-face` rules with the subset fonts inside, as CSS. Takes seconds: make it once for all pages."""
    rule = (
        "@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style}; "
        "src: url(data:font/woff2;base64,{data}) format('woff2'); }}"
    )
    return "\n".join(
        rule.format(family=family, weight=weight, style=style, data=_subset(path(name)))
        for family, weight, style, name in FACES
    )


def _subset(file: Path) -> str:
    options = Options(layout_features=FEATURES, notdef_outline=True, recalc_timestamp=False)
    font = TTFont(file, recalcTimestamp=False)
    # The names apart: to find the few that features ask for, fontTools walks through every table, a third of the time.
    names = font["name"]
    options.drop_tables.append("name")
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    names.names = [
        name
        for name in names.names
        if name.nameID in options.name_IDs and name.langID in options.name_languages and name.isUnicode()
    ]
    font["name"] = names
    _own_widths(font)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer, reorderTables=False)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _own_widths(font: TTFont) -> None:
    """Let every composite glyph keep its own width.

    In Source Serif glyphs as % and the quotation marks ask for the width of a part (USE_MY_METRICS) that is narrower,
    and a browser that does as asked prints the next word over them.
    """
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        if glyph.isComposite():
            for part in glyph.components:
                part.flags &= ~USE_MY_METRICS
