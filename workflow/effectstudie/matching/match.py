"""Match the households of an approach to households of the pool by propensity score.

Nearest neighbour on the linear predictor of a logit model, without replacement, each approach household
getting its first control before any gets a second, the largest score first. MatchIt does it; check.py
does it again. Designs that look at all differences together: optimal/; that weigh: weighting.py. Households are
matched, never persons.
"""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import OPTIMAL, Strategy
from effectstudie.matching.candidates import Candidates, MatchResult, as_shown, candidates_of
from effectstudie.matching.check import check_matching
from effectstudie.matching.optimal.couple import Coupled, couple
from effectstudie.matching.own_matcher import nearest_gaps, settle_ties
from effectstudie.matching.score_model import fit_score
from effectstudie.matching.summary import reasons_unused, summary_of
from effectstudie.matching.weighting import weigh_households
from effectstudie.methods.rounding_error import largest, negligible
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.messages.sentences import say

SEPARATION = (
    "The score model tells the group of some households with certainty by {}: these coefficients have no finite "
    "value, and the SD of the score, which the caliper follows from, is arbitrary."
)


@dataclass(frozen=True)
class _Reach:
    """Per household whether both groups are in its stratum, and whether the nearest other is in the caliper.

    `caliper`: on the scale of the score, None for none; `sd_within`: what it is measured in, None without strata.
    """

    eligible: np.ndarray
    near: np.ndarray
    caliper: float | None
    sd_within: float | None


def match_households(households: pd.DataFrame, strategy: Strategy, seed: int) -> MatchResult:
    """Match, or weigh, by one strategy of a study.

    `households`: one row each: household, order (whole number, unique: breaks ties), role (approach|pool), and
    numeric covariates.
    Raises ConfigError for the strategy, InputError for the households, MatchingError when nothing can be
    matched or the check refuses. The result does not depend on the order of the rows.
    """
    given = candidates_of(households, strategy)
    if strategy.weighs:
        return weigh_households(given, strategy, seed)
    rows, treated = given.rows.copy(), given.treated
    model = fit_score(given.filled, strategy.covariates, treated, strategy, seed)
    # to begin with the smallest is to begin with the largest of the negative score; distances stay what they are
    smallest_first = strategy.order == "smallest"
    score = -model.fit.linear_predictor if smallest_first else model.fit.linear_predictor
    reach = _reach(given, score, strategy)
    at = np.flatnonzero(reach.eligible)
    rows["linear_predictor"], rows["propensity_score"] = score, 1 / (1 + np.exp(-score))
    stratum = given.stratum[at]
    coupled = _couple(rows.iloc[at].reset_index(drop=True), treated[at], stratum, strategy, reach.caliper, seed)
    matched = coupled.matched
    if smallest_first:
        for frame in (rows, matched):
            frame["propensity_score"] = 1 - frame["propensity_score"]
    is_matched = rows["household"].isin(matched["household"]).to_numpy()
    unused = given.reasons(reasons_unused(treated, given.stratum, reach.eligible, reach.near, is_matched))
    separation = [SEPARATION.format(", ".join(model.separating))] if model.separating else []
    warnings = [*model.fit.warnings, *separation, *coupled.warnings]
    summary = summary_of(
        strategy, seed, given.everyone, unused, matched, score, reach.caliper, model.fit, model.notes, warnings,
        coupled.told, reach.sd_within,
    )  # fmt: skip
    candidates, shown = as_shown(given, rows["propensity_score"].to_numpy(), model, strategy)
    return MatchResult(matched, candidates, shown, strategy.exact, summary)


def _reach(given: Candidates, score: np.ndarray, strategy: Strategy) -> _Reach:
    """Which households can be matched at all, and how far apart; MatchingError when none can."""
    eligible, exact = given.eligible(), strategy.exact
    if not eligible.any():
        raise MatchingError(
            say(
                "No approach household of {strategy} has a control: {unequal}; name less in exact.",
                strategy=strategy.named,
                unequal=given.not_equal(eligible, strategy),
            )
        )
    within = sd_within(score[eligible], given.stratum[eligible]) if exact else None
    if np.ptp(score[eligible]) == 0 or within == 0:
        where = say(" within the strata") if exact else ""
        raise MatchingError(
            say(
                "All propensity scores of {strategy} are equal{where}: choose covariates that differ.",
                strategy=strategy.named,
                where=where,
            )
        )
    sd = score.std(ddof=1) if within is None else within
    caliper = None if strategy.caliper is None else float(strategy.caliper * sd)
    near = nearest_gaps(score, given.treated, given.stratum) <= (np.inf if caliper is None else caliper)
    if not (near & eligible).any():
        raise MatchingError(_nobody_near(given, eligible, strategy, caliper))
    return _Reach(eligible, near, caliper, within)


def _nobody_near(given: Candidates, eligible: np.ndarray, strategy: Strategy, caliper: float) -> str:
    """Why no approach household has a control: what had to be equal comes before the caliper, and is told first."""
    unequal = given.not_equal(eligible, strategy)
    if not unequal:
        return say(
            "No approach household has a control within {caliper} SD ({on_logit:.3g} on the logit): "
            "widen the caliper or change the covariates of {strategy}.",
            caliper=strategy.caliper,
            on_logit=caliper,
            strategy=strategy.named,
        )
    return say(
        "No approach household of {strategy} has a control: {unequal}, and {far} have none "
        "within {caliper} SD ({on_logit:.3g} on the logit); name less in exact, or widen the "
        "caliper.",
        strategy=strategy.named,
        unequal=unequal,
        far=(given.treated & eligible).sum(),
        caliper=strategy.caliper,
        on_logit=caliper,
    )


def sd_within(score: np.ndarray, stratum: np.ndarray) -> float:
    """Pooled SD of the score within strata: the root of sum (score - mean of its stratum)^2 / (n - strata).

    Over everyone the SD would measure what the strata are made by: pairs as wide as between them would be near.
    """
    scores = pd.Series(score)
    apart = scores - scores.groupby(stratum).transform("mean")
    squares = float((apart**2).sum())
    freedom = len(score) - len(np.unique(stratum))
    return 0.0 if squares <= negligible(len(score), largest(score)) else float(np.sqrt(squares / freedom))


def _couple(
    rows: pd.DataFrame, treated: np.ndarray, stratum: np.ndarray, strategy: Strategy, caliper: float | None, seed: int
) -> Coupled:
    """The checked matching of rows whose stratum has both groups."""
    if strategy.design in OPTIMAL:
        return couple(rows, treated, stratum, strategy, caliper, seed)
    score = rows["linear_predictor"].to_numpy()
    found = r_bridge.match_nearest(
        score,
        treated,
        ratio=strategy.ratio,
        caliper=caliper,
        seed=seed,
        stratum=stratum if len(np.unique(stratum)) > 1 else None,
    )
    matched = _assemble(rows, treated, stratum, found)
    tied_pairs = check_matching(rows, matched, ratio=strategy.ratio, caliper=caliper, exact=strategy.exact)
    return Coupled(matched, found.warnings, {"tied_pairs": tied_pairs, "matchit": asdict(r_bridge.matchit_route())})


def _assemble(
    rows: pd.DataFrame, treated: np.ndarray, stratum: np.ndarray, result: r_bridge.NearestMatch
) -> pd.DataFrame:
    score, weights = rows["linear_predictor"].to_numpy(), result.weights.copy()
    settled = settle_ties(result.pairs, score, treated, stratum)
    weights[settled] = result.weights[result.pairs["control"]]
    pairs = result.pairs.assign(control=settled)
    # MatchIt may number a second, nearer control first where a stratum has one approach household.
    pairs["gap"] = np.round(np.abs(score[pairs["treated"]] - score[pairs["control"]]), r_bridge.SCORE_DECIMALS)
    pairs = pairs.sort_values(["treated", "gap", "k"], ignore_index=True)
    pairs["subclass"] = pairs["treated"].rank(method="dense").astype("int64")
    approach = pairs.drop_duplicates("treated")
    parts = [
        approach[["treated", "subclass"]].rename(columns={"treated": "row"}).assign(group="approach"),
        pairs[["control", "subclass"]].rename(columns={"control": "row"}).assign(group="control"),
    ]
    matched = pd.concat(parts).sort_values("subclass", kind="stable", ignore_index=True)
    at = matched["row"].to_numpy()
    matched["household"], matched["weight"] = rows["household"].to_numpy()[at], weights[at]
    matched["propensity_score"] = rows["propensity_score"].to_numpy()[at]
    return matched[["household", "group", "subclass", "weight", "propensity_score"]]
