"""What the check of an archive found, on one Dutch page and in a few lines for the screen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from effectstudie.archive import bag, contents
from effectstudie.archive.rerun import Again
from effectstudie.archive.verify import Checked
from effectstudie.shared import formats
from effectstudie.shared.templates import environment
from effectstudie.shared.words import read_words

ON_SCREEN = 10


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


def write(answer: Answer, page: Path, pages: Path) -> None:
    """Write the page; `pages` is resources/pages.

    It keeps no output of a failed run, which may quote an answer; only its owner can read that of an internal archive.
    """
    words = _words(pages)
    template = environment(pages / "archive").get_template("controle.html.j2")
    html = template.render(
        answer=answer,
        lines=_lines(answer, words),
        sentences={finding: _sentence(finding, words) for finding in _all_findings(answer)},
        wrong={finding.file for finding in answer.checked.findings},
        files={path: (len(content), bag.sha256(content)) for path, content in sorted(answer.checked.files.items())},
        today=formats.long_date(date.today().isoformat()),
        style=Markup((pages / "style.css").read_text(encoding="utf-8")),
        words=words,
    )
    contents.write(page, html.encode(), private=any(path.endswith(".parquet") for path in answer.checked.files))


def summary(answer: Answer, pages: Path) -> str:
    """The same in a few lines, the first of them the verdict."""
    words = _words(pages)
    details = [_sentence(finding, words) for finding in _all_findings(answer)]
    if answer.again and answer.again.compared:
        details += [words["difference"].format(**one._asdict()) for one in answer.again.compared.differences]
    if answer.again and answer.again.failure:
        details.append(answer.again.failure)
    shown = [f"  {line}" for line in details[:ON_SCREEN]]
    if len(details) > ON_SCREEN:
        shown.append("  " + words["more"].format(n=len(details) - ON_SCREEN))
    return "\n".join([words["good" if answer.good else "bad"], *_lines(answer, words), *shown])


def _words(pages: Path) -> Mapping[str, Any]:
    return read_words(pages / "archive/texts.nl.yaml")["check"]


def _all_findings(answer: Answer) -> list[bag.Finding]:
    return [*answer.checked.findings, *(answer.again.raw if answer.again else [])]


def _sentence(finding: bag.Finding, words: Mapping[str, Any]) -> str:
    return words["findings"][finding.what].format(file=finding.file or words["zip"])


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
        lines.append(words["versions"].format(names=", ".join(f"{name} ({a} → {b})" for name, a, b in again.versions)))
    return lines
