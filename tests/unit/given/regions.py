"""Invented tables of a set of regions, and what reports of its studies print, as `analyse_regions` gives them."""

import random
from collections.abc import Sequence
from typing import Any

import pandas as pd
from given.paths import ROOT
from given.words import TEXTS

from effectstudie.definitions.outcomes import compared_over_time, outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.regions.treat import treat_regions
from effectstudie.methods.effect.margin import judge
from effectstudie.national.inputs import NationalInputs, sizes_printed
from effectstudie.shared.words import Words, read_words
from effectstudie.shared.yaml_files import read_yaml

PRIVACY = {"minimum_cell": 5, "minimum_group": 10}
PAGES = ROOT / "resources/pages"
NATIONAL = read_words(PAGES / "national/national.nl.yaml")
WORDS = Words({**TEXTS, **NATIONAL}, "national.nl.yaml")
REGIONS = read_yaml(ROOT / "config/config.yaml")["regions"]
COMPARED = compared_over_time(outcomes_from(read_yaml(ROOT / "config/outcomes.yaml")))
NAN = float("nan")


def study_ids(number: int) -> list[str]:
    return [f"studie_{place}" for place in range(1, number + 1)]


def tables(number: int, hidden: Sequence[tuple[str, str]] = (), seed: int = 7) -> dict[str, pd.DataFrame]:
    """`number` studies of all outcomes; `hidden`: outcome and study of estimates that their report does not print."""
    draw = random.Random(seed)
    regions, together, placebo, spreads = [], [], [], []
    for name, outcome in COMPARED.items():
        scale = outcome.margin or 1
        of_outcome = {"outcome": name, "unit": outcome.unit}
        judged = {"margin": outcome.margin, "note": "", "reason": ""}
        for study in study_ids(number):
            value, se = draw.gauss(-0.3, 0.8) * scale, draw.uniform(0.3, 1.1) * scale
            found = judge(value, se, 50, outcome.better, outcome.margin)
            regions.append(
                {**of_outcome, "study": study, "n_approach": 40, "n_control": 60, "value": value, "se": se, "df": 50}
                | {"ci_low": value - 2 * se, "ci_high": value + 2 * se, "sd_t0": 3 * scale, **judged}
                | {"verdict": found.verdict, "relevant": found.relevant, "share": 1 / number}
                | {"shown": (name, study) not in hidden}
            )
        shown = [row["value"] for row in regions if row["outcome"] == name and row["shown"]]
        for controls in ("shared", "once"):
            mean, se = sum(shown) / max(len(shown), 1), scale / max(len(shown), 1) ** 0.5
            found = judge(mean, se, max(len(shown) - 1, 1), outcome.better, outcome.margin)
            far = 4.3 * scale if len(shown) > 2 else NAN
            t = 12.7 if len(shown) == 2 else 2.2
            row = {"controls": controls, **of_outcome, "n_studies": len(shown), "value": mean, "se": se, "df": 1}
            row |= {"p": 0.4, "ci_low": mean - t * se, "ci_high": mean + t * se, "tau": 0.8 * scale}
            row |= {"next_low": mean - far, "next_high": mean + far, "q": 3.1, "q_p": 0.21, "correlation": 0.04}
            together.append({**row, "sd_t0": 3 * scale, **judged, "verdict": found.verdict, "relevant": found.relevant})
        values = [draw.gauss(0, 1.2) * scale for _ in range(11)]
        for region, value in zip(REGIONS[2:], values, strict=True):
            placebo.append({**of_outcome, "region": region, "n_approach": 30, "n_control": 50, "value": value})
        spreads.append(
            {**of_outcome, "like": "studie_1", "n_regions": 11, "mean": sum(values) / 11, "sd": 1.2 * scale}
            | {"tau": 0.6 * scale, "lowest": min(values), "highest": max(values)}
        )
    costs = [
        {"controls": controls, "study": study, "households_approach": 51 - 8 * once, "unmatched_approach": 8 * once}
        | {"households_control": 61 + 12 * once, "shared": 20 * (not once), "ess_controls": 50.0}
        | {"max_smd": 0.3 + 0.3 * once, "worst": "n_children"}
        for once, controls in enumerate(("shared", "once"))
        for study in study_ids(number)
    ]
    frames = {"regions": regions, "together": together, "controls": costs, "placebo": placebo}
    return {name: pd.DataFrame(rows) for name, rows in (frames | {"placebo_spread": spreads}).items()}


def record(step: int = 2) -> dict[str, Any]:
    """What the page reads of render.json of a study."""
    rules = read_yaml(ROOT / "config/rating.yaml")
    rating = [{"cells": [f"{rules[name]['label']} (…)", "–", fact, "3"]} for name, fact in
              (("balance", "0,27"), ("loss", "23%"))]  # fmt: skip
    chosen = {"id": "strategy_1", "n_approach": "51", "n_controls": "61", "unmatched": "geen"}
    return {
        "synthetic": True,
        "summary": {"rating": {"step": step, "of": 5, "word": "zwakke aanwijzingen", "reasons": []}},
        "matching": {"selected": "strategy_1", "strategies": [chosen]},
        "tables": {
            "rating": {"rows": rating},
            "participants": {"rows": [{"cells": ["Huishoudens", "51", "40", "61", "47"]}]},
        },
    }


def inputs(number: int = 2, **changed: Any) -> NationalInputs:
    """A page of `number` regions; `changed`: fields of it, or `tables`, its tables."""
    regions = ["Groningen", "Den Haag", *(one for one in REGIONS if one not in ("Groningen", "Den Haag"))]
    labels = ["Groningen", "Haaglanden", *regions[2:]]
    studies = {
        id: {"study": id, "region_label": label, "approach": {"label": f"Aanpak {place}", "regio": region}}
        for place, (id, label, region) in enumerate(zip(study_ids(number), labels, regions, strict=False), 1)
    }
    records = {id: record(2 + place % 2) for place, id in enumerate(studies)}
    public = {id: sizes_printed(one) for id, one in records.items()}
    shown = treat_regions(changed.pop("tables", None) or tables(number), COMPARED, public, Limits.of(PRIVACY))
    settings = {"set": "landelijk", "title": "Alle regio's samen", "report_date": "2026-11-21", "controls": "shared"}
    plain = {
        "set": settings | {"studies": list(studies), "primary": ["total_violence", "child_abuse", "safety"]},
        "studies": studies,
        "records": records,
        "outcomes": COMPARED,
        "shown": shown,
        "regions": REGIONS,
        "grid": read_yaml(PAGES / "national/grid.yaml"),
        "rating": read_yaml(ROOT / "config/rating.yaml"),
        "words": WORDS,
        "house": read_yaml(ROOT / "config/house_style.yaml"),
        "covariates": read_yaml(ROOT / "resources/classification/covariates.yaml"),
    }
    return NationalInputs(**{**plain, **changed})
