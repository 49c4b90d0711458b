"""Facts for the sentences: what may be shown of those who were tested, and the tests of one outcome."""

from collections.abc import Mapping
from math import isnan, sqrt
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Norm, Outcome
from effectstudie.definitions.result_tables.analysis import OF_CHANGE
from effectstudie.report.prose.outcome import ClassFacts, Estimated, OutcomeFacts, Shown, Verdict, verdict
from effectstudie.report.values import find, size_id
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, ENDS, WAVES

DIFFERENCE_TESTS = ("chi_squared", "fisher_exact")

# Without a margin a change up to this part of the SD at T0 is noise.
NOISE = 0.1


def shown_groups(
    levels: pd.DataFrame,
    outcome: Outcome,
    bounds: Mapping[str, str],
    within: Mapping[str, Verdict] | None = None,
    time: Verdict | None = None,
    cell: str = "",
) -> dict[str, Shown]:
    """The groups whose pairs may be shown. `levels`: `Shown.levels`; `bounds`: how a bound is said (`fewer`, `more`).

    `within`: the change of each group tested by itself, `time` that of both together; `cell`: of a class outcome the
    class.
    """
    name = f"{outcome.id}.{cell}" if cell else outcome.id
    rows = {group: find(levels, outcome=name, group=group) for group in COMPARED}
    still = _still(outcome, [row for row in rows.values() if row])
    together = _one_way([row["change"] for row in rows.values() if row]) and _significant(time)
    groups = {}
    for group, row in rows.items():
        texts = [level_text(row, end, outcome, bounds) for end in ENDS.values()] if row else [""]
        if all(texts):
            # beside each other by the test of both: two tests of their own are no comparison of the groups
            alone = time is None or not all(rows.values())
            moved = together or alone and _significant((within or {}).get(group))
            numbers = (row["mean_t0"], row["mean_follow_up"])
            # of classes no change of people is defined: that of the share is the difference
            change = row["change"] if pd.notna(row["change"]) else numbers[1] - numbers[0]
            groups[group] = Shown(*numbers, *texts, change=change, still=still, moved=moved)
    return groups


def _significant(tested: Verdict | None) -> bool:
    return tested is not None and tested.state in ("significant", "negligible")


def _one_way(changes: list[float]) -> bool:
    """Whether both groups change in the same direction."""
    return len(changes) == len(COMPARED) and (min(changes) > 0 or max(changes) < 0)


def level_text(row: Mapping[str, Any], end: str, outcome: Outcome, bounds: Mapping[str, str]) -> str:
    """A level as it is printed, or the bound that may be said of it; empty where neither may.

    `row`: of `Shown.levels`; `end`: `t0` or `follow_up`.
    """
    show = formats.number if outcome.kind == "mean" else formats.percent
    if pd.notna(row[f"mean_{end}"]):
        return show(row[f"mean_{end}"], outcome.decimals)
    kind = row[f"bound_{end}"]
    if not isinstance(kind, str) or not kind:
        return ""
    return bounds[kind].format(number=show(row[f"bound_value_{end}"], 0))


def _still(outcome: Outcome, rows: list[Mapping[str, Any]]) -> float:
    """Up to where a change is no movement: the margin, or NOISE of the SD at T0 of both groups."""
    if outcome.margin is not None:
        return outcome.margin
    spreads = [row["sd_t0"] for row in rows if pd.notna(row["sd_t0"])]
    return NOISE * sqrt(sum(sd**2 for sd in spreads) / len(spreads)) if spreads else 0.0


def outcome_facts(
    outcome: Outcome,
    levels: pd.DataFrame,
    tests: pd.DataFrame,
    estimates: pd.DataFrame,
    texts: Mapping[str, Any],
    place: int = 0,
) -> OutcomeFacts:
    """Facts of a mean or percentage outcome. `texts`: the words of the report; `place`: among those of its theme."""
    made = tests[tests["outcome"] == outcome.id]
    judged = {group: _judged(made, analysis="paired_t", group=group) for group in COMPARED}
    within = {group: result for group, result in judged.items() if result}
    time = _judged(made, analysis="mixed_anova", effect="time")
    shown = shown_groups(levels, outcome, texts["bounds"], within, time)
    anova = find(made, analysis="mixed_anova", effect="interaction")
    return OutcomeFacts(
        label=outcome.label,
        article=outcome.article,
        shown=shown,
        place=place,
        plural=outcome.plural,
        unit=texts["units_in_sentences"].get(outcome.measure),
        outcome=outcome.id,
        kind=outcome.kind,
        better=outcome.better,
        within=within,
        n=int(anova["n"]) if anova and pd.notna(anova["n"]) else None,
        side=_side(levels, made, outcome.id) if len(shown) == len(COMPARED) else "",
        estimated=_estimated(outcome, estimates, texts["interval"]),
        norm=_norm(outcome.norm, made),
        **{
            # both groups are shown and yet the test is not there: too few have both measurements (`treat_tests`)
            effect: _judged(made, analysis="mixed_anova", effect=effect) or Verdict("untested", reason="pairs")
            for effect in ("time", "group", "interaction")
        },
    )


def _judged(tests: pd.DataFrame, **keys: str) -> Verdict | None:
    """The test of an outcome with these keys, defined or not; None where it was not made or may not be shown."""
    test = find(tests, **keys)
    if test is None:
        return None
    sized = isinstance(test["effect_size"], str) and test["effect_size"] != ""
    return verdict(test, size_id(test) if sized else None, _reason(test))


def _reason(test: Mapping) -> str:
    """Why a test is undefined, as the analysis says it; read from a file, an empty one is NaN."""
    return test["reason"] if isinstance(test["reason"], str) else ""


def _side(levels: pd.DataFrame, tests: pd.DataFrame, outcome: str) -> str:
    """Whether the approach lies higher or lower than the controls, averaged over both measurements.

    By the difference that the group effect tests, because rounded levels can lie the other way. Where a level is only
    known as a bound there is no such difference, and the groups must lie apart at each measurement.
    """
    tested = find(tests, analysis="mean_difference")
    if tested is not None and pd.notna(tested["effect_value"]):
        return "higher" if tested["effect_value"] > 0 else "lower" if tested["effect_value"] < 0 else ""
    rows = {group: find(levels, outcome=outcome, group=group) for group in COMPARED}
    means = {group: [row[f"mean_{end}"] for end in ENDS.values()] for group, row in rows.items()}
    if not any(isnan(mean) for pair in means.values() for mean in pair):
        apart = sum(means["approach"]) - sum(means["control"])
        return "higher" if apart > 0 else "lower" if apart < 0 else ""
    ranges = {group: [_range(row, end) for end in ENDS.values()] for group, row in rows.items()}
    pairs = list(zip(ranges["approach"], ranges["control"], strict=True))
    if all(approach[0] >= control[1] for approach, control in pairs):
        return "higher"
    return "lower" if all(approach[1] <= control[0] for approach, control in pairs) else ""


def _range(row: Mapping[str, Any], end: str) -> tuple[float, float]:
    """Between which percentages a level lies, as far as it may be said."""
    mean, bound = row[f"mean_{end}"], row[f"bound_value_{end}"]
    if pd.notna(mean):
        return mean, mean
    return (0.0, bound) if row[f"bound_{end}"] == "fewer" else (bound, 100.0)


def _estimated(outcome: Outcome, estimates: pd.DataFrame, interval: str) -> Estimated | None:
    row = find(estimates, outcome=outcome.id)
    if row is None or not isinstance(row["verdict"], str):
        return None
    if pd.isna(row["value"]):
        return Estimated(row["verdict"])
    low, high = (formats.number(row[name], outcome.decimals) for name in ("ci_low", "ci_high"))
    printed = formats.number(abs(row["value"]), outcome.decimals)
    return Estimated(row["verdict"], row["value"], printed, interval.format(low=low, high=high))


def _norm(norm: Norm | None, tests: pd.DataFrame) -> dict:
    if not norm:
        return {}
    against, hidden = [], False
    for wave in WAVES:
        for group in COMPARED:
            test = find(tests, analysis="one_sample_t", group=group, wave=wave)
            if test is not None and pd.notna(test["p"]) and pd.notna(test["effect_value"]):
                # above as tested: a printed mean may round to the norm
                above = bool(test["effect_value"] > 0)
                against.append({"group": group, "wave": wave, "above": above, "verdict": verdict(test, None)})
            else:
                hidden = True
    decimals = 0 if float(norm.value).is_integer() else 1
    return {"label": norm.label, "text": formats.number(norm.value, decimals), "tests": against, "hidden": hidden}


def class_facts(
    outcome: Outcome,
    values: pd.DataFrame,
    levels: pd.DataFrame,
    tests: pd.DataFrame,
    texts: Mapping[str, Any],
    place: int = 0,
    in_fives: bool = False,
) -> ClassFacts:
    """Facts of a class outcome, told by its last (worst) class. `values`: whose classes are shown, merged or not."""
    of_outcome = values[values["outcome"] == outcome.id]
    cells = list(dict.fromkeys(zip(of_outcome["cell"], of_outcome["label"], strict=True)))
    worst, label = cells[-1] if cells else ("", outcome.label)
    made = tests[tests["outcome"] == outcome.id]
    change = {group: first_verdict(made, "time", OF_CHANGE, group=group) for group in COMPARED}
    return ClassFacts(
        label=outcome.label,
        article=outcome.article,
        shown=shown_groups(levels, outcome, texts["bounds"], change, cell=worst) if worst else {},
        place=place,
        class_label=label,
        units=texts["labels"]["units"][outcome.unit],
        change=change,
        difference={wave: first_verdict(made, "group", DIFFERENCE_TESTS, wave=wave) for wave in WAVES},
        in_fives=in_fives,
    )


def first_verdict(tests: pd.DataFrame, effect: str, analyses: tuple[str, ...], **keys: str) -> Verdict:
    """The verdict of the first of these analyses that was made of one outcome, without its effect size."""
    made = [find(tests, effect=effect, analysis=analysis, **keys) for analysis in analyses]
    test = next((test for test in made if test), None)
    return verdict(test, None, _reason(test) if test else "")
