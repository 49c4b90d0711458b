"""The page of a set as one HTML file, which a person explores in a browser, and as PDF."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from effectstudie.report.documents.build import image_source, unbroken_numbers, write_pdf
from effectstudie.shared import formats
from effectstudie.shared.templates import environment

TEMPLATE, SCRIPT = "national/landelijk.html.j2", "national/landelijk.js"


class NationalPage(NamedTuple):
    """HTML as text, PDF (PDF/UA-1) as bytes."""

    html: str
    pdf: bytes


def national_page(
    record: Mapping[str, Any], figures: Mapping[str, bytes], words: Mapping[str, Any], pages: str | Path, style: str
) -> NationalPage:
    """`record`: render.json; `figures`: file name → SVG; `words`: national.nl.yaml; `pages`: resources/pages; `style`:
    CSS. On paper, and in a browser without JavaScript, everything stands below each other.
    """
    html = national_html(record, figures, words, pages, style)
    script = Path(pages, SCRIPT).read_text(encoding="utf-8")
    # on paper the reports of the regions lie nowhere beside it
    paper = national_html({**record, "links": {}}, figures, words, pages, style)
    return NationalPage(with_script(html, script), write_pdf(paper, record["set"]["report_date"]))


def national_html(
    record: Mapping[str, Any], figures: Mapping[str, bytes], words: Mapping[str, Any], pages: str | Path, style: str
) -> str:
    """The page without its script."""
    templates = environment(pages)
    templates.filters |= {"capital": formats.capital, "long_date": formats.long_date}
    templates.globals |= {"joined": formats.joined, "image": image_source(figures)}
    html = templates.get_template(TEMPLATE).render(**record, words=words, style=Markup(style))
    head, body = html.split("<body>")
    return f"{head}<body>{unbroken_numbers(body)}"


def with_script(html: str, script: str) -> str:
    """The page with our script, and with a policy by which a browser runs no other and fetches nothing.

    It is put in last: a template may hold no script, so that no text of people can bring one.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
        f"form-action 'none'; script-src 'sha256-{digest}'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    with_policy = html.replace('<meta charset="utf-8">\n', f'<meta charset="utf-8">\n{meta}', 1)
    before, end, after = with_policy.rpartition("</body>")
    return f"{before}<script>{script}</script>\n{end}{after}"
