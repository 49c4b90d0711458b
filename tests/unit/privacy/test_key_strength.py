"""A key that chance did not make is refused, and one that it made is not."""

import base64
import random
import string
import uuid

import pytest

from effectstudie.privacy.key_strength import LEAST_BITS, estimated_bits, weakness

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
    ],
)
def test_a_key_that_repeats_itself_goes_by_a_rule_or_is_words_is_refused(key):
    assert "can be guessed" in weakness(key.encode())


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


def test_more_characters_of_chance_count_more_and_more_of_the_same_do_not():
    chance = random.Random(7)
    key = "".join(chance.choices(HEXADECIMAL, k=64)).encode()
    assert estimated_bits(key[:32]) * 1.8 < estimated_bits(key) < 4 * 64 + 1
    assert estimated_bits(key * 3) < estimated_bits(key) + 9
