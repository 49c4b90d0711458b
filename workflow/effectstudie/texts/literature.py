"""Literature: entries in CSL YAML or BibTeX, cited in a text as [@key]; pandoc's citeproc writes them in Dutch."""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc
from lxml import html as lxml_html

from effectstudie.shared.errors import ConfigError, EffectstudieError, InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.yaml_files import read_yaml
from effectstudie.texts.asking import asks
from effectstudie.texts.names import meant

KEY = r"\w[\w:.+/-]*"
# One of the parts between ; of a citation: @key, and behind a comma where in it.
PART = re.compile(rf"\s*@({KEY})(?:,\s*([\w .,–-]+))?\s*")
BEGINNING = re.compile(rf"(?:^|(?<=[;\s-]))@({KEY})")
IMAGE = re.compile(r"!\[[^\]]{0,40}\]")
LANGUAGE = "nl-NL"


def read_library(paths: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Key → entry, of all these files; a later one goes before an earlier. InputError with what is wrong in them."""
    library: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for path in paths:
        try:
            entries = _entries(path)
        except ConfigError as error:
            problems += error.problems
            continue
        for place, entry in enumerate(entries, 1):
            if not isinstance(entry, Mapping) or not all(isinstance(entry.get(key), str) for key in ("id", "title")):
                problems.append(
                    say("{path}: entry {place} must have an id and a title, both text.", path=path, place=place)
                )
            elif not _are_names(entry.get("author", entry.get("editor"))):
                problems.append(
                    say(
                        "{path}: entry {id} must have an author or an editor: a list of names, each with family "
                        "and given, or with literal for an institute.",
                        path=path,
                        id=entry["id"],
                    )
                )
            elif found := next(_asking(entry), None):
                problems.append(
                    say(
                        "{path}: entry {id} has {found}, which asks for something outside the report or runs "
                        "something; write plain text.",
                        path=path,
                        id=entry["id"],
                        found=found,
                    )
                )
            else:
                library[entry["id"]] = dict(entry)
    if problems:
        raise InputError(problems)
    return library


def _are_names(names: Any) -> bool:
    kinds = {"family", "literal"}
    return isinstance(names, list) and all(isinstance(name, Mapping) and kinds & name.keys() for name in names)


def _asking(value: Any) -> Iterator[str]:
    """What the texts of an entry would load: pandoc reads them as Markdown, with HTML in it."""
    if isinstance(value, str):
        if found := IMAGE.search(value):
            yield found[0]
        if found := asks(value):
            yield found
    elif isinstance(value, Mapping):
        for inside in value.values():
            yield from _asking(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _asking(inside)


def _entries(path: str) -> list[Any]:
    if path.endswith(".bib"):
        done = _pandoc(["--from=biblatex", "--to=csljson"], Path(path).read_text(encoding="utf-8"))
        if done.returncode:
            raise ConfigError(
                [say("{path}: is not valid BibTeX: {reason}", path=path, reason=" ".join(done.stderr.split()))]
            )
        return json.loads(done.stdout)
    content = read_yaml(path)
    entries = content.get("references") if isinstance(content, Mapping) else content
    if not isinstance(entries, list):
        raise ConfigError(
            [say("{path}: must be a list of entries of CSL, or such a list under `references`.", path=path)]
        )
    return entries


def keys_of(citation: str) -> list[str]:
    """The keys that stand between [ and ], each where a part begins; an e-mail address is none."""
    return BEGINNING.findall(citation)


def citation_problem(citation: str, library: Mapping[str, Any]) -> str | None:
    """What is wrong with what stands between [ and ], as a sentence; None where nothing is."""
    parts = [PART.fullmatch(part) for part in citation.split(";")]
    if not all(parts):
        return say("[{citation}] is no citation; write [@key], [@key, p. 3] or [@key; @other].", citation=citation)
    unknown = [part[1] for part in parts if part and part[1] not in library]
    if not unknown:
        return None
    guesses = [f"@{key}" + meant(key, library) for key in unknown]
    return say(
        "[{citation}] cites what literatuur.yaml and literatuur.bib do not hold: {guesses}.",
        citation=citation,
        guesses=guesses,
    )


def formatted(citations: Sequence[str], library: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, str], str]:
    """HTML of each citation, as it was written → as a text prints it; and of the list of what is cited."""
    if not citations:
        return {}, ""
    with TemporaryDirectory() as folder:
        entries = Path(folder, "library.yaml")  # JSON is YAML, and as YAML a year may be a number
        entries.write_text(json.dumps({"references": list(library.values())}), encoding="utf-8")
        options = ["--from=markdown", "--to=html", "--wrap=none", "--citeproc", f"--bibliography={entries}"]
        options += [f"--metadata=lang:{LANGUAGE}", "--metadata=link-citations:true"]
        unique = list(dict.fromkeys(citations))
        done = _pandoc(options, "\n\n".join(f"[{' '.join(citation.split())}]" for citation in unique))
    if done.returncode:
        raise EffectstudieError(say("Pandoc could not write the literature: {reason}", reason=done.stderr.strip()))
    page = lxml_html.fragment_fromstring(done.stdout, create_parent="div")
    printed = [_inner(paragraph.find("span")) for paragraph in page.findall("p")]
    items = "".join(f'<li id="{one.get("id")}">{_inner(one).strip()}</li>\n' for one in page.xpath("./div/div"))
    return dict(zip(unique, printed, strict=True)), f'<ul class="literature">\n{items}</ul>\n'


def _inner(element: Any) -> str:
    for link in element.iter("a"):
        link.attrib.pop("role", None)
    whole = lxml_html.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r"^<[^>]*>|</[^>]*>$", "", whole)


def _pandoc(options: Sequence[str], text: str) -> subprocess.CompletedProcess[str]:
    command = [pypandoc.get_pandoc_path(), "--data-dir=.", *options]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8")
