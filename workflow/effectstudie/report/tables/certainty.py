"""Tables on how certain the outcomes are: other analyses, risk factors at the start, attrition, other ways to match.

Plain frames as in outcomes.py. Outcomes whose test may not be shown are in none of them (see `disclosure.shown.Shown`).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.shown import Conclusion, Variant
from effectstudie.report.prose.certainty import verdict_text
from effectstudie.report.values import Named, count_text, difference_text, p_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def conclusions(
    analyses: pd.DataFrame,
    judged: Mapping[str, Conclusion],
    names: Named,
    decimals: Mapping[str, int],
    words: Mapping,
) -> pd.DataFrame:
    """One row per outcome: the difference in change with its interval, p as it is and adjusted, and the verdict.

    `names`: of the outcomes, in order; `words`: certainty in the texts.
    """
    rows = []
    main = analyses[analyses["analysis"] == "main"].set_index("outcome")
    for outcome, name in names.items():
        if outcome not in judged:
            rows.append([name, *[formats.ABSENT] * 4, words["verdicts"]["undefined"]])
            continue
        row, conclusion = main.loc[outcome], judged[outcome]
        value, low, high = (formats.number(row[side], decimals[outcome]) for side in ("value", "ci_low", "ci_high"))
        ps = (p_text(p) for p in (row["p"], conclusion.p_holm, conclusion.p_bh))
        rows.append([name, f"{value} [{low};{formats.NBSP}{high}]", *ps, verdict_text(conclusion.against, words)])
    return pd.DataFrame(rows, columns=words["conclusions_head"])


def every_p(found: pd.DataFrame, names: Named, analyses: Sequence[str], words: Mapping) -> pd.DataFrame:
    """p of these analyses, one row per outcome; only analyses that any outcome has."""
    p = {(row.outcome, row.analysis): row.p for row in found.itertuples()}
    used = [name for name in analyses if name in set(found["analysis"])]
    rows = [[label, *(p_text(p.get((o, name), float("nan"))) for name in used)] for o, label in names.items()]
    return pd.DataFrame(rows, columns=["Uitkomst", *(formats.capital(words["analyses"][name]) for name in used)])


def strength(robustness: pd.DataFrame, names: Named, words: Mapping) -> pd.DataFrame:
    """Size of the difference in SDs, E-value, Rosenbaum's gamma and the smallest difference that could be found."""
    rows, columns = [], ["d", "e_value", "e_value_ci", "gamma", "detectable_d"]
    found = robustness.set_index("outcome")[columns]
    for outcome in (outcome for outcome in names if outcome in found.index):
        numbers = found.loc[outcome]
        rows.append([names[outcome], *(formats.ABSENT if pd.isna(n) else formats.number(n, 2) for n in numbers)])
    return pd.DataFrame(rows, columns=words["strength_head"])


def risk_groups(
    risk: pd.DataFrame, names: Named, decimals: Mapping[str, int], groups: Named, words: Mapping
) -> pd.DataFrame:
    """Change of households with and without accumulated risk at T0, per group, with the tests of risk."""
    rows, heads = [], words["risk_head"]
    for outcome, own in risk.groupby("outcome", sort=False):
        line = {heads["outcome"]: names[outcome]}
        for row in own.itertuples():
            head = heads["cell"].format(group=groups[row.group], risk=heads["with" if row.risk else "without"])
            change = formats.ABSENT if pd.isna(row.change) else formats.number(row.change, decimals[outcome])
            line[head] = f"{change} ({row.n})"
        rows.append({**line, heads["risk"]: p_text(row.p_risk), heads["both"]: p_text(row.p_both)})
    return pd.DataFrame(rows)


def losses(found: pd.DataFrame, units: Named, groups: Named, words: Mapping) -> pd.DataFrame:
    """Share of the participants at T0 without follow-up, per unit and group, with a test of the difference."""
    rows = []
    for unit, own in found.groupby("unit", sort=False):
        shares = own.set_index("group")["percentage_lost"]
        texts = [formats.ABSENT if pd.isna(shares[group]) else formats.percent(shares[group]) for group in COMPARED]
        rows.append([formats.capital(units[unit]), *texts, p_text(own["p"].iloc[0])])
    head, p = words["losses_head"]
    return pd.DataFrame(rows, columns=[head, *(groups[group] for group in COMPARED), p])


def ways_to_match(variants: Mapping[str, Variant | None], words: Mapping, covariates: Named) -> pd.DataFrame:
    """Sizes and balance of the other ways to match by the selected strategy."""
    rows = []
    for name, variant in variants.items():
        cells = [formats.ABSENT] * 5
        if variant:
            worst = covariates.get(variant.worst_covariate, variant.worst_covariate)
            cells = [
                count_text(variant.approach, words["counts"]),
                formats.number(variant.controls),
                formats.ABSENT if pd.isna(variant.ess) else formats.number(variant.ess, 1),
                formats.number(variant.mean_smd, 2),
                f"{difference_text(variant.max_smd)} ({worst.lower()})",
            ]
        rows.append([words["variants"][name], *cells])
    return pd.DataFrame(rows, columns=words["variants_head"])
