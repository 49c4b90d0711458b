"""Sentences on how certain the outcomes are."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.prose import certainty
from effectstudie.report.values import Named
from effectstudie.shared import formats


def against(found: pd.DataFrame, verdicts: pd.DataFrame, outcome: str) -> list[str]:
    """The analyses that give another conclusion on an outcome, as far as they may be shown."""
    said = verdicts.loc[verdicts["outcome"] == outcome, "against"].dropna()
    seen = {*found.loc[found["outcome"] == outcome, "analysis"], "holm", "benjamini_hochberg"}
    return [name for text in said for name in text.split() if name in seen]


def verdict_text(names: Sequence[str], words: Mapping) -> str:
    """`houdt stand`, or which analyses say otherwise."""
    if not names:
        return words["verdicts"]["holds"]
    return words["verdicts"]["differs"].format(items=formats.joined([words["analyses"][name] for name in names]))


def conclusion_sentences(found: pd.DataFrame, verdicts: pd.DataFrame, objects: Named, words: Mapping) -> list[str]:
    """How many conclusions hold, and which do not. `objects`: outcome → how a sentence names it."""
    judged = [outcome for outcome in objects if outcome in set(found.loc[found["analysis"] == "main", "outcome"])]
    other = [outcome for outcome in judged if against(found, verdicts, outcome)]
    if not judged:
        return [words["none_judged"]]
    if not other:
        return [words["all_hold"].format(total=len(judged))]
    kind = "one_differs" if len(other) == 1 else "some_differ"
    return [words[kind].format(total=len(judged), count=len(other), items=formats.joined([objects[o] for o in other]))]


def lost_at_start(attrition: pd.DataFrame, names: Named, minimum_group: int) -> tuple[int, list[str]]:
    """Of how many comparisons at T0 of those who stayed and those who were lost enough is known, and the outcomes
    where they differ. A comparison is of one outcome within one group."""
    own = attrition[(attrition["analysis"] == "baseline") & attrition["outcome"].isin(names) & attrition["p"].notna()]
    enough = own[(own["n_stayed"] >= minimum_group) & (own["n_lost"] >= minimum_group)]
    apart = enough[enough["p"] < 0.05]
    return len(enough), [outcome for outcome in names if outcome in set(apart["outcome"])]


def risk_sentence(rows: int, different: Sequence[str], words: Mapping) -> str:
    if not rows:
        return words["risk_none"]
    return words["risk_different"].format(items=formats.joined(different)) if different else words["risk_same"]


def loss_sentence(
    attrition: pd.DataFrame, names: Mapping[str, str], objects: Mapping[str, str], words: Mapping, minimum_group: int
) -> str:
    count, apart = certainty.lost_at_start(attrition, names, minimum_group)
    if not count:
        return words["lost_none"]
    name = "lost_different" if apart else "lost_same"
    return words[name].format(count=count, items=formats.joined([objects[outcome] for outcome in apart]))
