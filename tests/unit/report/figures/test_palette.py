"""Every colour stands once, in the house style, and goes from there into pages, figures and documents."""

import re

import pytest
from given.paths import ROOT

from effectstudie.definitions.checks.content import check_schema
from effectstudie.report.figures.palette import HOUSE_STYLE, PROJECT, read_palette, style_of, style_sheet
from effectstudie.report.figures.style import FACE, SHADES, STYLE
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

PAGES = ROOT / "resources/pages"
# In code, style and templates; a fragment of an address is none.
COLOUR = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\b(?![\w/-])")


def test_no_colour_stands_outside_the_house_style():
    sources = [*(ROOT / "workflow").rglob("*.py"), *(ROOT / "resources/words").rglob("*.yaml")]
    sources += [path for kind in ("css", "j2", "yaml") for path in PAGES.rglob(f"*.{kind}")]
    assert {source.name: found for source in sources if (found := COLOUR.findall(source.read_text("utf-8")))} == {}
    assert len(COLOUR.findall((PROJECT / HOUSE_STYLE).read_text("utf-8"))) > 10


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


def test_the_approach_has_the_accent_of_the_pages_and_no_class_has_the_colour_of_a_group():
    groups = {STYLE["approach"]["color"], STYLE["control"]["color"]}
    assert STYLE["approach"]["color"] == read_palette()["pages"]["accent"]
    assert len(groups) == 2 and not groups & set(SHADES)


def test_figures_have_the_typeface_of_headings_and_tables():
    assert read_palette()["typefaces"]["sans"].startswith(f'"{FACE}"')


SCHEMA = read_yaml(ROOT / "workflow/schemas/house_style.schema.yaml")


def problems_of(**changed):
    """What is told of a house style in which `group__key` has another value."""
    house = read_yaml(PROJECT / HOUSE_STYLE)
    for place, value in changed.items():
        group, _, key = place.partition("__")
        house |= {group: house[group] | {key: value}} if key else {group: value}
    with pytest.raises(ConfigError) as error:
        check_schema(house, SCHEMA, HOUSE_STYLE)
    return error.value.problems


def test_the_house_style_of_the_project_is_right():
    check_schema(read_yaml(PROJECT / HOUSE_STYLE), SCHEMA, HOUSE_STYLE)


@pytest.mark.parametrize("color", ["blue", "#fff", "#0B4F6C", "#0b4f6"])
def test_what_is_no_colour_costs_a_sentence(color):
    assert problems_of(pages__accent=color) == [
        f"config/house_style.yaml: key pages.accent is '{color}'; allowed: a colour as # and six hexadecimal digits, "
        "between quotes."
    ]


def test_mistakes_of_the_house_are_told_together_with_what_is_allowed():
    told = problems_of(cover_language="fr", typefaces__sans="Arial", figures__shades=["#ffffff"], pages__blue="#0000ff")
    assert [one.partition(": ")[2] for one in told] == [
        "key cover_language is 'fr'; allowed: nl or en.",
        "key figures.shades is ['#ffffff']; allowed: a list of two colours, the lightest first.",
        "key pages.blue is unknown; known: ink, muted, rule, pale, accent, warn.",
        'key typefaces.sans is \'Arial\'; allowed: "Source Serif Pro" or "Source Sans Pro", then after a comma a '
        "typeface that Word has.",
    ]
