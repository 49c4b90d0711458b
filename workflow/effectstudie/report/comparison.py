"""Who is compared: what the report says of the matching and of how alike the groups are, and its figures."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.strategies import FEWEST_IN_STRATUM
from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, STEPS, Matched
from effectstudie.report.contents import NUMBERS, Contents
from effectstudie.report.figures.balance import love_data, love_plot, overlap_figure
from effectstudie.report.figures.descriptions import flow_alt, love_alt
from effectstudie.report.figures.flow import Step, flow_figure
from effectstudie.report.table import Figure
from effectstudie.report.values import Named, cell_text, count_cell, difference_cell, find, find_test, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED, LARGE_DIFFERENCE, SMALL_DIFFERENCE

SCORE = "propensity_score"


def strategies_said(contents: Contents, study: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the method chapter says of each matching strategy."""
    return [_strategy(contents, name, spec) for name, spec in study["matching"]["strategies"].items()]


def _strategy(contents: Contents, name: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    names, words, counts = contents.labels["covariates"], contents.texts["balance"], contents.texts["counts"]
    matched, balance = contents.shown.matched[name], contents.shown.balance[name]
    apart = balance[(balance["sample"] == "matched") & (least_apart(balance) >= SMALL_DIFFERENCE)]
    over = formats.joined([names.get(covariate, covariate).lower() for covariate in apart["covariate"].unique()])
    imbalance = words["some" if over else "none"].format(strategy=spec["label"].lower(), items=over)
    return {
        "id": name,
        "label": spec["label"],
        "covariates": formats.joined([names[one].lower() for one in spec["covariates"]]),
        "exact": formats.joined([names[one].lower() for one in spec["exact"]]),
        "design": spec.get("design", "nearest"),
        "fewest": formats.number(FEWEST_IN_STRATUM),
        "ratio": spec.get("ratio"),
        "caliper": "" if spec.get("caliper") is None else formats.number(spec["caliper"], 2),
        "missing": missing_said(matched, spec["missing"], names, contents.texts["lacking"]),
        "n_pool": formats.number(matched.pool),
        "n_approach_all": str(count_cell(matched.approach_all, counts)),
        "n_approach": str(count_cell(matched.approach, counts)),
        "n_controls": str(count_cell(matched.controls, counts)),
        "unmatched": str(count_cell(matched.unmatched, counts)),
        "ess": "" if pd.isna(matched.ess) else formats.number(matched.ess, 1),
        "balance": imbalance,
    }


def missing_said(matched: Matched, rule: str, names: Named, words: Mapping[str, str]) -> str:
    """What was done where a household lacks a covariate. `rule`: `missing` of the strategy; `names`: of covariates."""
    if rule == "complete":
        return words["complete"]
    if not (matched.marked or matched.unmarked):
        return words["none"]
    said = [words["filled"]]
    for kind, covariates in (("marked", matched.marked), ("unmarked", matched.unmarked)):
        if covariates:
            said.append(words[kind].format(items=formats.joined([names[one].lower() for one in covariates])))
    return " ".join(said)


def remaining_imbalance(contents: Contents, study: Mapping[str, Any]) -> list[dict[str, str]]:
    """On what the groups of the selected strategy are still badly unlike after matching, the largest difference first.

    Each with `covariate`, `label`, `smd` (printed, without a sign), `direction` (what the approach group has more or
    less of; empty where the difference is too large to say, or which way it is may not be told), `sentence` and
    `could`: what it may do to the outcomes.
    The propensity score, which is all covariates together, comes last.
    """
    balance = contents.shown.balance[study["matching"]["selected"]]
    apart = balance[
        (balance["sample"] == "matched") & ((balance["smd"].abs() > LARGE_DIFFERENCE) | (balance["step"] == "over"))
    ]
    apart = apart.assign(size=least_apart(apart))
    rows = sorted(apart.to_dict("records"), key=lambda row: (row["covariate"] == SCORE, -row["size"]))
    return [_imbalance(contents, row) for row in rows]


def least_apart(balance: pd.DataFrame) -> pd.Series:
    """How far apart the groups are at least, of rows of `Shown.balance`: the difference or the low end of its step."""
    return balance["smd"].abs().fillna(balance["step"].map({name: low for name, (low, _) in STEPS.items()}))


def _imbalance(contents: Contents, row: Mapping[str, Any]) -> dict[str, str]:
    """One row of the balance, in words."""
    labels, texts, name, smd = contents.labels, contents.texts, row["covariate"], row["smd"]
    words, more_or_less = texts["imbalance"], "more" if row["more"] else "less"
    told = labels["unlike"].get(name, {})
    label = labels["covariates"].get(name, name)
    if isinstance(row["level"], str) and row["level"]:
        label = f"{label}: {row['level']}"
    if name == SCORE:
        pattern, direction = words["score"], ""
    elif not row["step"] and abs(smd) >= DIFFERENCE_LIMIT:
        pattern, direction = words["far"], ""
    elif pd.isna(row["more"]):
        pattern, direction = words["unsaid"], ""
    elif more_or_less in told:
        pattern, direction = words["told"], told[more_or_less]
    else:
        pattern, direction = words["untold"], words[more_or_less]
    size = str(difference_cell(abs(smd), texts["counts"], row["step"]))
    filled = {"label": label.lower(), "smd": size, "direction": direction, **labels["phrases"]}
    return {
        "covariate": name,
        "label": label,
        "smd": size,
        "direction": direction,
        "sentence": formats.capital(pattern.format(**filled)),
        "could": words["score_could"] if name == SCORE else told.get("could", words["could"]),
    }


def background_sentences(contents: Contents, study: Mapping[str, Any]) -> list[str]:
    """In what the groups differ at the start, which way, and why: by the tests of the tables of this."""
    words, phrases = contents.texts["unlike"], contents.labels["phrases"]
    tests = contents.shown.tests
    p_of_background = {
        name: test["p"] for name in study["background"] if (test := find_test(tests, name, "group", wave="T0"))
    }
    pair = "|".join(COMPARED)
    # as in their table: only where both groups are shown
    p_of_problems = {
        name: test["p"]
        for name in study.get("problems", [])
        if (test := find_test(tests, name, "problem", group=pair))
        and _furthest(contents.shown.values, contents.outcomes[name])
    }
    said, numbers, apart = [], False, False
    for kind, tested in (("background", p_of_background), ("problems", p_of_problems)):
        items = [_unlike(contents, name) for name, p in tested.items() if p < ALPHA]
        apart = apart or bool(items)
        if items:
            said.append(words[kind]["some"].format(items=formats.joined(items), **phrases))
            if any("(" in item for item in items) and not numbers:
                said.append(words["order"].format(**phrases))
                numbers = True
        elif tested:
            said.append(words[kind]["none"].format(**phrases))
        if 0 < len(items) < len(tested):
            said.append(words[kind]["others"])
    if apart and study.get("why_groups_differ"):
        said.append(study["why_groups_differ"])
    return said


def _unlike(contents: Contents, name: str) -> str:
    """What differs, with the values that are furthest apart where both groups are shown."""
    outcome, words = contents.outcomes[name], contents.texts["unlike"]["item"]
    label = contents.title(name).lower()
    shown = _furthest(contents.shown.values, outcome)
    if shown is None:
        return label
    a, c = (cell_text(row, outcome.decimals, outcome.kind != "mean") for row in shown)
    kind = "mean" if outcome.kind == "mean" else "class" if shown[0]["cell"] else "share"
    of_class = formats.ranges(shown[0]["label"])
    return words[kind].format(label=label, a=a, c=c, unit=outcome.measure, of_class=of_class)


def _furthest(values: pd.DataFrame, outcome: Outcome) -> Sequence[Mapping] | None:
    """The rows of both groups at T0 of the class in which they are furthest apart; None where no class shows both."""
    at_start = values[(values["wave"] == "T0") & (values["outcome"] == outcome.id)]
    pairs = []
    for cell in at_start["cell"].drop_duplicates():
        rows = [find(at_start, cell=cell, group=group) for group in COMPARED]
        if all(row is not None and pd.notna(row["value"]) for row in rows):
            pairs.append(rows)
    return max(pairs, key=lambda rows: abs(rows[0]["value"] - rows[1]["value"]), default=None)


def _households(contents: Contents, group: str, wave: str) -> str:
    return size_text(find(contents.shown.values, outcome="participation", unit="household", group=group, wave=wave))


def flow(contents: Contents, selected: Mapping[str, str]) -> Figure:
    """Households from the cohort to the follow-up. `selected`: the selected strategy of strategies_said."""
    labels, texts = contents.labels, contents.texts
    steps = _steps(contents, selected)
    return Figure(
        svg=flow_figure(steps, labels),
        caption=texts["captions"]["flow"],
        alt=flow_alt(steps, labels, texts),
        notes=[texts["sources"]["flow"].format(participants=NUMBERS["participants"])],
        data=pd.DataFrame(
            {"group": step.group, "step": step.text, "n": step.count, "left": "; ".join(step.left)} for step in steps
        ),
        narrow=True,
    )


def _steps(contents: Contents, selected: Mapping[str, str]) -> list[Step]:
    """The boxes: the whole cohort, then each group at the start, after matching and at the follow-up."""
    shown, words, steps = contents.shown, contents.labels["flow"], []
    if "cohort" in shown.cohort:
        others = shown.cohort.get("other_approach")
        hidden = (words["other_approach_hidden"],) if others is None else ()
        left = (words["other_approach"].format(count=formats.number(others)),) if others else hidden
        steps.append(Step("", formats.number(shown.cohort["cohort"]), words["all"], left))
    matched = shown.matched[selected["id"]]
    not_chosen = {
        "approach": words["unmatched"].format(count=selected["unmatched"]),
        "control": words["not_chosen"].format(
            count=formats.number(matched.pool - matched.controls.number)
            if matched.controls.kind == "exact"
            else formats.ABSENT
        ),
    }
    for group, at_start, after in (
        ("approach", selected["n_approach_all"], selected["n_approach"]),
        ("control", selected["n_pool"], selected["n_controls"]),
    ):
        later = words["follow_up"].format(wave=contents.labels["waves"]["follow_up"])
        steps += [
            Step(group, at_start, words["cohort"], (not_chosen[group],)),
            Step(group, after, words["matched"], (words["lost"],)),
            Step(group, _households(contents, group, "follow_up"), later, _split(contents, group)),
        ]
    return steps


def _split(contents: Contents, group: str, beside: bool = False) -> tuple[str, ...]:
    """At which wave the follow-up of a group's households was, as far as it may be said; of one wave only `beside`
    a group that has more.
    """
    words, rows = contents.labels["flow"]["split"], contents.shown.follow_up_waves
    own = rows[(rows["unit"] == "household") & (rows["group"] == group)]
    said = []
    for row in own.itertuples() if own["wave"].nunique() > 1 or beside else ():
        if pd.notna(row.n) and row.n:
            said.append(words["exact"].format(n=formats.number(row.n), wave=row.wave))
        elif pd.notna(row.more_than):
            said.append(words["more"].format(n=formats.number(row.more_than), wave=row.wave))
    return (formats.joined(said),) if said else ()


def follow_up_sentence(contents: Contents) -> str:
    """At which wave the follow-up was, of both groups; empty where nothing may be said."""
    words, phrases = contents.labels["flow"]["split"], contents.labels["phrases"]
    more = any(_split(contents, group) for group in COMPARED)
    items = [
        words["of"].format(group=phrases[group], items=split[0])
        for group in COMPARED
        if (split := _split(contents, group, beside=more))
    ]
    return words["sentence"].format(items="; ".join(items)) if items else ""


def love(contents: Contents, study: Mapping[str, Any]) -> Figure:
    """Differences between the groups before and after matching by the selected strategy."""
    selected = study["matching"]["selected"]
    return _love(contents, {selected: study["matching"]["strategies"][selected]}, "love")


def love_all(contents: Contents, study: Mapping[str, Any]) -> Figure:
    """The same by every strategy."""
    return _love(contents, study["matching"]["strategies"], "love_all")


def _love(contents: Contents, strategies: Mapping[str, Mapping], caption: str) -> Figure:
    labels, texts, balance = contents.labels, contents.texts, contents.shown.balance
    panels = {spec["label"]: love_data(balance[name], labels) for name, spec in strategies.items()}
    return Figure(
        svg=love_plot(panels, labels),
        caption=texts["captions"][caption],
        alt=love_alt(panels, labels["samples"], texts),
        notes=[texts["sources"]["love"], *steps_note(balance, strategies, texts["sources"]["love_steps"])],
        data=_by_strategy(panels),
    )


def steps_note(balance: Mapping[str, pd.DataFrame], strategies: Iterable[str], note: str) -> list[str]:
    """`note`, where a difference is only told in steps."""
    hidden = any((balance[name]["step"] != "").any() for name in strategies)
    return [note] if hidden else []


def overlap(contents: Contents, study: Mapping[str, Any]) -> Figure:
    """Propensity scores of the groups: inside before and after matching, per strategy."""
    labels, texts, words = contents.labels, contents.texts, contents.texts["alt"]
    strategies = study["matching"]["strategies"]
    overlaps, kind = contents.shown.overlaps, "overlap_inside" if contents.shown.internal else "overlap"
    panels = {spec["label"]: overlaps[name] for name, spec in strategies.items() if name in overlaps}
    items = []
    for label, data in panels.items():
        parts = [
            words["overlap_part"].format(
                sample=labels["overlap"][row.sample].lower(), median=formats.number(row.p50, 1),
                low=formats.number(row.p25, 1), high=formats.number(row.p75, 1),
            )
            for row in data.itertuples()
        ]  # fmt: skip
        items.append(words["overlap_item"].format(strategy=label, parts="; ".join(parts) or labels["not_shown"]))
    return Figure(
        svg=overlap_figure(panels, labels),
        caption=texts["captions"][kind],
        alt=words[kind].format(items=" ".join(items)),
        notes=[texts["sources"][kind]],
        data=_by_strategy(panels),
    )


def _by_strategy(panels: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([data.assign(strategy=label) for label, data in panels.items()])
