"""From what may be shown of a study to everything its report shows: files, and one record in JSON.

The record is the only thing the report reads; all its numbers are printed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from effectstudie.definitions.plans.resolve import DEFAULT_ESTIMAND
from effectstudie.report.chapters import add_tables, hidden
from effectstudie.report.comparison import (
    SCORE,
    background_sentences,
    flow,
    follow_up_sentence,
    love,
    love_all,
    overlap,
    remaining_imbalance,
    strategies_said,
)  # fmt: skip
from effectstudie.report.contents import Contents
from effectstudie.report.front.cover import facts_of, house_said, stamp_of, status_of
from effectstudie.report.front.measurements import absent_said, waves_said
from effectstudie.report.front.recruitment import recruitment_said
from effectstudie.report.inputs import WITH_ZERO, ReportInputs
from effectstudie.report.placeholders import placeholders
from effectstudie.report.plan.section import plan_said
from effectstudie.report.sections import add_sections, themes_of
from effectstudie.report.study_labels import study_labels
from effectstudie.report.summary.answers import Asked
from effectstudie.report.summary.conclusion import conclusion_said
from effectstudie.report.summary.figure import forest
from effectstudie.report.summary.page import summary_said
from effectstudie.report.summary.rating import Rating, rate, rated_facts
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA
from effectstudie.texts.names import WAVES_SAID

ILLUSTRATIVE = "illustrative"


def study_record(inputs: ReportInputs) -> dict[str, bytes]:
    """Files of `results/<study>/render/`: name → bytes, with `render.json` among them.

    The same inputs give the same bytes.
    """
    study, shown, cohort = inputs.study, inputs.shown, inputs.cohort
    waves = waves_said(cohort, inputs.wave_times, study["follow_up"], inputs.texts["waves"])
    texts = _of_waves(inputs.texts, waves)
    labels = study_labels(study, inputs.covariates, shown.limits, texts, cohort.units)
    zeros = inputs.p_style == WITH_ZERO
    contents = Contents(shown, inputs.outcomes, labels, texts, zeros, inputs.figure_titles)
    strategies = strategies_said(contents, study)
    rating = rate(inputs.rating, _rated(inputs), texts["summary"]["facts"])
    sections, certain = _filled(contents, inputs, strategies, rating)
    left = remaining_imbalance(contents, study)
    of_covariates = [one for one in left if one["covariate"] != SCORE]
    certain["imbalance"] = [f"{one['sentence']} {one['could']}" for one in of_covariates]
    plan = plan_said(inputs, contents)
    certain["risk"] += [plan["risk"]] * bool(plan["risk"])
    asked, steps, sheets = _asked(contents, inputs), inputs.rating["words"], contents.sheets()
    summary = summary_said(asked, study, rating, steps, certain["imbalance"], waves)
    record = {
        **_cover(inputs, texts, sheets),
        "cohort": {"waves": list(cohort.waves), "units": cohort.units, "conditions": sorted(cohort.conditions)},
        "waves": waves,
        "absent": absent_said(
            study.get("left_out", {}), cohort, texts["titles"], labels["covariates"], texts["waves"]["absent"]
        ),
        "alpha": formats.coefficient(ALPHA),
        "figure_titles": dict(inputs.figure_titles),
        "recruitment": recruitment_said(
            study, texts["recruitment"], shown.matched[study["matching"]["selected"]].approach_all, texts["counts"]
        ),
        "labels": labels,
        # of which outcomes the report prints the effect: what a page of several studies may take
        "estimated": list(shown.estimates.loc[shown.estimates["value"].notna(), "outcome"]),
        "in_fives": sorted(shown.in_fives),
        "summary": summary,
        "sections": sections,
        "conclusion": conclusion_said(asked, of_covariates, rating, steps),
        "certain": certain,
        "plan": plan,
        "estimand": study.get("estimand", DEFAULT_ESTIMAND),
        **contents.record(),
        "matching": {
            "selected": study["matching"]["selected"],
            "reason": study["matching"]["reason"],
            "strategies": strategies,
            "imbalance": left,
        },
        "follow_up_waves_said": follow_up_sentence(contents),
        "background_said": background_sentences(contents, study),
        **_instruments(inputs),
        "violence": {name: dict(bounds) for name, bounds in inputs.violence.items()},
        "risk_factors": {name: next(iter(spec["yes_when"].values())) for name, spec in inputs.risk_factors.items()},
        "risk_threshold": study["risk_threshold"],
        "choices": list(inputs.choices),
        "privacy": dict(shown.limits),
        "corrections": asdict(inputs.corrections),
        "recoded": inputs.recoded,
        "data_warnings": list(inputs.data_warnings),
        "versions": dict(inputs.versions),
        "matchit": dict(inputs.matchit),
        "placeholders": {
            **placeholders(contents, study, cohort.units),
            **{f"waves.{name}": waves[name] for name in WAVES_SAID},
            "summary.headline": summary["headline"],
            **{f"summary.answer_{place}": one["answer"] for place, one in enumerate(summary["answers"], 1)},
            **{f"certain.{name}": " ".join(sentences) for name, sentences in certain.items()},
        },
    }
    record = with_zeros(record) if zeros else record
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return {
        **contents.files(),
        "onderdrukt.csv": hidden(contents).csv(),
        "render.json": text.encode(),
        "tables.json": json.dumps(sheets, ensure_ascii=False, indent=1, allow_nan=False).encode(),
    }


def _filled(
    contents: Contents, inputs: ReportInputs, strategies: Sequence[Mapping[str, Any]], rating: Rating
) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """The figures and tables, numbered in the order of the report: summary, method in short, results, appendix.

    Gives its sections, and what it says of how certain the outcomes are.
    """
    study = inputs.study
    themes = themes_of(contents, study["outcomes"])
    if effects := forest(contents, inputs.primary):
        contents.figure("forest", effects)
    contents.figure("love", love(contents, study))
    chosen = next(one for one in strategies if one["id"] == study["matching"]["selected"])
    contents.figure("flow", flow(contents, chosen))
    sections = add_sections(contents, themes)
    if len(strategies) > 1:
        contents.figure("love_all", love_all(contents, study))
    contents.figure("overlap", overlap(contents, study))
    return sections, add_tables(contents, inputs, rating)


def _cover(inputs: ReportInputs, texts: Mapping[str, Any], sheets: Sequence[Mapping]) -> dict[str, Any]:
    """What a report is and whose, and what stands on every page of it."""
    study, internal = inputs.study, inputs.shown.internal
    stamps = [
        (texts["confidential"], internal),
        (texts["cover"]["draft_stamp"], not inputs.final),
        (texts["stamp"], inputs.synthetic),
    ]
    return {
        "study": {
            **{key: study[key] for key in ("study", "title", "region_label")},
            "report_date": str(study["report_date"]),
            **facts_of(study),
            "approach": study["approach"]["label"],
            "aanpak": study["approach"]["aanpak"],
            "follow_up_waves": list(study["follow_up"]["waves"]),
        },
        "run": run_mark(study, sheets),
        "synthetic": inputs.synthetic,
        "internal": internal,
        "status": status_of(inputs.final, texts["cover"]),
        "stamp": stamp_of(stamps),
        "house": house_said(inputs.house, study, inputs.final, texts["cover"]),
    }


def run_mark(study: Mapping[str, Any], shown: Mapping[str, Any]) -> str:
    """Eight characters by which a figure or table is known to be of one run: of the settings of the study and of all
    tables and figures as they are shown, so that no guess of what is hidden can be tried on it.
    """
    said = json.dumps([study, shown], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _of_waves(texts: Mapping[str, Any], waves: Mapping[str, str]) -> dict[str, Any]:
    """The words of the report with the number of measurements in the name of the analysis of all of them."""
    words = texts["certainty"]
    analyses = {**words["analyses"], "all_waves": words["analyses"]["all_waves"].format(number=waves["number"])}
    return {**texts, "certainty": {**words, "analyses": analyses}}


def _asked(contents: Contents, inputs: ReportInputs) -> Asked:
    return Asked(
        facts=contents.outcome_facts,
        outcomes={name: inputs.outcomes[name] for name in inputs.study["outcomes"]},
        shown=inputs.shown,
        titles=contents.short_titles,
        phrases=contents.labels["phrases"],
        texts=contents.texts,
    )


def _rated(inputs: ReportInputs) -> dict[str, Any]:
    """The facts that the rating looks at."""
    matching = inputs.study["matching"]
    strategy = matching["strategies"][matching["selected"]]
    reported = inputs.study["outcomes"]
    return rated_facts(
        inputs.shown,
        matching["selected"],
        (*strategy["covariates"], *strategy["exact"]),
        planned=bool(inputs.primary),
        invented_share=100 * len(inputs.invented) / len(reported),
    )


def _instruments(inputs: ReportInputs) -> dict[str, Any]:
    """The instruments, the norms of their T scores, and which keys and norms are invented."""
    instruments, norms = inputs.instruments, inputs.norms
    normed = [(one, norms[one["instrument"]]) for one in instruments if one["instrument"] in norms]
    return {
        "instruments": [{key: one[key] for key in ("label", "about", "source")} for one in instruments],
        "norms": [
            {"label": one["label"], "source": norm["entry"]["source"]}
            for one, norm in normed
            if norm["status"] != ILLUSTRATIVE
        ],
        "invented": {
            "key_of": formats.joined([one["label"] for one in instruments if one["key"]["status"] == ILLUSTRATIVE]),
            "norm_of": formats.joined([one["label"] for one, norm in normed if norm["status"] == ILLUSTRATIVE]),
        },
    }


def with_zeros(part: Any) -> Any:
    """The record with all its texts in the other style of p-values; names of files and keys stay."""
    if isinstance(part, dict):
        return {key: with_zeros(value) for key, value in part.items()}
    if isinstance(part, list):
        return [with_zeros(value) for value in part]
    return formats.with_zeros(part) if isinstance(part, str) else part
