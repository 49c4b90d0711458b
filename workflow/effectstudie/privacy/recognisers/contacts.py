"""What a person is reached by: telephone numbers, e-mail addresses, names and pages on social media."""

import re
from collections.abc import Iterable

from effectstudie.privacy.recognisers.known_names import FIRST_NAMES, SURNAMES
from effectstudie.privacy.recognisers.readable import one_of

# What stands between the digits of a number that is dialled.
_GAP = r"[ ./()-]{0,3}"
_INTERNATIONAL = re.compile(rf"(?<![\w.,])(?:\+|00)\s?(?:\(0\)\s?)?[1-9](?:{_GAP}\d){{7,13}}(?!\d)")
_NATIONAL = re.compile(
    rf"(?<![\w+])(?<![a-z]/)(?<!\d[.,/-])(?<!\d\s-\s)\(?0[ (-]{{0,2}}[1-9](?:{_GAP}\d){{8}}(?!\d)(?!,\d)"
)
# 31 without the plus in front of it.
_BARE_COUNTRY = re.compile(r"(?<![\w.,+-])31[ .-]?(?:\(0\))?[ .-]?[1-9](?:[ .-]?\d){8}(?!\d)")
_WITHOUT_ZERO = re.compile(r"(?<![\w.,+-])6[ .-]\d{2}(?:[ .-]?\d){6}(?!\d)|(?<![\w.,+-])6[1-58]\d{7}(?![\d,])")
_DIALS = one_of(
    r"""
    tel telefoon\w* mob mobiel\w* gsm bel belt bellen app appen whats?app\w* sms\w* bereikbaar bereiken phone nummer
    toestel fax 06
    """
)
_SAID_TO_BE_PHONE = re.compile(
    rf"\b{_DIALS}\b[.:]?\W{{0,3}}(?:{one_of('is op mij me hem haar ons via naar nr nummer maar')}\b\W{{0,3}}){{0,3}}"
    r"\(?\d(?:[ ./()-]{0,2}\d){6,11}(?!\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")

_TOP = one_of(r"nl com be de net org eu nu info online fr uk co\.uk me frl amsterdam edu gov io tr ma pl")
_STAART = r"(?:apenstaart(?:je)?|apestaart(?:je)?)"
_AT = rf"(?:\s?@\s?|\s?[\[({{<]\s?(?:at|{_STAART}|a|@)\s?[\])}}>]\s?|\s?[*|]at[*|]\s?|\s?{_STAART}\s?)"
_DOT = r"(?:\s?\.\s?|\s?[\[({<]\s?(?:dot|punt|\.)\s?[\])}>]\s?|\s(?:dot|punt)\s)"
_PROVIDERS = "gmail hotmail outlook ziggo kpnmail planet xs4all icloud yahoo live upcmail protonmail msn"
_MAIL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w@.])[a-z][\w.+-]+@[a-z][\w-]{2,}",
        r"[^\s@<>()\[\],;:]+@[^\s@]+\.[a-z]{2,}",
        rf"[\w.+-]{{2,}}{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}{_TOP}\b",
        # at as a word is the past tense of eating, so what follows has to be a domain
        rf"\b[\w.+-]{{2,}}\sat\s[\w-]+(?:\.|\s(?:dot|punt)\s){_TOP}\b",
        rf"\b{one_of(_PROVIDERS)}(?:\.|{_DOT}|\s)(?:com|nl|me)\b",
        rf"[\w.+-]{{2}}\s?(?:{_STAART}|[\[(]\s?{_STAART}\s?[\])])\s?{one_of(_PROVIDERS)}\b",
        rf"(?<![\w-])[\w.+]+(?:-[\w.+]+){{0,3}}-(?:at|{_STAART})-\w+(?:-\w+){{0,3}}-(?:dot|punt)-{_TOP}\b",
    )
]

_SITES = one_of(
    r"""
    facebook fb instagram twitter tiktok snapchat linkedin pinterest twitch youtube threads reddit telegram onlyfans
    steamcommunity discord hyves soundcloud patreon
    """
)
_SHORT_SITES = one_of(r"x\.com t\.me wa\.me fb\.me m\.me youtu\.be discord\.gg bsky\.app linktr\.ee signal\.me")
_MEDIA = one_of(
    r"""
    ig insta(?:gram)? snap(?:chat)? tik\s?tok twitter telegram discord skype facebook fb linkedin twitch roblox
    fortnite playstation psn xbox steam signal kik youtube gamertag habbo minecraft messenger threads reddit hyves
    bluesky vinted marktplaats bereal
    """
)
_NICK = one_of("naam user(?:name)? gebruikersnaam nick(?:name)? handle")
# Sites on which the name in front is that of somebody's page.
_OWN_PAGES = one_of(
    r"wordpress\.com blogspot\.\w+ tumblr\.com weebly\.com wixsite\.com jimdo\w*\.com carrd\.co bsky\.social"
)
# What is said of a name on social media where it is not told.
_NO_NICK = one_of(
    """
    (?:ge|ver|af)\\w+[dtn] (?:on)?bekend anders niet geen weg nep ook nog nu wel priv[eé] de het een van dat die zo mijn
    zijn haar hun raar fout goed slecht dezelfde hetzelfde echt voor en of om als want maar met sinds omdat vaak
    """
)
_ACCOUNT = one_of("naam account id handle profiel user(?:name)? gebruikersnaam nick(?:name)?")
_USER_NAME = one_of(r"gebruikers?naam user\s?name inlognaam login nick\s?name gamertag schermnaam accountnaam")
_HANDLE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # @thuis and @work are places
        r"(?<![\w@.+-])@(?!(?:home|work|werk|thuis|school|kantoor)\b)[a-z_][\w.]{2,}",
        rf"\b{_SITES}\.(?:com|nl|me|tv|net|org|gg|app|social|fm)/\S*\w|\b{_SHORT_SITES}/\S*\w|(?<!\w)/?u/[\w-]{{3,}}",
        rf"\b{_MEDIA}\b\s?(?:-?\s?{_ACCOUNT})?\s?[:=]\s?['\"]?[a-z_][\w.]{{2,}}",
        rf"\b{_MEDIA}\b\s?-?(?:{_NICK})\s(?:is\s)?['\"]?(?-i:[a-z]+[A-Z]\w+|[A-Z]\w*[a-z][A-Z]\w+)",
        rf"\b{_MEDIA}\b\s?-?(?:{_NICK})\sis\s['\"]?(?!{_NO_NICK}\b)[a-z_][\w.]{{3,}}",
        rf"\b{_MEDIA}\b\s(?:heet|heette)\s(?:ik|hij|zij|ze)\s['\"]?(?!{_NO_NICK}\b)[a-z_][\w.]{{3,}}",
        rf"\bvolg\s(?:me|mij|ons)\s(?:ook\s)?(?:op|via)\s{_MEDIA}\s['\"]?(?!{_NO_NICK}\b)[a-z_][\w.]{{4,}}\W*$",
        rf"(?<![\w.-])(?!www\.|nl\.|de\.|blog\.)[\w-]{{3,}}\.{_OWN_PAGES}\b",
        # a page of somebody; what lies deeper is a program
        r"\bgit(?:hub|lab)\.com/[\w-]{2,}/?(?![\w./-])",
        rf"\b{_MEDIA}\b\W{{0,3}}(?:(?:\w+\W+){{0,2}}|(?:\w+\W+){{2}}is\s)"
        r"(?=[\w.]*[a-z])(?=[\w.]*[\d_])[a-z_][\w.]{4,}\b",
        r"\b(?:ig|insta(?:gram)?|snap(?:chat)?|tiktok)\s@?[a-z_]+(?:\.[a-z_]+)+\b",
        r"\b\w{2,}#\d{4}\b",
        rf"\b{_USER_NAME}\b\s?(?:(?:[:=]|\bis\b)\s?['\"]?|['\"]?(?=[\w.-]*[\d_]))[a-z_][\w.-]{{3,}}",
    )
]

# Without one of these no pattern can hit, and most texts have none.
_HINTS_OF_MAIL = [
    "@",
    " at ",
    *(f"{bracket}{gap}at" for bracket in "[({<" for gap in ("", " ")),
    "(a)",
    "staart",
    "-at-",
    "*at*",
    "|at|",
]
_HINTS_OF_MAIL += _PROVIDERS.split()
_HINTS_OF_HANDLE = (
    "@ u/ # naam name login tag ig insta snap tok twit tele disc skype face fb link roblox fort play psn xbox steam "
    "signal kik tube habbo mine mess threads reddit hyves sky vinted markt .com .me youtu.be .ee only blog www. "
    ":// bereal cloud"
)
_SITE = re.compile(r"(?:www\.|://)([a-z-]{6,40})\.(?:nl|com|org|net|eu|info|online|be|blog|me)\b")


def holds_phone(text: str) -> bool:
    """A telephone number of the Netherlands or with its country in front; `text`: readable.without_measures."""
    if _any([_INTERNATIONAL, _BARE_COUNTRY, _WITHOUT_ZERO, _SAID_TO_BE_PHONE], text):
        return True
    return any(_dialled(match[0]) for match in _NATIONAL.finditer(text))


def _dialled(number: str) -> bool:
    """Ages and scores beside each other are grouped otherwise than ten digits that are dialled."""
    groups = _DIGITS.findall(number)
    first = groups[0] if groups[0] != "0" else "".join(groups[:2])
    if first.startswith("06"):
        return len(groups) < 3 or not all(group.startswith("0") for group in groups[:3])
    return len(groups) <= 6 and len(first) >= 2 and sum(group.startswith("0") for group in groups) < 3


def holds_mail(text: str) -> bool:
    """An e-mail address, also one that is written out (jan apenstaartje voorbeeld punt nl); `text`: readable.plain."""
    small = text.casefold()
    return any(hint in small for hint in _HINTS_OF_MAIL) and _any(_MAIL, text)


def holds_handle(text: str) -> bool:
    """A name or a page on social media, or a site that bears somebody's name; `text`: readable.plain."""
    small = text.casefold()
    if not any(hint in small for hint in _HINTS_OF_HANDLE.split()):
        return False
    return _any(_HANDLE, text) or any(_is_of_somebody(match[1]) for match in _SITE.finditer(small))


def _is_of_somebody(site: str) -> bool:
    """A first name and a family name that is no word, with nothing else."""
    name = site.replace("-", "")
    return any(name[:end] in FIRST_NAMES and name[end:] in SURNAMES for end in range(3, len(name) - 3))


def _any(patterns: Iterable[re.Pattern], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
