"""A published key is known in any writing of it, and one that chance made is nobody's."""

import base64
import codecs
import gzip
import hashlib
import json
import random

import pytest

from effectstudie.privacy.key_readings import holds, is_text, readings

PUBLISHED = b"of-invented-families-and-no-secret-2026"
TEXT = PUBLISHED.decode()
WRITTEN = {
    "line": PUBLISHED + b"\r\n",
    "capitals": PUBLISHED.upper(),
    "base64": base64.b64encode(PUBLISHED),
    "base64 without its end": base64.b64encode(PUBLISHED).rstrip(b"="),
    "base64 of a line": base64.b64encode(PUBLISHED + b"\n"),
    "base64 on two lines": base64.encodebytes(PUBLISHED * 2),
    "url-safe": base64.urlsafe_b64encode(PUBLISHED),
    "base32": base64.b32encode(PUBLISHED),
    "base32 in small letters": base64.b32encode(PUBLISHED).lower(),
    "base85": base64.b85encode(PUBLISHED),
    "ascii85": base64.a85encode(PUBLISHED),
    "hexadecimal": PUBLISHED.hex().encode(),
    "hexadecimal with colons": PUBLISHED.hex(":").encode(),
    "hexadecimal of C": "".join(f"\\x{sign:02x}" for sign in PUBLISHED).encode(),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 without a mark": TEXT.encode("utf-16-le"),
    "UTF-16 the other way": TEXT.encode("utf-16-be"),
    "UTF-32": TEXT.encode("utf-32"),
    "UTF-8 with a mark": TEXT.encode("utf-8-sig"),
    "NUL at the end": PUBLISHED + b"\0",
    "NUL between": b"\0".join(bytes([sign]) for sign in PUBLISHED),
    "zero-width": "\u200b".join(TEXT).encode(),
    "no-break": f"\u00a0{TEXT}\u00a0".encode(),
    "full-width": "".join(chr(ord(sign) + 0xFEE0) for sign in TEXT).encode(),
    "percent": "".join(f"%{sign:02X}" for sign in PUBLISHED).encode(),
    "rot13": codecs.encode(TEXT, "rot13").encode(),
    "blanks": b" ".join(PUBLISHED[place : place + 2] for place in range(0, len(PUBLISHED), 2)),
    "colons": b":".join(PUBLISHED[place : place + 4] for place in range(0, len(PUBLISHED), 4)),
    "line of a shell": b"export KEY=" + PUBLISHED + b"\n",
    "line of a shell, encoded": b"export KEY=" + base64.b64encode(PUBLISHED) + b"\n",
    "JSON": json.dumps({"key": TEXT}).encode(),
    "JSON, encoded": json.dumps({"key": PUBLISHED.hex()}).encode(),
    "twice": PUBLISHED + PUBLISHED,
    "encoded twice": base64.b64encode(PUBLISHED.hex().encode()),
    "gzip": gzip.compress(PUBLISHED),
    "SHA-256": hashlib.sha256(PUBLISHED).hexdigest().encode(),
    "SHA-256 of the file": hashlib.sha256(PUBLISHED + b"\n").hexdigest().encode(),
    "SHA-256, bytes": hashlib.sha256(PUBLISHED).digest(),
    "SHA-256, base64": base64.b64encode(hashlib.sha256(PUBLISHED).digest()),
    "SHA-512": hashlib.sha512(PUBLISHED).hexdigest().upper().encode(),
    "MD5": hashlib.md5(PUBLISHED).hexdigest().encode(),
    "output of sha256sum": hashlib.sha256(PUBLISHED).hexdigest().encode() + b"  pseudonym.key\n",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_published_key_is_known_however_it_is_written(written):
    assert holds(written, PUBLISHED)


def test_a_key_of_chance_holds_no_other_in_any_writing():
    chance = random.Random(7)
    for _ in range(50):
        key = chance.randbytes(32)
        assert not any(holds(one, PUBLISHED) for one in (key, key.hex().encode(), base64.b64encode(key)))


def test_bytes_of_chance_are_no_text_and_what_people_type_is():
    chance = random.Random(7)
    assert not any(is_text(chance.randbytes(32)) for _ in range(500))
    assert all(map(is_text, [b"", b"geheim\r\n", "sleutel \u200bé".encode(), TEXT.encode("utf-8-sig")]))


def test_a_long_file_is_not_read_to_its_end():
    assert max(map(len, readings(b"ab" * 100_000))) <= 10_000
    assert max(map(len, readings(gzip.compress(b"a" * 10_000_000)))) <= 10_000
