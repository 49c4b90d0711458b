"""Sentences on outcomes that were asked at one measurement only, such as what participants say of the help."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.facts import DIFFERENCE_TESTS, first_verdict
from effectstudie.report.prose.outcome import Verdict
from effectstudie.report.values import cell_text, find
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def sentences_once(
    outcome: Outcome,
    values: pd.DataFrame,
    whole: pd.DataFrame,
    tests: pd.DataFrame,
    labels: Mapping,
    texts: Mapping,
) -> list[str]:
    """What the groups say, and whether they differ.

    `values`, `whole`, `tests`: of `Shown`, the second its `together`; `labels`: `study_labels`.
    """
    words, phrases = texts["once"], labels["phrases"]
    filled = {
        "object": outcome.object,
        "wave": labels["waves"][outcome.measured],
        "units": labels["units"][outcome.unit],
    }
    shown = {group: text for group in COMPARED if (text := said_of(values, whole, outcome, group, texts))}
    if not shown:
        return [words["none"].format(**filled)]
    kind = "classes" if outcome.kind == "class" else "mean"
    items = [words[f"{kind}_item"].format(group=phrases[group], value=text) for group, text in shown.items()]
    sentences = [formats.capital(words[kind].format(items=f"{words['between'][kind]} ".join(items), **filled))]
    if len(shown) < len(COMPARED):
        (hidden,) = set(COMPARED) - set(shown)
        return [*sentences, words["hidden"].format(group=phrases[hidden])]
    result = verdict_once(outcome, tests)
    return [*sentences, words[result.state].format(p=result.p)]


def said_of(values: pd.DataFrame, whole: pd.DataFrame, outcome: Outcome, group: str, texts: Mapping) -> str:
    """The printed mean of a group, or the classes that may be shown with their percentages or bounds; else empty.

    Where a class is hidden because few are in it, a bound says how many are in the others: that few are not satisfied
    is no reason to be silent of all who are. `whole`: `Shown.together`.
    """
    of_group = values[
        (values["outcome"] == outcome.id) & (values["wave"] == outcome.measured) & (values["group"] == group)
    ]
    if outcome.kind != "class":
        row = find(of_group)
        hidden = row is None or pd.isna(row["value"])
        return "" if hidden else cell_text(row, outcome.decimals, outcome.kind == "percentage")
    if together := together_said(whole, outcome.id, texts).get((group, outcome.measured)):
        return together
    shares = []
    for row in of_group.to_dict("records"):
        if pd.notna(row["value"]):
            shares.append(f"{cell_text(row, outcome.decimals, True)} {row['label']}")
        elif row["bound"] == "more":
            bound = texts["bounds"]["more"].format(number=formats.percent(row["bound_value"]))
            shares.append(f"{bound} {row['label']}")
    return formats.joined(shares) if shares else ""


def together_said(whole: pd.DataFrame, outcome: str, texts: Mapping) -> dict[tuple[str, str], str]:
    """Group and measurement → `meer dan 86% (zeer) tevreden`, where few are in another class. `whole`: as above."""
    return {
        (row.group, row.wave): texts["bounds"]["more"].format(number=formats.percent(row.bound_value)) + f" {row.label}"
        for row in whole[whole["outcome"] == outcome].itertuples()
    }


def verdict_once(outcome: Outcome, tests: pd.DataFrame) -> Verdict:
    """Whether the groups differ in an outcome of one measurement."""
    analyses = ("t_test",) if outcome.kind == "mean" else DIFFERENCE_TESTS
    return first_verdict(tests[tests["outcome"] == outcome.id], "group", analyses, wave=outcome.measured)
