"""Markdown of people as HTML, without HTML of their own: notes, pictures, quotes with a speaker, cases, literature."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

CITATION = re.compile(r"\[(@[^\[\]]+)\]")
CASE = "casus"
SPEAKER = "— "


class Parsed(NamedTuple):
    """A text as tokens, and the notes that it defines: label → whether it is used."""

    tokens: list[Token]
    notes: dict[str, bool]
    env: dict[str, Any]


def parse(markdown: str, name: str = "") -> Parsed:
    """`name`: of the text, so that the notes of one text do not get the addresses of another's."""
    env: dict[str, Any] = {"name": name}
    tokens = _parser().parse(markdown, env)
    notes = env.get("footnotes", {}).get("refs", {})
    return Parsed(tokens, {label[1:]: number >= 0 for label, number in notes.items()}, env)


def walk(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Every token with those inside it, and the number of the line that its block begins on."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        yield token, line
        for inside in token.children or ():
            yield inside, line


def to_html(
    markdown: str,
    level: int,
    words: Mapping[str, str],
    name: str = "",
    picture: Callable[[str], str] = str,
    citations: Mapping[str, str] | None = None,
) -> str:
    """Its `#` becomes a heading of `level`, `##` one lower.

    `words`: resources/words/texts.nl.yaml; `picture`: the address of a picture by its name; `citations`: HTML of each.
    """
    parsed = parse(markdown, name)
    for token in parsed.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + level - 1}"
    parsed.env.update(words=words, picture=picture, citations=citations or {})
    parser = _parser()
    return parser.renderer.render(parsed.tokens, parser.options, parsed.env)


def one_paragraph(markdown: str) -> str:
    """HTML of a text that is a single paragraph, without the paragraph."""
    parser, parsed = _parser(), parse(markdown)
    inside = next((token.children or [] for token in parsed.tokens if token.type == "inline"), [])
    return parser.renderer.renderInline(inside, parser.options, parsed.env)


def title(markdown: str) -> str:
    """The first heading of a text, for the table of contents; empty when it has none."""
    heading = re.search(r"^# +(.+)$", markdown, flags=re.MULTILINE)
    words = _parser().parseInline(heading.group(1).strip(), {})[0].children or [] if heading else []
    return escape("".join(token.content for token in words if token.type in ("text", "code_inline")))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(container_plugin, CASE, render=_case)
    parser.inline.ruler.before("link", "citation", _find_citation)
    parser.core.ruler.push("pictures", _stand_alone)
    parser.core.ruler.push("speakers", _speakers)
    for kind, render in RENDERED.items():
        parser.add_render_rule(kind, render)
    return parser


def _find_citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _stand_alone(state: StateCore) -> None:
    """A picture that is a whole paragraph becomes a figure with its caption."""
    tokens: list[Token] = []
    for token in state.tokens:
        children = token.children or []
        if token.type == "inline" and [child.type for child in children] == ["image"]:
            tokens.pop()  # the opening of the paragraph
            tokens.append(Token("picture", "figure", 0, map=token.map, children=children))
        elif not (token.type == "paragraph_close" and tokens and tokens[-1].type == "picture"):
            tokens.append(token)
    state.tokens[:] = tokens


def _speakers(state: StateCore) -> None:
    """The last line of a quote says whose words they are, where it begins with a dash."""
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "blockquote_close" and [one.type for one in tokens[-2:]] == ["inline", "paragraph_close"]:
            words, speaker = _parted(tokens[-2].children or [])
            if speaker and words:
                tokens[-2].children = words
            elif speaker:
                del tokens[-3:]
            if speaker:
                tokens.append(Token("speaker", "footer", 0, children=speaker))
        tokens.append(token)
    state.tokens[:] = tokens


def _parted(children: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before the last line of a paragraph, and that line without its dash; empty where it has none."""
    breaks = [place for place, token in enumerate(children) if token.type in ("softbreak", "hardbreak")]
    start = breaks[-1] + 1 if breaks else 0
    last = list(children[start:])
    if not last or last[0].type != "text" or not last[0].content.startswith(SPEAKER):
        return list(children), []
    last[0].content = last[0].content.removeprefix(SPEAKER)
    return list(children[: max(start - 1, 0)]), last


def _case(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    if tokens[place].nesting < 0:
        return "</aside>\n"
    name = escape(tokens[place].info.strip().removeprefix(CASE).strip())
    return f'<aside class="case" aria-label="{name}">\n<p class="case-title">{name}</p>\n'


def _picture(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    (image,) = tokens[place].children or []
    source, caption = env["picture"](str(image.attrs["src"])), str(image.attrs.get("title", ""))
    below = f"<figcaption>{escape(caption)}</figcaption>\n" if caption else ""
    return f'<figure class="picture">\n<img src="{source}" alt="{escape(alternative(image))}">\n{below}</figure>\n'


def alternative(image: Token) -> str:
    """The alternative text of a picture."""
    return "".join(child.content for child in image.children or []).strip()


def _speaker(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return f"<footer>{renderer.renderInline(tokens[place].children, options, env)}</footer>\n"


def _citation(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return f'<span class="citation">{env["citations"][tokens[place].content]}</span>'


def _note(token: Token, env: Any) -> str:
    return f"noot-{env['name']}-{token.meta['id'] + 1}"


def _note_mark(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    token, number = tokens[place], tokens[place].meta["id"] + 1
    again = f"-{token.meta['subId'] + 1}" if token.meta["subId"] else ""
    note, label = _note(token, env), f"{env['words']['note']} {number}"
    return f'<sup class="note-mark"><a href="#{note}" id="{note}-bij{again}" aria-label="{label}">{number}</a></sup>'


def _note_open(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return f'<li id="{_note(tokens[place], env)}">'


def _note_back(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    if tokens[place].meta.get("subId"):
        return ""
    return f' <a class="note-back" href="#{_note(tokens[place], env)}-bij">{env["words"]["back"]}</a>'


def _head_cell(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    tokens[place].attrSet("scope", "col")
    return renderer.renderToken(tokens, place, options, env)


def _fixed(html: str) -> Callable[..., str]:
    return lambda renderer, tokens, place, options, env: html


def _notes_open(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return f'<div class="written-notes">\n<p class="notes-title">{env["words"]["notes"]}</p>\n<ol>\n'


RENDERED: dict[str, Callable[..., str]] = {
    **{"picture": _picture, "speaker": _speaker, "citation": _citation, "th_open": _head_cell},
    **{"table_open": _fixed('<div class="table written">\n<table>\n'), "table_close": _fixed("</table>\n</div>\n")},
    **{"footnote_ref": _note_mark, "footnote_open": _note_open, "footnote_anchor": _note_back},
    **{"footnote_close": _fixed("</li>\n"), "footnote_block_open": _notes_open},
    **{"footnote_block_close": _fixed("</ol>\n</div>\n")},
}
