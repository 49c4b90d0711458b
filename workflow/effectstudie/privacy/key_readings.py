"""What a key says in other writing: a published key, or a sentence, is no secret because it was encoded."""

import base64
import binascii
import codecs
import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote_to_bytes

# An encoding of an encoding is tried too, and no more; of a long file only how it begins.
_DEPTH, _LONGEST = 2, 10_000
# From this length on a part of a text may be a key in a line of a program: export KEY=…
_PART = re.compile(r"[\w+/-]{16,}")
_HEXADECIMAL = re.compile(r"(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,-]*)+", re.IGNORECASE)
_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


def readings(key: bytes, parts: bool = False) -> frozenset[bytes]:
    """The key itself, and what it is when it is decoded; with `parts` also what long words in it are."""
    found = layer = {key[:_LONGEST]}
    for _ in range(_DEPTH):
        layer = {other[:_LONGEST] for one in layer for other in _decoded(one, parts) if other} - found
        found = found | layer
    return frozenset(found)


def holds(key: bytes, published: bytes) -> bool:
    """Whether a key is, or has in it, a published one or its checksum, however either was written."""
    secret, made = _letters(published), _checksums([published, published + b"\n"])
    return any(secret in _letters(one) for one in readings(key, parts=True)) or holds_checksum(key, made)


def holds_checksum(key: bytes, checksums: Iterable[str]) -> bool:
    """Whether a key is one of these checksums, or has one in it; `checksums`: hexadecimal digits."""
    said = {form for one in readings(key, parts=True) for form in (one.hex(), _letters(one))}
    return any(checksum in one for checksum in checksums for one in said)


@lru_cache
def checksums_of_words(words: str) -> tuple[str, ...]:
    """The checksums of nothing and of these words, with and without the end of a line."""
    texts = [b"", b"\n", *(word.encode() + end for word in words.split() for end in (b"", b"\n"))]
    return tuple(_checksums(texts))


def _checksums(texts: Iterable[bytes]) -> list[str]:
    return [hashlib.new(name, text, usedforsecurity=False).hexdigest() for text in texts for name in _HASHES]


def _letters(text: bytes) -> str:
    """Letters and digits alone, small and as a keyboard has them."""
    letters = unicodedata.normalize("NFKC", text.decode("utf-8", errors="ignore")).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def is_text(key: bytes) -> bool:
    """Whether these bytes are letters, digits and signs of a text; chance hardly ever makes 32 that are."""
    try:
        text = key.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() or _is_unseen(letter) for letter in text)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf"


def _decoded(key: bytes, parts: bool) -> Iterator[bytes]:
    yield from _of_wide_letters(key)
    if not is_text(key):
        yield from _unpacked(key)
        return
    text = "".join(letter for letter in key.decode("utf-8-sig") if not _is_unseen(letter))
    text = unicodedata.normalize("NFKC", text)
    yield text.encode()
    yield codecs.encode(text, "rot13").encode()
    if "%" in text:
        yield unquote_to_bytes(text)
    together = "".join(text.split())
    for whole in dict.fromkeys([together, *(_PART.findall(text) if parts else ())]):
        yield from _of_signs(whole)
    if parts:
        text = max(_HEXADECIMAL.findall(text), key=len, default="")
    if _HEXADECIMAL.fullmatch(text):
        yield bytes.fromhex(re.sub(r"0x|[^0-9a-f]", "", text.casefold()))


def _of_wide_letters(key: bytes) -> Iterator[bytes]:
    """UTF-16 and UTF-32, with and without a mark in front: letters with zeros between them."""
    if 4 * key.count(0) < len(key):
        return
    yield key.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        try:
            yield key.decode(name).encode()
        except UnicodeError:
            continue


def _of_signs(text: str) -> Iterator[bytes]:
    """Base64, base32 and base85 of any kind."""
    bare = text.rstrip("=")
    ways = (
        lambda: base64.b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4), validate=True),
        lambda: base64.b32decode(bare.upper() + "=" * (-len(bare) % 8)),
        lambda: base64.b85decode(text),
        lambda: base64.a85decode(text.removeprefix("<~").removesuffix("~>")),
    )
    for way in ways:
        try:
            yield way()
        except (ValueError, binascii.Error):
            continue


def _unpacked(key: bytes) -> Iterator[bytes]:
    """What gzip and zlib made smaller."""
    try:
        yield zlib.decompressobj(wbits=47).decompress(key, _LONGEST)
    except zlib.error:
        return
