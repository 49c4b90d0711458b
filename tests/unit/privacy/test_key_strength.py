"""A key that chance did not make is refused, and one that it made is not."""

import base64
import codecs
import hashlib
import random
import string
import uuid

import pytest

from effectstudie.privacy.key_strength import LEAST_BITS, SHORTEST, estimated_bits, weakness

HEXADECIMAL = "0123456789abcdef"


@pytest.mark.parametrize(
    "key",
    [
        "k" * 32,
        "abc" * 12,
        "wachtwoord" * 4,
        "Welkom01!Welkom02!Welkom03!Welkom04!",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "zyxwvutsrqponmlkjihgfedcba9876543210",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
        "aabbccddeeff00112233445566778899",
        f"{HEXADECIMAL}{HEXADECIMAL.upper()}",
        "deadbeef" * 5,
        "20261121" * 5,
        "00000000-0000-0000-0000-000000000000",
        "onze hond lust geen rode kool met appeltjes",
        "this-is-the-secret-key-of-our-study-2026",
        "GeheimeSleutelVanDeStudie2026!!!",
        # down and up the keyboard
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
        "!QAZ@WSX#EDC$RFV%TGB^YHN&UJM*IK<",
        "zaq1xsw2cde3vfr4bgt5nhy6mju7,ki8",
        "qazwsxedcrfvtgbyhnujmikolpqazwsx",
        # by steps of two and three
        "acegikmoqsuwybdfhjlnprtvxzacegikm",
        "adgjmpsvybehknqtwzcfiloruxadgjmp",
        "zxvtrpnljhfdbywusqomkigecazxvtrp",
        # digits that everybody has
        "3141592653589793238462643383279502884197",
        "3.14159265358979323846264338327950288419",
        "2718281828459045235360287471352662497757",
        "112358132134558914423337761098715972584",
        "14916253649648110012114416919622525628932436",
        "2357111317192329313741434753596167717379",
        "2b7e151628aed2a6abf7158809cf4f3c",
    ],
)
def test_a_key_that_repeats_itself_goes_by_a_rule_or_is_words_is_refused(key):
    assert "can be guessed" in weakness(key.encode())


SENTENCE = b"dit is de geheime sleutel van ons"
ENCODED = {
    "base64": base64.b64encode,
    "base64 without its end": lambda text: base64.urlsafe_b64encode(text).rstrip(b"="),
    "base32": base64.b32encode,
    "base85": base64.b85encode,
    "hexadecimal": lambda text: text.hex().encode(),
    "hexadecimal with colons": lambda text: text.hex(":").encode(),
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "rot13": lambda text: codecs.encode(text.decode(), "rot13").encode(),
    "percent": lambda text: "".join(f"%{sign:02x}" for sign in text).encode(),
    "twice": lambda text: base64.b64encode(text.hex().encode()),
}


@pytest.mark.parametrize("text", [SENTENCE, b"wachtwoord" * 4, b"1qaz2wsx" * 4, b"a" * 40])
@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED)
def test_what_can_be_guessed_can_be_so_when_it_is_encoded(encode, text):
    assert "can be guessed" in weakness(encode(text))


@pytest.mark.parametrize("step", [1, 2, 3, -1, -2])
@pytest.mark.parametrize("encode", [bytes, *(ENCODED[name] for name in ("base64", "base32", "hexadecimal"))])
def test_bytes_that_go_by_steps_are_refused_in_any_writing(step, encode):
    assert "can be guessed" in weakness(encode(bytes(range(128, 128 + 32 * step, step))))


@pytest.mark.parametrize("word", [b"", b"password", b"test", b"wachtwoord\n"])
@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_a_checksum_of_what_everybody_tries_is_refused(name, word):
    made = hashlib.new(name, word)
    for key in (made.hexdigest().encode(), made.hexdigest().upper().encode() + b"  -", base64.b32encode(made.digest())):
        assert weakness(key) is not None
        assert len(key) < SHORTEST or "can be guessed" in weakness(key)


@pytest.mark.parametrize(
    "make",
    [
        lambda chance: "".join(chance.choices(HEXADECIMAL, k=32)).encode(),
        lambda chance: "".join(chance.choices(string.ascii_letters + string.digits, k=32)).encode(),
        lambda chance: base64.b64encode(chance.randbytes(32)),
        lambda chance: str(uuid.UUID(int=chance.getrandbits(128))).encode(),
        lambda chance: chance.randbytes(32),
    ],
)
def test_a_key_that_chance_made_passes(make):
    chance = random.Random(7)
    assert min(estimated_bits(make(chance)) for _ in range(60)) >= LEAST_BITS


@pytest.mark.parametrize(
    "write",
    [
        bytes,
        lambda key: key.hex().encode(),
        lambda key: key.hex().upper().encode(),
        lambda key: key[:16].hex().encode(),
        base64.b64encode,
        base64.urlsafe_b64encode,
        base64.b32encode,
        base64.b85encode,
    ],
)
def test_none_of_hundreds_of_keys_of_chance_is_refused_in_any_writing(write):
    chance = random.Random(11)
    assert [key for key in (write(chance.randbytes(32)) for _ in range(300)) if weakness(key)] == []


def test_more_characters_of_chance_count_more_and_more_of_the_same_do_not():
    chance = random.Random(7)
    key = "".join(chance.choices(HEXADECIMAL, k=64)).encode()
    assert estimated_bits(key[:32]) * 1.8 < estimated_bits(key) < 4 * 64 + 1
    assert estimated_bits(key * 3) < estimated_bits(key) + 9
