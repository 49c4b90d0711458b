"""Facts for the sentences: treated values and tests of one outcome, brought together."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.report.prose.outcome import ClassFacts, OutcomeFacts, Shown, Single, Verdict, verdict
from effectstudie.report.values import cell_text, find, size_id
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

CHANGE_TESTS = ("stuart_maxwell", "stuart_maxwell_exact", "bowker", "bowker_exact")

DIFFERENCE_TESTS = ("chi_squared", "fisher_exact")


def shown_groups(own: pd.DataFrame, definition: Mapping, cell: str = "") -> dict[str, Shown]:
    """The groups with a shown value at both measurements."""
    values = {group: _values(own, definition, cell, group) for group in COMPARED}
    return {
        group: Shown(*(value for value, _ in shown.values()), *(text for _, text in shown.values()))
        for group, shown in values.items()
        if len(shown) == len(WAVES)
    }


def single_waves(own: pd.DataFrame, definition: Mapping, cell: str = "") -> dict[str, Single]:
    """The groups with a shown value at one measurement only."""
    result = {}
    for group in COMPARED:
        shown = _values(own, definition, cell, group)
        if len(shown) == 1:
            ((wave, (_, text)),) = shown.items()
            result[group] = Single(wave, text)
    return result


def _values(own: pd.DataFrame, definition: Mapping, cell: str, group: str) -> dict[str, tuple[float, str]]:
    """What may be shown of a group: measurement → the value, and as printed."""
    rows = {wave: find(own, cell=cell, group=group, wave=wave) for wave in WAVES}
    percentage = definition["kind"] != "mean"
    return {
        wave: (row["value"], cell_text(row, definition["decimals"], percentage))
        for wave, row in rows.items()
        if row is not None and pd.notna(row["value"])
    }


def _common(definition: Mapping, own: pd.DataFrame, cell: str, place: int) -> dict[str, Any]:
    """What means, percentages and classes are told by."""
    hidden = own.loc[own["group"].isin(COMPARED), "status"] if "status" in own else pd.Series(dtype=str)
    return {
        "label": definition["label"],
        "article": definition.get("article", ""),
        "shown": shown_groups(own, definition, cell),
        "single": single_waves(own, definition, cell),
        "uniform": bool((hidden == "uniform").any()),
        "place": place,
    }


def outcome_facts(
    outcome: str, definition: Mapping, values: pd.DataFrame, tests: pd.DataFrame, units: Mapping, place: int = 0
) -> OutcomeFacts:
    """Facts of a mean or percentage outcome. `units`: measure → words around a number; `place`: in the report."""
    own = values[values["outcome"] == outcome]
    made = tests[tests["outcome"] == outcome]
    within = {group: _judged(made, analysis="paired_t", group=group) for group in COMPARED}
    change, difference = (made[made["analysis"] == name] for name in ("mean_change", "mean_difference"))
    tested = change.dropna(subset="effect_value").set_index("group")["effect_value"].to_dict()
    apart = difference["effect_value"].dropna().tolist()
    return OutcomeFacts(
        **_common(definition, own, "", place),
        outcome=outcome,
        plural=definition.get("plural", False),
        better=definition.get("better", ""),
        unit=units.get(definition["measure"]),
        within={group: result for group, result in within.items() if result},
        norm=_norm(definition, own, made),
        # the groups weigh alike, whatever their size, as in the test
        tested_change=sum(tested.values()) / len(COMPARED) if len(tested) == len(COMPARED) else None,
        tested_within=tested,
        tested_difference=apart[0] if apart else None,
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
    return verdict(test, size_id(test) if pd.notna(test["effect_value"]) else None, _reason(test))


def _reason(test: Mapping) -> str:
    """Why a test is undefined, as the analysis says it; read from a file, an empty one is NaN."""
    return test["reason"] if isinstance(test["reason"], str) else ""


def _norm(definition: Mapping, own: pd.DataFrame, tests: pd.DataFrame) -> dict:
    norm = definition.get("norm")
    if not norm:
        return {}
    against = []
    for wave in WAVES:
        for group in COMPARED:
            test = find(tests, analysis="one_sample_t", group=group, wave=wave)
            row = find(own, group=group, wave=wave)
            if row is not None and pd.notna(row["value"]):
                # above as tested: a printed mean may round to the norm
                above = test is not None and bool(test["effect_value"] > 0)
                result = verdict(test, None)
                against.append({"group": group, "wave": wave, "above": above, "verdict": result})
    decimals = 0 if float(norm["value"]).is_integer() else 1
    return {**norm, "text": formats.number(norm["value"], decimals), "tests": against}


def class_facts(
    outcome: str, definition: Mapping, values: pd.DataFrame, tests: pd.DataFrame, unit_words: Mapping, place: int = 0
) -> ClassFacts:
    """Facts of a class outcome, told by its last (worst) class. `place`: in the report."""
    own = values[values["outcome"] == outcome]
    cells = list(dict.fromkeys(zip(own["cell"], own["label"], strict=True)))
    worst, label = cells[-1] if cells else ("", definition["label"])
    made = tests[tests["outcome"] == outcome]
    return ClassFacts(
        **_common(definition, own, worst, place),
        class_label=label,
        units=unit_words[definition["unit"]],
        change={group: first_verdict(made, "time", CHANGE_TESTS, group=group) for group in COMPARED},
        difference={wave: first_verdict(made, "group", DIFFERENCE_TESTS, wave=wave) for wave in WAVES},
    )


def first_verdict(tests: pd.DataFrame, effect: str, analyses: tuple[str, ...], **keys: str) -> Verdict:
    """The verdict of the first of these analyses that was made of one outcome, without its effect size."""
    made = [find(tests, effect=effect, analysis=analysis, **keys) for analysis in analyses]
    test = next((test for test in made if test), None)
    return verdict(test, None, _reason(test) if test else "")
