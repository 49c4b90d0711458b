"""Whatever is wrong with an export, the gate says so: once, in words that tell what to do, and without an id."""

import re

import pytest
from broken_exports import BROKEN, HARMLESS, ROWS, Exports
from good_exports import SHORT, Gate, Verdict, make_exports, write_export

# Not seen yet, or not said so that one can act on it. Each passes as soon as it is mended: the lists must become empty.
UNSEEN = {
    "a thousand that reads as one",
    "no date of measurement",
    "ninety-nine for the age of a child",
    "NULL for no approach",
    "a person without any answer",
    "a question that nobody answered",
    "a question with one answer from everybody",
    "columns of a questionnaire moved up by one",
    "own and partner's behaviour exchanged in a wave",
    "a youth whom no adult reports on",
    "a person's answers of the wave before",
    "a copy with other dates and ages",
    "a wave that the configuration does not know",
    "an answer declared missing",
    "a label of a missing code on an answer",
    "a second sheet with rows",
    "a formula that failed",
    "names under another name",
    "addresses of computers",
    "where a computer stood",
    "a correction that changes nothing",
}
# said, but buried: in other words than those that help, or among many that follow from it
UNHELPFUL = {
    "a wave that is a copy of the one before",
    "a copy with its rows in another order",
    "names in capitals",
    "names with the wave behind them",
    "another questionnaire under this name",
    "a workbook under the name of a .csv",
    "a web page under the name of a .csv",
    "NUL bytes",
    "a delimiter that is none",
    "two files behind each other",
    "three header lines, as Qualtrics has them",
    "a title above the header",
    "Excel's line that names the delimiter",
    "labels for codes in the whole file",
    "names of SPSS in capitals",
    "another questionnaire under this name in SPSS",
    "a sheet of explanation before the rows",
    "merged cells above the header",
}
TRACEBACKS = {
    "a folder under the name of an export",
    "a date of SPSS beyond the calendar",
}
SHOWS_AN_ID = {"a row moved by a cell"}
SAID_WRONGLY = {
    "one day of measurement whose digits pass the test of service numbers",
    "labels of SPSS with their code before them",
}
LONGEST = 1000  # letters of a message
to_mend = pytest.mark.xfail(strict=True)


@pytest.fixture(scope="module")
def good():
    return make_exports(SHORT)


@pytest.fixture(scope="module")
def good_folder(good, tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    for export, frame in good.items():
        write_export(frame, folder / f"{export}.csv", SHORT)
    return folder


@pytest.fixture(scope="module")
def gate():
    return Gate(SHORT)


@pytest.fixture
def exports(tmp_path, good, good_folder):
    return Exports(tmp_path, good, good_folder)


def says(message: str, pattern: str) -> bool:
    """Whether the parts of a pattern stand in a message in their order."""
    parts = (re.escape(part.strip()) for part in pattern.split("…"))
    return re.search(".*".join(parts), message, re.IGNORECASE | re.DOTALL) is not None


def unlike(messages: list[str], patterns) -> list[str]:
    """What is wrong with the messages: a pattern that they do not have so often, a message that no pattern has."""
    counted = [pattern if isinstance(pattern, tuple) else (1, pattern) for pattern in patterns]
    found = [
        f"{sum(says(message, pattern) for message in messages)} times for {times}: {pattern}"
        for times, pattern in counted
        if sum(says(message, pattern) for message in messages) != times
    ]
    strange = [message for message in messages if not any(says(message, pattern) for _, pattern in counted)]
    return found + [f"besides: {message}" for message in strange[:10]]


def differences(verdict: Verdict, case) -> list[str]:
    return (
        unlike(verdict.problems, case.problems)
        + unlike(verdict.warnings, case.warnings)
        + unlike(verdict.unmapped, case.unmapped)
    )


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=to_mend if name in UNSEEN | UNHELPFUL | TRACEBACKS | SHOWS_AN_ID else ())
        for name in BROKEN
    ],
)
def test_what_is_broken_is_seen_and_nothing_else_is_said(name, exports, gate):
    case = BROKEN[name]
    case.change(exports)
    verdict = gate(exports.finish())
    assert differences(verdict, case) == []
    said = verdict.problems + verdict.warnings
    assert not [text for text in said if "DEMO-" in text]
    assert max(map(len, said), default=0) < LONGEST


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=to_mend if name in SAID_WRONGLY else ()) for name in HARMLESS]
)
def test_what_is_not_broken_passes_without_a_word(name, exports, gate):
    HARMLESS[name].change(exports)
    assert gate(exports.finish()) == Verdict()


@pytest.mark.parametrize(
    "suffixes", [(".sav",) * 4, (".xlsx",) * 4, (".xlsx", ".csv", ".sav", ".xlsx")], ids=["SPSS", "Excel", "mixed"]
)
def test_good_exports_of_every_format_pass_without_a_word(suffixes, good, gate, tmp_path):
    of_wave = dict(zip(("hu", "T0", "T1", "T2"), suffixes, strict=True))
    for export, frame in good.items():
        write_export(frame, tmp_path / f"{export}{of_wave[export[:2]]}", SHORT)
    assert gate(tmp_path) == Verdict()


def test_the_corpus_is_large_and_its_lists_of_what_is_to_mend_have_no_strangers(good):
    assert len(BROKEN) >= 120
    assert set(BROKEN) >= UNSEEN | UNHELPFUL | TRACEBACKS | SHOWS_AN_ID
    assert set(HARMLESS) >= SAID_WRONGLY
    assert {export: len(frame) for export, frame in good.items()} == ROWS
