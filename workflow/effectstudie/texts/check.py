"""Everything that can be wrong in the texts of the studies, found together and before anything is computed."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from effectstudie.privacy.cleared import FULL_STOP, Cleared, found_in_text
from effectstudie.privacy.identifiers import LIKELY
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import UNITS
from effectstudie.shared.words import CONDITIONS, with_parts
from effectstudie.texts.asking import asks
from effectstudie.texts.files import library_files, text_files
from effectstudie.texts.literature import citation_problem, keys_of, read_library
from effectstudie.texts.markdown import CASE, Parsed, alternative, parse, walk
from effectstudie.texts.names import PLACEHOLDER, known_names, meant, name_problems
from effectstudie.texts.naming import naming_finds
from effectstudie.texts.pictures import picture_problem, words_of_picture
from effectstudie.texts.places import (
    CLEARANCE,
    GROUPS_OF_QUOTES,
    ONE_PARAGRAPH,
    PLACES,
    without_clearance,
    words_problems,
)

NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
# It may say how to reach an institute and its people on purpose, once a person cleared that.
MAY_NAME = ("colofon",)
NOTHING_CLEARED = Cleared()


def check_texts(
    studies: Mapping[str, Mapping],
    outcomes: Mapping[str, Mapping],
    folder: str | Path,
    logo: str | None = None,
    cleared: Iterable[Mapping[str, str]] = (),
    units: Collection[str] = UNITS,
    true: Collection[str] = CONDITIONS,
) -> None:
    """InputError with everything that is wrong in the texts of all studies, each file told once.

    `studies`, `outcomes`: of the configuration; `folder`: resources/texts; `logo`: of the house style; `cleared`: the
    lines of config/cleared.yaml; `units`, `true`: whom the cohort has, and which parts of a text hold for it
    (shared/words.py).
    """
    may_stay = Cleared(cleared)
    found = picture_problem(Path(logo)) if logo else None
    problems = dict.fromkeys(
        [say("config/house_style.yaml: key logo: {logo} {found}.", logo=logo, found=found)] if found else []
    )
    if logo and not found:
        problems |= dict.fromkeys(
            _naming_problems_of_picture(say("config/house_style.yaml: key logo"), Path(logo), may_stay)
        )
    for name, study in studies.items():
        problems |= dict.fromkeys(study_problems(name, known_names(study, outcomes, units), folder, may_stay, true))
    if problems:
        raise InputError(list(problems))


def study_problems(
    study: str,
    known: Collection[str],
    folder: str | Path,
    cleared: Cleared = NOTHING_CLEARED,
    true: Collection[str] = CONDITIONS,
) -> list[str]:
    """What is wrong in the texts of a study. `known`: names.known_names; `true`: parts that hold."""
    texts, problems = {}, []
    for path in text_files(study, folder):
        try:
            texts[path] = Path(path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            problems.append(say("{path}: is not UTF-8 text; save it as UTF-8.", path=path))
    try:
        library = read_library(library_files(study, folder))
    except InputError as error:
        problems += error.problems
        library = {}
    problems += _which_problems(study, [*texts], folder)
    for path, text in texts.items():
        name = PurePosixPath(path).stem
        if name in PLACES:
            problems += text_problems(path, text, known, library, cleared, true)
    for path in library_files(study, folder):
        # authors are named on purpose, but nobody is reached by a list of literature
        problems += _naming_problems(path, Path(path).read_text(encoding="utf-8", errors="replace"), cleared, LIKELY)
    return problems


def _which_problems(study: str, paths: Iterable[str], folder: str | Path) -> list[str]:
    """Texts that are missing, and those that have no place."""
    places = {PurePosixPath(path).stem: path for path in paths}
    return [
        say("{folder}/{study}: the text {name}.md is missing; write it there.", folder=folder, study=study, name=name)
        for name, place in PLACES.items()
        if place.needed and name not in places
    ] + [
        say(
            "{path}: has no place in the report{meant}; the texts are {places}.",
            path=path,
            meant=meant(name, PLACES),
            places=list(PLACES),
        )
        for name, path in places.items()
        if name not in PLACES
    ]


def text_problems(
    path: str,
    text: str,
    known: Collection[str],
    library: Mapping[str, Any],
    cleared: Cleared = NOTHING_CLEARED,
    true: Collection[str] = CONDITIONS,
) -> list[str]:
    """What is wrong in one text, in the order of what a writer puts right first. `true`: parts of it that hold."""
    written, text = text, with_parts(text, true)
    name = PurePosixPath(path).stem
    place = PLACES[name]
    problems = _clearance_problems(path, text) if place.respondents else []
    text = without_clearance(text)
    parsed = parse(text, name)
    problems += _form_problems(path, text, name, parsed)
    problems += _note_problems(path, text, parsed)
    problems += _picture_problems(path, text, parsed, cleared)
    problems += _citation_problems(path, text, parsed, library)
    problems += _asking_problems(path, text)
    if place.alone:
        problems += _alone_problems(path, parsed)
    # a citation of what the library does not hold is told as such
    cited = [token.content for token, _ in walk(parsed.tokens) if token.type == "citation"]
    keys = {*library, *(key for citation in cited for key in keys_of(citation))}
    problems += _naming_problems(path, without_clearance(written), cleared, contact=name in MAY_NAME, keys=keys)
    problems += name_problems(text, path, known)
    return problems + words_problems(path, PLACEHOLDER.sub("1", text), place)


def _clearance_problems(path: str, text: str) -> list[str]:
    """Words of respondents come in a report when a person says that nobody can be known from them."""
    match = CLEARANCE.match(text)
    if match and _is_date(match[2]):
        return []
    return [
        say(
            "{path}: nobody cleared it; when nobody can be known from its words, make its first line "
            "<!-- vrijgegeven door NAAM op JJJJ-MM-DD -->.",
            path=path,
        )
    ]


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _naming_problems(
    path: str,
    text: str,
    cleared: Cleared,
    meant: Collection[str] = (),
    contact: bool = False,
    keys: Collection[str] = (),
) -> list[str]:
    """What names somebody, as a reader sees it. `keys`: of literature, as in [@key]."""
    return [
        say(
            "{path}, line {line}: seems to hold {what}; {refused}",
            path=path,
            line=line,
            what=what,
            refused=_refused(end),
        )
        for line, what, end in naming_finds(text, path, cleared, meant, contact, keys)
    ]


def _refused(end: str) -> str:
    if end == FULL_STOP:
        return say("a report names nobody.")
    return say("a report names nobody, so take that out{how_to_clear}", how_to_clear=end)


def _naming_problems_of_picture(where: str, path: Path, cleared: Cleared) -> list[str]:
    return [
        say("{where}: seems to hold {what}; {refused}", where=where, what=what, refused=_refused(end))
        for what, end in found_in_text(words_of_picture(path), path.as_posix(), "picture", cleared)
    ]


def _form_problems(path: str, text: str, name: str, parsed: Parsed) -> list[str]:
    """The headings, and what only looks like a box or a quote."""
    if not text.strip():
        return [say("{path}: is empty; write it, or take the file away.", path=path)]
    problems, lines = [], text.split("\n")
    headings = [(int(token.tag[1]), line) for token, line in walk(parsed.tokens) if token.type == "heading_open"]
    levels = [level for level, _ in headings]
    if PLACES[name].level == 0:
        problems += [
            say("{path}, line {line}: is a heading; this text has none.", path=path, line=line) for _, line in headings
        ]
    elif not headings or parsed.tokens[0].type != "heading_open" or levels[0] != 1 or levels.count(1) > 1:
        problems.append(
            say(
                "{path}: must begin with its one heading, a line as `# Kop`; those below it begin with `##`.", path=path
            )
        )
    else:
        problems += [
            say(
                "{path}, line {line}: skips a level of heading; write {marks}.",
                path=path,
                line=line,
                marks="#" * (before + 1),
            )
            for before, (level, line) in zip(levels, headings[1:], strict=False)
            if level > before + 1
        ]
    if name in ONE_PARAGRAPH and [token.type for token in parsed.tokens] not in (
        ["paragraph_open", "inline", "paragraph_close"],
        ["heading_open", "inline", "heading_close"],
    ):
        problems.append(say("{path}: must be one paragraph, without lists, pictures or notes.", path=path))
    problems += _box_problems(path, lines, parsed)
    if name == "citaten":
        problems += _groups_problems(path, text, parsed)
    if name == "begrippen" and not {"dl_open", "table_open"} & {token.type for token in parsed.tokens}:
        problems.append(
            say(
                "{path}: must hold a list of terms (the term on a line, below it a line that begins with "
                "`: `) or a table.",
                path=path,
            )
        )
    return problems


def _box_problems(path: str, lines: list[str], parsed: Parsed) -> list[str]:
    problems, of_quotes = [], 0
    for token, line in walk(parsed.tokens):
        of_quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == f"container_{CASE}_open":
            start, end = token.map or [0, 0]
            if not token.info.strip().removeprefix(CASE).strip():
                problems.append(
                    say(
                        "{path}, line {line}: the case has no title; write ::: {case} Titel.",
                        path=path,
                        line=start + 1,
                        case=CASE,
                    )
                )
            if not (end < len(lines) and lines[end].strip(" >").startswith(":::")):
                problems.append(
                    say(
                        "{path}, line {line}: the case has no end; write ::: on a line behind it.",
                        path=path,
                        line=start + 1,
                    )
                )
        elif token.type == "inline":
            for place, words in enumerate(token.content.split("\n")):
                if words.startswith(":::"):
                    problems.append(
                        say(
                            "{path}, line {line}: {words} opens or closes nothing; a box begins with ::: {case} "
                            "Titel and ends with :::.",
                            path=path,
                            line=line + place,
                            words=words[:40],
                            case=CASE,
                        )
                    )
            last = token.content.split("\n")[-1]
            if of_quotes and re.match(r"(–|--|—(?! ))", last):
                problems.append(
                    say(
                        "{path}, line {line}: whose words a quote is, stands on its last line behind `— `.",
                        path=path,
                        line=line,
                    )
                )
    return problems


def _groups_problems(path: str, text: str, parsed: Parsed) -> list[str]:
    """Explanations of a mark: how they were chosen, then those in favour, those against, and tips."""
    tokens = parsed.tokens
    headings = [
        (place, tokens[place + 1].content.lower())
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    problems = [
        say(
            "{path}: has no heading (##) with the word {group} in it; the explanations stand under {groups}.",
            path=path,
            group=group,
            groups=list(GROUPS_OF_QUOTES),
        )
        for group in GROUPS_OF_QUOTES
        if not any(group in heading for _, heading in headings)
    ]
    first = headings[0][0] if headings else len(tokens)
    if not any(token.type == "paragraph_open" for token in tokens[:first]):
        problems.append(
            say("{path}: must say before its first ## how the words were chosen, and out of how many.", path=path)
        )
    return problems


def _note_problems(path: str, text: str, parsed: Parsed) -> list[str]:
    plain = _without_code(text)
    problems = [
        say(
            "{path}, line {line}: note [^{label}] has no text; write [^{label}]: and the text on a line of its own.",
            path=path,
            line=_line(text, f"[^{label}]"),
            label=label,
        )
        for label in dict.fromkeys(NOTE.findall(plain))
        if label not in parsed.notes
    ]
    return problems + [
        say(
            "{path}, line {line}: no word has note [^{label}]; write [^{label}] behind one.",
            path=path,
            line=_line(text, f"[^{label}]:"),
            label=label,
        )
        for label, used in parsed.notes.items()
        if not used
    ]


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def _picture_problems(path: str, text: str, parsed: Parsed, cleared: Cleared) -> list[str]:
    problems = []
    apart = {id(image) for token, _ in walk(parsed.tokens) if token.type == "picture" for image in token.children or ()}
    for token, line in walk(parsed.tokens):
        if token.type != "image":
            continue
        source = str(token.attrs["src"])
        where = say("{path}, line {line}: picture {source}", path=path, line=_line(text, source, line), source=source)
        if id(token) not in apart:
            problems.append(say("{where} must stand alone, with an empty line above and below it.", where=where))
        words = alternative(token)
        if not words or words == source:
            problems.append(
                say(
                    "{where} has no alternative text; say between [ and ] what it shows to who cannot see it.",
                    where=where,
                )
            )
        if PurePosixPath(source).name != source:
            problems.append(say("{where} must lie in the folder of the text; write its name only.", where=where))
        elif found := picture_problem(Path(path).parent / source):
            problems.append(say("{where} {found}.", where=where, found=found))
        else:
            problems += _naming_problems_of_picture(where, Path(path).parent / source, cleared)
    return problems


def _asking_problems(path: str, text: str) -> list[str]:
    plain = re.sub(r"```.*?```|`[^`\n]*`", lambda code: "\n" * code[0].count("\n"), text, flags=re.DOTALL)
    return [
        say(
            "{path}, line {line}: {found} asks for something outside the report, or runs something; "
            "a picture stands in a text as ![what it shows](file.png), a link as [words](https://…).",
            path=path,
            line=line,
            found=found,
        )
        for line, words in enumerate(plain.split("\n"), 1)
        if (found := asks(words))
    ]


def _citation_problems(path: str, text: str, parsed: Parsed, library: Mapping[str, Any]) -> list[str]:
    return [
        say("{path}, line {line}: {found}", path=path, line=_line(text, f"[{token.content}]", line), found=found)
        for token, line in walk(parsed.tokens)
        if token.type == "citation" and (found := citation_problem(token.content, library))
    ]


def _alone_problems(path: str, parsed: Parsed) -> list[str]:
    kinds = {
        "footnote_ref": say("a note"),
        "citation": say("literature"),
        "image": say("a picture"),
        "link_open": say("a link"),
    }
    return [
        say(
            "{path}, line {line}: has {kind}; the page of the summary stands alone, so leave it out.",
            path=path,
            line=line,
            kind=kinds[token.type],
        )
        for token, line in walk(parsed.tokens)
        if token.type in kinds
    ]


def _line(text: str, words: str, otherwise: int = 1) -> int:
    """The number of the first line from `otherwise` on that has these words."""
    lines = text.split("\n")
    return next((place for place, line in enumerate(lines, 1) if place >= otherwise and words in line), otherwise)
