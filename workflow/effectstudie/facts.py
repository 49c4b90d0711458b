"""Facts for the sentences: treated values and tests of one outcome, brought together."""

from collections.abc import Mapping

import pandas as pd

from effectstudie import formats
from effectstudie.prose import ClassFacts, OutcomeFacts, Shown, Verdict, verdict
from effectstudie.tables import GROUPS, WAVES, cell_text, find, find_test, size_word

CHANGE_TESTS = ("stuart_maxwell", "stuart_maxwell_exact", "bowker", "bowker_exact")
DIFFERENCE_TESTS = ("chi_squared", "fisher_exact")


def shown_groups(own: pd.DataFrame, definition: Mapping, cell: str = "") -> dict[str, Shown]:
    """The groups with a shown value at both measurements."""
    percentage = definition["kind"] != "mean"
    result = {}
    for group in GROUPS:
        rows = [find(own, cell=cell, group=group, wave=wave) for wave in WAVES]
        if all(row is not None and pd.notna(row["value"]) for row in rows):
            texts = [cell_text(row, definition["decimals"], percentage) for row in rows]
            result[group] = Shown(rows[0]["value"], rows[1]["value"], *texts)
    return result


def outcome_facts(
    outcome: str, definition: Mapping, values: pd.DataFrame, tests: pd.DataFrame, units: Mapping
) -> OutcomeFacts:
    """Facts of a mean or percentage outcome. `units`: measure → words behind a number."""
    own = values[values["outcome"] == outcome]
    effects = {}
    for effect in ("time", "group", "interaction"):
        test = find_test(tests, outcome, effect, analysis="mixed_anova")
        effects[effect] = verdict(test, size_word(test) if test else None)
    paired = {group: find_test(tests, outcome, "time", analysis="paired_t", group=group) for group in GROUPS}
    return OutcomeFacts(
        outcome=outcome,
        label=definition["label"],
        article=definition.get("article", ""),
        plural=definition.get("plural", False),
        better=definition.get("better", ""),
        unit=units.get(definition["measure"]),
        shown=shown_groups(own, definition),
        within={group: verdict(test, None) for group, test in paired.items() if test},
        norm=_norm(outcome, definition, own, tests),
        tested_change=_tested(outcome, tests, "mean_change", len(GROUPS)),
        tested_difference=_tested(outcome, tests, "mean_difference", 1),
        **effects,
    )


def _tested(outcome: str, tests: pd.DataFrame, analysis: str, rows: int) -> float | None:
    """What a test is about, of complete pairs: the mean change, the groups weighing alike, or the difference."""
    values = tests.loc[(tests["outcome"] == outcome) & (tests["analysis"] == analysis), "effect_value"].dropna()
    return float(values.mean()) if len(values) == rows else None


def _norm(outcome: str, definition: Mapping, own: pd.DataFrame, tests: pd.DataFrame) -> dict:
    norm = definition.get("norm")
    if not norm:
        return {}
    found = tests[(tests["outcome"] == outcome) & (tests["analysis"] == "one_sample_t") & tests["p"].notna()]
    against = []
    for wave in WAVES:
        for group in GROUPS:
            test = found[(found["group"] == group) & (found["wave"] == wave)]
            row = find(own, group=group, wave=wave)
            if len(test) and row is not None and pd.notna(row["value"]):
                result = verdict(test.iloc[0].to_dict(), None)
                above = bool(test.iloc[0]["effect_value"] > 0)  # as tested: a printed mean may round to the norm
                against.append({"group": group, "wave": wave, "above": above, "verdict": result})
    decimals = 0 if float(norm["value"]).is_integer() else 1
    return {**norm, "text": formats.number(norm["value"], decimals), "tests": against}


def class_facts(
    outcome: str, definition: Mapping, values: pd.DataFrame, tests: pd.DataFrame, unit_words: Mapping
) -> ClassFacts:
    """Facts of a class outcome, told by its last (worst) class."""
    own = values[values["outcome"] == outcome]
    cells = list(dict.fromkeys(zip(own["cell"], own["label"], strict=True)))
    worst, label = cells[-1] if cells else ("", definition["label"])
    return ClassFacts(
        label=definition["label"],
        article=definition.get("article", ""),
        class_label=label,
        units=unit_words[definition["unit"]],
        shown=shown_groups(own, definition, worst),
        change={group: _first(tests, outcome, "time", CHANGE_TESTS, group=group) for group in GROUPS},
        difference={wave: _first(tests, outcome, "group", DIFFERENCE_TESTS, wave=wave) for wave in WAVES},
    )


def _first(tests: pd.DataFrame, outcome: str, effect: str, analyses: tuple[str, ...], **keys: str) -> Verdict:
    found = (find_test(tests, outcome, effect, analysis=analysis, **keys) for analysis in analyses)
    return verdict(next((test for test in found if test), None), None)
