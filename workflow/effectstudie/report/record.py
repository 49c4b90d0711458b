"""From the result tables of a study to everything its report shows: files, and one record in JSON.

The record is the only thing the report reads; all its numbers are treated for small cells and printed.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.disclosure import counts
from effectstudie.disclosure.balance import cap_differences
from effectstudie.disclosure.counts import NOTHING_HIDDEN, small_count
from effectstudie.disclosure.tests import treat_tests
from effectstudie.disclosure.values import Treated, treat
from effectstudie.report import chapters
from effectstudie.report.contents import NUMBERS, Page, csv_bytes
from effectstudie.report.placeholders import placeholders
from effectstudie.report.prose.summary import summary_sentences
from effectstudie.report.study_labels import study_labels
from effectstudie.report.tables import appendix, matching, outcomes, sample
from effectstudie.report.tables.key import key_table
from effectstudie.report.values import find, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED

ILLUSTRATIVE = "illustrative"

WITHOUT_ZERO, WITH_ZERO = "p < ,001", "p < 0,001"


def render_study(
    *,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Mapping],
    descriptives: pd.DataFrame,
    tests: pd.DataFrame,
    balance: Mapping[str, pd.DataFrame],
    overlaps: Mapping[str, pd.DataFrame],
    results: Mapping[str, pd.DataFrame],
    matching: Mapping[str, Mapping],
    reliability: pd.DataFrame,
    instruments: Sequence[Mapping],
    norms: Mapping[str, Mapping],
    covariates: Mapping[str, Mapping],
    violence: Mapping[str, Mapping[str, int]],
    risk_factors: Mapping[str, Mapping],
    choices: Sequence[Mapping[str, str]],
    effect_sizes: Mapping[str, Mapping[str, float]],
    fisher_for: str,
    privacy: Mapping[str, int] | None,
    synthetic: bool,
    corrections: int,
    versions: Mapping[str, str],
    texts: Mapping[str, Any],
    run: str,
    p_style: str = WITHOUT_ZERO,
) -> dict[str, bytes]:
    """Files of `results/<study>/render/`: name → bytes, with `render.json` among them.

    `study`: config/studies/<study>.yaml; `outcomes`: `Settings.outcomes_of` the study; `descriptives`, `tests`: the
    two result tables; `balance`, `overlaps`, `matching`: per strategy balance.csv, overlap.csv and summary.json;
    `results`: the tables chapters.RESULTS; `covariates`: id → `{label}`; `instruments`: definition files in order;
    `norms`: instrument → norm_tables.norm_file, where T scores are reported;
    `violence`: resources/classification/violence.yaml; `risk_factors`: risk_factors.yaml beside it; `choices`:
    `{point, choice}`; `privacy`: minimum_cell and minimum_group, None for a report with all small cells;
    `texts`: the words of the report; `run`: provenance.run_mark; `p_style`: WITHOUT_ZERO or WITH_ZERO. The same
    input gives the same bytes.
    """
    internal, privacy = privacy is None, privacy or NOTHING_HIDDEN
    treated = treat(descriptives, outcomes, **privacy)
    allowed = treat_tests(tests, treated, privacy["minimum_group"], fisher_for)
    balance = {name: cap_differences(frame) for name, frame in balance.items()}
    labels = study_labels(study, covariates, privacy, texts)
    zeros = p_style == WITH_ZERO
    page = Page(treated.values, allowed, outcomes, labels, texts, zeros)
    strategies = [
        _strategy(name, study["matching"], matching[name], balance[name], page, privacy["minimum_cell"])
        for name in study["matching"]["strategies"]
    ]
    chosen = next(one for one in strategies if one["id"] == study["matching"]["selected"])
    chapters.flow(page, study, chosen)
    page.love(balance, study)
    chapters.overlap(page, study, overlaps, privacy["minimum_group"])
    sections = page.sections(study["outcomes"])
    certain = _tables(page, study, treated, balance, results, reliability, instruments, effect_sizes, privacy)
    findings = summary_sentences(page.found, texts)
    record = {
        "study": {
            **{key: study[key] for key in ("study", "title", "region_label")},
            "report_date": str(study["report_date"]),
            "approach": study["approach"]["label"],
            "aanpak": study["approach"]["aanpak"],
            "follow_up_waves": list(study["follow_up"]["waves"]),
        },
        "run": run,
        "synthetic": synthetic,
        "internal": internal,
        "alpha": ",05",
        "stamp": " – ".join([texts["confidential"]] * internal + [texts["stamp"]] * synthetic),
        "labels": labels,
        "summary": {
            "participants": _participants_sentence(page),
            "sentences": findings,
        },
        "sections": sections,
        "certain": certain,
        "tables": page.tables,
        "figures": page.figures,
        "matching": {
            "selected": study["matching"]["selected"],
            "reason": study["matching"]["reason"],
            "strategies": strategies,
        },
        "instruments": [{key: one[key] for key in ("label", "about", "source")} for one in instruments],
        "norms": [
            {"label": one["label"], "source": norms[one["instrument"]]["entry"]["source"]}
            for one in instruments
            if norms.get(one["instrument"], {"status": ILLUSTRATIVE})["status"] != ILLUSTRATIVE
        ],
        "invented": {
            "key_of": formats.joined([one["label"] for one in instruments if one["key"]["status"] == ILLUSTRATIVE]),
            "norm_of": formats.joined(
                [one["label"] for one in instruments if norms.get(one["instrument"], {}).get("status") == ILLUSTRATIVE]
            ),
        },
        "violence": {name: dict(bounds) for name, bounds in violence.items()},
        "risk_factors": {name: next(iter(spec["yes_when"].values())) for name, spec in risk_factors.items()},
        "risk_threshold": study["risk_threshold"],
        "choices": list(choices),
        "privacy": dict(privacy),
        "corrections": corrections,
        "versions": dict(versions),
        "placeholders": {
            **placeholders(page, study),
            "summary.findings": " ".join(findings),
            **{f"certain.{name}": " ".join(sentences) for name, sentences in certain.items()},
        },
    }
    record = _with_zeros(record) if zeros else record
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return {**page.files, "render.json": text.encode()}


def _with_zeros(part: Any) -> Any:
    """The record with all its texts in the other style of p-values; names of files and keys stay."""
    if isinstance(part, dict):
        return {key: _with_zeros(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_zeros(value) for value in part]
    return formats.with_zeros(part) if isinstance(part, str) else part


def _tables(
    page: Page,
    study: Mapping[str, Any],
    treated: Treated,
    balance: Mapping[str, pd.DataFrame],
    results: Mapping[str, pd.DataFrame],
    reliability: pd.DataFrame,
    instruments: Sequence[Mapping],
    effect_sizes: Mapping[str, Mapping[str, float]],
    privacy: Mapping[str, int],
) -> dict[str, Any]:
    """In the order of the report: summary, main text, appendix. Gives the chapter on certainty."""
    values, tests, labels, texts = page.values, page.tests, page.labels, page.texts
    sources, ids = texts["sources"], study["outcomes"]
    dash = sources["dash"]
    page.table("key", key_table(page.found, labels, texts), [sources["key"], dash])
    page.table("effect_sizes", appendix.effect_sizes(effect_sizes, texts["sizes"]), [sources["effect_sizes"]])
    page.table("participants", sample.participants(values, labels), [sources["participants"]])
    frame = sample.background(values, tests, page.outcomes, study["background"], labels)
    merged = [f"{page.outcomes[name]['label'].lower()} ({formats.joined(treated.merged[name])})"
              for name in study["background"] if name in treated.merged]  # fmt: skip
    note = sources["merged"].format(items=formats.joined(merged)) if merged else ""
    page.table("background", frame, [sources["background"], note, dash], True, t0=labels["waves"]["T0"])
    if study.get("problems"):
        frame = sample.problems(values, tests, page.outcomes, study["problems"], labels)
        page.table("problems", frame, [sources["problems"], dash], t0=labels["waves"]["T0"])
    compared = chapters.compared_outcomes(page, study, results["sensitivity"], privacy["minimum_group"])
    certain = chapters.certain(page, compared, results, privacy)
    names = {one["instrument"]: one["label"] for one in instruments}
    page.table("instruments", appendix.reliability(reliability, names, labels), [sources["instruments"]])
    page.table("means", outcomes.outcome_means(values, page.outcomes, ids, labels), [sources["means"], dash], True)
    note = sources["tests"].format(effect_sizes=NUMBERS["effect_sizes"])
    page.table("tests", outcomes.outcome_tests(tests, page.outcomes, ids, labels), [note], True)
    chapters.appendix(page, compared, results, privacy["minimum_cell"])
    for name, spec in study["matching"]["strategies"].items():
        frame = matching.balance(balance[name], labels["covariates"])
        page.table(f"balance__{name}", frame, [sources["balance"]], strategy=spec["label"].lower())
    scales = [name for name, spec in page.outcomes.items() if spec["section"] == "appendix"]
    if scales:
        frame = appendix.subscales(values, page.outcomes, scales, labels)
        page.table("subscales", frame, [sources["subscales"], dash], True)
    hidden = treated.suppressed()
    frame = appendix.suppressed(hidden, page.outcomes, labels, texts["reasons"], privacy)
    page.files["onderdrukt.csv"] = csv_bytes(frame)
    # of the scales in the appendix the dashes say it; the list would be many pages
    frame = appendix.suppressed(
        hidden[~hidden["outcome"].isin(scales)], page.outcomes, labels, texts["reasons"], privacy
    )
    page.table("suppressed", frame, [sources["suppressed"]])
    return certain


def _strategy(
    name: str,
    matching: Mapping[str, Any],
    summary: Mapping[str, Any],
    balance: pd.DataFrame,
    page: Page,
    minimum_cell: int,
) -> dict[str, Any]:
    """What the method chapter says of one matching strategy."""
    spec, labels, words = matching["strategies"][name], page.labels, page.texts["balance"]
    apart = balance[(balance["sample"] == "matched") & (balance["smd"].abs() >= 0.1)]
    over = [labels["covariates"].get(covariate, covariate).lower() for covariate in apart["covariate"].unique()]
    label = spec["label"].lower()
    matched, unmatched = summary["n_matched_approach"], summary["n_unmatched_approach"]
    # with the number of controls their effective number gives the number of approach households away
    masked = 0 < unmatched < minimum_cell
    return {
        "id": name,
        "label": spec["label"],
        "covariates": formats.joined([labels["covariates"][one].lower() for one in spec["covariates"]]),
        "exact": formats.joined([labels["covariates"][one].lower() for one in spec["exact"]] or [""]),
        "ratio": spec["ratio"],
        "caliper": "" if spec["caliper"] is None else formats.number(spec["caliper"], 2),
        "missing": spec["missing"],
        "n_pool": formats.number(summary["n_pool"]),
        "n_approach_all": formats.number(summary["n_approach"]),
        "n_approach": counts.matched_text(matched, unmatched, minimum_cell, "meer dan"),
        "n_controls": formats.number(summary["n_matched_controls"]),
        "unmatched": small_count(unmatched, minimum_cell, labels["fewer"]),
        "ess": "" if masked else formats.number(summary["ess_controls"], 1),
        "balance": words["some"].format(strategy=label, items=formats.joined(over))
        if over
        else words["none"].format(strategy=label),
        "table": f"balance__{name}",
    }


def _participants_sentence(page: Page) -> str:
    sizes = {
        group: size_text(find(page.values, outcome="participation", unit="household", group=group, wave="T0"))
        for group in COMPARED
    }
    phrases = page.labels["phrases"]
    return page.texts["summary"]["participants"].format(
        a=sizes["approach"],
        c=sizes["control"],
        approach=phrases["approach"],
        control=phrases["control"],
        t0=phrases["T0"],
        t1=phrases["follow_up"],
    )
