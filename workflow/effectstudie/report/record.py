"""From what may be shown of a study to everything its report shows: files, and one record in JSON.

The record is the only thing the report reads; all its numbers are printed.
"""

import json
from typing import Any

from effectstudie.report.chapters import add_tables, hidden
from effectstudie.report.comparison import flow, love, overlap, participants_sentence, strategies_said
from effectstudie.report.contents import Contents
from effectstudie.report.inputs import WITH_ZERO, ReportInputs
from effectstudie.report.placeholders import placeholders
from effectstudie.report.prose.summary import summary_sentences
from effectstudie.report.sections import add_sections
from effectstudie.report.study_labels import study_labels
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA

ILLUSTRATIVE = "illustrative"


def study_record(inputs: ReportInputs) -> dict[str, bytes]:
    """Files of `results/<study>/render/`: name → bytes, with `render.json` among them.

    The same inputs give the same bytes.
    """
    study, shown, texts = inputs.study, inputs.shown, inputs.texts
    labels = study_labels(study, inputs.covariates, shown.limits, texts)
    zeros = inputs.p_style == WITH_ZERO
    contents = Contents(shown, inputs.outcomes, labels, texts, zeros)
    strategies = strategies_said(contents, study)
    chosen = next(one for one in strategies if one["id"] == study["matching"]["selected"])
    contents.figure("flow", flow(contents, chosen))
    contents.figure("love", love(contents, study))
    contents.figure("overlap", overlap(contents, study))
    sections = add_sections(contents, study["outcomes"])
    certain = add_tables(contents, inputs)
    findings = summary_sentences(contents.found, texts)
    record = {
        "study": {
            **{key: study[key] for key in ("study", "title", "region_label")},
            "report_date": str(study["report_date"]),
            "approach": study["approach"]["label"],
            "aanpak": study["approach"]["aanpak"],
            "follow_up_waves": list(study["follow_up"]["waves"]),
        },
        "run": inputs.run,
        "synthetic": inputs.synthetic,
        "internal": shown.internal,
        "alpha": formats.coefficient(ALPHA),
        "stamp": " – ".join([texts["confidential"]] * shown.internal + [texts["stamp"]] * inputs.synthetic),
        "labels": labels,
        "summary": {"participants": participants_sentence(contents), "sentences": findings},
        "sections": sections,
        "certain": certain,
        **contents.record(),
        "matching": {
            "selected": study["matching"]["selected"],
            "reason": study["matching"]["reason"],
            "strategies": strategies,
        },
        **_instruments(inputs),
        "violence": {name: dict(bounds) for name, bounds in inputs.violence.items()},
        "risk_factors": {name: next(iter(spec["yes_when"].values())) for name, spec in inputs.risk_factors.items()},
        "risk_threshold": study["risk_threshold"],
        "choices": list(inputs.choices),
        "privacy": dict(shown.limits),
        "corrections": inputs.corrections,
        "versions": dict(inputs.versions),
        "placeholders": {
            **placeholders(contents, study),
            "summary.findings": " ".join(findings),
            **{f"certain.{name}": " ".join(sentences) for name, sentences in certain.items()},
        },
    }
    record = _with_zeros(record) if zeros else record
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return {**contents.files(), "onderdrukt.csv": hidden(contents).csv(), "render.json": text.encode()}


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


def _with_zeros(part: Any) -> Any:
    """The record with all its texts in the other style of p-values; names of files and keys stay."""
    if isinstance(part, dict):
        return {key: _with_zeros(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_zeros(value) for value in part]
    return formats.with_zeros(part) if isinstance(part, str) else part
