"""The columns of a data file: what each holds, and how SPSS knows it. No pandas: every run asks for the files."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from effectstudie.definitions.outcomes import Outcome
from effectstudie.shared.formats import capital
from effectstudie.shared.words import Words

# Kind of unit → the name of its file, and in this order.
FILES = {"household": "huishoudens", "adult": "volwassenen", "child": "kinderen", "youth": "jeugd"}
# Group of a household → its code; `none`: of the approach, and not compared with anybody.
GROUP_CODES = {"approach": 1, "control": 2, "rest": 3, "none": 4}
# Whether somebody took part: in the tables it stands among the outcomes, with the value 1.
PARTICIPATION = "participation"
# The most bytes of a name, of a label and of the label of a value that SPSS takes.
_NAME, _LABEL, _VALUE_LABEL = 64, 250, 120
# The longest end of a name that is kept where the name is cut.
_ENDING = 20


@dataclass(frozen=True)
class Variable:
    """A column. `key`: where its values come from, as table.columns_of_unit has them; `of`: its id in the results."""

    key: tuple[str, ...]
    name: str
    label: str
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"
    values: Mapping[int, str] = field(default_factory=dict)
    of: str = ""

    @property
    def is_text(self) -> bool:
        return self.key[0] == "id"


@dataclass(frozen=True)
class Layout:
    """What the columns of a study follow from.

    `unit`: of a row; `waves`: all, in order of time; `covariates`: name → label, of the study; `filled`: the names of
    those that the matching used, in its table; `groups`: what the study calls each of GROUP_CODES.
    """

    unit: str
    waves: Sequence[str]
    outcomes: Mapping[str, Outcome]
    covariates: Mapping[str, str]
    filled: Sequence[str]
    groups: Mapping[str, str]


def groups_of(study: Mapping, words: Words) -> dict[str, str]:
    """What a study calls each of GROUP_CODES, in their order."""
    approach = study["approach"]["label"]
    labels = (approach, study["control_label"], study["rest_label"], words["not_compared"].format(approach=approach))
    return dict(zip(GROUP_CODES, labels, strict=True))


def variables_of(layout: Layout, words: Words) -> list[Variable]:
    """The columns of a file, in order. `words`: resources/pages/own_analysis/texts.nl.yaml."""
    taken: set[str] = set()
    return [_named(variable, taken) for variable in _all(layout, words)]


def _all(layout: Layout, words: Words) -> Iterator[Variable]:
    names, labels, yes_no = words["names"], words["labels"], dict(enumerate(words["yes_no"]))
    groups = {code: layout.groups[name] for name, code in GROUP_CODES.items()}
    yield Variable(("id", "household"), names["household"], labels["household"], of="household")
    if layout.unit != "household":
        yield Variable(("id", "unit_id"), names[layout.unit], labels[layout.unit], of="unit_id")
    yield Variable(("of_household", "group"), names["group"], labels["group"], values=groups, of="group")
    yield Variable(("of_household", "matched"), names["matched"], labels["matched"], values=yes_no)
    yield Variable(("of_household", "subclass"), names["subclass"], labels["subclass"], of="subclass")
    for name in ("weight", "propensity_score"):
        yield Variable(("of_household", name), names[name], labels[name], "scale", of=name)
    for key, ending in _measurements(layout, words):
        name, label = f"{names[PARTICIPATION]}_{ending}", f"{labels[PARTICIPATION]}; {ending}"
        yield Variable(("value", PARTICIPATION, key), name, label, values=yes_no, of=PARTICIPATION)
    later = {number: wave for number, wave in enumerate(layout.waves) if number}
    yield Variable(("measured_at",), names["measured_at"], labels["measured_at"], "ordinal", later, "measured_at")
    for id, outcome in layout.outcomes.items():
        if outcome.unit == layout.unit:
            yield from _of_outcome(id, outcome, layout, words)
    for name, label in layout.covariates.items():
        yield Variable(("covariate", name), f"k_{name}", labels["covariate"].format(label=label), "scale", of=name)
    for name in layout.filled:
        yield Variable(("filled", name), f"m_{name}", _of_filled(name, layout.covariates, labels), "scale", of=name)


def _measurements(layout: Layout, words: Words) -> Iterator[tuple[str, str]]:
    """Of what is measured more than once: key of each measurement, and how names of columns end."""
    first, *later = layout.waves
    yield "T0", first
    yield "follow_up", words["follow_up"]
    yield from zip(later, later, strict=True)


def _of_outcome(id: str, outcome: Outcome, layout: Layout, words: Words) -> Iterator[Variable]:
    of_one = {"T0": layout.waves[0], "follow_up": words["follow_up"]}
    measurements = [(outcome.measured, of_one[outcome.measured])] if outcome.measured else _measurements(layout, words)
    label = capital(f"{outcome.label}; {outcome.measure}" if outcome.kind == "mean" else outcome.label)
    (no, yes), measure, values = words["yes_no"], "scale", {}
    if outcome.kind == "percentage":
        values = {0: no, 100: yes}
    elif outcome.kind == "class":
        # a class that may be better or worse has an order
        measure = "ordinal" if outcome.better else "nominal"
        values = {code: one.label for code, one in outcome.classes.items()}
    for key, ending in measurements:
        yield Variable(("value", id, key), f"{id}_{ending}", f"{label}; {ending}", measure, values, id)
    if not outcome.measured and outcome.section != "appendix":  # scales of the appendix are not tested
        name, told = f"{id}_{words['counted']}", words["labels"]["counted"].format(label=outcome.label)
        yield Variable(("counted", id), name, told, values={0: no, 1: yes}, of=id)


def _of_filled(name: str, covariates: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """The label of a column of the matching: a covariate with its gaps filled, or whether there was a gap."""
    if name in covariates:
        return labels["filled"].format(label=covariates[name])
    of = name.removesuffix("_missing")
    return labels["gap"].format(label=covariates.get(of, of))


def _named(variable: Variable, taken: set[str]) -> Variable:
    """With a name that SPSS takes and no other has, whatever its capitals, and labels that are no longer than it takes.

    What tells the measurement stands at the end of a name, so a long one is cut before that.
    """
    plain = re.sub(r"[^A-Za-z0-9_]", "_", variable.name)
    stem, _, ending = plain.rpartition("_")
    parts = (stem, f"_{ending}") if stem and len(ending) <= _ENDING else (plain, "")
    name = next(name for name in _candidates(*parts) if name.lower() not in taken)
    taken.add(name.lower())
    values = {code: cut(label, _VALUE_LABEL) for code, label in variable.values.items()}
    return Variable(variable.key, name, cut(variable.label, _LABEL), variable.measure, values, variable.of)


def _candidates(stem: str, ending: str) -> Iterable[str]:
    number, mark = 1, ""
    while True:
        yield stem[: _NAME - len(mark) - len(ending)] + mark + ending
        number += 1
        mark = f"_{number}"


def cut(text: str, most: int) -> str:
    """The text, or as much of it as this many bytes hold."""
    return text.encode()[:most].decode(errors="ignore")
