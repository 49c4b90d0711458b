"""Whether a key can be guessed: a rough count of how much chance there is in it."""

from itertools import accumulate
from math import log2

from effectstudie.privacy.key_readings import checksums_of_words, holds_checksum, is_text, readings
from effectstudie.shared.messages.sentences import say

SHORTEST = 32  # characters
# By this count what `openssl rand -hex 16` gives has 100 to 130 bits, and 32 digits of dice about 100.
LEAST_BITS = 90
# A piece of three characters or more that follows from what stands before it is one choice out of 256.
PIECE, BITS_OF_PIECE = 3, 8
KEYBOARD = b"qwertyuiop asdfghjkl zxcvbnm azertyuiop qsdfghjklm wxcvbn poiuytrewq lkjhgfdsa mnbvcxz "
# The same by its columns, downwards and upwards, with the digits above them and without.
KEYBOARD += (
    b"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/ zaq1xsw2cde3vfr4bgt5nhy6mju7,ki8.lo9/;p0 "
    b"qazwsxedcrfvtgbyhnujmik,ol.p;/ qazwsxedcrfvtgbyhnujmikolp zaqxswcdevfrbgtnhymjuki plokimjunhybgtvfrcdexswzaq "
    b"1aqw2zsx3edc4rfv aqwzsxedcrfvtgbyhnuj,ik;ol wqaxszcdevfr "
)
SHIFTED = bytes.maketrans(b"!@#$%^&*()<>?:", b"1234567890,./;")
_COUNTED = range(1, 200)
# Digits that anybody can write down: of pi, e, the golden ratio and the root of two, and rows of numbers.
DIGITS = " ".join(
    [
        "31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679",
        "27182818284590452353602874713526624977572470936999595749669676277240766303535475945713821785251664274",
        "16180339887498948482045868343656381177203091798057628621354486227052604628189024497072072041893911374",
        "14142135623730950488016887242096980785696718753769480731766797379907324784621070388503875343276415727",
        "".join(map(str, _COUNTED)),
        "".join(str(one**2) for one in _COUNTED),
        "".join(str(one**3) for one in _COUNTED),
        "".join(str(2**one) for one in range(64)),
        "".join(str(one) for one in range(2, 600) if all(one % other for other in range(2, one))),
        "".join(str(one) for one, _ in accumulate(range(60), lambda two, _: (two[1], sum(two)), initial=(1, 1))),
    ]
).encode()
PIECE_OF_DIGITS = 8
# A step of two or three is one that chance makes too, so a piece with these is longer.
PIECE_OF_STEPS, LARGEST_STEP = 4, 3
# Of these everybody can make the checksum, and the other two are keys in manuals.
GUESSED = (
    "password test wachtwoord geheim secret admin welkom welcome changeme key sleutel pseudonym pseudoniem "
    "effectstudie demo hello hallo foo bar a 0 1 123 1234 12345 123456 12345678 123456789 qwerty letmein salt zout"
)
IN_MANUALS = (
    "2b7e151628aed2a6abf7158809cf4f3c",
    "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
)
# The commonest pairs of letters in Dutch and English: two thirds of all in running text, an eighth in chance.
PAIRS = frozenset(
    b"aa ac ak al am an ar as at be ch co da de di ed ee el en ep er es et fi ge ha he hi ho ie ig ij in is it ke la "
    b"le li ll lo ma me na nd ne ng ni no ns nt oe of ol om on oo or ou po ra re ri ro rs rt se st ta te th ti ts tu "
    b"ud ul va ve wa we".split()
)
SHARE_IN_WORDS, BITS_OF_LETTER_IN_WORDS = 0.4, 1.5
# What a key is when it is decoded are several texts, so in each of them chance is given less room.
SHARE_IN_DECODED_WORDS = 0.5
REMEDY = say("take the file away and the run makes one, or make one with: openssl rand -hex 32")


def weakness(key: bytes) -> str | None:
    """What is wrong with a key, as the end of a sentence that tells nothing of it; None where nothing is."""
    if not key:
        return say("is empty, as a key is whose making was interrupted; take the file away, and the run makes one.")
    if len(key) < SHORTEST:
        return say(
            "the pseudonym key is shorter than {shortest} characters; it must be a long secret: {remedy}.",
            shortest=SHORTEST,
            remedy=REMEDY,
        )
    known = (*IN_MANUALS, *checksums_of_words(GUESSED))
    if any(_guessable(one, one == key) for one in readings(key)) or holds_checksum(key, known):
        return say(
            "the pseudonym key can be guessed, for it repeats itself, goes by a rule or is words; it "
            "must be made by chance: {remedy}.",
            remedy=REMEDY,
        )
    return None


# What is decoded and no text of this length has too few characters to tell out of how many they were taken.
_TEXT = 24


def _guessable(reading: bytes, as_written: bool) -> bool:
    text = as_written or len(reading) >= _TEXT and is_text(reading)
    share = SHARE_IN_WORDS if as_written else SHARE_IN_DECODED_WORDS
    return estimated_bits(reading, None if text else 8.0, share) < LEAST_BITS


def estimated_bits(key: bytes, of_character: float | None = None, share: float = SHARE_IN_WORDS) -> float:
    """About how many bits of chance there are in a key.

    `of_character`: the bits of one, where that is known. `share`: of common pairs of letters, from which it is words.
    A character is one choice out of the different characters of this key, or a letter of running text. A piece that
    stood there before, is on a keyboard, or goes by steps (aaa, abc, 321, a1b2c3, aceg) is one choice, however long.
    """
    text = key.lower().translate(SHIFTED)
    of_character = log2(len(set(key))) if of_character is None else of_character
    of_words = min(of_character, BITS_OF_LETTER_IN_WORDS) if _is_words(key, share) else of_character
    bits, place = 0.0, 0
    while place < len(text):
        length = max(
            _seen(text, place),
            _digits(text, place),
            _strides(text, place),
            *(_steps(text, place, apart) for apart in (1, 2)),
        )
        piece = text[place : place + length] if length >= PIECE else text[place : place + 1]
        singly = sum(of_character if character in b"0123456789" else of_words for character in piece)
        bits += min(BITS_OF_PIECE, singly)
        place += len(piece)
    return bits


def _is_words(key: bytes, share: float) -> bool:
    pairs = [pair for place in range(len(key) - 1) if (pair := key[place : place + 2]).isalpha()]
    common = [pair for pair in pairs if pair.lower() in PAIRS and (pair.islower() or pair.isupper() or pair.istitle())]
    return len(common) > share * len(pairs) and 3 * len(pairs) > len(key)


def _steps(text: bytes, place: int, apart: int) -> int:
    """The length of the piece from here on in which each character and the one `apart` from it have one small step."""
    steps = [text[one + apart] - text[one] for one in range(place, len(text) - apart)]
    length = next((n for n, step in enumerate(steps) if abs(step) > 1 or step != steps[n % apart]), len(steps))
    return length + apart if length > apart else 0


def _strides(text: bytes, place: int) -> int:
    """The length of the piece from here on that goes by one step of at most three."""
    end, step = place + 1, text[place + 1] - text[place] if place + 1 < len(text) else 0
    while end < len(text) and abs(step) <= LARGEST_STEP and text[end] - text[end - 1] == step:
        end += 1
    return end - place if end - place >= PIECE_OF_STEPS else 0


def _digits(text: bytes, place: int) -> int:
    """The length of the piece from here on that is digits which anybody can write down."""
    length = PIECE_OF_DIGITS
    while place + length <= len(text) and text[place : place + length] in DIGITS:
        length += 1
    return length - 1 if length > PIECE_OF_DIGITS else 0


def _seen(text: bytes, place: int) -> int:
    """The length of the longest piece from here on that began before, or is on a keyboard."""
    known, length = KEYBOARD + text, 0
    while place + length < len(text):
        piece = text[place : place + length + 1]
        if known.find(piece, 0, len(KEYBOARD) + place + length) < 0:
            break
        length += 1
    return length
