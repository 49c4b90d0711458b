"""Second opinion in numpy on what MatchIt returned; nothing of a matching is used before this agrees.

MatchIt 4.5.1 ignores a caliper without a word (its issue 163), and later versions had other faults (4.6.0 in the
subclasses, its issue 207), so the pairs are checked whatever the version and the route.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from effectstudie.matching.own_matcher import FreeControls, greedy_pairs, matching_weights, strata
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.messages.sentences import say

# Scores come rounded to 8 decimals: a difference below this is a tie, not a nearer control.
TOLERANCE = 1e-9


def check_score(design: pd.DataFrame, coefficients: dict[str, float], linear_predictor: np.ndarray) -> None:
    """Refuse scores that are not intercept + design @ coefficients, row by row (rows mixed up, columns swapped).

    `design`: the numeric columns of the score model; `coefficients`: by column name, with `(Intercept)`.
    """
    terms = design.to_numpy(dtype=float) * np.array([coefficients[name] for name in design.columns])
    expected = coefficients["(Intercept)"] + terms.sum(axis=1)
    size = 1 + np.abs(terms).sum(axis=1)
    if not (np.abs(expected - linear_predictor) <= 1e-6 * size).all():
        raise MatchingError(say("The propensity scores do not follow from the coefficients of their own model."))


def check_matching(
    candidates: pd.DataFrame,
    matched: pd.DataFrame,
    *,
    ratio: int,
    caliper: float | None,
    exact: Sequence[str] = (),
) -> int:
    """Refuse a matching that is not nearest-neighbour matching without replacement as it was asked for.

    `candidates`: household, role (approach|pool), order, linear_predictor and the `exact` columns as they
    came in; `matched`: household, group, subclass, weight, propensity_score, the controls of a subclass in
    the order they were taken. `caliper` is in units of the linear predictor.
    Returns how many pairs differ from those of our own matcher; they can do so only by ties. Raises MatchingError.
    """
    rows, at = members_of(candidates, matched)
    is_approach, treated = matched["group"].eq("approach").to_numpy(), rows["role"].eq("approach").to_numpy()
    score, stratum = rows["linear_predictor"].to_numpy(dtype=float), strata(rows, exact)
    chosen = _chosen(matched["subclass"].to_numpy(), is_approach, at, ratio)
    left = np.array([row for row, controls in chosen.items() for _ in controls])
    right = np.array([control for controls in chosen.values() for control in controls])
    check_pairs(left, right, rows, caliper, exact)
    check_weights(matched)
    _check_nearest(chosen, score, treated, stratum, ratio, caliper)

    ours = greedy_pairs(score, treated, stratum, ratio, caliper)
    theirs = {(row, control) for row, controls in chosen.items() for control in controls}
    return len(theirs - set(zip(ours["treated"], ours["control"], strict=True)))


def members_of(candidates: pd.DataFrame, matched: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The candidates by order, and which of their rows were matched; MatchingError where these are not as they were."""
    rows = candidates.sort_values("order", kind="stable", ignore_index=True)
    if matched.empty:
        raise MatchingError(say("The matching is empty."))
    at = pd.Index(rows["household"]).get_indexer(matched["household"])
    if (at < 0).any():
        raise MatchingError(say("The matching holds households that are not candidates."))
    if matched["household"].duplicated().any():
        raise MatchingError(
            say("{count} households were matched more than once.", count=matched["household"].duplicated().sum())
        )
    is_approach = matched["group"].eq("approach").to_numpy()
    treated = rows["role"].eq("approach").to_numpy()
    if (is_approach != treated[at]).any():
        raise MatchingError(say("Approach and control are mixed up: the groups of the matching are not the roles."))

    score = rows["linear_predictor"].to_numpy(dtype=float)
    expected = 1 / (1 + np.exp(-score[at]))
    if not (np.abs(matched["propensity_score"].to_numpy(dtype=float) - expected) <= TOLERANCE).all():
        raise MatchingError(say("The propensity scores of the matching are not those of the score model."))
    return rows, at


def _chosen(subclass: np.ndarray, is_approach: np.ndarray, at: np.ndarray, ratio: int) -> dict[int, list[int]]:
    """Row of each matched approach household -> rows of its controls."""
    approach = pd.Series(at[is_approach], index=subclass[is_approach])
    controls = pd.Series(at[~is_approach]).groupby(subclass[~is_approach], sort=False).agg(list)
    if approach.index.has_duplicates or set(approach.index) != set(controls.index):
        raise MatchingError(say("A subclass is not one approach household with its controls."))
    if controls.map(len).max() > ratio:
        raise MatchingError(
            say(
                "A subclass has {count} controls where {ratio} were asked for.",
                count=controls.map(len).max(),
                ratio=ratio,
            )
        )
    return {int(row): controls[number] for number, row in approach.items()}


def check_pairs(
    left: np.ndarray, right: np.ndarray, rows: pd.DataFrame, caliper: float | None, exact: Sequence[str]
) -> np.ndarray:
    """How far apart each pair is; MatchingError where one is wider than the caliper, or differs on an exact column.

    `left`, `right`: rows of the candidates, of an approach household and of a control.
    """
    score = rows["linear_predictor"].to_numpy(dtype=float)
    gap = np.abs(score[left] - score[right])
    if caliper is not None and (gap > caliper + TOLERANCE).any():
        raise MatchingError(
            say(
                "{count} of {pairs} pairs are wider than the caliper of {caliper:.4g} (widest "
                "{widest:.4g}): MatchIt did not keep to the caliper.",
                count=(gap > caliper + TOLERANCE).sum(),
                pairs=len(gap),
                caliper=caliper,
                widest=gap.max(),
            )
        )
    for name in exact:
        values = rows[name].astype(object)
        equal = (values.iloc[left].to_numpy() == values.iloc[right].to_numpy()) & values.iloc[left].notna().to_numpy()
        if not equal.all():
            raise MatchingError(
                say(
                    "{count} of {pairs} pairs differ on {name}, asked to be exact.",
                    count=(~equal).sum(),
                    pairs=len(gap),
                    name=name,
                )
            )
    return gap


def check_weights(matched: pd.DataFrame) -> None:
    """MatchingError where the weights are not those of the subclasses."""
    if not (np.abs(matched["weight"].to_numpy(dtype=float) - matching_weights(matched)) <= TOLERANCE).all():
        raise MatchingError(say("The matching weights are not those that follow from the subclasses."))


def _check_nearest(
    chosen: dict[int, list[int]],
    score: np.ndarray,
    treated: np.ndarray,
    stratum: np.ndarray,
    ratio: int,
    caliper: float | None,
) -> None:
    """Walk through the choices in the order of `greedy_pairs`: each must be as near as any control still free.

    Following the choices made, instead of comparing two lists of pairs, lets a tie fall either way without
    accusing the pairs after it.
    """
    queue = np.flatnonzero(treated)[np.argsort(-score[treated], kind="stable")]
    new_score = np.diff(score[queue], prepend=np.inf) < -TOLERANCE
    turn = np.cumsum(new_score)
    free, reach = FreeControls(score, treated, stratum), np.inf if caliper is None else caliper - TOLERANCE
    for k in range(ratio):
        taken = {row: controls[k] for row, controls in chosen.items() if len(controls) > k}
        gap = {row: abs(score[control] - score[row]) for row, control in taken.items()}
        # Equal treated scores may have gone in any order: the one with the nearer control went first.
        for _, row in sorted(zip(turn, queue, strict=True), key=lambda step: (step[0], gap.get(step[1], np.inf))):
            nearest, _ = free.nearest(row)
            nearest = nearest if nearest <= reach else np.inf
            if row not in taken:
                if np.isfinite(nearest):
                    raise MatchingError(
                        say("An approach household was left without control {place} though one was free.", place=k + 1)
                    )
                continue
            if gap[row] > nearest + TOLERANCE:
                raise MatchingError(
                    say(
                        "A pair is {gap:.6g} apart where a free control was at {nearest:.6g}: not the nearest control.",
                        gap=gap[row],
                        nearest=nearest,
                    )
                )
            free.take(taken[row])
