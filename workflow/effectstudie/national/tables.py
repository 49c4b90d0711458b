"""Tables of the page: the regions of an outcome, all outcomes, the studies behind them, and the choice of controls."""

from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.disclosure.regions.shown import ONCE, OWN, ShownRegions
from effectstudie.disclosure.shown import STEPS
from effectstudie.national.across import Across
from effectstudie.national.inputs import NationalInputs, Study
from effectstudie.report.prose.effect import verdict_text
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, number_columns, text_columns
from effectstudie.report.values import count_cell, estimate_cell, find
from effectstudie.shared import formats

Words = Mapping[str, Any]


def regions_table(across: Across) -> Table:
    """A row per region, then the mean."""
    places, words = across.outcome.decimals, across.words
    rows: list[list[Cell]] = []
    for name, row in across.regions.items():
        share = Number(row["share"], "percent") if across.mean is not None else ABSENT
        rows.append([name, estimate_cell(row, places), verdict_text(row, words["effect"]), share])
    if across.mean is not None:
        verdict = verdict_text(across.mean, words["effect"])
        rows.append([words["mean_row"], estimate_cell(across.mean, places), verdict, Number(100, "percent")])
    region, estimate, verdict, share = words["heads_of_regions"]["regions"]
    return Table([*text_columns(region, estimate, verdict), *number_columns(share)], rows)


def outcomes_table(found: Sequence[Across], words: Words) -> Table:
    """All outcomes: the mean, how far regions differ, a next region, and regions without an approach."""
    rows: list[list[Cell]] = []
    for one in found:
        places, row = one.outcome.decimals, one.mean or {}
        theme = words["labels"]["sections"][one.outcome.section]
        mean = estimate_cell(row, places) if row else ABSENT
        verdict = verdict_text(row, words["effect"]) if row else formats.ABSENT
        tau, p = Number(row.get("tau", float("nan")), decimals=places), Number(row.get("q_p", float("nan")), "p")
        further = _span(row["next_low"], row["next_high"], places) if row else ABSENT
        band = _span(*one.band, places) if one.band else ABSENT
        rows.append([theme, one.title, mean, verdict, tau, p, further, band])
    theme, outcome, mean, verdict, tau, p, further, band = words["heads_of_regions"]["outcomes"]
    columns = [*text_columns(theme, outcome, mean, verdict), *number_columns(tau, p), *text_columns(further, band)]
    return Table(columns, rows, blocks=True)


def _span(low: float, high: float, places: int) -> Cell:
    if low != low or high != high:
        return ABSENT
    ends = {"low": Number(low, decimals=places), "high": Number(high, decimals=places)}
    return Phrase(f"[{{low}};{formats.NBSP}{{high}}]", ends)


def studies_table(studies: Mapping[str, Study], words: Words) -> Table:
    """How far the studies differ in size, balance, loss and how sure their answer is."""
    rows = [
        [one.name, one.approach, one.households, one.balance, one.loss, one.rating] for one in studies.values()
    ]  # fmt: skip
    return Table(text_columns(*words["heads_of_regions"]["studies"]), rows)


def costs_table(inputs: NationalInputs, studies: Mapping[str, Study]) -> Table:
    """Of both choices of controls: households with and without one, the controls, and what difference is left."""
    words, rows = inputs.words, []
    counts = words["counts"]
    for cost in inputs.shown.costs:
        study = studies[cost.study]
        names = {name: entry["label"].lower() for name, entry in inputs.covariates.items()} | words["own_covariates"]
        own = cost.controls == OWN
        sizes: list[Cell] = (
            [study.n_approach, study.unmatched, study.n_controls]
            if own
            else [count_cell(getattr(cost, name), counts) for name in ("approach", "unmatched", "control")]
        )
        left: Cell = study.balance if own else _step(cost.step, names.get(cost.worst, ""), words)
        rows.append([words["controls"][cost.controls], study.name, *sizes, count_cell(cost.shared, counts), left])
    choice, region, approach, unmatched, control, shared, left = words["heads_of_regions"]["costs"]
    numbers = number_columns(approach, unmatched, control, shared)
    return Table([*text_columns(choice, region), *numbers, *text_columns(left)], rows, blocks=True)


def _step(step: str, covariate: str, words: Words) -> Cell:
    if not step:
        return ABSENT
    low, high = (Number(edge, decimals=2) for edge in STEPS[step])
    said = words["counts"]["steps"][step].format(low=low, high=high)
    return words["step_of"].format(step=said, covariate=covariate) if covariate else said


def choices_table(found: Sequence[Across], shown: ShownRegions, words: Words) -> tuple[Table, int, int]:
    """The mean of each outcome under both choices of controls; how many are compared and how many judged otherwise."""
    rows: list[list[Cell]] = []
    otherwise = 0
    for one in found:
        both = [find(shown.together, outcome=one.outcome.id, controls=choice) for choice in (OWN, ONCE)]
        if None in both:
            continue
        verdicts = [verdict_text(row, words["effect"]) for row in both]
        otherwise += both[0]["verdict"] != both[1]["verdict"]
        means = [estimate_cell(row, one.outcome.decimals) for row in both]
        rows.append([one.title, *(cell for pair in zip(means, verdicts, strict=True) for cell in pair)])
    outcome, verdict = words["heads_of_regions"]["choices"]
    heads = [head for choice in (OWN, ONCE) for head in (words["controls"][choice], verdict)]
    return Table(text_columns(outcome, *heads), rows), len(rows), otherwise
