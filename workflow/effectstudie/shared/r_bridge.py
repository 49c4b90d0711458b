"""R behind one module: plain frames and numbers in, plain frames and numbers out; nothing of rpy2 leaves it.

Each call collates in C order, sets the random generator and its seed, and brings back R's warnings as data.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.shared import r_session
from effectstudie.shared.errors import EffectstudieError, InputError, MatchingError

# Identical rows may get scores that differ in the last bit (BLAS); rounded they are ties again, and ties
# then follow the row order, not the library.
SCORE_DECIMALS = 8

_R_CODE = r"""
list(
  call = function(f, args, seed) {
    old <- Sys.getlocale("LC_COLLATE")
    on.exit(Sys.setlocale("LC_COLLATE", old))
    Sys.setlocale("LC_COLLATE", "C")
    Sys.setenv(LANGUAGE = "en")
    RNGkind("Mersenne-Twister", "Inversion", "Rejection")
    set.seed(seed)
    said <- character()
    keep <- function(restart) function(condition) {
      said <<- c(said, trimws(conditionMessage(condition)))
      invokeRestart(restart)
    }
    tryCatch(
      list(value = withCallingHandlers(do.call(f, args), warning = keep("muffleWarning"),
                                       message = keep("muffleMessage")),
           warnings = said, error = character()),
      error = function(e) list(value = NULL, warnings = said, error = conditionMessage(e)))
  },

  versions = function() c(as.character(getRversion()), as.character(packageVersion("MatchIt"))),

  logit = function(treated, columns) {
    m <- glm(reformulate(names(columns), "treated"), family = binomial(link = "logit"),
             data = data.frame(treated = treated, columns), na.action = na.fail, method = "glm.fit",
             control = glm.control(epsilon = 1e-8, maxit = 25))
    list(lp = as.numeric(m$linear.predictors), coefficients = as.numeric(coef(m)), converged = m$converged)
  },

  nearest = function(treated, lp, stratum, ratio, caliper) {
    # Given a score, MatchIt 4.5.1 ignores the caliper and does not always take the nearest control (issue
    # 163); given mahvars, it breaks R's memory once in some 1,000 calls with 10,000 controls. Given distances
    # it does neither, in 4.5.1 as in later versions; those who choose first are then the first rows. Of one treated
    # household, or one control, alone it misreads the distances.
    order <- c(which(treated == 1)[order(-lp[treated == 1])], which(treated == 0))
    data <- data.frame(treated = treated, lp = lp)
    if (length(stratum)) data$stratum <- stratum
    data <- data[order, ]
    alone <- min(sum(treated), sum(1 - treated)) == 1
    distance <- if (alone) data$lp else abs(outer(data$lp[data$treated == 1], data$lp[data$treated == 0], "-"))
    args <- list(
      formula = treated ~ lp, data = data, method = "nearest", distance = distance,
      distance.options = list(), estimand = "ATT", exact = if (length(stratum)) ~stratum,
      mahvars = if (alone) ~lp, antiexact = NULL, discard = "none", reestimate = FALSE, s.weights = NULL,
      replace = FALSE, reuse.max = 1, m.order = "data", caliper = if (length(caliper)) caliper,
      std.caliper = FALSE, ratio = ratio, min.controls = NULL, max.controls = NULL, unit.id = NULL,
      verbose = FALSE, include.obj = FALSE)
    if ("normalize" %in% names(formals(MatchIt::matchit))) args$normalize <- TRUE
    m <- do.call(MatchIt::matchit, args)
    mm <- m$match.matrix
    found <- which(!is.na(mm), arr.ind = TRUE)
    weights <- numeric(length(lp))
    weights[order] <- m$weights
    list(treated = as.integer(rownames(mm))[found[, 1]], k = as.integer(found[, 2]),
         control = as.integer(mm[found]), weights = weights)
  },

  fisher = function(counts, rows) {
    fisher.test(matrix(counts, nrow = rows, byrow = TRUE), workspace = 2e7)$p.value
  }
)
"""


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


def fit_propensity(covariates: pd.DataFrame, treated: np.ndarray, seed: int) -> ScoreModel:
    """Fit R's `glm` (binomial, logit) of `treated` (boolean, a row each) on all numeric columns.

    The linear predictor is rounded to 8 decimals. Raises InputError for columns that R would misread
    (missing, infinite, one value, not numeric) and MatchingError for R's own errors.
    """
    names = {f"x{i}": name for i, name in enumerate(covariates.columns)}
    if covariates.columns.has_duplicates:
        raise InputError(["Two columns have the same name, and R would lose one: rename one."])
    _refuse_unusable(dict(covariates.items()), treated)
    columns = {x: covariates.iloc[:, i].to_numpy(dtype=float) for i, x in enumerate(names)}
    arguments = {"treated": treated.astype(int), "columns": columns}
    value, warned = _call("logit", arguments, seed, names, {"link": "logit"})
    coefficients = dict(zip(["(Intercept)", *names.values()], value["coefficients"].tolist(), strict=True))
    lp = value["lp"]
    if not (np.isfinite(lp).all() and np.isfinite(list(coefficients.values())).all()):
        raise MatchingError(
            "R's score model gave a coefficient or a score that is not a number: leave out covariates that "
            "follow from the others."
        )
    return ScoreModel(np.round(lp, SCORE_DECIMALS), coefficients, bool(value["converged"][0]), warned)


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

    `score`, `treated` (boolean) and `stratum` (whole numbers; pairs stay within one) have a value per row;
    ties go by row. `caliper` is in units of the score. Every stratum must hold both groups.
    Raises InputError for unusable columns, MatchingError for R's own errors.
    """
    _refuse_unusable({"score": score}, treated)
    exact = np.array([] if stratum is None else stratum, dtype=int)
    arguments = {
        "treated": treated.astype(int),
        "lp": np.asarray(score, dtype=float),
        "stratum": exact,
        "ratio": np.array([ratio]),
        "caliper": np.array([] if caliper is None else [caliper], dtype=float),
    }
    options = {"ratio": ratio, "caliper": caliper, "exact strata": len(np.unique(exact)) or 1}
    options |= {"treated": int(treated.sum()), "controls": int((~treated).sum())}
    value, warned = _call("nearest", arguments, seed, {"lp": "score"}, options)
    rows = {"treated": value["treated"] - 1, "k": value["k"], "control": value["control"] - 1}
    order = np.lexsort([rows["k"], rows["treated"]])
    pairs = pd.DataFrame({name: numbers[order].astype("int64") for name, numbers in rows.items()})
    return NearestMatch(pairs, value["weights"], warned)


def fisher_p(table: list[list[int]]) -> float:
    """Two-sided p of Fisher's exact test of a table of counts (rows x columns), R's `fisher.test`.

    NaN (undefined) where fewer than two rows or two columns hold a count. Raises InputError for anything
    but whole counts of equal row length, EffectstudieError when R cannot do the table.
    """
    counts = np.array(table, dtype=float) if len({len(row) for row in table}) == 1 else np.array([np.nan])
    if counts.ndim != 2 or not np.isfinite(counts).all() or (counts < 0).any() or (counts % 1 != 0).any():
        raise InputError(["Fisher's exact test needs a table of whole counts of 0 or more, rows of equal length."])
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return float("nan")
    arguments = {"counts": counts.astype(int).ravel(), "rows": np.array([counts.shape[0]])}
    try:
        value, _ = _call("fisher", arguments, 0, {}, {"table": counts.astype(int).tolist()})
    except MatchingError as error:
        raise EffectstudieError(f"Fisher's exact test failed. {error}") from error
    return min(1.0, float(value[0]))


def versions() -> dict[str, str]:
    """Versions in use: {"R": "4.2.2", "MatchIt": "4.5.1"}."""
    value, _ = _call("versions", {}, 0, {}, {})
    return {"R": str(value[0]), "MatchIt": str(value[1])}


def _refuse_unusable(columns: Mapping[str, np.ndarray | pd.Series], treated: np.ndarray) -> None:
    problems = []
    # R takes the second level of a text as treated, and ~ of whole numbers is not their opposite.
    if treated.dtype != bool or treated.all() or not treated.any():
        problems.append("The group must be given as true (approach) and false (control), both of them present.")
    for name, column in columns.items():
        if column.dtype.kind not in "buif":
            problems.append(f"Column {name!r} is {column.dtype}: R gets numbers only; recode it to numbers or 0/1.")
        elif not np.isfinite(numbers := pd.Series(column).to_numpy(dtype=float, na_value=np.nan)).all():
            problems.append(f"Column {name!r} holds missing or infinite values: fill or leave out those rows first.")
        elif (numbers == numbers[0]).all():
            problems.append(f"Column {name!r} has one value in every row: leave it out of the score model.")
    if problems:
        raise InputError(problems)


def _call(function: str, arguments: dict, seed: int, names: dict[str, str], options: dict) -> tuple[Any, list[str]]:
    """Run one R function; its value and R's warnings, both with R's x0, x1, … as the columns' names."""
    result = r_session.call(_R_CODE, function, arguments, seed)
    error, warned = result["error"], [_rename(text, names) for text in result["warnings"]]
    if error and "no package called" in error[0]:
        raise EffectstudieError(f"R lacks a package ({error[0].strip()}): {r_session.INSTALL}")
    if error:
        asked = ", ".join(f"{key} {option}" for key, option in options.items())
        also = f" R also warned: {' '.join(warned)}" if warned else ""
        raise MatchingError(f'R stopped with "{_rename(error[0].strip(), names)}" ({asked}).{also}')
    return result["value"], warned


def _rename(text: str, names: dict[str, str]) -> str:
    """R knows columns as x0, x1, …: names with spaces or hyphens would need quoting in a formula."""
    return re.sub(r"\b(x\d+|lp)\b", lambda found: names.get(found[0], found[0]), text)
