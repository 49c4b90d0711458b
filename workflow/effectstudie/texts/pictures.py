"""Pictures that people bring: looked at before a run, and put inside the page without what a camera wrote in them."""

import base64
import struct
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.templates import outside_of_style
from effectstudie.texts.places import PICTURES

LARGEST = 1_500_000  # bytes: a report is sent by e-mail
BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8"}
KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg+xml"}
# Parts of a PNG that are needed to draw it; others may say who made it, and where.
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT"}
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
# Elements of an SVG that run something or bring another document.
RUN = {
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "handler",
    "listener",
    "animate",
    "set",
}


def picture_problem(path: Path) -> str | None:
    """Why this file cannot stand in a report, as the end of a sentence; None where it can."""
    kind = path.suffix.lower()
    if kind not in PICTURES:
        return say("is no picture that a report can hold; allowed: {pictures}", pictures=list(PICTURES))
    if not path.is_file():
        beside = sorted(other.name for other in path.parent.glob("*") if other.suffix.lower() in PICTURES)
        return say("is not there; pictures in {folder}: {beside}", folder=path.parent, beside=beside or say("none"))
    return _content_problem(path.read_bytes(), kind)


def _content_problem(content: bytes, kind: str) -> str | None:
    if len(content) > LARGEST:
        return say(
            "is {size:.1f} MB; allowed: at most {largest:.1f} MB, so make it smaller",
            size=len(content) / 1e6,
            largest=LARGEST / 1e6,
        )
    if kind == ".svg":
        return _svg_problem(content)
    if not content.startswith(BEGINNINGS[kind]) or _bare(content, kind) is None:
        return say("is not what its name says; save it again as {kind}", kind=kind)
    return None


def data_uri(path: Path) -> str:
    """The picture as an address that holds it whole; InputError where it is another by now that cannot stand there."""
    kind = path.suffix.lower()
    known = kind in PICTURES and path.is_file()
    content = path.read_bytes() if known else b""
    if found := _content_problem(content, kind) if known else picture_problem(path):
        raise InputError([say("{path}: {found}.", path=path, found=found)])
    return f"data:image/{KINDS[kind]};base64,{base64.b64encode(_only(content, kind)).decode('ascii')}"


def only_picture(path: Path) -> bytes:
    """The picture without notes of who made it, when, where and with what; nothing where it is broken."""
    return _only(path.read_bytes(), path.suffix.lower())


def _only(content: bytes, kind: str) -> bytes:
    try:
        return (_drawn(content) if kind == ".svg" else _bare(content, kind)) or b""
    except etree.XMLSyntaxError:
        return b""


def _drawn(content: bytes) -> bytes:
    """An SVG without what a program wrote in it beside the drawing: its type, remarks, and who made it."""
    root = etree.fromstring(content, PARSER)
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, "{*}metadata")):
        element.getparent().remove(element)
    return etree.tostring(root)


def _svg_problem(content: bytes) -> str | None:
    if b"<!ENTITY" in content:
        return say("holds <!ENTITY>, which may bring in other files; save it as plain SVG")
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError:
        return say("is not valid SVG; save it again")
    if etree.QName(root).localname != "svg":
        return say("is not valid SVG; save it again")
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in RUN:
            return say(
                "holds <{element}>, which runs something or brings another page; take it out",
                element=etree.QName(element).localname,
            )
        for name, value in element.attrib.items():
            plain = etree.QName(name).localname
            if plain in ("src", "base"):
                return say("asks for '{what}' outside itself; put that inside it", what=value.strip()[:60])
            if plain.lower().startswith("on"):
                return say("holds {attribute}=, which runs something; take it out", attribute=plain)
            if plain == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
                return say("asks for '{what}' outside itself; put that inside it", what=value.strip()[:60])
            if outside := next(outside_of_style(value, inside="#"), None):
                return say("asks for '{what}' outside itself; put that inside it", what=outside)
        if outside := next(outside_of_style(element.text or "", inside="#"), None):
            return say("asks for '{what}' outside itself; put that inside it", what=outside)
    return None


def words_of_picture(path: Path) -> str:
    """What is written in a drawing (SVG); a photo has none that a program can read."""
    if path.suffix.lower() != ".svg":
        return ""
    root = etree.fromstring(path.read_bytes(), PARSER)
    written = [value for element in root.iter(etree.Element) for value in _said_of(element)]
    return " ".join(" ".join([*root.itertext(), *written]).split())


def _said_of(element: etree._Element) -> list[str]:
    names = ("label", "aria-label", "title", "alt", "desc", "docname")
    return [value for name, value in element.attrib.items() if etree.QName(name).localname in names]


def _bare(content: bytes, kind: str) -> bytes | None:
    """The picture without notes of who made it, when and where; None where it is broken."""
    try:
        parts = _png_parts(content) if kind == ".png" else _jpeg_parts(content)
        return b"".join(parts)
    except (struct.error, IndexError, ValueError):
        return None


def _png_parts(content: bytes) -> Iterator[bytes]:
    place = len(BEGINNINGS[".png"])
    yield content[:place]
    name = b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + length + 12
        if end > len(content):
            raise ValueError("a part is longer than the file")
        if name in DRAWN:
            yield content[place:end]
        place = end


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    place = 2
    yield content[:place]
    while True:
        mark, kind, length = struct.unpack_from(">BBH", content, place)
        if mark != 0xFF:
            raise ValueError("no mark where a part begins")
        if kind == 0xDA:  # from here on the picture itself
            yield content[place:]
            return
        end = place + 2 + length
        # APP0 is JFIF, APP2 colours, APP14 Adobe's colours; other APPn and comments are notes
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE) or kind in (0xE0, 0xE2, 0xEE):
            yield content[place:end]
        place = end
