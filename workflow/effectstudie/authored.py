"""Texts that people write for a study: Markdown with placeholders for numbers of the run.

A placeholder is a dotted name between double braces, as `{{ n.approach.household }}`. It is looked up in a
list of known names and nothing more: these texts cannot run anything.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from html import escape

from markdown_it import MarkdownIt

from effectstudie.errors import InputError

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")


def filled(texts: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The texts (file name → Markdown) with every placeholder replaced by its printed value.

    Raises InputError with one sentence per placeholder that names nothing: file, line, name, known names.
    """
    problems: list[str] = []
    result = {}
    for name, text in texts.items():
        lines = []
        for place, line in enumerate(text.split("\n"), 1):
            for found in PLACEHOLDER.findall(line):
                if found.strip() not in known:
                    problems.append(_unknown(name, place, found.strip(), known))
            rest = PLACEHOLDER.sub("", line)
            if BRACES.search(rest):
                problems.append(
                    f"{name}, line {place}: {BRACES.search(rest).group()} does not belong to a placeholder; "
                    f"write a name between {{{{ and }}}} on one line, and nothing else between braces."
                )
            lines.append(PLACEHOLDER.sub(lambda match: known.get(match.group(1).strip(), ""), line))
        result[name] = "\n".join(lines)
    if problems:
        raise InputError(problems)
    return result


def _unknown(file: str, line: int, name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    return (
        f"{file}, line {line}: placeholder {{{{ {name} }}}} names nothing of this run. {hint}Known: {', '.join(known)}."
    )


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
    found = re.search(r"^# +(.+)$", markdown, flags=re.MULTILINE)
    return escape(found.group(1).strip()) if found else ""
