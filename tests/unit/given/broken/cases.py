"""A case of the corpus: what is done to good exports, and what must be said of it.

A pattern is what a message must hold: parts in their order, with … between them, capitals or not; rows count from 1,
the first case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from given.broken.exports import Exports


@dataclass(frozen=True)
class Case:
    """What a mutation does, and the patterns of everything that must be said of it; (n, pattern) for n messages."""

    change: Callable[[Exports], None]
    problems: Sequence = ()
    warnings: Sequence = ()
    unmapped: Sequence = ()


class Cases:
    """The cases of one kind of fault: those that must be seen, and beside them those that break nothing."""

    def __init__(self) -> None:
        self.seen: dict[str, Case] = {}
        self.passed: dict[str, Case] = {}

    def broken(self, name: str, problems: Sequence = (), warnings: Sequence = (), unmapped: Sequence = ()):
        def register(change):
            assert name not in self.seen and (problems or warnings or unmapped)
            self.seen[name] = Case(change, problems, warnings, unmapped)
            return change

        return register

    def harmless(self, name: str):
        def register(change):
            assert name not in self.passed
            self.passed[name] = Case(change)
            return change

        return register
