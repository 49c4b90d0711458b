"""Outcomes: what config/outcomes.yaml says of each, which a study names, and which are compared over time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from effectstudie.shared.vocabulary import WAVES


@dataclass(frozen=True)
class OutcomeClass:
    """A class of an outcome: its id in result tables, and what the report calls it."""

    id: str
    label: str


@dataclass(frozen=True)
class Merge:
    """Classes, by their codes, that are shown as one where a cell is too small."""

    codes: tuple[int, ...]
    id: str
    label: str


@dataclass(frozen=True)
class Norm:
    """What means are tested against, in the unit of the outcome; where it is from, and what sentences call it.

    `sd`: of the same population, where it is known; then people can be told to have recovered.
    """

    value: float
    label: str
    source: str = ""
    sd: float | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome, as config/outcomes.yaml defines it and explains each key; `id` is its key there.

    `margin`: the smallest difference that matters, in its unit, and where that is from. Of the definitions behind it
    are `parts`: variables whose sum it is; `shared_questions` and `largest_answer`: see lineage; `of_youth`: only
    children who fill in a form themselves have it; `persons`: the variable of persons that it is the sum of, or says
    whether anybody in a household has; `covariates`: of the matching that are made from the same scores; `scores`:
    those that it is made from.

    A rule passes only the keys that it depends on: a field that has no default and was not passed is not there, and
    to ask for it is an AttributeError.
    """

    id: str
    variable: str
    unit: str
    kind: Literal["mean", "percentage", "class"]
    section: str
    label: str
    measure: str
    decimals: int
    measured: str = ""
    about: str = ""
    article: str = ""
    plural: bool = False
    better: Literal["", "lower", "higher"] = ""
    counts: bool = False
    margin: float | None = None
    margin_source: str = ""
    axis: tuple[float, float] | None = None
    family: str = ""
    norm: Norm | None = None
    classes: Mapping[int, OutcomeClass] | None = None
    merge: tuple[Merge, ...] = ()
    parts: tuple[str, ...] = ()
    shared_questions: tuple[tuple[str, ...], ...] = ()
    largest_answer: float = 0
    of_youth: bool = False
    persons: str = ""
    covariates: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()

    @classmethod
    def of(cls, id: str, plain: Mapping[str, Any]) -> "Outcome":
        """The outcome of an entry of config/outcomes.yaml, or of some of its keys."""
        if unknown := plain.keys() - {field.name for field in fields(cls)}:
            raise TypeError(f"outcome {id}: no such keys: {', '.join(sorted(unknown))}")
        given = {"id": id, **plain}
        if "axis" in given:
            given["axis"] = tuple(given["axis"])
        if "norm" in given:
            given["norm"] = Norm(**given["norm"])
        if "classes" in given:
            given["classes"] = {code: OutcomeClass(**entry) for code, entry in given["classes"].items()}
        if "merge" in given:
            given["merge"] = tuple(Merge(**{**entry, "codes": tuple(entry["codes"])}) for entry in given["merge"])
        given |= {name: tuple(given[name]) for name in ("parts", "covariates", "scores") if name in given}
        if "shared_questions" in given:
            given["shared_questions"] = tuple(map(tuple, given["shared_questions"]))
        outcome = cls.__new__(cls)
        vars(outcome).update(given)
        return outcome

    @property
    def waves(self) -> tuple[str, ...]:
        """The measurements that it has values at, in order."""
        return (self.measured,) if self.measured else WAVES

    @property
    def codes(self) -> list[float]:
        """The values that a percentage or a class may have."""
        return [float(code) for code in self.classes or (0, 100)]

    @property
    def over_time(self) -> bool:
        """Whether it is compared over time: a mean or percentage at both measurements."""
        return self.kind != "class" and not self.measured

    @property
    def object(self) -> str:
        """How a sentence names it: `het partnergeweld`."""
        return f"{self.article} {self.label}".strip()


def outcomes_from(plain: Mapping[str, Mapping[str, Any]]) -> dict[str, Outcome]:
    """Outcomes by id, in order, from entries of config/outcomes.yaml, or the keys of them that a rule passes."""
    return {id: Outcome.of(id, entry) for id, entry in plain.items()}


def compared_over_time(outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """The outcomes that are means or percentages at both measurements, in order."""
    return {id: outcome for id, outcome in outcomes.items() if outcome.over_time}


def named_outcomes(study: Mapping) -> list[str]:
    """The background, the problems at T0 and the outcomes of a study, each once."""
    return list(dict.fromkeys([*study["background"], *study.get("problems", []), *study["outcomes"]]))


def subscales(study: Mapping, instruments: Mapping[str, Mapping]) -> dict[str, dict]:
    """Definitions, as in config/outcomes.yaml, of every scale of the instruments that the study's appendix names."""
    scales = {}
    for stem in study.get("appendix", []):
        definition = instruments[stem]
        unit = next(unit for unit in definition["units"] if unit != "household")
        for scale, spec in definition["scales"].items():
            scales[f"{stem}__{scale}"] = {
                "variable": f"{stem}.{scale}",
                "unit": unit,
                "kind": "mean",
                "section": "appendix",
                "label": spec["label"],
                "measure": definition["label"],
                "decimals": 1,
            }
    return scales
