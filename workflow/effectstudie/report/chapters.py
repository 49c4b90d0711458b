"""The tables of a report in its order, and what its chapter on certainty says."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from effectstudie.definitions.outcomes import compared_over_time
from effectstudie.definitions.plans.registered import Registered
from effectstudie.report.comparison import steps_note
from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.plan.marks import mark_note, marked
from effectstudie.report.plan.section import add_departures
from effectstudie.report.prose.certainty import conclusion_sentences, headline_sentences, loss_sentences, risk_sentences
from effectstudie.report.prose.effect import bracket_sentence, effect_sentences, margins_note
from effectstudie.report.prose.wording import unit_of_difference
from effectstudie.report.summary.rating import Rating, rules_table
from effectstudie.report.table import Table
from effectstudie.report.tables import appendix, certainty, effect, matching, outcomes, sample
from effectstudie.report.tables.instruments import instruments_table
from effectstudie.report.tables.key import key_table
from effectstudie.report.values import Named
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA


def add_tables(contents: Contents, inputs: ReportInputs, rating: Rating) -> dict[str, list[str]]:
    """In the order of the report: method in short, results, certainty, appendix. Gives the sentences on certainty."""
    shown, study, labels, texts = contents.shown, inputs.study, contents.labels, contents.texts
    heads, sources, defined = texts["heads"], texts["sources"], contents.outcomes
    dash = sources["dash"]
    instruments = {one["instrument"]: one["label"] for one in inputs.instruments}
    table = instruments_table(inputs.instruments, shown.reliability, labels, heads["instruments_short"])
    note = sources["instruments_short"].format(instruments=NUMBERS["instruments"])
    contents.table("instruments_short", table, [note])
    table = sample.participants(shown.values, labels, heads["participants"])
    contents.table("participants", table, [sources["participants"]])
    ids, t0 = study["background"], labels["waves"]["T0"]
    table = sample.background(shown.values, shown.tests, defined, ids, labels, heads["background"])
    contents.table("background", table, [sources["background"], _merged(contents, ids), dash], t0=t0)
    if study.get("problems"):
        table = sample.problems(shown.values, shown.tests, defined, study["problems"], labels, heads["problems"])
        contents.table("problems", table, [sources["problems"], dash], t0=t0)
    _key(contents, inputs.plan)
    names = _compared_outcomes(contents, study)
    sentences = _certain(contents, names)
    # from here on tables of the appendix
    table = appendix.effect_sizes(inputs.effect_sizes, texts["sizes"], heads["effect_sizes"])
    contents.table("effect_sizes", table, [sources["effect_sizes"]])
    contents.table("rating", rules_table(inputs.rating, rating, texts["summary"] | texts["summary"]["facts"]),
                   [sources["rating"]])  # fmt: skip
    table = appendix.reliability(shown.reliability, instruments, labels, heads["instruments"])
    contents.table("instruments", table, [sources["instruments"]])
    table = outcomes.outcome_means(shown.values, defined, study["outcomes"], labels, heads["means"])
    rounded = "" if shown.internal else sources["rounded"].format(**shown.limits)
    contents.table("means", table, [sources["means"], rounded, dash])
    table = outcomes.outcome_tests(shown.tests, defined, study["outcomes"], labels, heads["tests"], texts["sizes"])
    contents.table("tests", table, [sources["tests"].format(effect_sizes=NUMBERS["effect_sizes"])])
    _conclusions(contents, names, inputs.plan)
    _other_analyses(contents, names)
    _beside_effect(contents, names)
    balances = {spec["label"].lower(): shown.balance[name] for name, spec in study["matching"]["strategies"].items()}
    table = matching.balance(balances, labels["covariates"], heads["balance"], texts["counts"])
    steps = steps_note(shown.balance, shown.balance, sources["balance_steps"])
    contents.table("balance", table, [sources["balance"], *steps])
    scales = [name for name, outcome in defined.items() if outcome.section == "appendix"]
    if scales:
        table = appendix.subscales(shown.values, defined, scales, labels, heads["subscales"])
        contents.table("subscales", table, [sources["subscales"], rounded, dash])
    add_departures(inputs, contents)
    # of the scales in the appendix the dashes say it; the list would be many pages
    contents.table("suppressed", hidden(contents, scales), [sources["suppressed"]])
    return sentences


def _key(contents: Contents, plan: Registered | None) -> None:
    """The table of all outcomes in a row."""
    texts, found = contents.texts, [facts.outcome for facts in contents.outcome_facts]
    shown = contents.shown
    table = key_table(contents.outcome_facts, shown.estimates, shown.levels, contents.outcomes, contents.labels, texts)
    notes = [texts["sources"]["key"], texts["sources"]["dash"], mark_note(found, plan, texts["plan"])]
    contents.table("key", marked(table, found, plan, texts["plan"]), notes)


def hidden(contents: Contents, but_for: Collection[str] = ()) -> Table:
    """The list of what is not shown, but for these outcomes."""
    texts, shown = contents.texts, contents.shown
    rows = shown.suppressed[~shown.suppressed["outcome"].isin(but_for)]
    return appendix.suppressed(rows, contents.short_titles, contents.labels, texts["heads"]["suppressed"])


def _merged(contents: Contents, ids: Sequence[str]) -> str:
    """Which classes were merged in the table of background, if any."""
    merged = contents.shown.merged
    items = [f"{contents.outcomes[name].label.lower()} ({formats.joined(merged[name])})"
             for name in ids if name in merged]  # fmt: skip
    return contents.texts["sources"]["merged"].format(items=formats.joined(items)) if items else ""


def _compared_outcomes(contents: Contents, study: Mapping[str, Any]) -> dict[str, str]:
    """What tables call the outcomes that are compared over time."""
    followed = compared_over_time({name: contents.outcomes[name] for name in study["outcomes"]})
    return {name: formats.capital(contents.title(name)) for name in followed}


def _certain(contents: Contents, names: Named) -> dict[str, list[str]]:
    """The tables and the sentences of the chapter. `names`: _compared_outcomes."""
    shown, labels = contents.shown, contents.labels
    words, sources = contents.texts["certainty"], contents.texts["sources"]
    objects = {name: contents.outcomes[name].object for name in names}
    decimals = {name: contents.outcomes[name].decimals for name in names}
    if len(shown.effect_by_risk):
        table = effect.by_risk(shown.effect_by_risk, names, decimals, contents.texts["effect"])
        contents.table("effect_by_risk", table, [sources["effect_by_risk"], sources["dash_beside"]])
    table = certainty.losses(shown.losses, labels["units"], labels["groups"], words)
    contents.table("losses", table, [sources["losses"]])
    estimates, titles = shown.estimates, {name: contents.title(name) for name in names}
    over_time = shown.tests[(shown.tests["analysis"] == "mixed_anova") & (shown.tests["effect"] == "time")]
    changed = set(over_time.loc[over_time["p"] < ALPHA, "outcome"])

    def amount(outcome: str, value: float) -> str:
        known = contents.outcomes[outcome]
        printed = formats.number(abs(value), known.decimals)
        unit = contents.texts["units_in_sentences"].get(known.measure)
        return f"{printed}{unit_of_difference(unit, known.kind, printed, contents.texts)}"

    return {
        "effect": effect_sentences(estimates, objects, labels["phrases"], contents.texts["effect"]),
        "bracket": [bracket_sentence(estimates, objects, contents.texts["effect"])],
        "conclusions": conclusion_sentences(shown.conclusions, objects, words),
        "headlines": headline_sentences(shown.within_verdicts, changed, titles, words),
        "risk": risk_sentences(shown.effect_by_risk, shown.risk, titles, amount, words),
        "losses": loss_sentences(shown.at_start, shown.analyses, titles, decimals, labels["phrases"], words),
    }


def _conclusions(contents: Contents, names: Named, plan: Registered | None) -> None:
    """The tables of the differences in change: the published test with its verdict over all analyses."""
    shown, texts = contents.shown, contents.texts
    words, decimals = texts["certainty"], {name: contents.outcomes[name].decimals for name in names}
    table = certainty.conclusions(shown.analyses, shown.conclusions, names, decimals, words)
    table = marked(table, list(names), plan, texts["plan"])
    tests = formats.number(len(shown.conclusions))
    note = texts["sources"]["conclusions"].format(ways_to_match=NUMBERS["ways_to_match"], tests=tests)
    contents.table("conclusions", table, [note, mark_note(list(names), plan, texts["plan"])])


def _beside_effect(contents: Contents, names: Named) -> None:
    """Tables of the appendix: what the effect rests on, and what stands beside it."""
    shown, labels, texts = contents.shown, contents.labels, contents.texts
    words, sources = texts["effect"], texts["sources"]
    decimals = {name: contents.outcomes[name].decimals for name in names}
    if len(shown.estimates):
        table = effect.estimates(shown.estimates, names, contents.outcomes, words)
        margins = margins_note(contents.outcomes, names, shown.estimates["outcome"], words)
        contents.table("estimates", table, [sources["estimates"], margins])
    tables = {
        "bracket": (shown.estimates, effect.bracket(shown.estimates, names, decimals, words)),
        "unmeasured": (
            shown.estimates,
            effect.unmeasured(shown.estimates, names, labels["covariates"], words, texts["counts"]),
        ),
        "reliable_change": (
            shown.reliable_change,
            effect.reliable_change(shown.reliable_change, names, labels["groups"], words),
        ),
        "within_groups": (
            shown.within_groups,
            effect.within_groups(shown.within_groups, names, decimals, labels, words),
        ),
        "risk_groups": (
            shown.risk,
            certainty.risk_groups(shown.risk, names, decimals, labels["groups"], texts["certainty"]),
        ),
        "imputed": (shown.imputed, effect.imputed(shown.imputed, shown.estimates, names, decimals, words)),
    }
    for name, (rows, table) in tables.items():
        if len(rows):
            inside = f"{name}_inside"
            source = sources[inside if shown.internal and inside in sources else name]
            contents.table(name, table, [source, sources["dash_beside"]])


def _other_analyses(contents: Contents, names: Named) -> None:
    """Tables of the appendix: every p, the strength of the differences, other ways to match."""
    shown, texts = contents.shown, contents.texts
    words, sources = texts["certainty"], texts["sources"]
    tested = {name: names[name] for name in shown.compared}
    for name, part in words["p_tables"].items():
        table = certainty.every_p(shown.analyses, tested, part["analyses"], words)
        contents.table(f"every_p__{name}", table, [sources["every_p"]], what=part["title"])
    note = sources["strength"].format(conclusions=contents.tables["conclusions"].number)
    contents.table("strength", certainty.strength(shown.robustness, tested, words), [note, sources["dash_undefined"]])
    table = certainty.ways_to_match(shown.variants, words, texts["counts"], contents.labels["covariates"])
    contents.table("ways_to_match", table, [sources["ways_to_match"]])
