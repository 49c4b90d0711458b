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
_LOAD = {"src", "srcset", "poster", "background", "ping", "manifest", "lowsrc", "dynsrc"}
# Elements that run something, or bring another page.
_RUN = {"script", "iframe", "frame", "object", "embed", "applet", "base"}
_INSIDE = ("#", "data:image/", "data:font/")
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,5})\s?|\\(.)", re.IGNORECASE)
_CSS_LOAD = re.compile(r"@import|(?:url|src|image-set)\(\s*['\"]?([^)'\"\s]{0,60})", re.IGNORECASE)


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
            loads = name in _LOAD or (name == "href" and element.tag not in ("a", "area"))
            if loads and not value.strip().lower().startswith(_INSIDE):
                yield f"<{element.tag} {name}={value.strip()[:60]}>"
            elif name.startswith("on"):
                yield f"<{element.tag} {name}>"
            elif name == "style":
                yield from outside_of_style(value)
        if element.tag == "style":
            yield from outside_of_style(element.text or "")


def outside_of_style(css: str, inside: str | tuple[str, ...] = _INSIDE) -> Iterator[str]:
    """What CSS loads that is not inside it: each address, or @import. `inside`: how addresses begin that are."""
    plain = _CSS_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], css)
    for asked in _CSS_LOAD.finditer(plain):
        if asked[1] is None or not asked[1].lower().startswith(inside):
            yield asked[1] or "@import"
