"""The texts of a study as its report shows them, once the numbers are there."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from effectstudie.shared.errors import InputError
from effectstudie.shared.words import CONDITIONS, with_parts
from effectstudie.texts import literature
from effectstudie.texts.markdown import one_paragraph, parse, title, to_html, walk
from effectstudie.texts.names import filled
from effectstudie.texts.pictures import data_uri
from effectstudie.texts.places import ONE_PARAGRAPH, PLACES, without_clearance, words_problems

LITERATURE = "literatuur"


def ready_texts(
    texts: Mapping[str, str],
    values: Mapping[str, str],
    libraries: Sequence[str],
    words: Mapping[str, str],
    true: Collection[str] = CONDITIONS,
) -> dict[str, dict[str, str]]:
    """Name → `html` and `title` (of its first heading) of each text, and of the list of literature that they cite.

    `texts`: path → Markdown, found right by check.study_problems; `values`: name of a placeholder → printed text;
    `libraries`: files of literature; `words`: resources/words/texts.nl.yaml; `true`: of what parts of a text may depend
    on, what holds for the cohort. InputError with every name that this run has no value for, and every text that became
    too long by what was filled in.
    """
    problems, markdown = [], {}
    for path, text in sorted(texts.items(), key=lambda one: list(PLACES).index(PurePosixPath(one[0]).stem)):
        name = PurePosixPath(path).stem
        markdown[path], found = filled(without_clearance(with_parts(text, true)), path, values)
        problems += found + words_problems(path, markdown[path], PLACES[name])
    if problems:
        raise InputError(problems)
    cited, listed = literature.formatted(_citations(markdown.values()), literature.read_library(libraries))
    ready = {PurePosixPath(path).stem: _ready(path, text, words, cited) for path, text in markdown.items()}
    return ready | ({LITERATURE: {"html": listed, "title": ""}} if listed else {})


def _citations(texts: Iterable[str]) -> list[str]:
    return [token.content for text in texts for token, _ in walk(parse(text).tokens) if token.type == "citation"]


def _ready(path: str, text: str, words: Mapping[str, str], cited: Mapping[str, str]) -> dict[str, Any]:
    name = PurePosixPath(path).stem
    if name in ONE_PARAGRAPH:
        return {"html": one_paragraph(text), "title": ""}
    html = to_html(text, PLACES[name].level or 2, words, name, _picture_of(path), cited)
    return {"html": html, "title": title(text)}


def _picture_of(path: str) -> Callable[[str], str]:
    return lambda name: data_uri(Path(path).parent / name)
