"""Whether a key can be guessed: a rough count of how much chance there is in it."""

from math import log2

from effectstudie.shared.messages.sentences import say

SHORTEST = 32  # characters
# By this count what `openssl rand -hex 16` gives has 100 to 130 bits, and 32 digits of dice about 100.
LEAST_BITS = 90
# A piece of three characters or more that follows from what stands before it is one choice out of 256.
PIECE, BITS_OF_PIECE = 3, 8
KEYBOARD = b"qwertyuiop asdfghjkl zxcvbnm azertyuiop qsdfghjklm wxcvbn poiuytrewq lkjhgfdsa mnbvcxz "
# The commonest pairs of letters in Dutch and English: two thirds of all in running text, an eighth in chance.
PAIRS = frozenset(
    b"aa ac ak al am an ar as at be ch co da de di ed ee el en ep er es et fi ge ha he hi ho ie ig ij in is it ke la "
    b"le li ll lo ma me na nd ne ng ni no ns nt oe of ol om on oo or ou po ra re ri ro rs rt se st ta te th ti ts tu "
    b"ud ul va ve wa we".split()
)
SHARE_IN_WORDS, BITS_OF_LETTER_IN_WORDS = 0.4, 1.5
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
    if estimated_bits(key) < LEAST_BITS:
        return say(
            "the pseudonym key can be guessed, for it repeats itself, goes by a rule or is words; it "
            "must be made by chance: {remedy}.",
            remedy=REMEDY,
        )
    return None


def estimated_bits(key: bytes) -> float:
    """About how many bits of chance there are in a key.

    A character is one choice out of the different characters of this key, or a letter of running text. A piece that
    stood there before, is on a keyboard, or goes by steps (aaa, abc, 321, a1b2c3) is one choice, however long it is.
    """
    text = key.lower()
    of_character = log2(len(set(key)))
    of_words = min(of_character, BITS_OF_LETTER_IN_WORDS) if _is_words(key) else of_character
    bits, place = 0.0, 0
    while place < len(text):
        length = max(_seen(text, place), *(_steps(text, place, apart) for apart in (1, 2)))
        piece = text[place : place + length] if length >= PIECE else text[place : place + 1]
        singly = sum(of_character if character in b"0123456789" else of_words for character in piece)
        bits += min(BITS_OF_PIECE, singly)
        place += len(piece)
    return bits


def _is_words(key: bytes) -> bool:
    pairs = [pair for place in range(len(key) - 1) if (pair := key[place : place + 2]).isalpha()]
    common = [pair for pair in pairs if pair.lower() in PAIRS and (pair.islower() or pair.isupper() or pair.istitle())]
    return len(common) > SHARE_IN_WORDS * len(pairs) and 3 * len(pairs) > len(key)


def _steps(text: bytes, place: int, apart: int) -> int:
    """The length of the piece from here on in which each character and the one `apart` from it have one small step."""
    steps = [text[one + apart] - text[one] for one in range(place, len(text) - apart)]
    length = next((n for n, step in enumerate(steps) if abs(step) > 1 or step != steps[n % apart]), len(steps))
    return length + apart if length > apart else 0


def _seen(text: bytes, place: int) -> int:
    """The length of the longest piece from here on that began before, or is on a keyboard."""
    known, length = KEYBOARD + text, 0
    while place + length < len(text):
        piece = text[place : place + length + 1]
        if known.find(piece, 0, len(KEYBOARD) + place + length) < 0:
            break
        length += 1
    return length
