"""Checks of what a study came to, before its report is written: what cannot be stops it, what is weak is said in it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.strategies import WEIGHTED
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.vocabulary import CLASS_STEP, COMPARED, ENDS, SMALL_DIFFERENCE

FEW_HOUSEHOLDS = 30

MUCH_LOST = 0.3

_BETWEEN_0_AND_1 = ("p", "ges")

_SHARES = ("partial_eta_squared", "eta_squared", "cramers_v")

_TINY = 1e-9

# Of whom a figure is, in its data: those with both measurements.
PAIRS = "pairs"


def check_outputs(
    descriptives: pd.DataFrame,
    levels: pd.DataFrame,
    tests: pd.DataFrame,
    worst: float,
    unweighted: float,
    summary: Mapping[str, Any],
    shown: Mapping[str, pd.DataFrame],
    outcomes: Mapping[str, Outcome],
    size_as_told: Callable[[float], float],
    in_fives: Collection[str],
    words: Mapping[str, Mapping[str, str]],
) -> list[dict[str, str]]:
    """What the report says of its checks: one row each with id, title, state (`ok` or `warn`) and text, in Dutch.

    `descriptives`, `levels`, `tests`, `summary`: results of the study and of its selected strategy, before anything is
    hidden; `worst`: the largest difference after matching, `unweighted`: without its weights, which is told of
    designs whose groups are alike only with them; `shown`: the data of the report's figures, by file name;
    `size_as_told`: Limits.down of this edition; `in_fives`: see Shown; `words`: checks.nl.yaml.
    InputError with everything that cannot be: such a report may not be written.
    """
    problems = [
        *_sizes(descriptives, summary),
        *_totals(descriptives, outcomes),
        *_ranges(descriptives, outcomes),
        *_tests(tests),
        *_as_shown(shown, descriptives, levels, outcomes, size_as_told, in_fives),
    ]
    if problems:
        raise InputError(problems)
    checked = [(name, "ok", {}) for name in ("sizes", "totals", "ranges", "tests", "shown")]
    households = _participants(descriptives, "household")
    start, later = ([households.get((group, wave), 0) for group in COMPARED] for wave in ("T0", "follow_up"))
    checked.append(("few", "warn" if min(later) < FEW_HOUSEHOLDS else "ok", {"minimum": FEW_HOUSEHOLDS}))
    lost = max((1 - after / before if before else 0) for before, after in zip(start, later, strict=True))
    checked.append(("lost", "warn" if lost > MUCH_LOST else "ok", {"share": f"{100 * MUCH_LOST:.0f}%"}))
    checked.append(("balance", "warn" if worst > SMALL_DIFFERENCE else "ok", {}))
    if summary["method"] in WEIGHTED:
        checked.append(("unweighted", "warn" if unweighted > SMALL_DIFFERENCE else "ok", {}))
    return [
        {"id": name, "title": words[name]["title"], "state": state, "text": words[name][state].format(**values)}
        for name, state, values in checked
    ]


def _participants(descriptives: pd.DataFrame, unit: str) -> dict[tuple[str, str], int]:
    rows = descriptives[(descriptives["outcome"] == "participation") & (descriptives["unit"] == unit)]
    return {(row.group, row.wave): int(row.n) for row in rows.itertuples()}


def _sizes(descriptives: pd.DataFrame, summary: Mapping[str, Any]) -> list[str]:
    """As many households as were matched; no more at the follow-up, and no more values than people."""
    households = _participants(descriptives, "household")
    matched = {"approach": summary["n_matched_approach"], "control": summary["n_matched_controls"]}
    problems = [
        say(
            "descriptives.csv: {count} households of {group} at T0, and {matched} were matched.",
            count=households.get((group, "T0"), 0),
            group=group,
            matched=number,
        )
        for group, number in matched.items()
        if households.get((group, "T0"), 0) > number
    ]
    for unit in descriptives["unit"].unique():
        people = _participants(descriptives, unit)
        rows = descriptives[(descriptives["unit"] == unit) & (descriptives["outcome"] != "participation")]
        problems += [
            say(
                "descriptives.csv: {count} values of {outcome} in {group} at {wave}, of {number} people.",
                count=row.n,
                outcome=row.outcome,
                group=row.group,
                wave=row.wave,
                number=number,
            )
            for row in rows.itertuples()
            if (number := people.get((row.group, row.wave))) is not None and row.n > number
        ]
    return problems


def _totals(descriptives: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The classes of an outcome together are everybody."""
    problems = []
    parts = descriptives["outcome"].str.partition(".")
    for name in (name for name, outcome in outcomes.items() if outcome.kind == "class"):
        rows = descriptives[(parts[0] == name) & (descriptives["n"] > 0)]
        for (group, wave), block in rows.groupby(["group", "wave"]):
            if abs(block["mean"].sum() - 100) > 1e-6 or block["n"].nunique() != 1:
                problems.append(
                    say(
                        "descriptives.csv: the classes of {outcome} in {group} at {wave} are not 100 percent.",
                        outcome=name,
                        group=group,
                        wave=wave,
                    )
                )
    return problems


def _ranges(descriptives: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> list[str]:
    problems = []
    for row in descriptives.dropna(subset=["mean"]).itertuples():
        outcome = outcomes.get(row.outcome.partition(".")[0])
        share = outcome is not None and outcome.kind != "mean"
        wrong = share and not -_TINY <= row.mean <= 100 + _TINY
        wrong |= row.sd < 0 or row.ci_low > row.mean + _TINY or row.ci_high < row.mean - _TINY
        if wrong:
            problems.append(
                say(
                    "descriptives.csv: {outcome} in {group} at {wave} has a mean, spread or interval that cannot be.",
                    outcome=row.outcome,
                    group=row.group,
                    wave=row.wave,
                )
            )
    return problems


def _tests(tests: pd.DataFrame) -> list[str]:
    problems = []
    for row in tests.itertuples():
        bounded = [getattr(row, name) for name in _BETWEEN_0_AND_1]
        bounded += [row.effect_value] if row.effect_size in _SHARES else []
        wrong = any(not -_TINY <= value <= 1 + _TINY for value in bounded if value == value)
        wrong |= any(df <= 0 for df in (row.df1, row.df2) if df == df) or (row.statistic == "F" and row.value < 0)
        wrong |= row.ci_low > row.ci_high
        if wrong:
            problems.append(
                say(
                    "tests.csv: {analysis} of {outcome} ({effect}) has a number that cannot be.",
                    analysis=row.analysis,
                    outcome=row.outcome,
                    effect=row.effect,
                )
            )
    return problems


def _as_shown(
    shown: Mapping[str, pd.DataFrame],
    descriptives: pd.DataFrame,
    levels: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    size_as_told: Callable[[float], float],
    in_fives: Collection[str],
) -> list[str]:
    """Every value and number of people in the figures of the report is that of the result tables, rounded.

    A figure says in a column `of` that it is of those with both measurements (PAIRS); others are of everyone.
    """
    places = ["outcome", "unit", "group", "wave"]
    everyone = descriptives.set_index(places)[["n", "mean"]]
    paired = pd.concat(levels.assign(wave=wave, mean=levels[f"mean_{end}"]) for wave, end in ENDS.items()).set_index(
        places
    )[["n", "mean"]]
    problems = []
    for file, frame in shown.items():
        if not {*places, "value", "n"} <= set(frame.columns):
            continue
        numbers = paired if "of" in frame and (frame["of"] == PAIRS).all() else everyone
        for row in frame.dropna(subset=["value"]).itertuples():
            outcome = outcomes.get(row.outcome)
            if outcome is None:
                continue
            names = _classes(row, outcome)
            keys = [(name, row.unit, row.group, row.wave) for name in names]
            if any(key not in numbers.index for key in keys):
                problems.append(
                    say(
                        "{file}: {outcome} in {group} at {wave} stands in no result table.",
                        file=file,
                        outcome=row.outcome,
                        group=row.group,
                        wave=row.wave,
                    )
                )
                continue
            value, n = sum(numbers.loc[key, "mean"] for key in keys), numbers.loc[keys[0], "n"]
            half = CLASS_STEP / 2 if row.outcome in in_fives else 0.5 * 10**-outcome.decimals
            if abs(value - row.value) > half + 1e-6 or (row.n == row.n and row.n != size_as_told(n)):
                problems.append(
                    say(
                        "{file}: {outcome} in {group} at {wave} is not what the result table has.",
                        file=file,
                        outcome=row.outcome,
                        group=row.group,
                        wave=row.wave,
                    )
                )
    return problems


def _classes(row: Any, outcome: Outcome) -> Sequence[str] | Iterable[str]:
    """The outcome, or the classes that one shown class was made of."""
    cell = getattr(row, "cell", None)
    if not outcome.classes or not isinstance(cell, str):
        return [row.outcome]
    merged = {merge.id: [outcome.classes[code].id for code in merge.codes] for merge in outcome.merge}
    return [f"{row.outcome}.{name}" for name in merged.get(cell, [cell])]
