"""The look of the report for Word: page, sizes and paragraph styles."""

from typing import Any

LANGUAGE = "nl-NL"
PAGE = {"page_width": 210, "page_height": 297, "top_margin": 30, "right_margin": 27, "bottom_margin": 25}
PAGE |= {"left_margin": 32, "header_distance": 12, "footer_distance": 12}  # millimetres, as in style.css
TEXT_WIDTH = PAGE["page_width"] - PAGE["left_margin"] - PAGE["right_margin"]
TABLE_SIZE = 8  # points
CELL_GAP = 5  # points between a cell and the next

# Paragraph styles: typeface, size, colour, points before and after, and what differs from plain text. A style that
# pandoc's document has not is added.
PARAGRAPHS: dict[str, dict[str, Any]] = {
    "Normal": {"face": "serif", "size": 10, "line": 1.3},
    "Body Text": {"after": 7},
    "First Paragraph": {"after": 7},
    "Compact": {"after": 3},
    "Report Kind": {"face": "sans", "size": 11, "color": "muted", "before": 90, "after": 6},
    "Title": {"face": "sans", "size": 32, "color": "accent", "bold": True, "line": 1.1, "after": 12},
    "Subtitle": {"face": "sans", "size": 14, "color": "muted", "line": 1.3, "after": 36},
    "Date": {"face": "sans", "size": 11, "after": 36},
    "Stamp": {"face": "sans", "size": 11, "color": "warn", "bold": True, "border": "warn", "after": 12},
    "Heading 1": {
        "face": "sans",
        "size": 22,
        "color": "accent",
        "bold": True,
        "line": 1.15,
        "before": 30,
        "after": 16,
        "new_page": True,
    },
    "Heading 2": {"face": "sans", "size": 14, "color": "accent", "bold": True, "line": 1.15, "before": 22, "after": 6},
    "Heading 3": {"face": "sans", "size": 11, "bold": True, "line": 1.15, "before": 14, "after": 4},
    "TOC Heading": {"face": "sans", "size": 22, "color": "accent", "bold": True, "after": 16, "new_page": True},
    "toc 1": {"face": "sans", "size": 10.5, "bold": True, "before": 5, "after": 2},
    "toc 2": {"face": "sans", "size": 10.5, "indent": 7, "after": 2},
    "Lead": {"size": 11.5, "after": 8},
    "Warning": {"border": "warn", "after": 8},
    "Definition Term": {"face": "sans", "bold": True, "before": 6, "keep": True},
    "Definition": {"after": 4},
    "Caption": {"face": "sans", "size": 9.5, "line": 1.2, "before": 14, "after": 5, "keep": True},
    "Table Caption": {"face": "sans", "size": 9.5, "line": 1.2, "before": 14, "after": 5, "keep": True},
    "Image Caption": {"face": "sans", "size": 9.5, "line": 1.2, "before": 14, "after": 5, "keep": True},
    "Figure": {"line": 1, "after": 4, "keep": True},
    "Table Text": {"face": "sans", "size": TABLE_SIZE, "line": 1.05, "before": 2, "after": 2},
    "Notes": {"face": "sans", "size": 7.5, "color": "muted", "line": 1.2, "before": 4, "after": 12},
    "Block Text": {"indent": 7, "after": 2},
    "Speaker": {"face": "sans", "size": 8.5, "color": "muted", "indent": 7, "after": 8},
    "Case": {"border": "rule", "after": 5},
    "Case Title": {"face": "sans", "bold": True, "before": 10, "after": 3, "keep": True},
    "Header": {"face": "sans", "size": 8.5, "color": "warn", "bold": True},
    "Footer": {"face": "sans", "size": 8.5, "color": "muted"},
}

LABEL = "Caption Number"
