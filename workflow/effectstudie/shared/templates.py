"""How pages are made of templates: a name that nothing fills is an error, text is escaped, a page loads nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from lxml import html as lxml_html

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

# Attributes by which a page loads something or tells somebody of a reader; `href` of an `a` only leads somewhere.
_OF_SETS = {"srcset", "imagesrcset"}
LOADS = _OF_SETS | {
    *("src", "poster", "background", "ping", "manifest", "lowsrc", "dynsrc", "definition-src"),
    *("action", "formaction", "archive", "codebase"),
}
# Elements that run something, or bring another page.
_RUN = {"script", "iframe", "frame", "object", "embed", "applet", "base", "portal", "fencedframe"}
# Attributes that hold CSS: all of it, or one value, as elements of a drawing have.
_OF_STYLE = {
    *("style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "color-profile"),
    *("marker", "marker-start", "marker-mid", "marker-end"),
}
# Elements of a drawing that give another one an attribute, perhaps an address; the parser writes small letters.
_CHANGE = {"animate", "set"}
_INSIDE = ("#", "data:image/", "data:font/")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(\n)|(.))", re.IGNORECASE)
_CSS_LOAD = re.compile(r"@import|(?:url|src)\(\s*['\"]?([^)'\"\s]{0,60})", re.IGNORECASE)
# A choice of pictures: of each a text or an address, and how large or of which kind it is.
_CSS_CHOICE = re.compile(r"\b(?:image-set|image|cross-fade)\(", re.IGNORECASE)
_CSS_CHOSEN = re.compile(
    r"type\([^)]*\)|(?:url|src)\(\s*(?:\"[^\"]*\"|'[^']*'|[^)]*)|[\"']\s*([^\"']{0,60})[^\"']*[\"']|([()])",
    re.IGNORECASE,
)


class _Page(jinja2.Template):
    """A template of a page that is complete in itself."""

    def render(self, *args: Any, **values: Any) -> str:
        """The page; EffectstudieError where a browser, or what makes the PDF, would have to fetch something for it."""
        page = super().render(*args, **values)
        if found := next(outside(page), None):
            raise EffectstudieError(
                say(
                    "{path}: the page asks for {found} outside itself, which would tell others that it is read; take "
                    "that out of the template, the style or the text that it comes from.",
                    path=self.filename,
                    found=found,
                )
            )
        return page


def environment(folder: str | Path, escape: bool = True) -> jinja2.Environment:
    """Jinja's environment for the templates of a folder; `escape` False: for plain text, not for HTML."""
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    if escape:
        pages.template_class = _Page
    return pages


def outside(page: str) -> Iterator[str]:
    """What a page of HTML loads that is not inside it, each thing as the part of the page that asks for it."""
    for element in lxml_html.document_fromstring(page).iter() if page.strip() else ():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _RUN or (element.tag == "meta" and "http-equiv" in element.attrib):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            name = name.split(":")[-1].lower()
            if any(not one.lower().startswith(_INSIDE) for one in _loaded(element.tag, name, value)):
                yield f"<{element.tag} {name}={value.strip()[:60]}>"
            elif name.startswith("on"):
                yield f"<{element.tag} {name}>"
            elif name in _OF_STYLE:
                yield from outside_of_style(value)
        if element.tag == "style":
            yield from outside_of_style(element.text or "")


def _loaded(tag: str, name: str, value: str) -> list[str]:
    """The addresses in an attribute that a browser would ask for."""
    if name in _OF_SETS:
        return _candidates(value)
    if name == "attributename" and tag in _CHANGE:
        return [value] if value.split(":")[-1].strip().lower() in {"href", *LOADS} else []
    return [value.strip()] if name in LOADS or (name == "href" and tag not in ("a", "area")) else []


def _candidates(value: str) -> list[str]:
    """The addresses of a set of pictures; one may hold commas, and has its sizes behind a blank."""
    found, rest = [], value
    while rest := rest.lstrip(" \t\r\n\f,"):
        address, *behind = rest.split(maxsplit=1)
        found.append(address.rstrip(","))
        rest = "".join(behind) if address.endswith(",") else "".join(behind).partition(",")[2]
    return found


def outside_of_style(css: str, inside: str | tuple[str, ...] = _INSIDE) -> Iterator[str]:
    """What CSS loads that is not inside it: each address, or @import. `inside`: how addresses begin that are."""
    plain = _CSS_ESCAPE.sub(_escaped, css)
    for asked in _CSS_LOAD.finditer(plain):
        if asked[1] is None or not asked[1].lower().startswith(inside):
            yield asked[1] or "@import"
    for choice in _CSS_CHOICE.finditer(plain):
        yield from (one for one in _chosen(plain, choice.end()) if not one.lower().startswith(inside))


def _escaped(escape: re.Match) -> str:
    number, end_of_line, sign = escape.groups()
    if number:
        code = int(number, 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
    return "" if end_of_line else sign


def _chosen(css: str, start: int) -> Iterator[str]:
    """The addresses that stand as texts in a choice of pictures, up to the bracket that closes it."""
    deep = 1
    for part in _CSS_CHOSEN.finditer(css, start):
        deep += {"(": 1, ")": -1}.get(part[2], 0)
        if part[0].lower().startswith(("url", "src")):
            deep += 1  # a bracket of its own closes it
        if deep == 0:
            return
        if part[1] is not None:
            yield part[1]
