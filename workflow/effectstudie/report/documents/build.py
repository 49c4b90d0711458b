"""The report: one record and the texts of a study → one self-contained HTML file, and from it PDF and Word."""

import base64
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from effectstudie.report.documents import pdf_tags
from effectstudie.report.documents.pdf_letters import with_text
from effectstudie.report.documents.word import write_docx
from effectstudie.shared import formats
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.processes import Died, in_processes
from effectstudie.shared.templates import environment

STATISTIC = re.compile(rf"(?:(?:p|η²){formats.NBSP}(?:=|&lt;|&gt;|≥){formats.NBSP}|(?<=[ (]))0?,\d+|\bp&lt;[.,\d]*\d")


class Report(NamedTuple):
    """A study's report in its three forms, HTML as text, PDF (PDF/UA-1) and Word as bytes, and its summary alone."""

    html: str
    summary_html: str
    pdf: bytes
    docx: bytes
    summary_pdf: bytes


def build_report(
    record: Mapping[str, Any],
    figures: Mapping[str, bytes],
    texts: Mapping[str, Mapping[str, str]],
    templates: str | Path,
    style: str,
    palette: Mapping[str, Any],
    at_once: int = 1,
) -> Report:
    """A study's report; EffectstudieError when the machine ends the making of a form.

    `record`: `render.json`, and `checks`: output_checks.check_outputs; `figures`: file name → SVG, and PNG of the same
    for Word; `texts`: fill.ready_texts; `templates`: folder with `report.html.j2`; `style`: CSS; `palette`: for Word;
    `at_once`: processes.
    """
    html, summary = (
        render_html(record, figures, texts, templates, style, page) for page in ("report.html.j2", "summary.html.j2")
    )
    date = record["study"]["report_date"]
    pdfs = [partial(write_pdf, page, date) for page in (html, summary)]
    source = image_source(figures)
    drawn = [name for name in figures if name.endswith(".svg")]
    pixels = {source(name): figures[png] for name in drawn if (png := f"{Path(name).stem}.png") in figures}
    forms = [pdfs[0], partial(write_docx, html, date, palette, pixels), pdfs[1]]
    made = in_processes(lambda write: write(), forms, at_once)
    for form, result in zip(("PDF", "Word", "PDF"), made, strict=True):
        if isinstance(result, Died):
            raise EffectstudieError(
                say(
                    "The machine ended the making of the report as {form} ({how}), perhaps because "
                    "memory was full; run the same command again with less beside it.",
                    form=form,
                    how=say("signal {number}", number=result.signal)
                    if result.signal
                    else say("code {number}", number=result.code),
                )
            )
    return Report(html, summary, *made)


def render_html(
    record: Mapping[str, Any],
    figures: Mapping[str, bytes],
    texts: Mapping[str, Mapping[str, str]],
    templates: str | Path,
    style: str,
    page: str = "report.html.j2",
) -> str:
    """The report, or its summary (`summary.html.j2`), as one HTML file without references to anything outside it."""
    pages = environment(templates)
    pages.filters |= {"capital": formats.capital, "long_date": formats.long_date, "ranges": formats.ranges}
    pages.globals |= {"joined": formats.joined, "image": image_source(figures)}
    html = pages.get_template(page).render(
        **record,
        texts={name: Markup(text["html"]) for name, text in texts.items()},
        headings={name: Markup(text["title"]) for name, text in texts.items()},
        style=Markup(style),
    )
    head, body = html.split("<body>")
    return f"{head}<body>{unbroken_numbers(body)}"


def unbroken_numbers(html: str) -> str:
    """Keep a statistic on one line: a number that begins with its comma may otherwise break behind it."""
    parts = re.split(r"(<[^>]*>)", html)
    parts[::2] = [STATISTIC.sub(r'<span class="statistic">\g<0></span>', text) for text in parts[::2]]
    return "".join(parts)


def image_source(figures: Mapping[str, bytes]) -> Callable[[str], str]:
    """What a template calls to have a figure inside the page. `figures`: file name → SVG."""

    def source(name: str) -> str:
        return "data:image/svg+xml;base64," + base64.b64encode(figures[name]).decode("ascii")

    return source


def write_pdf(html: str, report_date: str) -> bytes:
    """A tagged PDF/UA-1 whose date is that of the report, so that its bytes are the same on every run."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    before = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromisoformat(report_date).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        page = weasyprint.HTML(string=with_text(html), url_fetcher=URLFetcher(allowed_protocols=["data"]))
        return pdf_tags.repair(page.write_pdf(pdf_variant="pdf/ua-1"))
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
