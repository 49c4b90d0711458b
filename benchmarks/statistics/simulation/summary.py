"""What many simulated outcomes say of each analysis and of each sentence, with its Monte Carlo error.

Outcomes of one study have their households in common, so that errors are of the means of studies.
"""

from math import nan, sqrt

import numpy as np
import pandas as pd

from effectstudie.shared.vocabulary import ALPHA

CELL = ["condition", "design"]
# A true difference at the margin itself is one that matters; a mean of many true effects has rounding.
ROUNDING = 1e-9


def error(values: pd.Series, study: pd.Series) -> float:
    """Monte Carlo error of a mean: studies are independent, the outcomes of one are not. NaN of fewer than two studies.

    No less than if outcomes were independent: few studies may happen to be alike.
    """
    off = values - values.mean()
    of_study = off.groupby(study).sum()
    n = len(of_study)
    if n < 2:
        return nan
    alone = len(off) / (len(off) - 1) * float((off**2).sum())
    return sqrt(max(n / (n - 1) * float((of_study**2).sum()), alone)) / len(values)


def share_error(given: pd.Series, study: pd.Series) -> float:
    """The same of a share, where what happened in none of few outcomes may happen in more: half of one is added."""
    n = len(given)
    share = (float(given.sum()) + 0.5) / (n + 1)
    return max(error(given, study), sqrt(share * (1 - share) / n)) if n else nan


def is_wrong(judgement: str, truth: float, margin: float) -> bool:
    """Whether a verdict of the margin claims what is not so; higher is better. `undecided` claims nothing."""
    true = {
        "better": truth > ROUNDING,
        "worse": truth < -ROUNDING,
        "no_relevant_difference": abs(truth) < margin - ROUNDING,
        "not_relevantly_worse": truth > -margin + ROUNDING,
        "not_relevantly_better": truth < margin - ROUNDING,
    }
    return judgement in true and not true[judgement]


def conclusion_is_wrong(judgement: str, truth: float, value: float) -> bool:
    """Whether `holds` claims what is not so: there is no effect, or one of the other sign. The others claim nothing."""
    return judgement == "holds" and (abs(truth) <= ROUNDING or np.sign(truth) != np.sign(value))


def of_analyses(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each cell and analysis: bias, coverage of the 95 % interval, share of p < .05, and their errors.

    `rows`: condition, design, study, analysis, value, p, ci_low, ci_high, truth; one row an outcome. Of those with an
    estimate; `undefined` is the share without. An analysis without p rejects where its limits exclude 0.
    """
    found = []
    for key, mine in rows.groupby([*CELL, "analysis"], sort=False):
        no_p = mine["p"].isna().all()
        known = mine[(mine["ci_low"] if no_p else mine["p"]).notna()]
        limits = known["ci_low"].notna().any()
        apart = (known["ci_low"] > 0) | (known["ci_high"] < 0)
        inside = ((known["ci_low"] <= known["truth"]) & (known["truth"] <= known["ci_high"])).astype(float)
        figures = {
            "bias": (known["value"] - known["truth"]).dropna(),
            "coverage": inside if limits else inside.iloc[:0],
            "rejected": (apart if no_p else known["p"] < ALPHA).astype(float),
        }
        row = dict(zip([*CELL, "analysis"], key, strict=True))
        row |= {"studies": mine["study"].nunique(), "outcomes": len(mine), "undefined": 1 - len(known) / len(mine)}
        row |= {"truth": mine["truth"].mean(), "width": (known["ci_high"] - known["ci_low"]).mean()}
        for name, values in figures.items():
            of = error if name == "bias" else share_error
            row |= {name: values.mean(), f"{name}_error": of(values, known["study"].reindex(values.index))}
        found.append(row)
    return pd.DataFrame(found)


def of_judgements(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each cell, kind and judgement: its share, and the share of outcomes in which it is wrong.

    `rows`: condition, design, study, kind (margin_0.3, margin_0.5, conclusion), judgement, value, truth.
    """
    rows = rows.assign(wrong=[_wrong(row) for row in rows.itertuples()])
    found = []
    for key, mine in rows.groupby([*CELL, "kind"], sort=False):
        for judgement in sorted(mine["judgement"].unique()):
            given = (mine["judgement"] == judgement).astype(float)
            wrong = given * mine["wrong"]
            row = dict(zip([*CELL, "kind"], key, strict=True))
            row |= {"judgement": judgement, "outcomes": len(mine), "share": given.mean()}
            row |= {"share_error": share_error(given, mine["study"]), "wrong": wrong.mean()}
            found.append(row | {"wrong_error": share_error(wrong, mine["study"])})
    return pd.DataFrame(found)


def _wrong(row) -> bool:
    if row.kind == "conclusion":
        return conclusion_is_wrong(row.judgement, row.truth, row.value)
    return is_wrong(row.judgement, row.truth, float(row.kind.removeprefix("margin_")))
