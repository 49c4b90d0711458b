"""The tables of a report in its order, and what its chapter on certainty says."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from effectstudie.definitions.outcomes import compared_over_time, outcomes_from
from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.prose.certainty import conclusion_sentences, loss_sentence, risk_sentence
from effectstudie.report.prose.outcome import object_of
from effectstudie.report.table import Table
from effectstudie.report.tables import appendix, certainty, matching, outcomes, sample
from effectstudie.report.tables.key import key_table
from effectstudie.report.values import Named
from effectstudie.shared import formats


def add_tables(contents: Contents, inputs: ReportInputs) -> dict[str, list[str]]:
    """In the order of the report: summary, main text, appendix. Gives the sentences on certainty."""
    shown, study, labels, texts = contents.shown, inputs.study, contents.labels, contents.texts
    heads, sources, defined = texts["heads"], texts["sources"], contents.outcomes
    dash, or_more = sources["dash"], texts["counts"]["or_more"]
    table = key_table(contents.found, shown.values, defined, labels, texts)
    contents.table("key", table, [sources["key"], dash])
    table = appendix.effect_sizes(inputs.effect_sizes, texts["sizes"], heads["effect_sizes"])
    contents.table("effect_sizes", table, [sources["effect_sizes"]])
    table = sample.participants(shown.values, labels, heads["participants"])
    contents.table("participants", table, [sources["participants"]])
    ids, t0 = study["background"], labels["waves"]["T0"]
    table = sample.background(shown.values, shown.tests, defined, ids, labels, heads["background"])
    contents.table("background", table, [sources["background"], _merged(contents, ids), dash], t0=t0)
    if study.get("problems"):
        table = sample.problems(shown.values, shown.tests, defined, study["problems"], labels, heads["problems"])
        contents.table("problems", table, [sources["problems"], dash], t0=t0)
    names = _compared_outcomes(contents, study)
    sentences = _certain(contents, names)
    instruments = {one["instrument"]: one["label"] for one in inputs.instruments}
    table = appendix.reliability(shown.reliability, instruments, labels, heads["instruments"])
    contents.table("instruments", table, [sources["instruments"]])
    table = outcomes.outcome_means(shown.values, defined, study["outcomes"], labels, heads["means"])
    contents.table("means", table, [sources["means"], dash])
    table = outcomes.outcome_tests(shown.tests, defined, study["outcomes"], labels, heads["tests"], texts["sizes"])
    contents.table("tests", table, [sources["tests"].format(effect_sizes=NUMBERS["effect_sizes"])])
    _other_analyses(contents, names)
    for name, spec in study["matching"]["strategies"].items():
        table = matching.balance(shown.balance[name], labels["covariates"], heads["balance"], or_more)
        contents.table(f"balance__{name}", table, [sources["balance"]], strategy=spec["label"].lower())
    scales = [name for name, spec in defined.items() if spec["section"] == "appendix"]
    if scales:
        table = appendix.subscales(shown.values, defined, scales, labels, heads["subscales"])
        contents.table("subscales", table, [sources["subscales"], dash])
    # of the scales in the appendix the dashes say it; the list would be many pages
    contents.table("suppressed", hidden(contents, scales), [sources["suppressed"]])
    return sentences


def hidden(contents: Contents, but_for: Collection[str] = ()) -> Table:
    """The list of what is not shown, but for these outcomes."""
    texts, shown = contents.texts, contents.shown
    rows = shown.suppressed[~shown.suppressed["outcome"].isin(but_for)]
    words = texts["heads"]["suppressed"]
    return appendix.suppressed(rows, contents.outcomes, contents.labels, texts["reasons"], shown.limits, words)


def _merged(contents: Contents, ids: Sequence[str]) -> str:
    """Which classes were merged in the table of background, if any."""
    merged = contents.shown.merged
    items = [f"{contents.outcomes[name]['label'].lower()} ({formats.joined(merged[name])})"
             for name in ids if name in merged]  # fmt: skip
    return contents.texts["sources"]["merged"].format(items=formats.joined(items)) if items else ""


def _compared_outcomes(contents: Contents, study: Mapping[str, Any]) -> dict[str, str]:
    """What tables call the outcomes that are compared over time."""
    followed = compared_over_time(outcomes_from({name: contents.outcomes[name] for name in study["outcomes"]}))
    return {name: formats.capital(contents.title(name)) for name in followed}


def _certain(contents: Contents, names: Named) -> dict[str, list[str]]:
    """The tables and the sentences of the chapter. `names`: _compared_outcomes."""
    shown, labels = contents.shown, contents.labels
    words, sources = contents.texts["certainty"], contents.texts["sources"]
    objects = {name: object_of(contents.outcomes[name]) for name in names}
    decimals = {name: contents.outcomes[name]["decimals"] for name in names}
    table = certainty.conclusions(shown.analyses, shown.conclusions, names, decimals, words)
    note = sources["conclusions"].format(ways_to_match=NUMBERS["ways_to_match"])
    contents.table("conclusions", table, [note])
    if len(shown.risk):
        table = certainty.risk_groups(shown.risk, names, decimals, labels["groups"], words)
        contents.table("risk_groups", table, [sources["risk_groups"]])
    table = certainty.losses(shown.losses, labels["units"], labels["groups"], words)
    contents.table("losses", table, [sources["losses"]])
    return {
        "conclusions": conclusion_sentences(shown.conclusions, objects, words),
        "risk": [risk_sentence(shown.risk, objects, words)],
        "losses": [loss_sentence(shown.at_start, objects, words)],
    }


def _other_analyses(contents: Contents, names: Named) -> None:
    """Tables of the appendix: every p, the strength of the differences, other ways to match."""
    shown, texts = contents.shown, contents.texts
    words, sources = texts["certainty"], texts["sources"]
    tested = {name: names[name] for name in shown.compared}
    for name, part in words["p_tables"].items():
        table = certainty.every_p(shown.analyses, tested, part["analyses"], words)
        contents.table(f"every_p__{name}", table, [sources["every_p"]], what=part["title"])
    contents.table("strength", certainty.strength(shown.robustness, tested, words), [sources["strength"]])
    covariates, or_more = contents.labels["covariates"], texts["counts"]["or_more"]
    table = certainty.ways_to_match(shown.variants, words, or_more, covariates)
    contents.table("ways_to_match", table, [sources["ways_to_match"]])
