"""Small pictures, of each kind that a report can hold."""

import struct
import zlib

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(note: bytes = b"") -> bytes:
    """One black point; `note`: what a program or a camera wrote in it."""
    parts = [_part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    parts += [_part(b"tEXt", note)] if note else []
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, _part(b"IDAT", zlib.compress(b"\0\0")), _part(b"IEND", b"")])


def segment(kind: int, content: bytes) -> bytes:
    """A part of a JPEG."""
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


SCAN = segment(0xDA, b"colours") + b"points\xff\x00\xff\xd0points"
END_OF_JPEG = b"\xff\xd9"


def jpeg(note: bytes = b"", inside: bytes = b"", behind: bytes = b"") -> bytes:
    """The marks of a JPEG around a picture that is none.

    `note`: as a camera writes it (Exif); `inside`: between two scans; `behind`: after the picture.
    """
    exif = segment(0xE1, note) if note else b""
    return b"\xff\xd8" + exif + segment(0xDB, b"qt") + SCAN + inside + SCAN + END_OF_JPEG + behind
