"""Pictures that people bring: looked at before a run, and put inside the page without what a camera wrote in them."""

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.templates import LOADS, outside_of_style
from effectstudie.texts.places import PICTURES

LARGEST = 1_500_000  # bytes: a report is sent by e-mail
BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8"}
KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg+xml"}
# Parts of a PNG that are needed to draw it; others may say who made it, and where.
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT"}
# Parts of a JPEG that are needed to draw it: tables, sizes and scans. Of APP0, APP2 and APP14 see _noted.
_TABLES = {0xDB, 0xC4, 0xCC, 0xDC, 0xDD, 0xDE, 0xDF}
_SIZES = {*range(0xC0, 0xD0)} - _TABLES - {0xC8}
_SCAN, _END = 0xDA, 0xD9
# Ends a scan: any mark but those that stand in one (a byte FF of the picture itself, and where it may be taken up).
_MARK_BEHIND_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
# A photograph inside a drawing.
_DATA = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]*)")
# In the names of layers: a sign that a program wrote as its number, and what it calls parts by itself.
_SIGN_OF_NAME = re.compile(r"_x([0-9A-Fa-f]{2})_")
_NUMBERED = re.compile(r"(?<![^\W_])(?=[a-z]*\d)(?=\d*[a-z])[a-z]*?[0-9a-f]{4,}(?![^\W_])")
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
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
    "meta",
    "link",
    "applet",
    "frame",
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
    """An SVG without what a program wrote in it beside the drawing: its type, remarks, layers, and who made it."""
    root = etree.fromstring(content, PARSER)
    for element in list(root.iter()):
        if element is not root and not _is_drawn(element, root):
            _take_out(element)
            continue
        for name, value in element.attrib.items():
            kind = etree.QName(name)
            if kind.namespace not in (None, _XLINK, _XML) or kind.localname.startswith("data-"):
                del element.attrib[name]
            elif kind.localname == "href" and not value.strip().startswith("#"):
                element.set(name, _photograph(value) or "")
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


def _is_drawn(element: etree._Element, root: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    kind = etree.QName(element)
    return kind.namespace == etree.QName(root).namespace and kind.localname != "metadata"


def _take_out(element: etree._Element) -> None:
    """Without what stands in it, but with the text behind it, which is of the element around it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:  # one above it was taken out, or it stands beside the drawing
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


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
            if plain in LOADS or plain == "base":
                return say("asks for '{what}' outside itself; put that inside it", what=value.strip()[:60])
            if plain.lower().startswith("on"):
                return say("holds {attribute}=, which runs something; take it out", attribute=plain)
            if plain == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
                return say("asks for '{what}' outside itself; put that inside it", what=value.strip()[:60])
            if plain == "href" and not value.strip().startswith("#") and not _photograph(value):
                return say(
                    "holds a picture in '{what}' that is no PNG or JPEG; put it in again", what=value.strip()[:60]
                )
            if outside := next(outside_of_style(value, inside="#"), None):
                return say("asks for '{what}' outside itself; put that inside it", what=outside)
        # without the remarks and the elements that stand in it, as a browser reads a style
        words = "".join([element.text or "", *(inside.tail or "" for inside in element)])
        if outside := next(outside_of_style(words, inside="#"), None):
            return say("asks for '{what}' outside itself; put that inside it", what=outside)
    return None


def _photograph(address: str) -> str | None:
    """An address that holds a PNG or a JPEG, without what a camera wrote in it; None for any other."""
    held = _DATA.fullmatch(address.strip())
    if not held:
        return None
    kind = f".{held[1]}"
    try:
        content = base64.b64decode(held[2])
    except binascii.Error:
        return None
    bare = _bare(content, kind) if content.startswith(BEGINNINGS[kind]) else None
    return bare and f"data:image/{held[1]};base64,{base64.b64encode(bare).decode('ascii')}"


def words_of_picture(path: Path) -> str:
    """What is written in a drawing (SVG); a photo has none that a program can read."""
    if path.suffix.lower() != ".svg":
        return ""
    root = etree.fromstring(path.read_bytes(), PARSER)
    called = [value for element in root.iter(etree.Element) for value in _said_of(element)]
    # apart, for numbers of two parts are no parts of a number
    return " ; ".join(filter(None, (" ".join(text.split()) for text in (" ".join(root.itertext()), *called))))


def _said_of(element: etree._Element) -> Iterator[str]:
    """What a drawing is called: its parts and layers, and the file that it was."""
    names = ("label", "aria-label", "title", "alt", "desc", "name", "id", "class", "docname", "export-filename")
    for name, value in element.attrib.items():
        if etree.QName(name).localname.removeprefix("data-") in names:
            yield _NUMBERED.sub(" ", _SIGN_OF_NAME.sub(lambda sign: chr(int(sign[1], 16)), value)).replace("_", " ")


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
        if name == b"iCCP":
            yield _without_name(content[place + 8 : end - 4])
        elif name in DRAWN:
            yield content[place:end]
        place = end


def _without_name(profile: bytes) -> bytes:
    """Colours of a PNG without what somebody called them."""
    part = b"iCCP" + b"icc\0" + profile.partition(b"\0")[2]
    return struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    place = 2
    yield content[:place]
    while True:
        if content[place] != 0xFF:
            raise ValueError("no mark where a part begins")
        while (kind := content[place + 1]) == 0xFF:  # filled up in front of a mark
            place += 1
        if kind == _END:  # behind it a camera may put another picture, as it was taken
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", content, place + 2)
        end = place + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a part is longer than the file")
        if kind == _SCAN:
            if not (behind := _MARK_BEHIND_SCAN.search(content, end)):
                raise ValueError("the picture has no end")
            end = behind.start()
            yield content[place:end]
        elif kind in _TABLES | _SIZES:
            yield content[place:end]
        else:
            yield _noted(kind, content[place + 4 : end])
        place = end


def _noted(kind: int, noted: bytes) -> bytes:
    """What is needed of a part in which programs and cameras write: how large points are, and how colours are meant."""
    if kind == 0xE0 and noted.startswith(b"JFIF\0") and len(noted) >= 14:
        noted = noted[:12] + b"\0\0"  # behind it may be the picture as it was before it was cut
    elif not (kind == 0xE2 and noted.startswith(b"ICC_PROFILE\0")) and not (
        kind == 0xEE and noted.startswith(b"Adobe") and len(noted) == 12
    ):
        return b""
    return struct.pack(">BBH", 0xFF, kind, len(noted) + 2) + noted
