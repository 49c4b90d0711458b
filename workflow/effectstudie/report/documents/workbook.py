"""All tables of a report, and the data behind its figures, as one workbook: a sheet each, for who wants the numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# No text of a cell is ever read as a formula, a link or a number.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Rows of a sheet: what it holds, whose and how far to be trusted, the way back, the heads.
_CAPTION, _MARKS, _BACK, _HEAD = range(4)
_NARROW, _WIDE = 9, 48


def workbook(
    sheets: Mapping[str, Sequence[Mapping[str, Any]]],
    record: Mapping[str, Any],
    words: Mapping[str, Any],
    palette: Mapping[str, Any],
) -> bytes:
    """`sheets`: `tables` and `figures`, see tables.sheets; `record`: render.json; `words`: of workbook.nl.yaml.

    `palette`: the house style. The same inputs give the same bytes.
    """
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    title = words["title"].format(title=record["study"]["title"], region=record["study"]["region_label"])
    day = datetime.fromisoformat(record["study"]["report_date"])
    book.set_properties({"title": title, "comments": record["stamp"], "created": day})
    looks = _Looks(book, palette["pages"])
    marks = " – ".join(part for part in (record["stamp"], words["run"].format(run=record["run"])) if part)
    parts = [(words["table"].format(number=one["number"]), one["caption"], one) for one in sheets["tables"]]
    for one in sheets["figures"]:
        name = words["figure"].format(number=one["number"])
        parts.append((name, words["figure_data"].format(number=one["number"], caption=one["caption"]), one))
    first = book.add_worksheet(words["contents"])
    pages = [(book.add_worksheet(name), name, caption, one) for name, caption, one in parts]
    _contents(first, parts, title, marks, words, looks)
    for page, name, caption, one in pages:
        _sheet(page, f"{name}. {caption}" if one in sheets["tables"] else caption, one, marks, words, looks)
    book.close()
    return file.getvalue()


class _Looks:
    """The forms of cells; those of numbers are made when they are met."""

    def __init__(self, book: xlsxwriter.Workbook, colours: Mapping[str, str]):
        self._book, self._numbers = book, {}
        top = {"valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.mark = book.add_format({"italic": True, "font_color": colours["muted"]})
        self.link = book.add_format({"underline": 1, "font_color": colours["accent"], **top})
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": colours["pale"], **top})
        self.text = book.add_format({"text_wrap": True, **top})
        self.aligned = book.add_format({"align": "right", **top})
        self.note = book.add_format({"text_wrap": True, "font_color": colours["muted"], **top})

    def number(self, decimals: int, percent: bool, bare: bool) -> Format:
        """As printed: a sign of percent, and no zero before the comma where the report has none."""
        key = decimals, percent, bare
        if key not in self._numbers:
            shape = ("#" if bare else "#,##0") + ("." + "0" * decimals if decimals else "") + "%" * percent
            self._numbers[key] = self._book.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[key]


def _contents(
    page: Worksheet, parts: Sequence[tuple], title: str, marks: str, words: Mapping[str, Any], looks: _Looks
) -> None:
    _on_paper(page, marks, _HEAD + 2)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 100)
    page.write_string(_CAPTION, 0, title, looks.title)
    page.write_string(_MARKS, 0, marks, looks.mark)
    page.write_string(_BACK, 0, words["intro"])
    page.write_string(_BACK + 1, 0, words["dash"])
    for place, head in enumerate(words["head"]):
        page.write_string(_HEAD + 1, place, head, looks.head)
    for line, (name, caption, _) in enumerate(parts, start=_HEAD + 2):
        page.write_url(line, 0, f"internal:'{name}'!A1", looks.link, name)
        page.write_string(line, 1, caption, looks.text)
    page.freeze_panes(_HEAD + 2, 0)


def _sheet(
    page: Worksheet, caption: str, one: Mapping[str, Any], marks: str, words: Mapping[str, Any], looks: _Looks
) -> None:
    _on_paper(page, marks, _HEAD)
    page.write_string(_CAPTION, 0, caption, looks.title)
    page.write_string(_MARKS, 0, marks, looks.mark)
    page.write_url(_BACK, 0, f"internal:'{words['contents']}'!A1", looks.link, words["back"])
    for place, head in enumerate(one["head"]):
        column = [row[place] for row in one["rows"]]
        longest = max(map(len, (str(head)[:24], *(cell for cell in column if isinstance(cell, str)))), default=0)
        page.set_column(place, place, min(max(longest + 2, _NARROW), _WIDE))
        page.write_string(_HEAD, place, head, looks.head)
        numeric = any(not isinstance(cell, str) for cell in column)
        for line, cell in enumerate(column, start=_HEAD + 1):
            _write(page, line, place, cell, looks, looks.aligned if numeric else looks.text)
    page.freeze_panes(_HEAD + 1, 1)
    if one["notes"]:
        line = _HEAD + len(one["rows"]) + 2
        page.write_string(line, 0, words["notes"], looks.head)
        for below, note in enumerate(one["notes"], start=line + 1):
            last = max(len(one["head"]) - 1, 5)
            page.merge_range(below, 0, below, last, "", looks.note)
            page.write_string(below, 0, note, looks.note)
            page.set_row(below, 15 * (1 + len(note) // 90))


def _write(page: Worksheet, line: int, place: int, cell: Any, looks: _Looks, of_text: Format) -> None:
    if isinstance(cell, str):
        page.write_string(line, place, cell, of_text)
        return
    value, decimals = cell["value"], cell["decimals"]
    value = round(value / 100, decimals + 2) if cell["percent"] else value
    page.write_number(line, place, value, looks.number(decimals, cell["percent"], cell["bare"]))


def _on_paper(page: Worksheet, marks: str, head: int) -> None:
    """Printed as it is on the screen: across one page, heads and marks on every page."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_footer(f"&L{marks.replace('&', '&&')}&R&A, &P/&N")
    page.hide_gridlines(0)
