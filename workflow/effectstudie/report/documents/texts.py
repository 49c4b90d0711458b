"""Texts that people write for a study: Markdown with placeholders for numbers of the run.

A placeholder is a dotted name between double braces, as `{{ n.approach.household }}`. It is looked up in a
list of known names and nothing more: these texts cannot run anything.
"""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from html import escape
from pathlib import PurePath

from markdown_it import MarkdownIt

from effectstudie.privacy.identifiers import what_text_names
from effectstudie.shared.errors import InputError

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
# Texts a study must bring, with the level of their first heading.
TEXTS = {"inleiding": 2, "aanpak": 2, "onderzoeksvragen": 2, "werving": 3, "conclusie": 2}
# Texts it may bring: instead of the summary made from the results, quotes after the judgement of the help, interviews.
MAY_BRING = {"samenvatting": 2, "citaten": 4, "interviews": 3}
# Texts that may hold words of respondents: a person says with name and date that nobody can be known from them.
CLEARED = ("citaten", "interviews")
CLEARANCE = re.compile(r"<!--\s*vrijgegeven door (\S.*?) op (\d{4}-\d{2}-\d{2})\s*-->[ \t]*\n?")


def checked(texts: Mapping[str, str], known: Mapping[str, str], outcomes: Collection[str] = ()) -> dict[str, str]:
    """The texts of a study, ready for its report: name (inleiding) → Markdown with its placeholders filled.

    `texts`: path → Markdown; `known`: name of a placeholder → printed text; `outcomes`: ids of the study's outcomes,
    for which a name may be withheld. InputError with every text that is missing or has no place in the report, every
    one with words of respondents that nobody cleared or that seem to name somebody, and every placeholder that does
    not belong.
    """
    places = {PurePath(path).stem: path for path in texts}
    allowed = [*TEXTS, *MAY_BRING]
    problems = [
        f"The report text {name}.md is missing; write it beside the other texts of the study."
        for name in TEXTS
        if name not in places
    ]
    problems += [
        f"{path}: has no place in the report{_meant(name, allowed)}; the texts are {', '.join(allowed)}."
        for name, path in places.items()
        if name not in allowed
    ]
    ready = {}
    for name in (name for name in allowed if name in places):
        text = texts[places[name]]
        if name in CLEARED:
            problems += _not_cleared(text, places[name])
            # the line of the clearance stays, empty: the problems name lines
            text = CLEARANCE.sub("\n", text, count=1)
        ready[name], found = _filled(text, places[name], known, outcomes)
        problems += found
    if problems:
        raise InputError(problems)
    return ready


def _not_cleared(text: str, path: str) -> list[str]:
    problems = []
    if not CLEARANCE.match(text):
        problems.append(
            f"{path}: nobody cleared it; when nobody can be known from its words, make its first line "
            "<!-- vrijgegeven door NAAM op JJJJ-MM-DD -->."
        )
    return problems + [
        f"{path}, line {line}: seems to hold {found}; a report names nobody."
        for line, words in enumerate(text.split("\n"), 1)
        if (found := what_text_names(words))
    ]


def filled(texts: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The texts (file name → Markdown) with every placeholder replaced by its printed value.

    Raises InputError with one sentence per placeholder that names nothing: file, line, name, nearest names.
    """
    results = {name: _filled(text, name, known, ()) for name, text in texts.items()}
    problems = [problem for _, found in results.values() for problem in found]
    if problems:
        raise InputError(problems)
    return {name: text for name, (text, _) in results.items()}


def _filled(text: str, path: str, known: Mapping[str, str], outcomes: Collection[str]) -> tuple[str, list[str]]:
    problems, lines = [], []
    for place, line in enumerate(text.split("\n"), 1):
        for name in map(str.strip, PLACEHOLDER.findall(line)):
            if name not in known:
                problems.append(f"{path}, line {place}: {_unknown(name, known, outcomes)}")
        rest = PLACEHOLDER.sub("", line)
        if BRACES.search(rest):
            problems.append(
                f"{path}, line {place}: {BRACES.search(rest).group()} does not belong to a placeholder; "
                f"write a name between {{{{ and }}}} on one line, and nothing else between braces."
            )
        lines.append(PLACEHOLDER.sub(lambda match: known.get(match.group(1).strip(), ""), line))
    return "\n".join(lines), problems


def _unknown(name: str, known: Mapping[str, str], outcomes: Collection[str]) -> str:
    kind, _, rest = name.partition(".")
    if kind in ("value", "sentences") and rest.split(".")[0] in outcomes:
        return f"placeholder {{{{ {name} }}}} may not be shown here, as its groups are too small; leave it out."
    kinds = ", ".join(sorted({f"{stem}." if dot else stem for stem, dot, _ in (key.partition(".") for key in known)}))
    return (
        f"placeholder {{{{ {name} }}}} names nothing of this run{_meant(name, known)}. Names begin with {kinds}; "
        "all stand under placeholders in render.json of the study."
    )


def _meant(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def to_html(markdown: str, level: int) -> str:
    """Markdown as HTML without raw HTML in it; its `#` becomes a heading of `level`, `##` one lower."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + level - 1}"
    return parser.renderer.render(tokens, parser.options, {})


def title(markdown: str) -> str:
    """The first heading of a text, for the table of contents; empty when it has none."""
    heading = re.search(r"^# +(.+)$", markdown, flags=re.MULTILINE)
    return escape(heading.group(1).strip()) if heading else ""
