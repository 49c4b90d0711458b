"""The chapter parts on outcomes, a theme each: its finding, one figure with a panel an outcome, and paragraphs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from effectstudie.report.checks import PAIRS
from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.figures import descriptions
from effectstudie.report.figures.outcomes import once_figure, stacked_figure
from effectstudie.report.figures.panels import Panel, theme_figure
from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.facts import class_facts, outcome_facts
from effectstudie.report.prose.means import outcome_sentences, published_line
from effectstudie.report.prose.once import sentences_once, together_said
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.prose.summary import theme_effect, theme_finding
from effectstudie.report.table import Figure
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, ENDS

# What the file of a figure has of values: why one is hidden is in no public file.
OF_FIGURE = ("outcome", "cell", "label", "unit", "group", "wave", "n", "value")
BOUNDS = ("bound", "bound_value")


@dataclass(frozen=True)
class Theme:
    """What is said of the outcomes of a theme.

    `items`: of all, in order (outcome, title, sentences, published); `found`: facts of those compared over time.
    """

    id: str
    items: Sequence[Mapping[str, Any]]
    found: Sequence[OutcomeFacts]

    @property
    def outcomes(self) -> list[str]:
        return [item["outcome"] for item in self.items]


def themes_of(contents: Contents, outcome_ids: Sequence[str]) -> list[Theme]:
    """The themes in the order of the outcomes. The contents know of the sentences and the facts from here on."""
    by_section: dict[str, list[str]] = {}
    for name in outcome_ids:
        by_section.setdefault(contents.outcomes[name].section, []).append(name)
    themes = []
    for section, names in by_section.items():
        told = [_item(contents, name, place) for place, name in enumerate(names)]
        found = [facts for _, facts in told if facts]
        contents.outcome_facts += found
        contents.sentences |= {item["outcome"]: " ".join(item["sentences"]) for item, _ in told}
        themes.append(Theme(section, [item for item, _ in told], found))
    return themes


def add_sections(contents: Contents, themes: Sequence[Theme]) -> list[dict[str, Any]]:
    """The chapter parts, and their figures.

    Each has `id`, `title`, `finding` (what a reader takes along, may be empty), `lead`, `figures` (names, in order) and
    `items`.
    """
    return [_section(contents, theme) for theme in themes]


def _section(contents: Contents, theme: Theme) -> dict[str, Any]:
    title, words = contents.labels["sections"][theme.id], contents.texts["themes"]
    finding = theme_finding(theme.found, words["finding"])
    effect = theme_effect(theme.found, contents.short_titles, contents.labels["phrases"], words["effect"])
    return {
        "id": theme.id,
        "title": title,
        "finding": finding,
        "lead": effect,
        "figures": _figures(contents, theme, f"{title}: {finding}" if finding else title),
        "items": list(theme.items),
    }


def _item(contents: Contents, name: str, place: int) -> tuple[dict[str, Any], OutcomeFacts | None]:
    """What is said of one outcome, and its facts where it is compared over time."""
    outcome, labels, texts, shown = contents.outcomes[name], contents.labels, contents.texts, contents.shown
    facts, published = None, ""
    if outcome.measured:
        sentences = sentences_once(outcome, shown.values, shown.together, shown.tests, labels, texts)
    elif outcome.kind == "class":
        of_class = class_facts(outcome, shown.values, shown.levels, shown.tests, texts, place, name in shown.in_fives)
        sentences = class_sentences(of_class, texts, labels["phrases"])
    else:
        facts = outcome_facts(outcome, shown.levels, shown.tests, shown.estimates, texts, place)
        sentences = outcome_sentences(facts, texts, labels["phrases"])
        published = published_line(facts, texts)
    title = formats.capital(outcome.label if outcome.kind == "class" else contents.title(name))
    return {"outcome": name, "title": title, "sentences": sentences, "published": published}, facts


def _figures(contents: Contents, theme: Theme, finding: str) -> list[str]:
    """The figures of a theme: outcomes in classes, all that is compared over time in one, what was asked once."""
    outcomes = [contents.outcomes[name] for name in theme.outcomes]
    made = {
        outcome.id: class_figure(contents, outcome.id)
        for outcome in outcomes
        if outcome.kind == "class" and len(_values(contents, outcome.id))
    }
    seen = [facts for facts in theme.found if facts.shown]
    if seen:
        made[theme.id] = _theme_figure(contents, seen, finding)
    for outcome in outcomes:
        once = outcome.measured and outcome.kind != "class"
        if once and _values(contents, outcome.id)["value"].notna().any():
            made[outcome.id] = _once_figure(contents, outcome.id, contents.title(outcome.id))
    for name, figure in made.items():
        contents.figure(name, figure)
    return list(made)


def _theme_figure(contents: Contents, seen: Sequence[OutcomeFacts], finding: str) -> Figure:
    labels, texts = contents.labels, contents.texts
    panels = [_panel(contents, facts) for facts in seen]
    shown = pd.concat([panel.levels for panel in panels])
    bare = bool((shown["value"].notna() & shown["ci_low"].isna()).any())
    return Figure(
        svg=theme_figure(panels, labels),
        caption=finding,
        alt=descriptions.theme_alt(panels, labels, texts),
        notes=[
            texts["sources"]["panels"].format(
                t0=labels["waves"]["T0"], t1=labels["waves"]["follow_up"], tests=NUMBERS["tests"]
            ),
            texts["sources"]["panels_bare"] if bare else "",
        ],
        data=pd.concat(
            [panel.levels.assign(outcome=facts.outcome, of=PAIRS) for panel, facts in zip(panels, seen, strict=True)]
        ),
    )


def _panel(contents: Contents, facts: OutcomeFacts) -> Panel:
    outcome = contents.outcomes[facts.outcome]
    return Panel(
        title=contents.figure_title(facts.outcome, formats.capital(contents.title(facts.outcome))),
        measure=formats.ranges(outcome.measure),
        percentage=outcome.kind == "percentage",
        decimals=outcome.decimals,
        levels=_levels(contents, facts),
        norm=outcome.norm,
        axis=outcome.axis,
    )


def _levels(contents: Contents, facts: OutcomeFacts) -> pd.DataFrame:
    """The levels of the pairs, a row a group and measurement, as a panel takes them."""
    levels = contents.shown.levels
    rows = []
    for row in levels[(levels["outcome"] == facts.outcome) & levels["group"].isin(list(facts.shown))].to_dict(
        "records"
    ):
        for wave, end in ENDS.items():
            rows.append({
                "unit": row["unit"], "group": row["group"], "wave": wave, "n": row["n"], "value": row[f"mean_{end}"],
                "ci_low": row[f"ci_low_{end}"], "ci_high": row[f"ci_high_{end}"],
                "bound": _bound(row, end), "bound_value": row[f"bound_value_{end}"],
            })  # fmt: skip
    return pd.DataFrame(rows)


def _bound(row: Mapping[str, Any], end: str) -> str:
    """The bound of a level as a figure says it, `< 8%`; empty where the level itself is shown."""
    if pd.notna(row[f"mean_{end}"]) or not row[f"bound_{end}"]:
        return ""
    sign = "<" if row[f"bound_{end}"] == "fewer" else ">"
    return f"{sign}{formats.NBSP}{formats.percent(row[f'bound_value_{end}'])}"


def class_figure(contents: Contents, name: str) -> Figure:
    """The classes of an outcome as stacked bars, of those with both measurements where these may all be shown."""
    outcome, labels, texts = contents.outcomes[name], contents.labels, contents.texts
    everyone = _values(contents, name)
    paired = _paired_classes(contents, name, everyone)
    values = everyone if paired is None else paired
    instead = together_said(contents.shown.together, name, texts)
    cells = list(dict.fromkeys(zip(values["cell"], values["label"], strict=True)))
    sizes = descriptions.sizes_line(values, labels, texts["sources"], not contents.shown.internal)
    if name in contents.shown.in_fives and values["value"].notna().any():
        sizes = texts["sources"]["fives"].format(units=labels["units"][outcome.unit])
    caption = texts["captions"]["classes_once" if outcome.measured else "classes"]
    wave = labels["waves"].get(outcome.measured, "")
    made = "" if values["value"].isna().any() else descriptions.class_line(name, contents.shown.tests, texts)
    merged = texts["sources"]["as_measured"] if made and name in contents.shown.merged else ""
    return Figure(
        svg=stacked_figure(values, cells, labels, instead),
        caption=contents.figure_title(name, caption.format(label=outcome.label, measure=outcome.measure, wave=wave)),
        alt=descriptions.classes_alt(outcome, values, labels, texts, instead),
        notes=[
            sizes or formats.capital(labels["not_shown"]),
            texts["sources"]["pairs_only"] if paired is not None else "",
            made,
            merged,
            texts["sources"]["not_a_hundred"] if _not_a_hundred(values, outcome.decimals) else "",
        ],
        data=values[[*OF_FIGURE, *BOUNDS]].assign(of=PAIRS if paired is not None else ""),
    )


def _not_a_hundred(values: pd.DataFrame, decimals: int) -> bool:
    """Whether the classes of a group, which are all shown, print as other than 100 together."""
    groups = [shares.round(decimals) for _, shares in values.groupby(["group", "wave"])["value"]]
    return any(shares.notna().all() and abs(shares.sum() - 100) > 0.01 for shares in groups)


def _paired_classes(contents: Contents, name: str, everyone: pd.DataFrame) -> pd.DataFrame | None:
    """The classes of those with both measurements, as the text tells them; None where not all of them may be shown."""
    levels = contents.shown.levels.set_index(["outcome", "group"])
    rows = []
    for row in everyone.to_dict("records"):
        key = (f"{name}.{row['cell']}", row["group"])
        if key not in levels.index or contents.outcomes[name].measured:
            return None
        value = levels.loc[key, "mean_t0" if row["wave"] == "T0" else "mean_follow_up"]
        if pd.isna(value):
            return None
        rows.append({**row, "value": value, "n": levels.loc[key, "n"], "status": ""})
    return pd.DataFrame(rows) if rows else None


def _once_figure(contents: Contents, name: str, title: str) -> Figure:
    outcome, labels, texts, values = contents.outcomes[name], contents.labels, contents.texts, _values(contents, name)
    return Figure(
        svg=once_figure(values, outcome, labels),
        caption=contents.figure_title(
            name, texts["captions"]["once"].format(label=title, wave=labels["waves"][outcome.measured])
        ),
        alt=descriptions.once_alt(title, outcome, values, labels, texts),
        notes=[
            texts["sources"]["bars"][outcome.kind],
            descriptions.sizes_line(values, labels, texts["sources"], not contents.shown.internal),
            labels["about"] if outcome.about else "",
            descriptions.t_line(name, contents.shown.tests, texts),
        ],
        data=values[[*OF_FIGURE, "sd", "ci_low", "ci_high", *BOUNDS]].drop(columns="cell"),
        narrow=True,
    )


def _values(contents: Contents, name: str) -> pd.DataFrame:
    values = contents.shown.values
    return values[(values["outcome"] == name) & values["group"].isin(COMPARED)].reset_index(drop=True)
