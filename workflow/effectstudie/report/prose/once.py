"""Sentences on outcomes that were asked at one measurement only, such as what participants say of the help."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.report.prose.facts import DIFFERENCE_TESTS, first_verdict
from effectstudie.report.prose.outcome import object_of
from effectstudie.report.values import cell_text, find
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def sentences_once(
    outcome: str, definition: Mapping, values: pd.DataFrame, tests: pd.DataFrame, labels: Mapping, texts: Mapping
) -> list[str]:
    """What the groups say, and whether they differ. `values`, `tests`: treated; `labels`: render.study_labels."""
    words, phrases, wave = texts["once"], labels["phrases"], definition["measured"]
    own = values[(values["outcome"] == outcome) & (values["wave"] == wave)]
    said = {
        "object": object_of(definition),
        "wave": labels["waves"][wave],
        "units": labels["units"][definition["unit"]],
    }
    shown = {group: text for group in COMPARED if (text := _shown(own, definition, group))}
    if not shown:
        return [words["none"].format(**said)]
    kind = "classes" if definition["kind"] == "class" else "mean"
    items = [words[f"{kind}_item"].format(group=phrases[group], value=text) for group, text in shown.items()]
    sentences = [formats.capital(words[kind].format(items=f"{words['between'][kind]} ".join(items), **said))]
    if len(shown) < len(COMPARED):
        (hidden,) = set(COMPARED) - set(shown)
        return [*sentences, words["hidden"].format(group=phrases[hidden])]
    return [*sentences, _difference(outcome, definition, tests, words)]


def _shown(own: pd.DataFrame, definition: Mapping, group: str) -> str:
    """The printed mean, or the shown classes with their percentages; empty where anything is blanked."""
    if definition["kind"] != "class":
        row = find(own, group=group)
        hidden = row is None or pd.isna(row["value"])
        return "" if hidden else cell_text(row, definition["decimals"], definition["kind"] == "percentage")
    rows = own[own["group"] == group]
    if rows.empty or rows["value"].isna().any():
        return ""
    shares = [f"{cell_text(row, definition['decimals'], True)} {row['label']}" for row in rows.to_dict("records")]
    return formats.joined(shares)


def _difference(outcome: str, definition: Mapping, tests: pd.DataFrame, words: Mapping) -> str:
    analyses = ("t_test",) if definition["kind"] == "mean" else DIFFERENCE_TESTS
    found = first_verdict(tests[tests["outcome"] == outcome], "group", analyses, wave=definition["measured"])
    return words[found.state].format(p=found.p)
