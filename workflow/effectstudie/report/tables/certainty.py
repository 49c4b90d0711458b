"""Tables on how certain the outcomes are: other analyses, risk factors at the start, attrition, other ways to match.

Outcomes whose test may not be shown are in none of them (see `disclosure.shown.Shown`). `words`: certainty in texts.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.shown import Conclusion, Variant
from effectstudie.report.prose.certainty import verdict_text
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, number_columns, text_columns
from effectstudie.report.values import Named, count_cell, difference_cell, estimate_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def conclusions(
    analyses: pd.DataFrame,
    judged: Mapping[str, Conclusion],
    names: Named,
    decimals: Mapping[str, int],
    words: Mapping,
) -> Table:
    """One row per outcome: the difference in change with its interval, p as it is and adjusted, and the verdict.

    `names`: of the outcomes, in order. p adjusted for the primary outcomes of the plan where it has any.
    """
    rows: list[list[Cell]] = []
    planned = any(one.p_primary == one.p_primary for one in judged.values())
    main = analyses[analyses["analysis"] == "main"].set_index("outcome")
    for outcome, name in names.items():
        if outcome not in judged:
            rows.append([name, *[ABSENT] * (5 if planned else 4), words["verdicts"]["undefined"]])
            continue
        row, conclusion = main.loc[outcome], judged[outcome]
        adjusted = [conclusion.p_primary] * planned + [conclusion.p_holm, conclusion.p_bh]
        ps = (Number(p, "p_bound" if conclusion.coarse else "p") for p in (row["p"], *adjusted))
        rows.append([name, estimate_cell(row, decimals[outcome]), *ps, verdict_text(conclusion, words)])
    outcome, value, p, primary, *ps, verdict = words["conclusions_head"]
    ps = [p, *[primary] * planned, *ps]
    return Table([*text_columns(outcome, value), *number_columns(*ps), *text_columns(verdict)], rows)


def every_p(results: pd.DataFrame, names: Named, analyses: Sequence[str], words: Mapping) -> Table:
    """p of these analyses, one row per outcome; only analyses that any outcome has."""
    p = {(row.outcome, row.analysis): Number(row.p, "p_bound" if row.coarse else "p") for row in results.itertuples()}
    used = [name for name in analyses if name in set(results["analysis"])]
    rows = [[name, *(p.get((outcome, one), ABSENT) for one in used)] for outcome, name in names.items()]
    heads = number_columns(*(formats.capital(words["analyses"][name]) for name in used))
    return Table([*text_columns(words["every_p_head"]), *heads], rows)


def strength(robustness: pd.DataFrame, names: Named, words: Mapping) -> Table:
    """Size of the difference in SDs, E-value, Rosenbaum's gamma and the smallest difference that could be found."""
    numbers = robustness.set_index("outcome")[["d", "e_value", "e_value_ci", "gamma", "detectable_d"]]
    rows = [
        [name, *(Number(number, decimals=2) for number in numbers.loc[outcome])]
        for outcome, name in names.items()
        if outcome in numbers.index
    ]
    outcome, *heads = words["strength_head"]
    return Table([*text_columns(outcome), *number_columns(*heads)], rows)


def risk_groups(risk: pd.DataFrame, names: Named, decimals: Mapping[str, int], groups: Named, words: Mapping) -> Table:
    """The tests of accumulated risk at T0; as far as they are told the changes with and without it, per group."""
    rows, heads = [], words["risk_head"]
    told = risk["change"].notna().any()
    cells = [(group, exposed) for group in COMPARED for exposed in (True, False)] if told else []
    for outcome, of_outcome in risk.groupby("outcome", sort=False):
        of_outcome = of_outcome.set_index(["group", "risk"])
        changes = (Number(of_outcome["change"][cell], decimals=decimals[outcome]) for cell in cells)
        p_risk, p_both = of_outcome[["p_risk", "p_both"]].iloc[0]
        how = "p_bound" if of_outcome["coarse"].any() else "p"
        rows.append([names[outcome], *changes, Number(p_risk, how), Number(p_both, how)])
    group_heads = [
        heads["cell"].format(group=groups[group], risk=heads["with" if exposed else "without"])
        for group, exposed in cells
    ]
    return Table([*text_columns(heads["outcome"]), *number_columns(*group_heads, heads["risk"], heads["both"])], rows)


def losses(lost: pd.DataFrame, units: Named, groups: Named, words: Mapping) -> Table:
    """Share of the participants at T0 without follow-up, per unit and group, with a test of the difference."""
    rows = []
    for unit, of_unit in lost[lost["unit"].isin(list(units))].groupby("unit", sort=False):
        shares = of_unit.set_index("group")["percentage_lost"]
        cells = (Number(shares[group], "percent") for group in COMPARED)
        rows.append([formats.capital(units[unit]), *cells, Number(of_unit["p"].iloc[0], "p")])
    unit, p = words["losses_head"]
    return Table([*text_columns(unit), *number_columns(*(groups[group] for group in COMPARED), p)], rows)


def ways_to_match(variants: Mapping[str, Variant | None], words: Mapping, counts: Mapping, covariates: Named) -> Table:
    """Sizes and balance of the other ways to match by the selected strategy. `counts`: see `difference_cell`."""
    rows: list[list[Cell]] = []
    for name, variant in variants.items():
        cells: list[Cell] = [ABSENT] * 5
        if variant:
            worst = covariates.get(variant.worst_covariate, variant.worst_covariate).lower()
            size = difference_cell(variant.max_smd, counts, variant.max_step)
            cells = [
                count_cell(variant.approach, words["counts"]),
                count_cell(variant.controls, words["counts"]),
                Number(variant.ess, decimals=1),
                difference_cell(variant.mean_smd, counts, variant.mean_step),
                Phrase("{largest} ({worst})", {"largest": size, "worst": worst}) if worst else ABSENT,
            ]
        rows.append([words["variants"][name], *cells])
    name, *sizes, mean, largest = words["variants_head"]
    # a step is words, which are not set under numbers
    stepped = any(variant and variant.mean_step for variant in variants.values())
    means = text_columns(mean) if stepped else number_columns(mean)
    return Table([*text_columns(name), *number_columns(*sizes), *means, *text_columns(largest)], rows)
