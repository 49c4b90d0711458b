"""What can be wrong with a strategy or its households, before anything is matched."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.shared.errors import ConfigError, InputError, MatchingError

RESERVED = ("household", "order", "role", "linear_predictor", "propensity_score")
NO_OPTMATCH = "full and optimal need R's package optmatch, which Debian lacks"
ORDERS = ("largest", "smallest")


def check_strategy(strategy: Mapping[str, Any], households: pd.DataFrame) -> None:
    """ConfigError with everything that is wrong with a strategy, held against the columns of the households."""
    allowed = {
        "method": (lambda method: method == "nearest", f"nearest is allowed; {NO_OPTMATCH}"),
        "covariates": (lambda names: isinstance(names, list) and names, "a list of columns is allowed"),
        "ratio": (lambda ratio: type(ratio) is int and ratio >= 1, "a whole number from 1 is allowed"),
        "caliper": (_is_caliper, "a number above 0 or null is allowed"),
        "missing": (lambda rule: rule in ("complete", "indicator"), "complete or indicator is allowed"),
        "order": (lambda order: order in ORDERS, "largest or smallest is allowed"),
    }
    given = {"method": "nearest", "order": "largest", **strategy}
    problems = [
        f"{name_of(strategy)}: {key} is {given.get(key, 'not given')!r}; {what}."
        for key, (holds, what) in allowed.items()
        if not holds(given.get(key, "not given"))
    ]
    known = [name for name in households if name not in RESERVED]
    problems += [
        f"{name_of(strategy)}: {key} names {name!r}, which is no covariate of the households; there are {known}."
        for key in ("covariates", "exact")
        for name in strategy.get(key) or []
        if name not in known
    ]
    if problems:
        raise ConfigError(problems)


def _is_caliper(value: Any) -> bool:
    return value is None or (type(value) in (int, float) and 0 < value < np.inf)


def check_households(households: pd.DataFrame, covariates: list[str]) -> None:
    """InputError with everything that is wrong with the households and these covariates of theirs."""
    problems, order = [], households["order"]
    if households["household"].duplicated().any() or households["household"].isna().any():
        problems.append("households: a household is missing or occurs twice: give each household one row.")
    if order.dtype.kind not in "iu" or order.duplicated().any():
        problems.append("households: order must be a different whole number for each household: shuffle again.")
    if not households["role"].isin(["approach", "pool"]).all():
        problems.append("households: role must be approach or pool in each row: leave out other households.")
    for name in covariates:
        column = households[name]
        if not (pd.api.types.is_numeric_dtype(column) or column.dtype == bool):
            problems.append(f"households: covariate {name} is {column.dtype}; numbers or 0/1 are allowed: recode it.")
        elif column.isna().all():
            problems.append(f"households: covariate {name} is missing everywhere: take it out of the strategy.")
        elif np.isinf(column.to_numpy(dtype=float, na_value=np.nan)).any():
            problems.append(f"households: covariate {name} has infinite values: correct them.")
        elif f"{name}_missing" in covariates:
            problems.append(f"households: {name}_missing is made from {name}: rename the covariate of that name.")
    if problems:
        raise InputError(problems)


def require_groups(role: pd.Series, having: str, strategy: Mapping[str, Any]) -> None:
    """MatchingError unless both groups have households `having` this."""
    if set(role.unique()) != {"approach", "pool"}:
        raise MatchingError(
            f"Nothing to match in {name_of(strategy)}: no households of both approach and pool with {having}."
        )


def name_of(strategy: Mapping[str, Any]) -> str:
    """A strategy in an error."""
    return f"strategy {strategy.get('label', '')!r}"
