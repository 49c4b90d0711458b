"""R behind one module: plain frames and numbers in, plain frames and numbers out; nothing of rpy2 leaves it.

Each call collates in C order, sets the random generator and its seed, and brings back R's warnings as data.
"""

import functools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from effectstudie.shared import r_session
from effectstudie.shared.errors import (
    NO_MICE,
    NO_OPTMATCH,
    EffectstudieError,
    InputError,
    MatchingError,
    MissingPackage,
)
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.r_functions import R_CODE

# Identical rows may get scores that differ in the last bit (BLAS); rounded they are ties again, and ties
# then follow the row order, not the library.
SCORE_DECIMALS = 8
# Copies of all distances that R has at once: 2,000 households and 80,000 controls took 5 GiB.
COPIES = 4.2
# MatchIt from this version on is given scores, where the probe is passed.
BY_SCORE = (4, 7)


@dataclass(frozen=True)
class ScoreModel:
    """Logit model of group membership: linear predictor per row, coefficients by name, R's warnings."""

    linear_predictor: np.ndarray
    coefficients: dict[str, float]
    converged: bool
    warnings: list[str]


@dataclass(frozen=True)
class NearestMatch:
    """`pairs`: treated, k (1 = first control), control, the two being row numbers from 0; weights per row."""

    pairs: pd.DataFrame
    weights: np.ndarray
    warnings: list[str]


@dataclass(frozen=True)
class OptimalSets:
    """`sets`: number of the set of each row, 0 for none; weights per row; `optmatch`: its version."""

    sets: np.ndarray
    weights: np.ndarray
    warnings: list[str]
    optmatch: str


def fit_propensity(covariates: pd.DataFrame, treated: np.ndarray, seed: int) -> ScoreModel:
    """Fit R's `glm` (binomial, logit) of `treated` (boolean, a row each) on all numeric columns.

    The linear predictor is rounded to 8 decimals. Raises InputError for columns that R would misread
    (missing, infinite, one value, not numeric) and MatchingError for R's own errors.
    """
    names = {f"x{i}": name for i, name in enumerate(covariates.columns)}
    if covariates.columns.has_duplicates:
        raise InputError([say("Two columns have the same name, and R would lose one: rename one.")])
    _refuse_unusable(dict(covariates.items()), treated)
    columns = {x: covariates.iloc[:, i].to_numpy(dtype=float) for i, x in enumerate(names)}
    arguments = {"treated": treated.astype(int), "columns": columns}
    value, warned = _call("logit", arguments, seed, names, {"link": "logit"})
    coefficients = dict(zip(["(Intercept)", *names.values()], value["coefficients"].tolist(), strict=True))
    lp = value["lp"]
    if not (np.isfinite(lp).all() and np.isfinite(list(coefficients.values())).all()):
        raise MatchingError(
            say(
                "R's score model gave a coefficient or a score that is not a number: leave out covariates that follow "
                "from the others."
            )
        )
    return ScoreModel(np.round(lp, SCORE_DECIMALS), coefficients, bool(value["converged"][0]), warned)


@dataclass(frozen=True)
class Route:
    """How MatchIt is called: its `version`, what it is given (`score` or `distances`), and how the `probe` of it went.

    The probe is `passed` where, given scores, it keeps to a caliper; 4.5.1 has `failed`.
    """

    version: str
    route: Literal["score", "distances"]
    probe: Literal["passed", "failed"]


@functools.cache
def matchit_route() -> Route:
    """By the score where MatchIt is new enough and does it right, by distances where not.

    Distances take memory for each pair of households, and are right in every version; by the score versions before 4.7
    had more faults than the probe looks for.
    """
    version, passed = versions()["MatchIt"], _keeps_caliper()
    by_score = passed and tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= BY_SCORE
    return Route(version, "score" if by_score else "distances", "passed" if passed else "failed")


def _keeps_caliper() -> bool:
    """Whether MatchIt given scores does a small matching right: 4.5.1 takes all that is nearer than 1 for as near."""
    score, treated = np.array([0.5, 0.1, 0.85, 0.25, 0.05]), np.array([True, True, False, False, False])
    try:
        found = _nearest(score, treated, 2, 0.2, 0, None, by_score=True)
    except MatchingError:
        return False
    return found.pairs.to_numpy().tolist() == [[1, 1, 4], [1, 2, 3]]


def match_nearest(
    score: np.ndarray,
    treated: np.ndarray,
    *,
    ratio: int,
    caliper: float | None,
    seed: int,
    stratum: np.ndarray | None = None,
) -> NearestMatch:
    """Match with MatchIt: nearest on `score`, largest treated score first, without replacement (ATT).

    `score`, `treated` (boolean) and `stratum` (whole numbers; pairs stay within one) have a value per row. Which of
    those with the same score comes first is up to MatchIt. `caliper` is in units of the score. Every stratum must hold
    both groups.
    Raises InputError for unusable columns, MatchingError for R's own errors.
    """
    _refuse_unusable({"score": score}, treated)
    route = matchit_route()
    if route.route == "distances":
        _refuse_too_many(treated, route.version)
    return _nearest(score, treated, ratio, caliper, seed, stratum, route.route == "score")


def _refuse_too_many(treated: np.ndarray, matchit: str) -> None:
    """MatchingError where all distances take more memory than there is: R would be killed without a word."""
    own, others = int(treated.sum()), int((~treated).sum())
    need, has = COPIES * 8 * own * others / 2**30, memory() / 2**30
    if need > has:
        raise MatchingError(
            say(
                "To match {own:d} households with {others:d} possible controls takes {need:.0f} GiB of memory with "
                "MatchIt {matchit}, and this machine has {has:.0f}. MatchIt 4.7 or newer, which Debian 13 has, needs a "
                "tenth of it.",
                own=own,
                others=others,
                need=need,
                matchit=matchit,
                has=has,
            )
        )


def memory() -> int:
    """Bytes of memory of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _nearest(
    score: np.ndarray,
    treated: np.ndarray,
    ratio: int,
    caliper: float | None,
    seed: int,
    stratum: np.ndarray | None,
    by_score: bool,
) -> NearestMatch:
    exact = np.array([] if stratum is None else stratum, dtype=int)
    arguments = {
        "treated": treated.astype(int),
        "lp": np.asarray(score, dtype=float),
        "stratum": exact,
        "ratio": np.array([ratio]),
        "caliper": np.array([] if caliper is None else [caliper], dtype=float),
        "by_score": np.array([int(by_score)]),
    }
    options = {"ratio": ratio, "caliper": caliper, "exact strata": len(np.unique(exact)) or 1}
    options |= {"treated": int(treated.sum()), "controls": int((~treated).sum())}
    value, warned = _call("nearest", arguments, seed, {"lp": "score"}, options)
    rows = {"treated": value["treated"] - 1, "k": value["k"], "control": value["control"] - 1}
    order = np.lexsort([rows["k"], rows["treated"]])
    pairs = pd.DataFrame({name: numbers[order].astype("int64") for name, numbers in rows.items()})
    return NearestMatch(pairs, value["weights"], warned)


def match_optimal(
    score: np.ndarray,
    treated: np.ndarray,
    *,
    ratio: int | None,
    caliper: float | None,
    seed: int,
    stratum: np.ndarray | None = None,
) -> OptimalSets:
    """Match with MatchIt by R's optmatch: sets whose distances in score add up to the least (Hansen and Klopfer 2006).

    With a `ratio` so many controls per treated row, or as near to it as there are; without, full matching: sets of one
    treated row with controls, or one control with treated rows, of everyone who has another within the `caliper`. The
    others as of match_nearest. Raises MissingPackage without optmatch.
    """
    _refuse_unusable({"score": score}, treated)
    arguments = {
        "treated": treated.astype(int),
        "lp": np.asarray(score, dtype=float),
        "stratum": np.array([] if stratum is None else stratum, dtype=int),
        "ratio": np.array([] if ratio is None else [ratio], dtype=int),
        "caliper": np.array([] if caliper is None else [caliper], dtype=float),
    }
    options = {"ratio": ratio, "caliper": caliper, "treated": int(treated.sum()), "controls": int((~treated).sum())}
    value, warned = _call("sets", arguments, seed, {"lp": "score"}, options)
    return OptimalSets(value["set"], value["weights"], warned, str(value["version"][0]))


def fisher_p(table: list[list[int]]) -> float:
    """Two-sided p of Fisher's exact test of a table of counts (rows x columns), R's `fisher.test`.

    NaN (undefined) where fewer than two rows or two columns hold a count. Raises InputError for anything
    but whole counts of equal row length, EffectstudieError when R cannot do the table.
    """
    counts = np.array(table, dtype=float) if len({len(row) for row in table}) == 1 else np.array([np.nan])
    if counts.ndim != 2 or not np.isfinite(counts).all() or (counts < 0).any() or (counts % 1 != 0).any():
        raise InputError([say("Fisher's exact test needs a table of whole counts of 0 or more, rows of equal length.")])
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return float("nan")
    arguments = {"counts": counts.astype(int).ravel(), "rows": np.array([counts.shape[0]])}
    try:
        value, _ = _call("fisher", arguments, 0, {}, {"table": counts.astype(int).tolist()})
    except MatchingError as error:
        raise EffectstudieError(say("Fisher's exact test failed. {why}", why=error.sentences[0])) from error
    return min(1.0, float(value[0]))


def impute(covariates: pd.DataFrame, treated: np.ndarray, m: int, seed: int) -> list[pd.DataFrame]:
    """Fill gaps `m` times with R's `mice`: predictive mean matching on the group and the other columns, 5 rounds.

    Each gap gets a value that another row has. `treated`: boolean, a row each; draws go by the order of rows and
    columns. Raises InputError for columns that R would misread, and for those without two different values;
    MissingPackage without mice, EffectstudieError when it fails.
    """
    names = {f"x{i}": name for i, name in enumerate(covariates.columns)}
    known = {name: column.dropna() for name, column in covariates.items()}
    _refuse_unusable({name: column if len(column) else pd.Series([0.0]) for name, column in known.items()}, treated)
    columns = {x: covariates[name].to_numpy(dtype=float, na_value=np.nan) for x, name in names.items()}
    arguments = {"treated": treated.astype(int), "columns": columns, "m": np.array([m])}
    try:
        drawn, _ = _call("impute", arguments, seed, names, {"m": m, "rows": len(covariates)})
    except MatchingError as error:
        raise EffectstudieError(say("The imputation of covariates failed. {why}", why=error.sentences[0])) from error
    filled = []
    for one in range(m):
        values = {name: columns[x].copy() for x, name in names.items()}
        for x, draws in drawn.items():
            values[names[x]][np.isnan(columns[x])] = draws.reshape(m, -1)[one]
        filled.append(pd.DataFrame(values, index=covariates.index))
    if any(frame.isna().any(axis=None) for frame in filled):
        raise EffectstudieError(say("The imputation of covariates failed: mice left values missing."))
    return filled


def versions() -> dict[str, str]:
    """Versions in use: {"R": "4.2.2", "MatchIt": "4.5.1"}."""
    value, _ = _call("versions", {}, 0, {}, {})
    return {"R": str(value[0]), "MatchIt": str(value[1])}


def _refuse_unusable(columns: Mapping[str, np.ndarray | pd.Series], treated: np.ndarray) -> None:
    problems = []
    # R takes the second level of a text as treated, and ~ of whole numbers is not their opposite.
    if treated.dtype != bool or treated.all() or not treated.any():
        problems.append(say("The group must be given as true (approach) and false (control), both of them present."))
    for name, column in columns.items():
        if column.dtype.kind not in "buif":
            problems.append(
                say(
                    "Column {name!r} is {dtype}: R gets numbers only; recode it to numbers or 0/1.",
                    name=name,
                    dtype=column.dtype,
                )
            )
        elif not np.isfinite(numbers := pd.Series(column).to_numpy(dtype=float, na_value=np.nan)).all():
            problems.append(
                say("Column {name!r} holds missing or infinite values: fill or leave out those rows first.", name=name)
            )
        elif (numbers == numbers[0]).all():
            problems.append(
                say("Column {name!r} has one value in every row: leave it out of the score model.", name=name)
            )
    if problems:
        raise InputError(problems)


def _call(function: str, arguments: dict, seed: int, names: dict[str, str], options: dict) -> tuple[Any, list[str]]:
    """Run one R function; its value and R's warnings, both with R's x0, x1, … as the columns' names."""
    result = r_session.call(R_CODE, function, arguments, seed)
    error, warned = result["error"], [_rename(text, names) for text in result["warnings"]]
    if error and re.search(r"no package called .mice", error[0]):
        raise MissingPackage(NO_MICE)
    if error and re.search(r"no package called .optmatch", error[0]):
        raise MissingPackage(NO_OPTMATCH)
    if error and "no package called" in error[0]:
        raise EffectstudieError(
            say("R lacks a package ({error}): {install}", error=error[0].strip(), install=r_session.INSTALL)
        )
    if error:
        also = say(" R also warned: {warned}", warned=" ".join(warned)) if warned else ""
        raise MatchingError(
            say(
                'R stopped with "{what}" ({asked}).{also}',
                what=_rename(error[0].strip(), names),
                asked=[f"{key} {option}" for key, option in options.items()],
                also=also,
            )
        )
    return result["value"], warned


def _rename(text: str, names: dict[str, str]) -> str:
    """R knows columns as x0, x1, …: names with spaces or hyphens would need quoting in a formula.

    On one line, for some versions of MatchIt break theirs.
    """
    return re.sub(r"\b(x\d+|lp)\b", lambda found: names.get(found[0], found[0]), " ".join(text.split()))
