"""The report for Word: the same HTML, through pandoc, for clients who comment in the text.

Pandoc makes the document; what it cannot know of the page is put right on both sides of it: before (figures as PNG,
named styles, chapter numbers) in the HTML, after (tables, table of contents, dates) in the document.
"""

import base64
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import pypandoc
from lxml import html as lxml_html

from effectstudie.report.documents.word_finish import finish
from effectstudie.report.documents.word_look import LABEL, LANGUAGE
from effectstudie.report.documents.word_style import reference
from effectstudie.report.figures.pictures import DPI, png
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

SVG_SOURCE = "data:image/svg+xml;base64,"
PHOTO = re.compile(r"data:image/(png|jpeg);base64,")
WIDEST = 150  # millimetres, of a picture that people brought
# class of a paragraph → its style in Word
STYLES = {"kind": "Report Kind", "subtitle": "Subtitle", "date": "Date", "stamp": "Stamp"}
STYLES |= {"lead": "Lead", "warning": "Warning", "notes": "Notes"}
STYLES |= {"case-title": "Case Title", "notes-title": "Case Title"}


def write_docx(
    html: str, report_date: str, palette: Mapping[str, Any], pixels: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """The report as .docx, its bytes the same on every run.

    `html`: a page of `report.render_html`, with its style sheet and figures inside; `report_date`: ISO date of the
    document's properties; `palette`: palette.yaml; `pixels`: source of a figure in the page → its PNG, where it
    is there already. Raises EffectstudieError where pandoc fails or tables get lost.
    """
    page = lxml_html.document_fromstring(html)
    main, title = page.find(".//main"), page.findtext(".//title")
    moment = datetime.fromisoformat(report_date).replace(tzinfo=UTC)
    with TemporaryDirectory() as folder:
        _prepare(main, Path(folder), pixels)
        plain = _pandoc(folder, moment, ["--print-default-data-file", "reference.docx"])
        Path(folder, "reference.docx").write_bytes(reference(plain, _look(palette), title, _stamp(page)))
        options = ["--from=html", "--to=docx", "--reference-doc=reference.docx", "--shift-heading-level-by=-1"]
        options += [f"--metadata=lang:{LANGUAGE}", "--output=-"]
        made = _pandoc(folder, moment, options, lxml_html.tostring(main, encoding="unicode"))
    facts = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    return finish(made, main, title, moment, facts)


def _pandoc(folder: str, moment: datetime, options: Sequence[str], text: str = "") -> bytes:
    """What pandoc makes of a text, in a folder where it finds the files and no settings of a user."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--data-dir=.", *options],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))},
        input=text.encode(),
        capture_output=True,
    )
    if done.returncode:
        raise EffectstudieError(
            say("Pandoc could not make the report for Word: {reason}", reason=done.stderr.decode().strip())
        )
    return done.stdout


def _look(palette: Mapping[str, Any]) -> dict[str, str]:
    """The colours of the pages, and of each typeface the one that stands second."""
    second = {face: names.split(",")[1].strip() for face, names in palette["typefaces"].items()}
    return {**palette["pages"], **second}


def _stamp(page: Any) -> str:
    banner = page.find(".//p[@class='banner']")
    return "" if banner is None else banner.text_content()


def _prepare(main: Any, folder: Path, pixels: Mapping[str, bytes]) -> None:
    """Make of the page what pandoc understands; figures become PNG files in `folder`."""
    for navigation in list(main.iter("nav")):
        navigation.drop_tree()
    for number, heading in enumerate(main.xpath(".//section[@class='chapter']/h2"), 1):
        heading.text = f"{number}\u2003{heading.text or ''}"
    for label in main.iter("span"):
        if label.get("class") == "number":
            label.set("data-custom-style", LABEL)
    for foreign in main.xpath(".//i[@lang]"):
        _wrap(foreign, "span", {"lang": foreign.get("lang")})
    for number, picture in enumerate(list(main.iter("img")), 1):
        if photo := PHOTO.match(picture.get("src")):
            name = f"picture_{number}.{photo[1]}"
            Path(folder, name).write_bytes(base64.b64decode(picture.get("src")[photo.end() :]))
            picture.attrib.update({"src": name, "style": f"max-width: {WIDEST}mm"})
            _styled(picture, "Figure")
            continue
        name, source = f"figure_{number}.png", picture.get("src")
        made = pixels.get(source) or png(base64.b64decode(source.removeprefix(SVG_SOURCE)).decode())
        Path(folder, name).write_bytes(made)
        picture.set("src", name)
        picture.set("width", f"{int.from_bytes(made[16:20], 'big') / DPI * 25.4:.1f}mm")  # the width in its header
        _styled(picture, "Figure")
    for caption in list(main.iter("figcaption")):
        _styled(caption, "Image Caption")
        caption.tag = "p"
    for figure in main.iter("figure"):
        figure.tag = "div"  # of a figure pandoc makes a table, with the caption below
    for back in main.xpath(".//a[@class='note-back']"):
        back.drop_tree()  # on paper there is nowhere to go back to
    for case in main.xpath(".//aside[@class='case']"):
        case.tag = "div"
        case.set("data-custom-style", "Case")
    for speaker in list(main.iter("footer")):
        _styled(speaker, "Speaker")
        speaker.tag = "p"
    for heading in list(main.iter("h1")):
        _styled(heading, "Title")
        heading.tag = "p"
    for paragraph in list(main.iter("p")):
        if paragraph.get("class") in STYLES:
            _styled(paragraph, STYLES[paragraph.get("class")])


def _styled(element: Any, style: str) -> None:
    """Name the style in Word of a block; pandoc reads it from a `div` only."""
    _wrap(element, "div", {"data-custom-style": style})


def _wrap(element: Any, tag: str, attributes: Mapping[str, str]) -> None:
    around = lxml_html.Element(tag, attributes)
    element.addprevious(around)
    around.tail, element.tail = element.tail, None
    around.append(element)
