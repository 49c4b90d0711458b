"""Counts of people, what is published of them as equations over whole numbers, and which of them may not be known."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

# What is not more than rounding of a sum.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Fact:
    """`low` <= sum of weight x count <= `high`. `key`: the published number that tells it; empty: known without one."""

    terms: Mapping[str, float]
    low: float
    high: float
    key: str = ""

    def holds(self, counts: Mapping[str, int]) -> bool:
        total = sum(weight * counts[name] for name, weight in self.terms.items())
        return self.low - TOLERANCE <= total <= self.high + TOLERANCE


@dataclass
class System:
    """Counts from 0 to `most`, all whole. `truth`: as they are; `hidden`: those that may not be known, each with what
    the person who releases reads of it; `keys`: published numbers, with how much a reader would miss them.
    """

    truth: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, truth: int, most: int) -> str:
        """A count, known by its name in facts."""
        self.truth[name], self.most[name] = int(truth), int(most)
        return name

    def tell(self, terms: Mapping[str, float], low: float, high: float, key: str = "", worth: int = 0) -> None:
        """A fact; one with a key can be taken back. EffectstudieError where it is not true: then a page is wrong."""
        fact = Fact(dict(terms), low, high, key)
        if not fact.holds(self.truth):
            said = " + ".join(f"{weight:g} x {name}" for name, weight in terms.items())
            raise EffectstudieError(
                say(
                    "{what}: {said} is not from {low:g} to {high:g}. Please report it.",
                    what=key or say("what is known"),
                    said=said,
                    low=low,
                    high=high,
                )
            )
        self.facts.append(fact)
        if key:
            self.keys[key] = max(worth, self.keys.get(key, 0))

    def tell_if_true(self, terms: Mapping[str, float], low: float, high: float) -> None:
        """What a reader takes for a fact, where it is one."""
        fact = Fact(dict(terms), low, high)
        if fact.holds(self.truth):
            self.facts.append(fact)

    def same(self, terms: Mapping[str, float], total: float = 0, key: str = "", worth: int = 0) -> None:
        """A sum that is known."""
        self.tell(terms, total, total, key, worth)

    def without(self, keys: Collection[str]) -> "System":
        """The system of a reader who is not told these numbers."""
        facts = [fact for fact in self.facts if fact.key not in keys]
        return System(self.truth, self.most, facts, self.hidden, self.keys)

    def components(self) -> Iterable["System"]:
        """Counts that facts tie together, each with its facts; those with something hidden only."""
        parent = {name: name for name in self.truth}

        def root(name: str) -> str:
            while parent[name] != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        for fact in self.facts:
            first, *others = fact.terms
            for other in others:
                parent[root(other)] = root(first)
        counts: dict[str, list[str]] = defaultdict(list)
        for name in self.truth:
            counts[root(name)].append(name)
        facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            facts[root(next(iter(fact.terms)))].append(fact)
        hidden: dict[str, dict[str, str]] = defaultdict(dict)
        for name, said in self.hidden.items():
            hidden[root(name)][name] = said
        for tied, names in counts.items():
            if tied in hidden:
                truth, most = ({name: known[name] for name in names} for known in (self.truth, self.most))
                yield System(truth, most, facts[tied], hidden[tied], self.keys)

    def add(self, other: "System", prefix: str = "") -> None:
        """The counts and facts of another system beside these. With a prefix they are of something published before or
        elsewhere: they are known, cannot be taken back, and are not protected here.
        """

        def named(name: str) -> str:
            return prefix + name

        self.truth |= {named(name): count for name, count in other.truth.items()}
        self.most |= {named(name): count for name, count in other.most.items()}
        for fact in other.facts:
            terms = {named(name): weight for name, weight in fact.terms.items()}
            self.facts.append(Fact(terms, fact.low, fact.high, "" if prefix else fact.key))
        if not prefix:
            self.hidden |= other.hidden
            self.keys |= other.keys
