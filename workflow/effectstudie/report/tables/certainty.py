"""Tables on how certain the outcomes are: other analyses, risk factors at the start, attrition, other ways to match.

Outcomes whose test may not be shown are in none of them (see `disclosure.shown.Shown`). `words`: certainty in texts.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.shown import Conclusion, Variant
from effectstudie.report.prose.certainty import verdict_text
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, number_columns, text_columns
from effectstudie.report.values import Named, count_cell, difference_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED

ESTIMATE = f"{{value}} [{{ci_low}};{formats.NBSP}{{ci_high}}]"


def conclusions(
    analyses: pd.DataFrame,
    judged: Mapping[str, Conclusion],
    names: Named,
    decimals: Mapping[str, int],
    words: Mapping,
) -> Table:
    """One row per outcome: the difference in change with its interval, p as it is and adjusted, and the verdict.

    `names`: of the outcomes, in order.
    """
    rows: list[list[Cell]] = []
    main = analyses[analyses["analysis"] == "main"].set_index("outcome")
    for outcome, name in names.items():
        if outcome not in judged:
            rows.append([name, *[ABSENT] * 4, words["verdicts"]["undefined"]])
            continue
        row, conclusion = main.loc[outcome], judged[outcome]
        numbers = {key: Number(row[key], decimals=decimals[outcome]) for key in ("value", "ci_low", "ci_high")}
        ps = (Number(p, "p") for p in (row["p"], conclusion.p_holm, conclusion.p_bh))
        rows.append([name, Phrase(ESTIMATE, numbers), *ps, verdict_text(conclusion.against, words)])
    outcome, value, *ps, verdict = words["conclusions_head"]
    return Table([*text_columns(outcome, value), *number_columns(*ps), *text_columns(verdict)], rows)


def every_p(found: pd.DataFrame, names: Named, analyses: Sequence[str], words: Mapping) -> Table:
    """p of these analyses, one row per outcome; only analyses that any outcome has."""
    p = {(row.outcome, row.analysis): row.p for row in found.itertuples()}
    used = [name for name in analyses if name in set(found["analysis"])]
    rows = [[name, *(Number(p.get((o, one), float("nan")), "p") for one in used)] for o, name in names.items()]
    heads = number_columns(*(formats.capital(words["analyses"][name]) for name in used))
    return Table([*text_columns(words["every_p_head"]), *heads], rows)


def strength(robustness: pd.DataFrame, names: Named, words: Mapping) -> Table:
    """Size of the difference in SDs, E-value, Rosenbaum's gamma and the smallest difference that could be found."""
    found = robustness.set_index("outcome")[["d", "e_value", "e_value_ci", "gamma", "detectable_d"]]
    rows = [
        [name, *(Number(number, decimals=2) for number in found.loc[outcome])]
        for outcome, name in names.items()
        if outcome in found.index
    ]
    outcome, *heads = words["strength_head"]
    return Table([*text_columns(outcome), *number_columns(*heads)], rows)


def risk_groups(risk: pd.DataFrame, names: Named, decimals: Mapping[str, int], groups: Named, words: Mapping) -> Table:
    """Change of households with and without accumulated risk at T0, per group, with the tests of risk."""
    rows, heads = [], words["risk_head"]
    cells = [(group, exposed) for group in COMPARED for exposed in (True, False)]
    for outcome, own in risk.groupby("outcome", sort=False):
        own = own.set_index(["group", "risk"])
        numbers = (
            {"change": Number(own["change"][cell], decimals=decimals[outcome]), "n": Number(own["n"][cell])}
            for cell in cells
        )
        p_risk, p_both = own[["p_risk", "p_both"]].iloc[0]
        changes = (Phrase("{change} ({n})", parts) for parts in numbers)
        rows.append([names[outcome], *changes, Number(p_risk, "p"), Number(p_both, "p")])
    said = [
        heads["cell"].format(group=groups[group], risk=heads["with" if exposed else "without"])
        for group, exposed in cells
    ]
    return Table([*text_columns(heads["outcome"], *said), *number_columns(heads["risk"], heads["both"])], rows)


def losses(found: pd.DataFrame, units: Named, groups: Named, words: Mapping) -> Table:
    """Share of the participants at T0 without follow-up, per unit and group, with a test of the difference."""
    rows = []
    for unit, own in found.groupby("unit", sort=False):
        shares = own.set_index("group")["percentage_lost"]
        cells = (Number(shares[group], "percent") for group in COMPARED)
        rows.append([formats.capital(units[unit]), *cells, Number(own["p"].iloc[0], "p")])
    unit, p = words["losses_head"]
    return Table([*text_columns(unit), *number_columns(*(groups[group] for group in COMPARED), p)], rows)


def ways_to_match(variants: Mapping[str, Variant | None], words: Mapping, or_more: str, covariates: Named) -> Table:
    """Sizes and balance of the other ways to match by the selected strategy. `or_more`: see `difference_cell`."""
    rows: list[list[Cell]] = []
    for name, variant in variants.items():
        cells: list[Cell] = [ABSENT] * 5
        if variant:
            worst = covariates.get(variant.worst_covariate, variant.worst_covariate).lower()
            largest = difference_cell(variant.max_smd, or_more)
            cells = [
                count_cell(variant.approach, words["counts"]),
                Number(variant.controls),
                Number(variant.ess, decimals=1),
                Number(variant.mean_smd, decimals=2),
                Phrase("{largest} ({worst})", {"largest": largest, "worst": worst}),
            ]
        rows.append([words["variants"][name], *cells])
    name, *sizes, largest = words["variants_head"]
    return Table([*text_columns(name), *number_columns(*sizes), *text_columns(largest)], rows)
