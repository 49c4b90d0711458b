"""Parts of the report that are not about one outcome: who is compared, and how certain the outcomes are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import compared_over_time
from effectstudie.disclosure.balance import treat_overlap
from effectstudie.disclosure.certainty import visible
from effectstudie.report.contents import NUMBERS, Page
from effectstudie.report.figures.balance import overlap_figure
from effectstudie.report.figures.flow import flow_figure
from effectstudie.report.prose.certainty import conclusion_sentences, lost_at_start
from effectstudie.report.prose.outcome import object_of
from effectstudie.report.tables.certainty import conclusions, every_p, losses, risk_groups, strength, ways_to_match
from effectstudie.report.values import find, find_test, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED

RESULTS = ("sensitivity", "verdicts", "robustness", "moderation", "moderation_cells", "attrition", "variants")


@dataclass(frozen=True)
class Compared:
    """What tables call the outcomes that are compared over time, all of them and those whose test may be shown.

    `found`: the analyses of the latter (`visible`).
    """

    names: Mapping[str, str]
    shown: Mapping[str, str]
    found: pd.DataFrame


def overlap(page: Page, study: Mapping[str, Any], overlaps: Mapping[str, pd.DataFrame], minimum_group: int) -> None:
    """The figure of the propensity scores of every strategy."""
    strategies = study["matching"]["strategies"]
    panels = {spec["label"]: treat_overlap(overlaps[name], minimum_group) for name, spec in strategies.items()}
    words, items = page.texts["alt"], []
    for label, data in panels.items():
        parts = [
            words["overlap_part"].format(
                sample=page.labels["overlap"][row.sample].lower(), median=formats.number(row.p50, 1),
                low=formats.number(row.p25, 1), high=formats.number(row.p75, 1),
            )
            for row in data.itertuples()
        ]  # fmt: skip
        items.append(words["overlap_item"].format(strategy=label, parts="; ".join(parts)))
    page.figure(
        "overlap",
        overlap_figure(panels, page.labels),
        page.texts["captions"]["overlap"],
        words["overlap"].format(items=" ".join(items)),
        [page.texts["sources"]["overlap"]],
        pd.concat([data.assign(strategy=label) for label, data in panels.items()]),
    )


def flow(page: Page, study: Mapping[str, Any], selected: Mapping[str, str]) -> None:
    """The figure of households from the cohort to the follow-up. `selected`: of the strategy, as printed."""
    labels = {**page.labels, "flow": {name: text.format(wave=page.labels["waves"]["follow_up"])
                                      for name, text in page.labels["flow"].items()}}  # fmt: skip
    later = {
        group: size_text(find(page.values, outcome="participation", unit="household", group=group, wave="follow_up"))
        for group in COMPARED
    }
    columns = {
        "approach": [selected["n_approach_all"], selected["n_approach"], later["approach"]],
        "control": [selected["n_pool"], selected["n_controls"], later["control"]],
    }
    steps = list(labels["flow"].values())
    said = {
        group: ", ".join(f"{number} {step}" for number, step in zip(numbers, steps, strict=True))
        for group, numbers in columns.items()
    }
    page.figure(
        "flow",
        flow_figure(columns, labels),
        page.texts["captions"]["flow"],
        page.texts["alt"]["flow"].format(
            approach=page.labels["groups"]["approach"], control=page.labels["groups"]["control"],
            a=said["approach"], c=said["control"],
        ),
        [page.texts["sources"]["flow"].format(participants=NUMBERS["participants"])],
        pd.DataFrame({"step": steps, **columns}),
    )  # fmt: skip


def compared_outcomes(page: Page, study: Mapping[str, Any], sensitivity: pd.DataFrame, minimum_group: int) -> Compared:
    """What the report may say of how certain the outcomes of a study are."""
    followed = compared_over_time({name: page.outcomes[name] for name in study["outcomes"]})
    names = {name: formats.capital(page.title(name)) for name in followed}
    shown = {name: title for name, title in names.items()
             if find_test(page.tests, name, "interaction", analysis="mixed_anova")}  # fmt: skip
    return Compared(names, shown, visible(sensitivity, shown, minimum_group))


def certain(
    page: Page,
    compared: Compared,
    results: Mapping[str, pd.DataFrame],
    privacy: Mapping[str, int],
) -> dict[str, Any]:
    """The tables and the sentences of the chapter. `results`: the tables RESULTS."""
    words, sources, labels = page.texts["certainty"], page.texts["sources"], page.labels
    objects = {name: object_of(page.outcomes[name]) for name in compared.names}
    decimals = {name: page.outcomes[name]["decimals"] for name in compared.names}
    verdicts = results["verdicts"]
    frame = conclusions(compared.found, verdicts, compared.names, decimals, words)
    note = sources["conclusions"].format(ways_to_match=NUMBERS["ways_to_match"])
    page.table("conclusions", frame, [note])
    risk, different = risk_groups(
        results["moderation"], results["moderation_cells"], compared.shown, page.outcomes, labels["groups"], words,
        privacy,
    )  # fmt: skip
    if len(risk):
        page.table("risk_groups", risk, [sources["risk_groups"]])
    frame = losses(results["attrition"], labels["units"], labels["groups"], words, privacy["minimum_cell"])
    page.table("losses", frame, [sources["losses"]])
    return {
        "conclusions": conclusion_sentences(compared.found, verdicts, objects, words),
        "risk": [risk_sentence(len(risk), [objects[name] for name in different], words)],
        "losses": [loss_sentence(results["attrition"], compared.shown, objects, words, privacy["minimum_group"])],
    }


def appendix(page: Page, compared: Compared, results: Mapping[str, pd.DataFrame], minimum_cell: int) -> None:
    """Tables of the appendix: every p, the strength of the differences, other ways to match."""
    words, sources = page.texts["certainty"], page.texts["sources"]
    for name, part in words["p_tables"].items():
        frame = every_p(compared.found, compared.shown, part["analyses"], words)
        page.table(f"every_p__{name}", frame, [sources["every_p"]], what=part["title"])
    frame = strength(results["robustness"], compared.found, compared.shown, words)
    page.table("strength", frame, [sources["strength"]])
    frame = ways_to_match(results["variants"], words, minimum_cell, page.labels["covariates"])
    page.table("ways_to_match", frame, [sources["ways_to_match"]])


def risk_sentence(rows: int, different: Sequence[str], words: Mapping) -> str:
    if not rows:
        return words["risk_none"]
    return words["risk_different"].format(items=formats.joined(different)) if different else words["risk_same"]


def loss_sentence(
    attrition: pd.DataFrame, names: Mapping[str, str], objects: Mapping[str, str], words: Mapping, minimum_group: int
) -> str:
    count, apart = lost_at_start(attrition, names, minimum_group)
    if not count:
        return words["lost_none"]
    name = "lost_different" if apart else "lost_same"
    return words[name].format(count=count, items=formats.joined([objects[outcome] for outcome in apart]))
