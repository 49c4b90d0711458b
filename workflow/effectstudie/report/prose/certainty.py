"""Sentences on how certain the outcomes are."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.shown import Conclusion
from effectstudie.report.values import Named
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA


def verdict_text(against: Sequence[str], words: Mapping) -> str:
    """`houdt stand`, or which analyses say otherwise."""
    if not against:
        return words["verdicts"]["holds"]
    return words["verdicts"]["differs"].format(items=formats.joined([words["analyses"][name] for name in against]))


def conclusion_sentences(conclusions: Mapping[str, Conclusion], objects: Named, words: Mapping) -> list[str]:
    """How many conclusions hold, and which do not. `objects`: outcome → how a sentence names it."""
    if not conclusions:
        return [words["none_judged"]]
    other = [text for outcome, text in objects.items() if outcome in conclusions and conclusions[outcome].against]
    if not other:
        return [words["all_hold"].format(total=len(conclusions))]
    kind = "one_differs" if len(other) == 1 else "some_differ"
    return [words[kind].format(total=len(conclusions), count=len(other), items=formats.joined(other))]


def risk_sentence(risk: pd.DataFrame, objects: Named, words: Mapping) -> str:
    """Whether the groups differ in what risk at the start does. `risk`: `Shown.risk`."""
    if risk.empty:
        return words["risk_none"]
    different = risk.loc[risk["p_both"] < ALPHA, "outcome"].unique()
    items = formats.joined([objects[outcome] for outcome in different])
    return words["risk_different"].format(items=items) if items else words["risk_same"]


def loss_sentence(at_start: pd.DataFrame, objects: Named, words: Mapping) -> str:
    """Whether those who were lost differed at T0 from those who stayed. `at_start`: `Shown.at_start`."""
    if at_start.empty:
        return words["lost_none"]
    different = set(at_start.loc[at_start["p"] < ALPHA, "outcome"])
    items = formats.joined([text for outcome, text in objects.items() if outcome in different])
    return words["lost_different" if items else "lost_same"].format(count=len(at_start), items=items)
