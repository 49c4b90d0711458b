"""The chapter parts on outcomes: of each its sentences, and the figure that it may share with others of its family."""

from collections.abc import Sequence

import pandas as pd

from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.figures import descriptions
from effectstudie.report.figures.outcomes import once_figure, outcome_figure, stacked_figure
from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.facts import class_facts, outcome_facts
from effectstudie.report.prose.means import outcome_sentences
from effectstudie.report.prose.once import sentences_once
from effectstudie.report.table import Figure
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def add_sections(contents: Contents, outcome_ids: Sequence[str]) -> list[dict]:
    """Chapter parts in the order of the outcomes; outcomes of one family share a figure."""
    parts: dict[str, dict] = {}
    for name in outcome_ids:
        section, family = (contents.outcomes[name].get(key) for key in ("section", "family"))
        title = contents.labels["sections"][section]
        part = parts.setdefault(section, {"id": section, "title": title, "blocks": []})
        if family and any(block["figure"] == family for block in part["blocks"]):
            continue
        members = [o for o in outcome_ids if family and contents.outcomes[o].get("family") == family] or [name]
        part["blocks"].append(_block(contents, family or name, members))
    return list(parts.values())


def _block(contents: Contents, name: str, members: Sequence[str]) -> dict:
    first = members[0]
    definition = contents.outcomes[first]
    if definition["kind"] == "class":
        title, figure = definition["label"], _class_figure(contents, first)
    elif "measured" in definition:
        title = contents.title(first)
        figure = _once_figure(contents, first, title)
    else:
        title = contents.labels["families"][name] if len(members) > 1 else contents.title(name)
        figure = _means_figure(contents, title, members)
    contents.figure(name, figure)
    items = [{"outcome": member, "sentences": _sentences(contents, member)} for member in members]
    return {"figure": name, "title": formats.capital(title), "items": items}


def _sentences(contents: Contents, name: str) -> list[str]:
    definition, labels, texts = contents.outcomes[name], contents.labels, contents.texts
    values, tests, place = contents.shown.values, contents.shown.tests, len(contents.sentences)
    if "measured" in definition:
        sentences = sentences_once(name, definition, values, tests, labels, texts)
    elif definition["kind"] == "class":
        facts = class_facts(name, definition, values, tests, labels["units"], place)
        sentences = class_sentences(facts, texts, labels["phrases"])
    else:
        facts = outcome_facts(name, definition, values, tests, texts["units_in_sentences"], place)
        contents.found.append(facts)
        sentences = outcome_sentences(facts, texts, labels["phrases"])
    contents.sentences[name] = " ".join(sentences)
    return sentences


def _class_figure(contents: Contents, name: str) -> Figure:
    definition, labels, texts, own = contents.outcomes[name], contents.labels, contents.texts, _own(contents, name)
    cells = list(dict.fromkeys(zip(own["cell"], own["label"], strict=True)))
    sizes = descriptions.sizes_line(own, labels, texts["sources"])
    caption = texts["captions"]["classes_once" if "measured" in definition else "classes"]
    return Figure(
        svg=stacked_figure(own, cells, labels),
        caption=caption.format(**definition, wave=labels["waves"].get(definition.get("measured"), "")),
        alt=descriptions.classes_alt(definition, own, labels, texts),
        notes=[
            sizes or formats.capital(labels["not_shown"]),
            "" if own["value"].isna().any() else descriptions.class_line(name, contents.shown.tests, texts),
        ],
        data=own.drop(columns=["sd", "ci_low", "ci_high", "count"]),
    )


def _once_figure(contents: Contents, name: str, title: str) -> Figure:
    definition, labels, texts, own = contents.outcomes[name], contents.labels, contents.texts, _own(contents, name)
    return Figure(
        svg=once_figure(own, definition, labels),
        caption=texts["captions"]["once"].format(label=title, wave=labels["waves"][definition["measured"]]),
        alt=descriptions.once_alt(title, definition, own, labels, texts),
        notes=[
            texts["sources"]["bars"][definition["kind"]],
            descriptions.sizes_line(own, labels, texts["sources"]),
            descriptions.t_line(name, contents.shown.tests, texts),
        ],
        data=own.drop(columns=["cell", "count"]),
        narrow=True,
    )


def _means_figure(contents: Contents, title: str, members: Sequence[str]) -> Figure:
    labels, texts, panels, alts, notes = contents.labels, contents.texts, [], [], []
    for name in members:
        definition, own = contents.outcomes[name], _own(contents, name)
        panels.append({
            "title": formats.capital(contents.title(name)) if len(members) > 1 else "",
            "measure": definition["measure"],
            "decimals": definition["decimals"],
            "percentage": definition["kind"] == "percentage",
            "values": own,
            "norm": definition.get("norm"),
            "axis": definition.get("axis"),
        })  # fmt: skip
        alts.append(descriptions.means_alt(contents.title(name), definition, own, labels, texts))
        notes.append(descriptions.anova_line(name, contents.shown.tests, texts))
    if len(members) > 1 and any(notes):
        notes = [texts["sources"]["anova_family"].format(tests=NUMBERS["tests"])]
    bars = texts["sources"]["bars"][contents.outcomes[members[0]]["kind"]]
    sizes = descriptions.sizes_line(panels[0]["values"], labels, texts["sources"])
    waves = {"t0": labels["waves"]["T0"], "t1": labels["waves"]["follow_up"]}
    return Figure(
        svg=outcome_figure(panels, labels),
        caption=texts["captions"]["outcome"].format(label=title, **waves),
        alt=" ".join(alts),
        notes=[bars, sizes, *notes],
        data=pd.concat([panel["values"] for panel in panels]).drop(columns=["cell", "count"]),
        narrow=len(members) == 1,
    )


def _own(contents: Contents, name: str) -> pd.DataFrame:
    values = contents.shown.values
    return values[(values["outcome"] == name) & values["group"].isin(COMPARED)].reset_index(drop=True)
