"""Other ways to match by the same strategy: do group sizes, balance and conclusions depend on a choice in it?"""

from dataclasses import replace
from typing import Any

import pandas as pd

from effectstudie.definitions.result_tables.matching import VARIANTS
from effectstudie.definitions.strategies import CHOICES, WEIGHING, Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.match import match_households
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.vocabulary import COMPARED

MATCHED_COLUMNS = ["variant", "household", "group", "subclass", "weight"]
# Austin's caliper, in standard deviations of the linear predictor.
USUAL_CALIPER = 0.2


def variants_of(strategy: Strategy) -> dict[str, Strategy]:
    """Strategies that differ from this one in one choice: ratio, caliper or order; of weights, which weights.

    Of optimal pairs also those of the nearest one after the other.
    """
    if strategy.weighs:
        others = {design: replace(strategy, design=design) for design in WEIGHING if design != strategy.design}
        return {"as_chosen": strategy, **others}
    changes: dict[str, dict[str, Any]] = {"as_chosen": {}}
    if strategy.design in CHOICES["ratio"]:
        changes |= {f"ratio_{ratio}": {"ratio": ratio} for ratio in (1, 2) if ratio != strategy.ratio}
    if strategy.design == "optimal":
        changes["nearest"] = {"design": "nearest", "order": "largest"}
    if strategy.caliper is not None:
        changes["no_caliper"] = {"caliper": None}
        changes["half_caliper"] = {"caliper": strategy.caliper / 2}
    if strategy.design in CHOICES["caliper"] and strategy.caliper != USUAL_CALIPER:
        changes["caliper_0.2"] = {"caliper": USUAL_CALIPER}
    if strategy.order == "largest":
        changes["smallest_first"] = {"order": "smallest"}
    variants: dict[str, Strategy] = {}
    for name, change in changes.items():
        # of two that come out the same (half of 0.4 is the usual caliper) only the first: it has one vote
        if (variant := replace(strategy, **change)) not in variants.values():
            variants[name] = variant
    return variants


def match_variants(households: pd.DataFrame, strategy: Strategy, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per variant (VARIANTS) and their matched households (MATCHED_COLUMNS); arguments as of match_households.

    `mean_smd` and `max_smd`: absolute standardized mean differences of the covariates after matching; `apart_approach`
    and `apart_controls`: households that only this variant or only the strategy itself has. A variant that cannot be
    matched has a `note` and no figures.
    """
    rows: list[dict[str, Any]] = []
    matched: list[pd.DataFrame] = []
    for name, variant in variants_of(strategy).items():
        choices = {"variant": name, "ratio": variant.ratio, "caliper": variant.caliper, "order": variant.order}
        try:
            result = match_households(households, variant, seed)
        except MatchingError as error:
            rows.append({**choices, "note": str(error)})
            continue
        balance = balance_table(result.candidates, result.matched, result.covariates)
        after = balance[(balance["sample"] == "matched") & balance["covariate"].isin(variant.covariates)]
        apart = after["smd"].abs()
        summary = result.summary
        first = matched[0] if matched else result.matched
        apart_of = {group: len(_of(first, group) ^ _of(result.matched, group)) for group in COMPARED}
        rows.append({
            **choices, "n_approach": summary["n_matched_approach"],
            "n_unmatched": sum(summary["unmatched_approach"].values()), "n_controls": summary["n_matched_controls"],
            "apart_approach": apart_of["approach"], "apart_controls": apart_of["control"],
            "ess_controls": summary["ess_controls"], "mean_smd": apart.mean(), "max_smd": apart.max(),
            "worst_covariate": after["covariate"][apart.idxmax()] if apart.notna().any() else "", "note": "",
        })  # fmt: skip
        matched.append(result.matched.assign(variant=name)[MATCHED_COLUMNS])
    none = pd.DataFrame(columns=MATCHED_COLUMNS)
    return pd.DataFrame(rows, columns=VARIANTS.names), pd.concat(matched, ignore_index=True) if matched else none


def _of(matched: pd.DataFrame, group: str) -> set[str]:
    return set(matched.loc[matched["group"] == group, "household"])
