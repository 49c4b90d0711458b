"""The colours and typefaces of pages, figures and documents: resources/pages/palette.yaml, read by all of them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.words import Words, read_words

PALETTE = Path(__file__).parents[4] / "resources/pages/palette.yaml"
# Boxes in the margin of a printed page, in which WeasyPrint knows no custom properties.
_MARGIN_BOX = re.compile(r"^ *@(?:top|bottom)-\w+ \{.*$", re.MULTILINE)


def read_palette(path: str | Path = PALETTE) -> Words:
    """The palette; ConfigError with one sentence for each colour that is none."""
    palette = read_words(path)
    problems = [
        f"{path}: key {key} is {color}; write a colour as # and six hexadecimal digits, between quotes."
        for group in ("pages", "figures", "compare")
        for key, color in _colours(palette[group], group)
        if not re.fullmatch(r"#[0-9a-f]{6}", str(color))
    ]
    if problems:
        raise ConfigError(problems)
    return palette


def _colours(group: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for name, value in group.items():
        yield from ((f"{place}.{name}", color) for color in (value if isinstance(value, list) else [value]))


def style_sheet(css: str, palette: Mapping[str, Any]) -> str:
    """CSS that uses custom properties, as `var(--accent)`, with their values before it."""
    values = {**palette["pages"], **palette["typefaces"]}
    root = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    filled = _MARGIN_BOX.sub(lambda box: re.sub(r"var\(--(\w+)\)", lambda name: values[name[1]], box[0]), css)
    return f":root {{\n{root}}}\n{filled}"


def style_of(pages: str | Path) -> str:
    """The style of a page that brings no typefaces. `pages`: a folder as resources/pages."""
    return style_sheet(Path(pages, "style.css").read_text(encoding="utf-8"), read_palette(Path(pages, "palette.yaml")))
