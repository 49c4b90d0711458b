"""The colours and typefaces of pages, figures and documents: config/house_style.yaml, read by all of them.

What may stand in it says its schema, which is held against it with the rest of the configuration.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from effectstudie.shared.words import Words, read_words

HOUSE_STYLE = "config/house_style.yaml"
PROJECT = Path(__file__).parents[4]
# Boxes in the margin of a printed page, in which WeasyPrint knows no custom properties.
_MARGIN_BOX = re.compile(r"^ *@(?:top|bottom)-\w+ \{.*$", re.MULTILINE)


def read_palette(path: str | Path = PROJECT / HOUSE_STYLE) -> Words:
    """The house style: `pages`, `figures` and `compare` (colours), `typefaces`, and what is on the cover."""
    return read_words(path)


def style_sheet(css: str, palette: Mapping[str, Any]) -> str:
    """CSS that uses custom properties, as `var(--accent)`, with their values before it."""
    values = {**palette["pages"], **palette["typefaces"]}
    root = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    filled = _MARGIN_BOX.sub(lambda box: re.sub(r"var\(--(\w+)\)", lambda name: values[name[1]], box[0]), css)
    return f":root {{\n{root}}}\n{filled}"


def style_of(pages: str | Path) -> str:
    """The style of a page that brings no typefaces. `pages`: a folder as resources/pages."""
    css = Path(pages, "style.css").read_text(encoding="utf-8")
    return style_sheet(css, read_palette(house_style_beside(pages)))


def house_style_beside(pages: str | Path) -> Path:
    """The house style of the project that a folder as resources/pages is of."""
    return Path(pages).resolve().parents[1] / HOUSE_STYLE
