"""Names of people in a text: behind a title, behind "heet", with a family name, or a first name that is no word."""

import re

from effectstudie.privacy.recognisers.known_names import (
    FIRST_NAMES,
    NAMES_AND_WORDS,
    SURNAMES,
    SURNAMES_AND_WORDS,
)
from effectstudie.privacy.recognisers.readable import one_of, without_accents, words

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ]"
_LETTER = r"[^\W\d_]"
# A word with a capital in front, and what stands between a first name and a family name.
_WORD = rf"{_CAPITAL}(?:{_LETTER}|['’-](?={_LETTER}))+"
_BETWEEN = one_of(
    r"""
    van der den de het 't ’t te ter ten in op aan uit von zu da das do dos del della di du la le el al ben bin bint ibn
    abu ould oulad mac st\.? sint v\.?d\.? v\. d\.
    """
)
_PREFIX = rf"(?:(?i:{_BETWEEN})[\s-])"
_INITIALS = rf"(?<![\w.]){_CAPITAL}\.(?:\s?-?{_CAPITAL}[a-z]?\.)*"

_TITLE = one_of(
    r"""
    mevrouw mevr\.? mw\.? mvr\.? mejuffrouw juffrouw juf meneer mijnheer meester dhr\.? de\sheer heer mr\.? mrs\.?
    drs\.? dr\.? ir\.? ing\.? prof\.? professor dokter zuster broeder tante oom opa oma pastoor pater dominee ds\. imam
    notaris wethouder burgemeester inspecteur agent brigadier hoofdagent wijkagent rechercheur advocaat rechter
    officier psycholoog psychiater therapeut huisarts gezinsvoogd jeugdbeschermer hulpverlener hulpverleenster
    casusmanager begeleider begeleidster coach maatschappelijk\swerker mentor directeur collega buurvrouw buurman
    buurmeisje buurjongen familie fam\.? gezin echtpaar weduwe
    """
)
# Titles of which somebody may be of a place or an institution: de officier van Justitie, familie uit Groningen.
_OF_A_PLACE = words("heer familie gezin rechter officier coach mentor collega directeur")
_KIN_WORDS = """
    zoon zoontje zoons dochter dochtertje dochters kind baby kleinkind kleinzoon kleindochter man vrouw partner ex
    ex-?man ex-?vrouw ex-?partner vriend vriendin vriendje vriendinnetje broer broertje zus zusje zuster vader moeder
    papa mama pa ma stiefvader stiefmoeder stiefzoon stiefdochter schoonzus schoonmoeder schoonvader zwager neef neefje
    nicht nichtje opa oma oom tante tweeling pleegkind pleegzoon pleegdochter pleegmoeder pleegvader oudste jongste
    middelste buurman buurvrouw jongen meisje collega baas juf meester
    """
_CALLED = one_of(
    r"""
    heet(?:te|ten)? heten genaamd geheten genoemd noemt\szich noemden\s(?:hem|haar) noemen\s(?:hem|haar|we) bijgenaamd
    alias (?:voor|achter|roep|bij|meisjes|familie)?naam(?:\s(?:is|was|luidt)|\s?:)
    """
)
_NAMED = r"(?:met|onder)\s(?:de|als)\s(?:voor|achter|roep|bij)?naam"
# What is called something and is nobody.
_THINGS = one_of(
    """
    cursus programma training groep methode methodiek aanpak vragenlijst lijst project instelling organisatie hulp
    therapie behandeling stichting traject school opvang dit dat het wet regeling team app boek film plaats dorp stad
    ziekte stoornis instrument kliniek afdeling opleiding medicijn medicijnen pillen hond kat poes straat wijk buurt
    bedrijf club vereniging
    """
)
_THING_BEFORE = re.compile(rf"\b{_THINGS}\b[^.!?]{{0,25}}$", re.IGNORECASE)
_PERSONS = one_of(
    f"{_KIN_WORDS} ik hij zij ze wie die je u vent gast dader hulpverlener begeleider begeleidster casusmanager voogd"
)
_PERSON_BEFORE = re.compile(rf"\b{_PERSONS}\b[^.!?]{{0,20}}$", re.IGNORECASE)

# Institutions and works that bear the name of a person, or look like one.
_INSTITUTIONS = re.compile(
    r"\b"
    + one_of(
        r"""
        Veilig\sThuis Signs\sof\sSafety Leger\sdes\sHeils Albert\sHeijn Jan\sLinders Douwe\sEgberts
        Pieter\sBaan(?:\sCentrum)? William\sSchrikker(?:\sGroep|\sStichting)? Reinier\sde\sGraaf Reinier\svan\sArkel
        Anton\sConstandse Leo\sKanner\w* (?:Hilda\s)?Verwey-Jonker Rosa\sManus Oranje\sHuis Rudolf\sMagnus Van\sMesdag
        Sint\s\w+ St\.\s\w+ San\s\w+ Santa\s\w+ Amber\sAlert Anne\sFrank\s?\w* Den\sHaag Den\sBosch Den\sHelder
        De\sWaag De\sViersprong De\sOpvoedpoli Raad\svoor\sde\sKinderbescherming Jeugdbescherming\s\w+ Samen\sVeilig
        Johan\sCruij?ff\s?\w* Ronald\sMcDonald\s?\w* Thomas\sMore Erasmus\sMC Radboud\s?\w* Willem\sI\w* Koning\sWillem
        Prinses\sM[aá]xima\s?\w* Koningin\s\w+ Universiteit\svan\s\w+ Hogeschool\s\w+(?:\s\w+)?
        (?:Vincent\s)?[vV]an\sGogh\s?\w* Rembrandt\svan\sRijn Willem\svan\sOranje Anna\sPaulowna Jan\svan\sGalen\w*
        Huize\s\w+ Prins\s(?:Bernhard|Claus|Hendrik|Maurits)\s?\w* Prinses\s(?:Amalia|Beatrix|Irene|Margriet)\s?\w*
        Antoni\svan\sLeeuwenhoek\s?\w* Willem\sArntsz\s?\w* Helen\sDowling\s?\w* Maria\sMontessori\s?\w*
        Martin\sLuther\sKing\s?\w* Johan\sde\sWitt\s?\w* Zwarte\sPiet(?:en)? Monte\sCarlo Donald\sDuck Harry\sPotter
        Johns\sHopkins
        """
    )
)
_INSTITUTIONS_IN_CAPITALS = re.compile(_INSTITUTIONS.pattern, re.IGNORECASE)
# Other words may stand between only where they have a capital too: Kevin ging naar school.
_INSTITUTION_BEHIND = re.compile(
    rf"^[\s-]?(?:(?:van\s(?:de[nr]?\s)?)?{_CAPITAL}\w*[\s-]){{0,2}}?(?i:"
    + one_of(
        r"""
        \w*ziekenhuis \w*kliniek \w*school college lyceum scholengemeenschap stichting instituut centrum gasthuis fonds
        foundation hoeve kerk huis hofje academie universiteit polder methode schaal scale vragenlijst inventory index
        test checklist
        """
    )
    + r")\b"
)
_INSTITUTION_BEFORE = re.compile(
    r"\b(?i:"
    + one_of(
        r"""
        \w*ziekenhuis \w*kliniek \w*school college lyceum stichting instituut centrum gasthuis fonds kerk huize
        vereniging wet aanpak methode programma project cursus training locatie team regio gemeente stad dorp eiland
        orkaan storm sint st\. san santa
        """
    )
    + r")\s(?:de\s|het\s)?['\"‘“]?$"
)

_BEHIND_TITLE = re.compile(
    rf"(?<!\w)(?P<title>(?i:{_TITLE}))(?:\s|(?<=\.))(?P<prefix>{_PREFIX}{{0,3}})"
    rf"(?P<name>{_WORD}|{_CAPITAL}\.(?:\s?{_CAPITAL}\.)*)"
)
_SMALL_TITLES = (
    r"mevrouw mevr\.? mw\.? meneer mijnheer dhr\.? de\sheer dokter familie juf meester tante oom opa oma agent dr\.?"
)
_BEHIND_SMALL_TITLE = re.compile(
    rf"(?<!\w){one_of(_SMALL_TITLES)}(?:\s|(?<=\.))(?P<prefix>{_PREFIX}{{0,3}})(?P<name>{_LETTER}[\w'-]+)",
    re.IGNORECASE,
)
# Behind "de mevrouw" the name of an institution may follow.
_ARTICLE = re.compile(r"\b(?:de|die|een|deze|elke|aardige|andere|nieuwe)\s$", re.IGNORECASE)
# Family names that mostly are words behind a title in small letters.
_WORDS_BEHIND_TITLE = words("jong groot klein lange wit groen bos meer kok boer")
_BEHIND_CALLED = re.compile(
    rf"(?<!\w)(?i:(?P<called>{_CALLED})|{_NAMED})\s['\"‘“]?"
    rf"(?:(?i:nu|eigenlijk|ook|trouwens|gewoon|dus|is|vroeger)\s)?['\"‘“]?(?P<name>{_WORD}|{_LETTER}+)"
)
_BEHIND_KIN = re.compile(
    rf"\b(?i:mijn|zijn|haar|hun|onze?|m'n|z'n|d'r|de|je|uw|jullie)\s(?:\w+\s)?(?i:{one_of(_KIN_WORDS)})\b"
    rf"\s?,?\s?\(?(?P<name>{_LETTER}[\w'’-]+)"
)
_I_AM = re.compile(
    r"\b(?i:ik\sben|dit\sis|ondergetekende,?|getekend:?|groet(?:en|jes)?,?|gr\.?,?|liefs,?|hoogachtend,?|namens|mvg,?|van:|aan:|"
    rf"door:|contact:?)\s(?P<name>{_WORD})"
)
_INITIALS_AND_NAME = re.compile(rf"(?P<initials>{_INITIALS})\s?(?P<prefix>{_PREFIX}{{0,3}})(?P<name>{_WORD})")
_NAME_AND_INITIALS = re.compile(
    rf"(?<!\w)(?P<name>{_WORD}),?\s?{_CAPITAL}\.(?:\s?{_CAPITAL}\.)*(?:\s?{_PREFIX}{{1,3}}|$|(?=[\s;)]))"
)
# Without points only a known family name tells: J de Vries, JP Jansen, Jansen J, Vries de, J.
_BARE_INITIALS = re.compile(
    rf"(?<![\w.-])(?P<initials>{_CAPITAL}{{1,3}})\s(?P<prefix>{_PREFIX}{{0,3}})(?P<name>{_WORD})"
)
_NAME_AND_BARE_INITIALS = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD})(?P<prefix>(?:\s(?i:{_BETWEEN})){{0,3}})(?P<comma>,?)\s{_CAPITAL}{{1,2}}\.?(?=$|[;)])"
)
_NAME_AND_FIRST_NAME = re.compile(rf"^{_PREFIX}{{0,3}}{_WORD},\s(?P<first>{_WORD})(?:\s(?i:{_BETWEEN}).*)?$")
# What follows is only looked at, so that a word before the first name takes nothing away: Met Kevin, Zoon Kevin.
_FIRST_AND_NAME = re.compile(
    rf"(?:(?<![\w@/.-])|(?<=\d\.)|(?<=[a-z]\.)(?=\w+\s))(?P<first>{_WORD})"
    rf"(?=(?P<rest>(?:\s{_CAPITAL}\.?(?!\w))?\s{_PREFIX}{{0,3}}{_WORD}|"
    rf"\s{_PREFIX}{{0,3}}{_CAPITAL}\.(?!\w)|\s?(?=\W|$)))"
)
_OF_SOMEBODY = re.compile(r"['’]s?$", re.IGNORECASE)
_SMALL_WORD_BEHIND = re.compile(r"\s[^\W\d_A-Z]")
# Known first names with an s behind them that are something else.
_NO_GENITIVES = words("angeles elzas jeans marcos milos oscars philips")
# First names that are words in a sentence in capitals (HIJ KOOS), and names of lists and files.
_WORDS_IN_CAPITALS = words("koos frans august hind ann lisa elsa dora cas ties")
_SMALL_LETTERS = re.compile(
    rf"(?<!\w)(?P<first>{_LETTER}[\w'’-]+)(?=[\s.](?P<prefix>{_PREFIX}{{1,3}})?(?P<name>{_LETTER}[\w'’-]+))",
    re.IGNORECASE,
)
_TWO_TOGETHER = re.compile(rf"(?<!\w)(?P<first>{_LETTER}{{2,}})(?=\s(?:en|and|&|\+)\s(?P<other>{_LETTER}{{2,}}))")
_TURNED = re.compile(rf"(?P<name>{_LETTER}[\w'’-]+)\s(?P<first>{_LETTER}[\w'’-]+)")
_SMALL = r"[^\W\d_A-Z]"
_GLUED = re.compile(rf"(?<![\w@/-])(?P<first>{_CAPITAL}{_SMALL}+)(?P<name>{_CAPITAL}{_SMALL}+)(?!\w)")
_PREFIXES = words("van de der den el al ter ten vd")
_AT = words("in op te aan uit")

# What may stand with a capital behind a title, a relative or "heet" and is no name.
_NO_NAMES = words(
    """
    veilig thuis raad politie rechtbank jeugdzorg jeugdbescherming ggz ggd marij psi t0 t1 t2 nederland nederlands
    nederlandse nederlander marokkaans turks pools syrisch duits engels belgisch moslim christen islam hindoe joods
    europa groningen haag rotterdam amsterdam utrecht twente flevoland haaglanden drenthe friesland zeeland limburg
    brabant gelderland overijssel holland januari februari maart april mei juni juli augustus september oktober
    november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag pasen kerst ramadan corona adhd
    autisme ptss ass multifocus humanitas movisie mee fier moviera kadera arosa blijf kompaan perspektief wmo
    """
)
_FUNCTION_WORDS = words(
    """
    aan achter al alle alleen als alsof altijd anders andere baas beter bij bijna blij boos daar daarna dan dat de deed
    dit die dacht dezelfde doen door dus echt een één eens en er erg ex gaan gaat gaf ging geen gekomen geweest gewoon
    goed had hadden haar heb hebben heeft heel heette hem het hier hij hoe hun ik iedereen iemand iets in is ja je jong
    juist kan kijkt komt kon kreeg krijgt kwam later laten maar maakt me meer meestal met mij mijn mis moest moet
    moeten mocht na naar naam nee nergens niemand niet niets nog nooit nou nu of om omdat ons ook op opeens over paar
    precies samen sinds sloeg soms staat steeds stopte te tegen terug toch toen tot twee uit u van vaak veel vertelde
    verder vond voor voordat vroeg waar waarom wanneer was wat we weer weg wel welke werd werkt wie wij wil wilde wist
    woont worden wordt zag zegt zei ziet zich zij zijn zo zoals zou ze zelf zonder hetzelfde zoiets vrijwillig onbekend
    anoniem geheim zal zullen drinkt huilt slaapt snapt luistert helpt belt schreeuwt ouder oud klein groot lief aardig
    bang ziek stil weduwe
    """
)


def holds_name(text: str) -> bool:
    """`text`: readable.plain."""
    text = _INSTITUTIONS.sub(" ; ", text)
    if text.isupper() and " " in text:
        return _holds_name_in_capitals(text)
    finds = (_titled, _called, _related, _with_initials, _with_first_name, _in_small_letters, _glued)
    return any(find(text) for find in finds)


def is_first_name(word: str) -> bool:
    """A first name, also one that is a word."""
    known = without_accents(word)
    return known in FIRST_NAMES or known in NAMES_AND_WORDS


def looks_like_name(text: str) -> bool:
    """Whether a whole cell may be somebody: two to four words, the first and the last with a capital, none a thing."""
    shaped = re.fullmatch(rf"{_WORD}(?: [\w'’.-]+){{0,2}} {_WORD}|{_INITIALS}\s?{_PREFIX}{{0,3}}{_WORD}", text)
    return bool(shaped) and not _INSTITUTIONS.search(text) and not any(map(_is_no_name, text.split()))


def _is_no_name(word: str) -> bool:
    known = without_accents(word).strip(".")
    return known in _NO_NAMES or known in _FUNCTION_WORDS


def _is_surname(word: str) -> bool:
    """A family name, or two with a dash between them."""
    return any(part in SURNAMES for part in _parts(word))


def _is_surname_alone(word: str) -> bool:
    """A family name that is no word besides, or two with a dash between them: Bakker-de."""
    whole, *parts = _parts(word)
    if len(parts) > 1 and all(part in SURNAMES or part in _PREFIXES for part in parts):
        return True
    return any(part in SURNAMES and part not in SURNAMES_AND_WORDS for part in (whole, *parts))


def _parts(word: str) -> list[str]:
    known = without_accents(word)
    return [known, *known.split("-")] if "-" in known else [known]


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper() or any(letter.isdigit() for letter in word)


def _can_be_name(match: re.Match, text: str) -> bool:
    """Whether the word that was found can be of a person here, and is not of an institution."""
    word = match["name"]
    return not (_is_no_name(word) or _is_abbreviation(word) or _INSTITUTION_BEHIND.match(text[match.end() :]))


def _titled(text: str) -> bool:
    """Mevrouw De Vries, dhr. van der Berg, meneer jansen."""
    if any(_is_titled(match, text) for match in _BEHIND_TITLE.finditer(text)):
        return True
    for match in _BEHIND_SMALL_TITLE.finditer(text):
        name, prefix = without_accents(match["name"]), match["prefix"]
        surname = name in SURNAMES and name not in _FUNCTION_WORDS and (prefix or name not in _WORDS_BEHIND_TITLE)
        if surname or name in FIRST_NAMES and not prefix:
            return True
    return False


def _is_titled(match: re.Match, text: str) -> bool:
    surname, prefix = _is_surname(match["name"]), match["prefix"].casefold().split()
    if not (surname and prefix) and not _can_be_name(match, text):
        return False
    if surname or not prefix:
        return True
    if prefix[0] in _AT:
        return False
    of_an_institution = prefix in (["van"], ["bij"]) and _ARTICLE.search(text[: match.start()])
    title = match["title"].casefold().split()[-1].rstrip(".")
    return not of_an_institution and not (title in _OF_A_PLACE and prefix == ["van"])


def _called(text: str) -> bool:
    """Hij heet Mohammed, een man genaamd Djurre, mijn naam is Anna, but not: de cursus heet Horizon."""
    for match in _BEHIND_CALLED.finditer(text):
        name, before = match["name"], text[: match.start()]
        person = _PERSON_BEFORE.search(before)
        if without_accents(name) in FIRST_NAMES or person and is_first_name(name):
            return True
        strange = name[0].isupper() and _can_be_name(match, text) and not _THING_BEFORE.search(before)
        if strange and (match["called"] or person):
            return True
    return False


def _related(text: str) -> bool:
    """Mijn zoon Daan, mijn ex daan, ik ben Daan, groetjes Daan."""
    for pattern in (_BEHIND_KIN, _I_AM):
        for match in pattern.finditer(text):
            name, known = match["name"], without_accents(match["name"])
            if known in FIRST_NAMES and known not in _FUNCTION_WORDS:
                return True
            if name[0].isupper() and (pattern is _BEHIND_KIN or is_first_name(name)) and _can_be_name(match, text):
                return True
    return False


def _with_initials(text: str) -> bool:
    """J. de Vries, A.B. Jansen, Bakker, F., Vries, Jan de."""
    for match in _INITIALS_AND_NAME.finditer(text):
        several = match["initials"].count(".") > 1 or match["prefix"]
        if _is_surname(match["name"]) or several and _can_be_name(match, text):
            return True
    if any(map(_is_behind_bare_initials, _BARE_INITIALS.finditer(text))):
        return True
    for match in _NAME_AND_BARE_INITIALS.finditer(text):
        if _is_surname(match["name"]) and (match["comma"] or _is_surname_alone(match["name"])):
            return True
    return any(_is_surname(match["name"]) for match in _NAME_AND_INITIALS.finditer(text)) or any(
        is_first_name(match["first"]) for match in _NAME_AND_FIRST_NAME.finditer(text)
    )


def _is_behind_bare_initials(match: re.Match) -> bool:
    """J de Vries, JP Jansen, but not: VT van Veldhoven, GGZ in Uden."""
    if not _is_surname(match["name"]):
        return False
    prefix = match["prefix"].casefold().split()
    before = (
        bool(prefix) and prefix[0].replace(".", "") in _PREFIXES and (len(match["initials"]) == 1 or prefix != ["van"])
    )
    return before or _is_surname_alone(match["name"]) and not (prefix and prefix[0] in _AT)


def _tells(match: re.Match) -> bool:
    """Whether the family name is more than a word: by what stands before it, or because it is none."""
    return bool(match["prefix"]) or _is_surname_alone(match["name"])


def _with_first_name(text: str) -> bool:
    """A first name with a capital: alone where it is no word, else with a family name or an initial behind it."""
    for match in _FIRST_AND_NAME.finditer(text):
        first, rest = match["first"], match["rest"].split()
        behind = text[match.end() :]
        known = _without_genitive(first, behind)
        parts = _parts(known)
        in_capitals = _is_abbreviation(first) and not _is_known_in_capitals(first)
        if in_capitals or not any(map(is_first_name, parts)):
            continue
        if _INSTITUTION_BEHIND.match(behind) or _INSTITUTION_BEFORE.search(text[: match.start()]):
            continue
        if any(part in FIRST_NAMES for part in parts) and known not in _NO_NAMES:
            return True
        if rest and not _is_no_name(rest[-1]):
            prefixed = len(rest) > 1 and without_accents(rest[0]) in _PREFIXES
            if _is_surname(rest[-1]) or prefixed or rest[-1].endswith("."):
                return True
    return False


def _without_genitive(first: str, behind: str) -> str:
    """Fatima's, Kevins vader: the first name in small letters, without the s of what is somebody's."""
    known = without_accents(_OF_SOMEBODY.sub("", first))
    stem = known.removesuffix("s")
    of_somebody = len(stem) >= 4 and stem in FIRST_NAMES and known not in _NO_GENITIVES | SURNAMES
    return stem if of_somebody and _SMALL_WORD_BEHIND.match(behind) else known


def _is_known_in_capitals(word: str) -> bool:
    """A first name of four letters or more in capitals is no abbreviation."""
    known = without_accents(_OF_SOMEBODY.sub("", word))
    return word.isupper() and len(known) >= 4 and known in FIRST_NAMES and known not in _WORDS_IN_CAPITALS


def _in_small_letters(text: str) -> bool:
    """jan de vries, fatima bakker, jan.jansen, fatima en anouk, and a cell that is Jansen Jan."""
    for match in _SMALL_LETTERS.finditer(text):
        first, name = without_accents(match["first"]), without_accents(match["name"])
        known = first in FIRST_NAMES or first in NAMES_AND_WORDS and _tells(match)
        if known and name in SURNAMES and name not in _FUNCTION_WORDS:
            return True
    if any({*map(without_accents, match.groups())} <= FIRST_NAMES for match in _TWO_TOGETHER.finditer(text)):
        return True
    turned = _TURNED.fullmatch(text)
    return bool(turned) and _is_surname_alone(turned["name"]) and is_first_name(turned["first"])


def _glued(text: str) -> bool:
    """JanJansen, FatimaAnouk."""
    for match in _GLUED.finditer(text):
        first, name = map(without_accents, match.groups())
        if first in FIRST_NAMES and (name in SURNAMES or is_first_name(name)):
            return True
        if first in NAMES_AND_WORDS and _is_surname_alone(name):
            return True
    return False


def _holds_name_in_capitals(text: str) -> bool:
    """In capitals only a title with a known family name tells, a first name that is no word, or both parts."""
    title = _INSTITUTIONS_IN_CAPITALS.sub(" ; ", text.title())
    if any(_is_surname(match["name"]) for match in _BEHIND_TITLE.finditer(title)) or _in_small_letters(title):
        return True
    return any(_is_known_in_capitals(match["first"].upper()) for match in _FIRST_AND_NAME.finditer(title))
