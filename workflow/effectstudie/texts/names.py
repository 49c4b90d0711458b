"""What a text may name between double braces, as `{{ n.approach.household }}`: names of numbers and sentences of a run.

Which names there are follows from the configuration, so a wrong one is told before anything is counted; what stands in
their place is known when the report is made. They are looked up in a list and nothing more: these texts cannot run
anything.
"""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from effectstudie.shared.messages.sentences import joined, say
from effectstudie.shared.vocabulary import COMPARED, UNITS, WAVES

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
MARKED = re.compile(r"[\\`*_\[\]<>&#|~!]")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
PHRASES = ("approach", "control", "approach_label", "control_label", *WAVES)
# Figures and tables that are of no one outcome or theme.
FIGURES = ("forest", "flow", "love", "love_all", "overlap")
TABLES = (
    *("instruments_short", "participants", "background", "problems", "key", "risk_groups", "losses", "effect_sizes"),
    *("rating", "instruments", "means", "tests", "conclusions", "every_p__same", "every_p__other", "strength"),
    *("ways_to_match", "estimates", "bracket", "unmeasured", "reliable_change", "within_groups", "effect_by_risk"),
    *("balance", "subscales", "suppressed", "departures"),
)
CERTAIN = ("effect", "bracket", "headlines", "conclusions", "risk", "losses", "imbalance")
# Of the measurements of the cohort: how many, their names, when each was, and what the follow-up is.
WAVES_SAID = ("number", "names", "times", "meant")
SUMMARY = ("headline", "answer_1", "answer_2", "answer_3", "answer_4")


def known_names(
    study: Mapping[str, Any], outcomes: Mapping[str, Mapping[str, Any]], units: Collection[str] = UNITS
) -> set[str]:
    """Every name that a report of the study can have; what is too small to show has one too.

    `outcomes`: config/outcomes.yaml; `units`: whom the cohort has.
    """
    own = list(study["outcomes"])
    themes = {outcomes[name]["section"] for name in own if name in outcomes}
    return {
        *("title", "region"),
        *(f"waves.{name}" for name in WAVES_SAID),
        *(f"summary.{name}" for name in SUMMARY),
        *(f"label.{group}" for group in COMPARED),
        *(f"phrase.{name}" for name in PHRASES),
        *(f"ref.{name}" for name in (*FIGURES, *own, *themes)),
        *(f"ref.table.{name}" for name in TABLES),
        *(f"certain.{name}" for name in CERTAIN),
        *(f"sentences.{name}" for name in own),
        *(f"n.{group}.{unit}{end}" for group in COMPARED for unit in units for end in ("", "_follow_up")),
        *(f"value.{name}.{group}.{wave}" for name in own for group in COMPARED for wave in WAVES),
    }


def name_problems(text: str, path: str, known: Collection[str]) -> list[str]:
    """A sentence for each placeholder that names nothing, and for braces that belong to none."""
    problems = []
    for place, line in enumerate(text.split("\n"), 1):
        problems += [
            say("{path}, line {line}: {unknown}", path=path, line=place, unknown=_unknown(name, known))
            for name in _names(line)
            if name not in known
        ]
        if stray := BRACES.search(PLACEHOLDER.sub("", line)):
            problems.append(
                say(
                    "{path}, line {line}: {braces} does not belong to a placeholder; write a name between {{{{ and "
                    "}}}} on one line, and nothing else between braces.",
                    path=path,
                    line=place,
                    braces=stray.group(),
                )
            )
    return problems


def filled(text: str, path: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with what its names stand for, and a sentence for each that this run has no value for."""
    problems = [
        say(
            "{path}, line {line}: placeholder {{{{ {name} }}}} {withheld}; leave it out.",
            path=path,
            line=place,
            name=name,
            withheld=_withheld(name),
        )
        for place, line in enumerate(text.split("\n"), 1)
        for name in _names(line)
        if name not in values
    ]
    return PLACEHOLDER.sub(lambda match: _as_it_is(values.get(match.group(1).strip(), "")), text), problems


def _as_it_is(value: str) -> str:
    """A value as Markdown that prints it: a label may hold what Markdown takes for a list, a picture or emphasis."""
    escaped = MARKED.sub(r"\\\g<0>", re.sub(r"[\r\n]+", " ", value))
    return re.sub(r"^(\d*)([.)+=:-])", r"\1\\\2", escaped)


def _names(line: str) -> list[str]:
    return [name.strip() for name in PLACEHOLDER.findall(line)]


def _withheld(name: str) -> str:
    if name.partition(".")[0] in ("value", "sentences"):
        return say("may not be shown here, as its groups are too small")
    return say("is of a part that this report does not have")


def _unknown(name: str, known: Collection[str]) -> str:
    return say(
        "placeholder {{{{ {name} }}}} names nothing of this study{meant}. Names begin with {kinds}; docs/teksten.md "
        "explains them.",
        name=name,
        meant=meant(name, known),
        kinds=sorted({f"{stem}." if dot else stem for stem, dot, _ in (key.partition(".") for key in known)}),
    )


def meant(name: str, known: Collection[str]) -> str:
    """A guess at what a name that is not known was to be."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    return say(" (did you mean {near}?)", near=joined(say(" or "), near)) if near else ""
