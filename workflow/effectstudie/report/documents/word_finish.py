"""What pandoc leaves undone in the report for Word: tables, table of contents, properties, and equal bytes."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import fsum
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from effectstudie.report.documents.word_look import CELL_GAP, LANGUAGE, TABLE_SIZE, TEXT_WIDTH
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

CONTENTS_TITLE = "Inhoud"
CONTENTS_HEADINGS = ("Heading 1", "Heading 2")
RUN_ON = ("aanpak",)  # chapters that begin on no page of their own, as in style.css
NARROW = " \u00a0.,;:()[]fijlrt"
WIDE = "%mwMW"
GAP = 3  # millimetres, of indents in tables
FIRST_BOOKMARK = 100_000  # pandoc counts its own from a small number


def finish(made: bytes, main: Any, title: str, moment: datetime, facts: Mapping[str, str] | None = None) -> bytes:
    """The finished document.

    `made`: pandoc's; `main`: the part of the page that it was made of (an element of lxml); `title`, `moment` and
    `facts` (name of a `meta` → content): for the properties. Raises EffectstudieError where the
    document has other tables or chapters than the page.
    """
    document = Document(BytesIO(made))
    for source, table in _pairs(say("tables"), main.iter("table"), document.tables):
        _set_table(source, table, document.styles["Table Text"].style_id)
    chapters = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    for source, heading in _pairs(say("chapters"), main.iter("h2"), chapters):
        if source.getparent().get("id") in RUN_ON:
            heading.paragraph_format.page_break_before = False
    for drawing in document.element.iter(qn("wp:inline")):  # pandoc puts the file's name in one of the two places
        next(drawing.iter(qn("pic:cNvPr"))).set("descr", drawing.find(qn("wp:docPr")).get("descr"))
    _insert_contents(document)
    properties = document.core_properties
    properties.title, properties.language = title, LANGUAGE
    facts = facts or {}
    properties.author, properties.content_status = facts.get("author", ""), facts.get("keywords", "")
    properties.created = properties.modified = moment.replace(tzinfo=None)
    return _packed(document, moment)


def _pairs(what: str, sources: Iterable[Any], made: Sequence[Any]) -> zip:
    sources = list(sources)
    if len(sources) != len(made):
        raise EffectstudieError(
            say("Pandoc made {made} {what} for Word out of {given}.", made=len(made), what=what, given=len(sources))
        )
    return zip(sources, made, strict=True)


def _set_table(source: Any, table: Any, style: str) -> None:
    """Widths, alignment and kinds of rows from the table of the page; no row is broken over two pages."""
    rows = source.findall(".//tr")
    numeric = ["numeric" in cell.get("class", "") for cell in rows[0]]
    # a text column keeps clear of the figures that end where it begins
    indents = [Mm(GAP) if left and not here else None for left, here in zip([False, *numeric], numeric, strict=False)]
    bold = [place == 0 or row.get("class") == "block" for place, row in enumerate(rows)]
    lengths = [[_lengths(cell.text_content(), strong) for cell in row] for row, strong in zip(rows, bold, strict=True)]
    widths = column_widths(lengths, [Pt(CELL_GAP) + (indent or 0) for indent in indents])
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstColumn"), "1")
    look.set(qn("w:val"), "00A0")  # the same for older programs: first row and first column are heads
    long = any("long" in block.get("class", "").split() for block in source.iterancestors("div"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, target, strong in zip(rows, table.rows, bold, strict=True):
        target._tr.get_or_add_trPr().insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for place, cell in enumerate(target.cells):
            cell.width = widths[place]
            for paragraph in cell.paragraphs:
                paragraph._p.style = style
                form = paragraph.paragraph_format
                form.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT if numeric[place] else None
                form.left_indent = Mm(GAP) if row.get("class") == "class" and place == 0 else indents[place]
                form.keep_with_next = True if strong or not long else None
                for run in paragraph.runs if strong else []:
                    run.bold = True


def column_widths(lengths: Sequence[Sequence[tuple[float, float]]], gaps: Sequence[float]) -> list[int]:
    """Widths that together fill the line, in the unit of the arguments: English Metric Units.

    `lengths`: rows of cells, of each the length of its longest word and of its whole text; `gaps`: what a column needs
    beside its text. The rule is that of a browser: a column is as wide as its longest word, and the rest of the line
    is shared in proportion to what the longest text of each column wants beyond that.
    """
    line = Mm(TEXT_WIDTH)
    columns = list(zip(*lengths, strict=True))
    least = [max(word for word, _ in column) + gap for column, gap in zip(columns, gaps, strict=True)]
    wanted = [max(text for _, text in column) + gap for column, gap in zip(columns, gaps, strict=True)]
    if fsum(least) >= line or fsum(wanted) <= line:
        known = least if fsum(least) >= line else wanted
        return [round(line * width / fsum(known)) for width in known]
    share = (line - fsum(least)) / (fsum(wanted) - fsum(least))
    return [round(low + share * (high - low)) for low, high in zip(least, wanted, strict=True)]


def _lengths(text: str, bold: bool) -> tuple[float, float]:
    """About how long the longest word of a table's text is, and the whole text, by the widths of Arial's signs.

    Only an ordinary space ends a word, so that a number keeps its sign and its unit.
    """

    def length(part: str) -> float:
        ems = sum(0.36 if sign in NARROW else 0.89 if sign in WIDE else 0.7 if sign.isupper() else 0.6 for sign in part)
        return ems * Pt(TABLE_SIZE) * (1 if bold else 0.93)

    return max(length(word) for word in text.split(" ")), length(text)


def _insert_contents(document: Any) -> None:
    """A table of contents before the first heading.

    It is a field, of which an entry refers to the page of its heading by a field of its own. Pages are known only to
    the program that sets them, so the numbers are empty until it has filled the fields; Word offers that on opening.
    """
    headings = [paragraph for paragraph in document.paragraphs if paragraph.style.name in CONTENTS_HEADINGS]
    if not headings:
        return
    entries = []
    for number, heading in enumerate(headings, FIRST_BOOKMARK):
        mark = f'{nsdecls("w")} w:id="{number}"'
        start = parse_xml(f'<w:bookmarkStart {mark} w:name="_Toc{number}"/>')
        heading._element.insert(1, start)  # behind the properties
        heading._element.append(parse_xml(f"<w:bookmarkEnd {mark}/>"))
        style = document.styles[f"toc {heading.style.name[-1]}"].style_id
        to_page = "<w:r><w:tab/></w:r>" + "".join(_field(rf"PAGEREF _Toc{number} \h"))
        link = f'<w:hyperlink w:anchor="_Toc{number}" w:history="1">{_run(heading.text)}{to_page}</w:hyperlink>'
        entries.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{link}</w:p>')
    begin, end = _field(rf'TOC \o "1-{len(CONTENTS_HEADINGS)}" \h \z \u')
    entries[0] = entries[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
    end = f"<w:p>{end}</w:p>"
    style = document.styles["TOC Heading"].style_id
    head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(CONTENTS_TITLE)}</w:p>'
    contents = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{head}{''.join(entries)}{end}</w:sdtContent></w:sdt>"
    )
    headings[0]._element.addprevious(contents)
    update = f'<w:updateFields {nsdecls("w")} w:val="true"/>'
    document.settings.element.find(qn("w:rsids")).addprevious(parse_xml(update))  # where the standard wants it


def _field(code: str) -> tuple[str, str]:
    """What stands before and behind the result of a field; Word is to fill it anew."""
    begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    begin += f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return begin, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _packed(document: Any, moment: datetime) -> bytes:
    """The document as a zip whose files bear the date of the report instead of that of the run."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
