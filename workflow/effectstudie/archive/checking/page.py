"""What the check of an archive found, on one Dutch page and in a few lines for the screen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from effectstudie.archive import bag
from effectstudie.archive.checking.differences import Difference
from effectstudie.archive.checking.rerun import Again
from effectstudie.archive.checking.verify import Checked
from effectstudie.archive.keep import write as write_file
from effectstudie.report.figures.palette import style_of
from effectstudie.runs.file_names import visible
from effectstudie.shared import formats
from effectstudie.shared.templates import environment
from effectstudie.shared.words import read_words

ON_SCREEN, ON_PAGE = 10, 1000


class Answer(NamedTuple):
    """`again` is None where there was no new run; `asked`: whether one was asked for."""

    checked: Checked
    again: Again | None
    asked: bool

    @property
    def good(self) -> bool:
        """Every byte is as it was, and if a new run was asked for it gave every number again."""
        if self.checked.findings or (self.asked and self.again is None):
            return False
        if self.again is None:
            return True
        return not self.again.raw and self.again.compared is not None and not self.again.compared.differences


def beside(archive: Path, checked: Checked) -> Path:
    """Where the page of an archive comes unless somebody says otherwise."""
    return archive.absolute().parent / f"{checked.name.removesuffix('.zip')}.controle.html"


def write(answer: Answer, page: Path, pages: Path) -> None:
    """Write the page; `pages` is resources/pages.

    It keeps no output of a failed run, which may quote an answer; only its owner can read that of an internal archive.
    """
    words = _words(pages)
    template = environment(pages / "archive").get_template("controle.html.j2")
    wrong = {finding.file for finding in answer.checked.findings}
    found = _all_findings(answer)
    sentences = [_sentence(finding, words) for finding in found[:ON_PAGE]]
    if len(found) > ON_PAGE:
        sentences.append(words["too_many"].format(n=len(found) - ON_PAGE))
    html = template.render(
        name=visible(answer.checked.name),
        good=answer.good,
        lines=_lines(answer, words),
        differences=_differences(answer, words),
        sentences=sentences,
        files=[
            (visible(path), len(content), bag.sha256(content), path in wrong)
            for path, content in sorted(answer.checked.files.items())
        ],
        today=formats.long_date(date.today().isoformat()),
        style=Markup(style_of(pages)),
        words=words,
    )
    write_file(page, html.encode(), private=any(path.endswith(".parquet") for path in answer.checked.files))


def summary(answer: Answer, pages: Path) -> str:
    """The same in a few lines, the first of them the verdict."""
    words = _words(pages)
    found, differences = _all_findings(answer), _differences(answer, words)
    details = [_sentence(finding, words) for finding in found[:ON_SCREEN]]
    details += [words["difference"].format(*difference) for difference in differences[: ON_SCREEN - len(details)]]
    more = len(found) + len(differences) - len(details)
    if answer.again and answer.again.failure:
        details.append("\n".join(visible(line, longest=2000) for line in answer.again.failure.split("\n")))
    shown = [f"  {line}" for line in details]
    if more:
        shown.append("  " + words["more"].format(n=more))
    return "\n".join([words["good" if answer.good else "bad"], *_lines(answer, words), *shown])


def _words(pages: Path) -> Mapping[str, Any]:
    return read_words(pages / "archive/texts.nl.yaml")["check"]


def _all_findings(answer: Answer) -> list[bag.Finding]:
    return [*answer.checked.findings, *(answer.again.raw if answer.again else [])]


def _differences(answer: Answer, words: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """File, place, archived and again of each difference, in words."""
    if answer.again is None or answer.again.compared is None:
        return []
    found = [_in_words(difference, words["differences"]) for difference in answer.again.compared.differences]
    return [tuple(visible(part) for part in parts) for parts in found]


def _in_words(difference: Difference, words: Mapping[str, Any]) -> tuple[str, str, str, str]:
    kind, place = difference.kind, difference.place
    if kind == "together":
        return words["tables"].format(n=place), words["together"], difference.archived, difference.again
    sides = {"absent": ("", words["not_there"]), "new": (words["not_there"], "")}
    where = words[kind].format(place=place or words["begin"], column=difference.column)
    return (difference.file, where, *sides.get(kind, (difference.archived, difference.again)))


def _sentence(finding: bag.Finding, words: Mapping[str, Any]) -> str:
    return words["findings"][finding.what].format(file=visible(finding.file) or words["zip"])


def _lines(answer: Answer, words: Mapping[str, Any]) -> list[str]:
    """What was looked at, and how many of it is wrong."""
    checked, again = answer.checked, answer.again
    size = sum(map(len, checked.files.values()))
    lines = [
        words["files"].format(
            files=formats.number(len(checked.files)),
            bytes=formats.number(size),
            wrong=formats.number(len(checked.findings)),
        ),
        words["identifier"].format(identifier=checked.identifier or words["none"]),
    ]
    if again is None:
        return [*lines, words["not_run" if answer.asked else "not_asked"]]
    if again.sealed:
        lines.append(words["sealed"])
    if again.compared is None:
        return [*lines, words["failed" if again.failure else "raw_missing"]]
    compared = again.compared
    lines.append(
        words["compared"].format(
            files=formats.number(compared.files),
            values=formats.number(compared.values),
            different=formats.number(len(compared.differences)),
        )
    )
    if compared.last_digits:
        lines.append(words["last_digits"].format(n=formats.number(compared.last_digits)))
    if again.versions:
        lines.append(
            words["versions"].format(
                names=", ".join(f"{visible(name)} ({visible(a)} → {visible(b)})" for name, a, b in again.versions)
            )
        )
    return lines
