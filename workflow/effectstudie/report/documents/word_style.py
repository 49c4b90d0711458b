"""The house style for Word: the reference document from which pandoc takes styles, page, header and footer.

It is pandoc's own reference document (`pandoc --print-default-data-file reference.docx`), dressed here with the
colours of the palette and with the typefaces that the palette names second, because Word has those.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from effectstudie.report.documents.word_look import CELL_GAP, LABEL, LANGUAGE, PAGE, PARAGRAPHS, TEXT_WIDTH

BUILT_IN = {"toc 1", "toc 2", "Header", "Footer"}


def reference(pandoc_default: bytes, palette: Mapping[str, str], title: str, stamp: str) -> bytes:
    """The reference document, as bytes of a .docx.

    `pandoc_default`: pandoc's; `palette`: colours (`accent`, …) and the typefaces `serif` and `sans`;
    `title`: at the foot of every page but the first; `stamp`: at the head of every page, empty for none.
    """
    document = Document(BytesIO(pandoc_default))
    for name, look in PARAGRAPHS.items():
        _dress(_emptied(document, name), look, palette)
    _characters(document, palette)
    _tables(document, palette)
    _language(document)
    _page(document.sections[0], title, stamp)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def _emptied(document: Any, name: str) -> Any:
    """The paragraph style of this name without any look of its own, and without its twin for characters."""
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
    style = document.styles[name]
    style.base_style = None if name == "Normal" else document.styles["Normal"]
    outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    for tag in ("w:pPr", "w:rPr", "w:link"):
        for part in style.element.findall(qn(tag)):
            style.element.remove(part)
    if f"{name} Char" in document.styles and name != "Body Text":  # pandoc's other character styles rest on that one
        document.styles[f"{name} Char"].delete()
    if outline is not None and name.startswith("Heading"):
        style.element.get_or_add_pPr().append(outline)
    style.hidden, style.quick_style = False, True
    return style


def _dress(style: Any, look: Mapping[str, Any], palette: Mapping[str, str]) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    form.widow_control = True
    form.keep_with_next = True if "Heading" in style.name or look.get("keep") else None
    form.page_break_before = look.get("new_page")
    if "line" in look:
        form.line_spacing = look["line"]
    if "indent" in look:
        form.left_indent = Mm(look["indent"])
    if style.name.startswith("toc"):
        form.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    spacing = style.element.pPr.find(qn("w:spacing"))  # Word wants the parts below before it
    if "border" in look:
        form.left_indent = Mm(4)
        side = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{palette[look["border"]][1:]}"/>'
        spacing.addprevious(parse_xml(f"<w:pBdr {nsdecls('w')}>{side}</w:pBdr>"))
    if look.get("face") == "sans" and style.name != "Table Text":
        spacing.addprevious(OxmlElement("w:suppressAutoHyphens"))
    _font(style, palette, look.get("face"), look.get("color", "ink" if style.name == "Normal" else None))
    # said where it is not so, too: programs have ideas of their own of what a caption looks like
    style.font.bold, style.font.italic = look.get("bold"), False if "Caption" in style.name else None
    if "size" in look:
        style.font.size = Pt(look["size"])


def _font(style: Any, palette: Mapping[str, str], face: str | None, color: str | None) -> None:
    if face:
        style.font.name = palette[face]
        style.element.rPr.rFonts.set(qn("w:cs"), palette[face])
    if color:
        style.font.color.rgb = RGBColor.from_string(palette[color][1:].upper())


def _characters(document: Any, palette: Mapping[str, str]) -> None:
    label = document.styles.add_style(LABEL, WD_STYLE_TYPE.CHARACTER)
    label.font.bold = True
    _font(label, palette, None, "accent")
    link = document.styles["Hyperlink"]
    for part in link.element.findall(qn("w:rPr")):
        link.element.remove(part)
    _font(link, palette, None, "accent")
    link.font.underline = True


def _tables(document: Any, palette: Mapping[str, str]) -> None:
    """Rules between rows, heavier ones around the table and below its head; no vertical ones."""

    def rule(side: str, eighths: int, color: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{palette[color][1:]}"/>'

    style = document.styles["Table"].element
    for tag in ("w:tblPr", "w:tblStylePr"):
        for part in style.findall(qn(tag)):
            style.remove(part)
    borders = rule("top", 10, "accent") + rule("bottom", 8, "accent") + rule("insideH", 4, "rule")
    gap = f'<w:left w:w="0" w:type="dxa"/><w:right w:w="{CELL_GAP * 20}" w:type="dxa"/>'
    head = f"<w:tcBorders>{rule('top', 10, 'accent')}{rule('bottom', 6, 'accent')}</w:tcBorders>"
    for xml in (
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{gap}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        f'<w:tcPr>{head}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>',
    ):
        style.append(parse_xml(xml))


def _language(document: Any) -> None:
    """Dutch, with words divided in running text and, where a column is narrower than a word, in tables."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    for tag, value in (("w:themeFontLang", LANGUAGE), ("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        settings.find(qn(tag)).set(qn("w:val"), value)
    settings.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))


def _page(section: Any, title: str, stamp: str) -> None:
    for name, size in PAGE.items():
        setattr(section, name, Mm(size))
    section.different_first_page_header_footer = True
    for header in (section.first_page_header, section.header):
        header.paragraphs[0].text = stamp
        header.paragraphs[0].alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    section.first_page_footer.paragraphs[0].text = ""
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{title}\tpagina ")
    _field(foot, "PAGE")
    foot.add_run(" van ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._element.append(field)
