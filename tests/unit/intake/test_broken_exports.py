"""Whatever is wrong with an export, the gate says so: once, in words that tell what to do, and without an id."""

import re

import pytest
from given.broken.corpus import BROKEN, HARMLESS, PARTS
from given.broken.exports import ROWS, Exports
from given.good_exports import SHORT, Gate, Verdict, make_exports, write_export

LONGEST = 1000  # letters of a message


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
    BROKEN,
)
def test_what_is_broken_is_seen_and_nothing_else_is_said(name, exports, gate):
    case = BROKEN[name]
    case.change(exports)
    verdict = gate(exports.finish())
    assert differences(verdict, case) == []
    said = verdict.problems + verdict.warnings
    assert not [text for text in said if "DEMO-" in text]
    assert max(map(len, said), default=0) < LONGEST


@pytest.mark.parametrize("name", HARMLESS)
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


def test_the_corpus_is_large_and_stands_on_a_cohort_that_is_not_too_small(good):
    assert len(BROKEN) == sum(len(part.CASES.seen) for part in PARTS) >= 200
    assert len(HARMLESS) == sum(len(part.CASES.passed) for part in PARTS) >= 30
    assert {export: len(frame) for export, frame in good.items()} == ROWS
