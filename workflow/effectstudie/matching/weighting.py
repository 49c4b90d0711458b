"""Households are weighed instead of coupled: everyone of the shared strata takes part, and the weights balance.

The score model is fitted among the households of these strata, with a column for each stratum but the first, so that
the groups are spread alike over the strata too. What the weights have to give is checked; none are used that do not.
"""

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import FEWEST_IN_STRATUM, Strategy
from effectstudie.matching.candidates import Candidates, MatchResult, as_shown
from effectstudie.matching.input_checks import require_groups
from effectstudie.matching.score_model import FittedScore, fit_score
from effectstudie.matching.summary import reasons_unused, summary_of_weights
from effectstudie.methods.balance import effective_sample_size
from effectstudie.methods.balancing_weights import CONVERGED, entropy_weights, imbalance, overlap_weights
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.messages.sentences import say

# Largest difference of two means, in SDs, that is called none: R's model is precise to about a hundredth of it.
BALANCED = 1e-6
SMALLEST_ESS = 20
LARGEST_SHARE = 0.1


def weigh_households(given: Candidates, strategy: Strategy, seed: int) -> MatchResult:
    """Weigh by one strategy; MatchingError where the weights do not exist, or rest on too few households.

    `overlap`: 1 - e of the approach and e of the controls; `entropy`: 1 of the approach, and weights of the controls,
    their sum the number of controls, with which these have the means of the approach (ATT).
    """
    eligible = given.eligible(FEWEST_IN_STRATUM if strategy.exact else 1)
    kind = say(
        "{fewest} or more households of each group in a stratum of {exact}",
        fewest=FEWEST_IN_STRATUM,
        exact=list(strategy.exact),
    )
    require_groups(given.rows["role"][eligible], kind, strategy, say("name less in exact"))
    treated = given.treated[eligible]
    of_strata = _stratum_columns(given, eligible, strategy)
    columns = pd.concat([of_strata, given.filled[eligible].reset_index(drop=True)], axis=1)
    model = fit_score(columns, [*of_strata, *strategy.covariates], treated, strategy, seed)
    if model.separating:
        raise MatchingError(
            say(
                "{strategy} has no weights: {separating} told the group of some households with "
                "certainty, and only covariates that households of both groups share are allowed.",
                strategy=strategy.named,
                separating=list(model.separating),
            )
        )
    score = 1 / (1 + np.exp(-model.fit.linear_predictor))
    weights = _weights(model, score, treated, strategy)
    rows = given.rows[eligible].reset_index(drop=True)
    matched = pd.DataFrame({"household": rows["household"], "group": np.where(treated, "approach", "control")})
    matched = matched.assign(subclass=0, weight=weights, propensity_score=score)[weights > 0].reset_index(drop=True)
    matched["subclass"] = np.arange(1, len(matched) + 1)
    everybody = np.ones(len(eligible), dtype=bool)
    unused = given.reasons(reasons_unused(given.treated, given.stratum, eligible, everybody, eligible))
    of_rows = np.full(len(given.rows), np.nan)
    of_rows[eligible] = score
    candidates, shown = as_shown(given, of_rows, model, strategy)
    left = imbalance(model.design, treated, weights)
    summary = summary_of_weights(strategy, seed, given.everyone, unused, matched, left, model)
    return MatchResult(matched, candidates, shown, strategy.exact, summary)


def _stratum_columns(given: Candidates, eligible: np.ndarray, strategy: Strategy) -> pd.DataFrame:
    """A 0/1 column for each stratum but the first, by the values that its households share."""
    rows, stratum = given.rows[eligible].reset_index(drop=True), given.stratum[eligible]
    columns = {}
    for number in np.unique(stratum)[1:]:
        of = stratum == number
        shared = rows.loc[of, list(strategy.exact)].iloc[0]
        columns[", ".join(f"{name} is {value}" for name, value in shared.items())] = of.astype(float)
    return pd.DataFrame(columns, index=rows.index)


def _weights(model: FittedScore, score: np.ndarray, treated: np.ndarray, strategy: Strategy) -> np.ndarray:
    """The weights of the design, checked."""
    x = model.design.to_numpy(dtype=float)
    if strategy.design == "overlap":
        weights = overlap_weights(score, treated)
        left = imbalance(x, treated, weights)
        if not left <= BALANCED:
            raise MatchingError(
                say(
                    "The overlap weights of {strategy} leave means of the groups {left:.2g} SD apart, and "
                    "{balanced:g} is allowed: the score model has not converged.",
                    strategy=strategy.named,
                    left=left,
                    balanced=BALANCED,
                )
            )
        return weights
    found = entropy_weights(x[~treated], x[treated].mean(axis=0))
    if not found.converged:
        raise MatchingError(
            say(
                "{strategy} has no entropy weights: a mean of the controls stays {worst:.2g} SD from "
                "that of the approach, and {converged:g} is allowed.",
                strategy=strategy.named,
                worst=found.worst,
                converged=CONVERGED,
            )
        )
    ess, share = effective_sample_size(found.weights), float(found.weights.max() / found.weights.sum())
    if ess < SMALLEST_ESS:
        raise MatchingError(
            say(
                "The entropy weights of {strategy} make the controls worth {ess:.1f} households, and "
                "{smallest} or more are allowed.",
                strategy=strategy.named,
                ess=ess,
                smallest=SMALLEST_ESS,
            )
        )
    if share > LARGEST_SHARE:
        raise MatchingError(
            say(
                "The entropy weights of {strategy} give one control {share:.1%} of all weight, and "
                "{largest:.0%} is allowed.",
                strategy=strategy.named,
                share=share,
                largest=LARGEST_SHARE,
            )
        )
    weights = np.ones(len(treated))
    weights[~treated] = found.weights
    return weights
