"""Parts of the report that are not about one outcome: who is compared, and how certain the outcomes are."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import compared_over_time, outcomes_from
from effectstudie.disclosure.shown import Shown
from effectstudie.report.contents import NUMBERS, Page
from effectstudie.report.figures.balance import overlap_figure
from effectstudie.report.figures.flow import flow_figure
from effectstudie.report.prose.certainty import conclusion_sentences, loss_sentence, risk_sentence
from effectstudie.report.prose.outcome import object_of
from effectstudie.report.tables.certainty import conclusions, every_p, losses, risk_groups, strength, ways_to_match
from effectstudie.report.values import Named, find, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def overlap(page: Page, study: Mapping[str, Any], overlaps: Mapping[str, pd.DataFrame]) -> None:
    """The figure of the propensity scores of every strategy. `overlaps`: `Shown.overlaps`."""
    strategies = study["matching"]["strategies"]
    panels = {spec["label"]: overlaps[name] for name, spec in strategies.items()}
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


def compared_outcomes(page: Page, study: Mapping[str, Any]) -> dict[str, str]:
    """What tables call the outcomes that are compared over time."""
    followed = compared_over_time(outcomes_from({name: page.outcomes[name] for name in study["outcomes"]}))
    return {name: formats.capital(page.title(name)) for name in followed}


def certain(page: Page, shown: Shown, names: Named) -> dict[str, list[str]]:
    """The tables and the sentences of the chapter. `names`: compared_outcomes."""
    words, sources, labels = page.texts["certainty"], page.texts["sources"], page.labels
    objects = {name: object_of(page.outcomes[name]) for name in names}
    decimals = {name: page.outcomes[name]["decimals"] for name in names}
    frame = conclusions(shown.analyses, shown.conclusions, names, decimals, words)
    note = sources["conclusions"].format(ways_to_match=NUMBERS["ways_to_match"])
    page.table("conclusions", frame, [note])
    if len(shown.risk):
        frame = risk_groups(shown.risk, names, decimals, labels["groups"], words)
        page.table("risk_groups", frame, [sources["risk_groups"]])
    page.table("losses", losses(shown.losses, labels["units"], labels["groups"], words), [sources["losses"]])
    return {
        "conclusions": conclusion_sentences(shown.conclusions, objects, words),
        "risk": [risk_sentence(shown.risk, objects, words)],
        "losses": [loss_sentence(shown.at_start, objects, words)],
    }


def appendix(page: Page, shown: Shown, names: Named) -> None:
    """Tables of the appendix: every p, the strength of the differences, other ways to match."""
    words, sources = page.texts["certainty"], page.texts["sources"]
    tested = {name: names[name] for name in shown.compared}
    for name, part in words["p_tables"].items():
        frame = every_p(shown.analyses, tested, part["analyses"], words)
        page.table(f"every_p__{name}", frame, [sources["every_p"]], what=part["title"])
    page.table("strength", strength(shown.robustness, tested, words), [sources["strength"]])
    frame = ways_to_match(shown.variants, words, page.labels["covariates"])
    page.table("ways_to_match", frame, [sources["ways_to_match"]])
