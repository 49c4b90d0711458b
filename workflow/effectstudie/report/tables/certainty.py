"""Tables on how certain the outcomes are: other analyses, risk factors at the start, attrition, other ways to match.

Plain frames as in tables.py. Nothing is shown of an outcome that has no test in the report, nor of groups that are too
small: `shown` names the outcomes whose analysis of variance may be shown (see shown_tests).
"""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from effectstudie.disclosure.balance import DIFFERENCE_LIMIT
from effectstudie.disclosure.cells import blank_cells
from effectstudie.disclosure.counts import matched_text
from effectstudie.report.prose.certainty import against, verdict_text
from effectstudie.report.values import Named, difference_text, p_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED


def conclusions(
    found: pd.DataFrame, verdicts: pd.DataFrame, names: Named, decimals: Mapping[str, int], words: Mapping
) -> pd.DataFrame:
    """An outcome a row: the difference in change with its interval, p as it is and adjusted, and the verdict.

    `found`: `visible`; `names`: of the outcomes, in order; `words`: certainty in the texts.
    """
    rows = []
    adjusted = verdicts.set_index("outcome")
    for outcome, name in names.items():
        own = found[found["outcome"] == outcome].set_index("analysis")
        if "main" not in own.index:
            cells = [formats.ABSENT] * 4 + [words["verdicts"]["undefined"]]
        else:
            main, place = own.loc["main"], decimals[outcome]
            low, high = (formats.number(main[side], place) for side in ("ci_low", "ci_high"))
            cells = [
                f"{formats.number(main['value'], place)} [{low};{formats.NBSP}{high}]", p_text(main["p"]),
                p_text(adjusted["p_holm"][outcome]), p_text(adjusted["p_bh"][outcome]),
                verdict_text(against(found, verdicts, outcome), words),
            ]  # fmt: skip
        rows.append([name, *cells])
    return pd.DataFrame(rows, columns=words["conclusions_head"])


def every_p(found: pd.DataFrame, names: Named, analyses: Sequence[str], words: Mapping) -> pd.DataFrame:
    """p of these analyses, an outcome a row; only analyses that any outcome has."""
    p = {(row.outcome, row.analysis): row.p for row in found.itertuples()}
    used = [name for name in analyses if name in set(found["analysis"])]
    rows = [[label, *(p_text(p.get((o, name), float("nan"))) for name in used)] for o, label in names.items()]
    return pd.DataFrame(rows, columns=["Uitkomst", *(formats.capital(words["analyses"][name]) for name in used)])


def strength(robustness: pd.DataFrame, found: pd.DataFrame, names: Named, words: Mapping) -> pd.DataFrame:
    """Size of the difference in SDs, E-value, Rosenbaum's gamma and the smallest difference that could be found."""
    main = set(found.loc[found["analysis"] == "main", "outcome"])
    rows = []
    for outcome, name in names.items():
        own = robustness[robustness["outcome"] == outcome]
        if outcome not in main or own.empty:
            continue
        row = own.iloc[0]
        columns = ("d", "e_value", "e_value_ci", "gamma", "detectable_d")
        rows.append([name, *(formats.ABSENT if isnan(row[c]) else formats.number(row[c], 2) for c in columns)])
    return pd.DataFrame(rows, columns=words["strength_head"])


def risk_groups(
    moderation: pd.DataFrame, cells: pd.DataFrame, names: Named, definitions: Mapping[str, Mapping],
    groups: Named, words: Mapping, privacy: Mapping[str, int],
) -> tuple[pd.DataFrame, list[str]]:  # fmt: skip
    """Change of households with and without accumulated risk at T0, per group, with the tests of risk; and the
    outcomes where the groups differ in what risk does. Only outcomes of which all four cells are large enough."""
    rows, different = [], []
    tests = moderation.set_index(["outcome", "effect"])["p"]
    for outcome, name in names.items():
        own = cells[cells["outcome"] == outcome]
        if len(own) < 4 or (own["n"] < privacy["minimum_group"]).any():
            continue
        definition = definitions[outcome]
        line = {words["risk_head"]["outcome"]: name}
        for row in own.sort_values(["group", "risk"], ascending=[True, False]).itertuples():
            head = words["risk_head"]["cell"].format(
                group=groups[row.group], risk=words["risk_head"]["with" if row.risk else "without"]
            )
            moved = round(abs(row.change) * row.n / 100) if definition["kind"] == "percentage" else 0
            few = 0 < moved < privacy["minimum_cell"]
            change = formats.ABSENT if few else formats.number(row.change, definition["decimals"])
            line[head] = f"{change} ({row.n})"
        p_risk, p_both = tests.get((outcome, "risk"), float("nan")), tests.get((outcome, "group_x_risk"), float("nan"))
        line |= {words["risk_head"]["risk"]: p_text(p_risk), words["risk_head"]["both"]: p_text(p_both)}
        if p_both < 0.05:
            different.append(outcome)
        rows.append(line)
    return pd.DataFrame(rows), different


def losses(attrition: pd.DataFrame, units: Named, groups: Named, words: Mapping, minimum_cell: int) -> pd.DataFrame:
    """Share of the participants at T0 without follow-up, per unit and group, with a test of the difference."""
    loss = attrition[attrition["analysis"] == "loss"].set_index(["unit", "group"])
    tested = attrition[attrition["analysis"] == "differential_loss"].set_index("unit")["p"]
    rows = []
    for unit, label in units.items():
        texts = []
        for group in COMPARED:
            row = loss.loc[(unit, group)]
            hidden = blank_cells([int(row["n_lost"]), int(row["n_stayed"])], minimum_cell)[0] if row["n"] else "cell"
            texts.append(formats.ABSENT if hidden else formats.percent(row["percentage_lost"]))
        p = float("nan") if formats.ABSENT in texts else tested.get(unit, float("nan"))
        rows.append([formats.capital(label), *texts, p_text(p)])
    return pd.DataFrame(
        rows, columns=[words["losses_head"][0], *(groups[g] for g in COMPARED), words["losses_head"][1]]
    )


def ways_to_match(variants: pd.DataFrame, words: Mapping, minimum_cell: int, covariates: Named) -> pd.DataFrame:
    """Sizes and balance of the other ways to match by the selected strategy."""
    rows = []
    for row in variants.to_dict("records"):
        name = words["variants"][row["variant"]]
        if isinstance(row["note"], str) and row["note"]:
            rows.append([name, *[formats.ABSENT] * 5])
            continue
        masked = 0 < row["n_unmatched"] < minimum_cell
        worst = covariates.get(row["worst_covariate"], row["worst_covariate"])
        rows.append([
            name, matched_text(row["n_approach"], row["n_unmatched"], minimum_cell, ">"),
            formats.number(row["n_controls"]),
            formats.ABSENT if masked else formats.number(row["ess_controls"], 1),
            formats.number(min(row["mean_smd"], DIFFERENCE_LIMIT), 2),
            f"{difference_text(row['max_smd'])} ({worst.lower()})",
        ])  # fmt: skip
    return pd.DataFrame(rows, columns=words["variants_head"])
