"""Every colour stands once, in the palette, and goes from there into pages, figures and documents."""

import re

import pytest
from given.paths import ROOT

from effectstudie.report.figures.palette import PALETTE, read_palette, style_of, style_sheet
from effectstudie.report.figures.style import SHADES, STYLE
from effectstudie.shared.errors import ConfigError

PAGES = ROOT / "resources/pages"
# In code, style and templates; a fragment of an address is none.
COLOUR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\b(?![\w/-])")


def test_no_colour_stands_outside_the_palette():
    sources = [*(ROOT / "workflow").rglob("*.py"), *PAGES.rglob("*.css"), *PAGES.rglob("*.j2")]
    assert {source.name: found for source in sources if (found := COLOUR.findall(source.read_text("utf-8")))} == {}
    assert len(COLOUR.findall(PALETTE.read_text("utf-8"))) > 10


def test_a_style_begins_with_the_palette_and_its_margin_boxes_hold_its_colours():
    css = "p { color: var(--ink); }\n@page {\n  @top-center { color: var(--warn); }\n}\n"
    palette = {"pages": {"ink": "#000001", "warn": "#000002"}, "typefaces": {"sans": "Arial"}}
    assert style_sheet(css, palette) == (
        ":root {\n  --ink: #000001;\n  --warn: #000002;\n  --sans: Arial;\n}\n"
        "p { color: var(--ink); }\n@page {\n  @top-center { color: #000002; }\n}\n"
    )


def test_every_property_of_a_page_has_its_value():
    style = style_of(PAGES)
    named = set(re.findall(r"^  --(\w+):", style, re.MULTILINE))
    sources = [style, *(page.read_text("utf-8") for page in PAGES.rglob("*.j2"))]
    assert {name for source in sources for name in re.findall(r"var\(--(\w+)\)", source)} <= named
    assert not [line for line in style.splitlines() if line.startswith("  @") and "var(" in line]


def test_the_approach_and_the_darkest_class_have_the_accent_of_the_pages():
    accent = read_palette()["pages"]["accent"]
    assert STYLE["approach"]["color"] == SHADES[-1] == accent != STYLE["control"]["color"]


@pytest.mark.parametrize("color", ["blue", "#fff", "#0B4F6"])
def test_what_is_no_colour_costs_a_sentence(tmp_path, color):
    path = tmp_path / "palette.yaml"
    path.write_text(re.sub(r'accent: "#\w+"', f'accent: "{color}"', PALETTE.read_text("utf-8")))
    with pytest.raises(ConfigError) as error:
        read_palette(path)
    assert str(error.value) == (
        f"{path}: key pages.accent is {color}; write a colour as # and six hexadecimal digits, between quotes."
    )
