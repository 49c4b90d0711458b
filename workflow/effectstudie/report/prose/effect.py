"""Sentences on the estimated effect: what may be said, and what may not."""

from collections.abc import Collection, Mapping

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.wording import NAMED_AT_MOST, listed
from effectstudie.report.values import Named
from effectstudie.shared import formats

# In the order in which the text tells of them.
VERDICTS = (
    *("better", "worse", "no_relevant_difference", "not_relevantly_worse", "not_relevantly_better", "undecided"),
)


def verdict_text(row: Mapping, words: Mapping) -> str:
    """What the estimate of an outcome allows to say; a dash without a verdict."""
    verdict = row["verdict"]
    if not isinstance(verdict, str):
        return formats.ABSENT
    relevant = row["relevant"] if isinstance(row["relevant"], str) else ""
    return words["verdicts"][verdict] + (words["relevant"].get(relevant, "") if verdict in ("better", "worse") else "")


def effect_sentences(estimates: pd.DataFrame, objects: Named, phrases: Named, words: Mapping) -> list[str]:
    """Per verdict the outcomes that have it; first whether any is certain. `objects`: how a sentence names each."""
    if estimates.empty:
        return [words["none"]]
    total = len(estimates)
    told = words["one_estimated"] if total == 1 else words["estimated"].format(total=total)
    sentences = [told]
    if not estimates["verdict"].isin(["better", "worse"]).any():
        sentences.append(words["nothing_certain"].format(**phrases))
    for verdict in VERDICTS:
        found = [objects[name] for name in estimates.loc[estimates["verdict"] == verdict, "outcome"]]
        if found:
            sentences.append(words["sentences"][verdict].format(items=listed(found, words["listed"]), **phrases))
    return sentences


def margins_note(outcomes: Mapping[str, Outcome], names: Named, shown: Collection[str], words: Mapping) -> str:
    """Who set the margins, and for which outcomes; empty without any.

    What sources have before a first colon is said once for all that begin so.
    """
    of_source: dict[str, list[str]] = {}
    for name in shown:
        if outcomes[name].margin is not None:
            of_source.setdefault(outcomes[name].margin_source, []).append(names[name].lower())
    by_start: dict[str, list[str]] = {}
    for source, of in of_source.items():
        who, colon, why = source.partition(": ")
        item = words["margin"].format(source=why if colon else source, items=formats.joined(of))
        by_start.setdefault(who if colon else "", []).append(item)
    return " ".join(
        words["margins_by" if who else "margins"].format(who=who, items="; ".join(items))
        for who, items in by_start.items()
    )


def bracket_sentence(estimates: pd.DataFrame, objects: Named, words: Mapping) -> str:
    """Of which outcomes the direction depends on what is assumed of T0; empty where none is known."""
    known = estimates[estimates["bracket"].isin(["same", "opposite"])]
    if known.empty:
        return ""
    items = [objects[name] for name in known.loc[known["bracket"] == "opposite", "outcome"]]
    pattern = words["bracket"]["opposite" if items else "same"]
    # how many they are stands before it
    named = f" ({formats.joined(items)})" if 0 < len(items) <= NAMED_AT_MOST else ""
    return pattern.format(total=len(known), count=len(items), named=named)
