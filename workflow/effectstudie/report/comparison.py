"""Who is compared: what the method chapter says of the matching, and its figures."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.figures.balance import love_data, love_plot, overlap_figure
from effectstudie.report.figures.descriptions import love_alt
from effectstudie.report.figures.flow import flow_figure
from effectstudie.report.table import Figure
from effectstudie.report.values import count_cell, find, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, SMALL_DIFFERENCE


def strategies_said(contents: Contents, study: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the method chapter says of each matching strategy."""
    return [_strategy(contents, name, spec) for name, spec in study["matching"]["strategies"].items()]


def _strategy(contents: Contents, name: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    names, words, counts = contents.labels["covariates"], contents.texts["balance"], contents.texts["counts"]
    matched, balance = contents.shown.matched[name], contents.shown.balance[name]
    apart = balance[(balance["sample"] == "matched") & (balance["smd"].abs() >= SMALL_DIFFERENCE)]
    over = formats.joined([names.get(covariate, covariate).lower() for covariate in apart["covariate"].unique()])
    said = words["some" if over else "none"].format(strategy=spec["label"].lower(), items=over)
    return {
        "id": name,
        "label": spec["label"],
        "covariates": formats.joined([names[one].lower() for one in spec["covariates"]]),
        "exact": formats.joined([names[one].lower() for one in spec["exact"]]),
        "ratio": spec["ratio"],
        "caliper": "" if spec["caliper"] is None else formats.number(spec["caliper"], 2),
        "missing": spec["missing"],
        "n_pool": formats.number(matched.pool),
        "n_approach_all": formats.number(matched.approach_all),
        "n_approach": str(count_cell(matched.approach, counts)),
        "n_controls": formats.number(matched.controls),
        "unmatched": str(count_cell(matched.unmatched, counts)),
        "ess": "" if pd.isna(matched.ess) else formats.number(matched.ess, 1),
        "balance": said,
        "table": f"balance__{name}",
    }


def participants_sentence(contents: Contents) -> str:
    """How many households the comparison begins with."""
    phrases = contents.labels["phrases"]
    return contents.texts["summary"]["participants"].format(
        a=_households(contents, "approach", "T0"),
        c=_households(contents, "control", "T0"),
        approach=phrases["approach"],
        control=phrases["control"],
        t0=phrases["T0"],
        t1=phrases["follow_up"],
    )


def _households(contents: Contents, group: str, wave: str) -> str:
    return size_text(find(contents.shown.values, outcome="participation", unit="household", group=group, wave=wave))


def flow(contents: Contents, selected: Mapping[str, str]) -> Figure:
    """Households from the cohort to the follow-up. `selected`: the selected strategy of strategies_said."""
    labels, texts = contents.labels, contents.texts
    steps = [text.format(wave=labels["waves"]["follow_up"]) for text in labels["flow"].values()]
    before = {"approach": ("n_approach_all", "n_approach"), "control": ("n_pool", "n_controls")}
    columns = {
        group: [*(selected[name] for name in before[group]), _households(contents, group, "follow_up")]
        for group in COMPARED
    }
    said = {
        group: ", ".join(f"{number} {step}" for number, step in zip(numbers, steps, strict=True))
        for group, numbers in columns.items()
    }
    names = {group: labels["groups"][group] for group in COMPARED}
    return Figure(
        svg=flow_figure(columns, steps, names),
        caption=texts["captions"]["flow"],
        alt=texts["alt"]["flow"].format(a=said["approach"], c=said["control"], **names),
        notes=[texts["sources"]["flow"].format(participants=NUMBERS["participants"])],
        data=pd.DataFrame({"step": steps, **columns}),
    )


def love(contents: Contents, study: Mapping[str, Any]) -> Figure:
    """Differences between the groups before and after matching, per strategy."""
    labels, texts, balance = contents.labels, contents.texts, contents.shown.balance
    strategies = study["matching"]["strategies"]
    panels = {spec["label"]: love_data(balance[name], labels) for name, spec in strategies.items()}
    return Figure(
        svg=love_plot(panels, labels),
        caption=texts["captions"]["love"],
        alt=love_alt(panels, labels["samples"], texts),
        notes=[texts["sources"]["love"]],
        data=_by_strategy(panels),
    )


def overlap(contents: Contents, study: Mapping[str, Any]) -> Figure:
    """Propensity scores before and after matching, per strategy."""
    labels, texts, words = contents.labels, contents.texts, contents.texts["alt"]
    strategies = study["matching"]["strategies"]
    panels = {spec["label"]: contents.shown.overlaps[name] for name, spec in strategies.items()}
    items = []
    for label, data in panels.items():
        parts = [
            words["overlap_part"].format(
                sample=labels["overlap"][row.sample].lower(), median=formats.number(row.p50, 1),
                low=formats.number(row.p25, 1), high=formats.number(row.p75, 1),
            )
            for row in data.itertuples()
        ]  # fmt: skip
        items.append(words["overlap_item"].format(strategy=label, parts="; ".join(parts)))
    return Figure(
        svg=overlap_figure(panels, labels),
        caption=texts["captions"]["overlap"],
        alt=words["overlap"].format(items=" ".join(items)),
        notes=[texts["sources"]["overlap"]],
        data=_by_strategy(panels),
    )


def _by_strategy(panels: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([data.assign(strategy=label) for label, data in panels.items()])
