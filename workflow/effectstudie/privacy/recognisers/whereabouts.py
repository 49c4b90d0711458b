"""Where somebody lives or is: addresses, postcodes, coordinates, and addresses of computers."""

import ipaddress
import re

from effectstudie.privacy.recognisers.readable import one_of, words

# What a number is of, where it is not that of a house.
_UNITS = one_of(
    r"""
    dag(?:en)? wek?en week maand(?:en)? mnd ja(?:ar|ren) uur uren min(?:uten|uut)? keer maal x\b euro € % procent km\b
    meter mensen personen mannen vrouwen kinderen jongens meisjes gezinnen huishoudens gesprekken afspraken sessies
    punten van\sde tot\s\d t/m graden stuks huizen
    """
)
_BEHIND_HOUSE = r"(?:\s?(?:[a-hA-H]|bis|hs|huis|rood|zwart|I{1,3}|IV))?(?:\s?-\s?(?:\d{1,3}|[a-hA-H]|hs))?"
_NUMBER = (
    r",?\s?(?:(?:nr|no|nummer|huisnr|huisnummer|#)\b\.?\s?)?"
    rf"(?:\d{{1,3}}|(?!19|20)\d{{4}}){_BEHIND_HOUSE}\b(?![.,:]?\d)(?!\s?{_UNITS})"
)
# No house stands at them: ways of going, and what people do (verslaan, oversteeg).
_NO_STREETS = "".join(
    rf"(?!{one_of(before)}{street}\b)"
    for street, before in {
        "weg": "onder terug heen om uit half halver snel auto rijks spoor zij water toegangs lucht midden tussen in",
        "slaan": "ver ont aan op over toe in door neer stuk terug om af uit be gade rond dicht mis dood (?=s)",
        "steeg": "over ont be op uit in af (?=s)",
        "dreef": "over be ge aan op",
        "kade": "blok de barri",
        "traat": "magis",
    }.items()
)
# Those of the first list are streets in any sentence; the others where they have a capital.
_LONG_STREETS = "straat laan plein kade gracht dijk singel steeg dreef plantsoen diep stra(?:ss|ß)e"
_STREETS = one_of(rf"{_LONG_STREETS} str\. strt\b weg pln\. gr\. boulevard allee")
_SPACES = one_of(
    """
    hof park pad markt wal haven baan brink akker burcht tuin poort werf sluis voorhout terras passage meent hoeve erf
    str holm (?<!recht)sgang
    """
)
_ABROAD = one_of("Rue Avenue Boulevard Chaussée Chaussee Place Via Calle")
# A number in words is taken for that of a house where nothing follows it: de Kerkstraat drie keer.
_IN_WORDS = one_of(
    """
    twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien (?:vijf|zes|zeven|acht|negen)tien
    (?:\\w{2,5}(?:en|ën))?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)
    """
)
_BEFORE_NAME = one_of(
    "Grote Oude Nieuwe Kleine Lange Korte Hoge Lage Gedempte Achter Voor Boven Noorder Zuider Ooster Wester"
)
_TO_LIVE = one_of(r"woon woont woonde wonen woonden woonachtig adres verhui\w+ ingeschreven verblijft?")
_LIVES = rf"\b(?i:{_TO_LIVE})\b:?\s?(?:[a-z]+\s){{0,5}}?"
_ADDRESS = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{_NO_STREETS}[^\W\d_][\w'-]*{_STREETS}){_NUMBER}",
        rf"\b[A-Z][\w'-]+\s(?:van\s|de\s|der\s)*(?!weg)(?i:{_STREETS}){_NUMBER}",
        rf"\b(?!Gerechtshof|Jeugdhof|Stockholm|Bornholm)[A-Z][\w'-]{{2,}}{_SPACES}{_NUMBER}",
        rf"\b(?i:laan|plein|weg|straat|kade|park|hof)\s(?:van|der|den|'t)\s[\w' -]{{3,25}}?{_NUMBER}",
        rf"{_LIVES}(?:(?:op|aan|in|naar|is|de|het|'t)\s)*[A-Z][\w'-]+(?:\s[A-Za-z][\w'-]+){{0,2}}{_NUMBER}",
        rf"\b{_ABROAD}\s(?:de\s|du\s|des\s|la\s|le\s|l'){{0,3}}[A-Z][\w'-]+{_NUMBER}",
        rf"\bSingel{_NUMBER}",
        rf"\b{_BEFORE_NAME}\s(?:de\s|der\s|het\s)?[A-Z]\w*{_NUMBER}",
        r"\b[A-Z]\w{3,}(?:ln|pl|wg|sngl)\.\s?\d{1,4}\b|^[A-Z]\w{3,}l\.\s?\d{1,4}\s?[a-h]?$",
        r"\b(?i:op|huis)\s?(?i:nummer|nr\.?)\s\d{1,4}\s?[a-h]?\b",
        r"\b(?i:postbus|antwoordnummer|po\s?box)\s?\d{1,6}\b|\bPb\.\s?\d{2,6}\b",
    )
]
_NUMBER_IN_WORDS = re.compile(
    rf"\b[A-Z][\w'-]+{_STREETS},?\s(?:(?:nr\.?|nummer)\s{_IN_WORDS}\b|{_IN_WORDS}(?=\s?(?:$|[,;.!?)])))"
)
_LIVES_IN = re.compile(rf"{_LIVES}[A-Z][\w'-]+{one_of(_LONG_STREETS)}\b")

_POSTCODE = re.compile(
    r"(?<![\d.,:/])(?<!\d-)([1-9]\d{3})([ .-]{0,2})([A-Za-z]{2})(?![^\W\d])(,?\s?(?:nr\.?\s?)?\d{1,4}\s?[a-h]?\b)?"
)
_POSTCODE_WITH_POINTS = re.compile(r"(?<![\d.,:/-])(?!19|20)[1-9]\d{3}\s?[A-Z]\.\s?[A-Z]\.(?!\w)")
_BEFORE_POSTCODE = re.compile(r"\b(?:post\s?code|pc|woon\w*|won\w+|adres|verhui\w+)\b.{0,40}$", re.IGNORECASE)
# What stands behind an amount, and letters that no postcode has.
_NO_POSTCODE = words("kg km mg ml cm mm dm hm cc kb mb gb tb kw pk px pp st hz eu sa sd ss")
# Words of two letters, and abbreviations that stand behind a year.
_SHORT_WORDS = words(
    """
    ah al an be bv ca ce co cv da de di dr du ed ee eh el en er et ex fm ga go ha he ho ie ik in is ja je jr ko la le
    lo ma me ms my na nd nl no nr nu nv of oh ok om on op ot ov pa pc po re sc se so te th tv ui uk us va vs vt vu we
    wo xs ze zn zo zz jb bw rk wv hb mt jw
    """
)

_DEGREES = r"[-+]?\d{1,3}[.,]\d{3,}"
_PAIR = re.compile(
    rf"(?<![\d.,])(?:[NZSOEW]\s?)?({_DEGREES})\s?°?\s?[NZSOEWnzsoew]?(?:\s?[,;/|]\s?|\s+)"
    rf"(?:[NZSOEW]\s?)?({_DEGREES})(?![\d.,]?\d)"
)
_PLACE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\d{1,2}[.,]\d+\s?°\s?[NZS]\W{0,3}\d{1,3}[.,]\d+\s?°\s?[OEW]\b",
        r"\bx\s?[=:]\s?\d{5,6}(?:[.,]\d+)?\W{1,4}y\s?[=:]\s?\d{6}(?!\d)",
        r"\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?['′’]",
        r"\b(?:lat|latitude|breedtegraad|lon|lng|longitude|lengtegraad|gps|coordina\w+|coördina\w+|rd|geo|plus\s?code)\b"
        r"\W{0,4}(?:\w+\W+){0,2}?[-+]?\d{1,6}[.,]?\d{2,}",
        r"(?-i:\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b)",
        r"///[a-zà-ÿ]+\.[a-zà-ÿ]+\.[a-zà-ÿ]+",
        r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|google\.\w+/maps|what3words\.com)/\S+",
    )
]

_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
_NUMBERED = re.compile(r"(?:artikel|art\.?|hoofdstuk|paragraaf|§|versie|v|bijlage|tabel|(?<!/)/)\s?$", re.IGNORECASE)
# One's own computer is nobody's.
_IP4 = re.compile(rf"(?<![\d.])(?!127\.0\.0\.1(?!\d)){_OCTET}(?:\s?\.\s?{_OCTET}){{3}}(?!\.?\d)")
_IP6 = re.compile(r"(?<![\w:.])[0-9a-f:]*:[0-9a-f:.%]*(?:/\d{1,3})?", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE)


def holds_address(text: str) -> bool:
    """A street with the number of a house, or one that somebody lives in; `text`: readable.without_measures."""
    if _LIVES_IN.search(text) or _NUMBER_IN_WORDS.search(text):
        return True
    return any(letter.isdigit() for letter in text) and any(pattern.search(text) for pattern in _ADDRESS)


def holds_postcode(text: str) -> bool:
    """`text`: readable.without_measures."""
    return bool(_POSTCODE_WITH_POINTS.search(text)) or any(
        _is_postcode(match, text) for match in _POSTCODE.finditer(text)
    )


def _is_postcode(match: re.Match, text: str) -> bool:
    """Four digits and two letters, unless the letters are a unit or a word and nothing says that it is a postcode."""
    number, gap, letters, house = match.groups()
    if letters.casefold() in _NO_POSTCODE:
        return False
    word = letters.casefold() in _SHORT_WORDS
    if not letters.islower():
        return not (word and number.startswith(("19", "20")))
    if word and (gap or letters == "de"):
        return False
    return not gap or bool(house) or match[0] == text or bool(_BEFORE_POSTCODE.search(text[: match.start()]))


def holds_place(text: str) -> bool:
    """Coordinates, or a code that stands for them; `text`: readable.plain."""
    if any(pattern.search(text) for pattern in _PLACE):
        return True
    return any(_in_europe(*match.groups()) for match in _PAIR.finditer(text))


def _in_europe(one: str, other: str) -> bool:
    """A pair of fractions may be anything; a place of people in the Netherlands lies in or near Europe."""
    one, other = one.replace(",", "."), other.replace(",", ".")
    fine = min(len(part.partition(".")[2]) for part in (one, other)) >= 4
    for north, east in ((float(one), float(other)), (float(other), float(one))):
        if 50 <= north <= 54 and 2 <= east <= 8 or fine and 28 <= north <= 72 and -25 <= east <= 60:
            return True
    return False


def holds_computer(text: str) -> bool:
    """An address of a computer, of version 4 or 6, or of its network card; `text`: readable.plain."""
    if _MAC.search(text) or any(not _NUMBERED.search(text[: match.start()]) for match in _IP4.finditer(text)):
        return True
    return any(_is_ip6(match[0]) for match in _IP6.finditer(text))


def _is_ip6(text: str) -> bool:
    number = text.partition("/")[0].partition("%")[0]
    number = number if number.endswith("::") else number.rstrip(".:")
    if sum(letter not in ":." for letter in number) < 5 or number.count(":") < 3:
        return False
    try:
        ipaddress.IPv6Address(number)
    except ValueError:
        return False
    return True
