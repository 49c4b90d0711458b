"""What can be wrong with a strategy or its households, before anything is matched."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import CHOICES, DESIGNS, Strategy
from effectstudie.shared.errors import ConfigError, InputError, MatchingError
from effectstudie.shared.messages.sentences import joined, say

RESERVED = ("household", "order", "role", "linear_predictor", "propensity_score")


def check_strategy(strategy: Strategy, households: pd.DataFrame) -> None:
    """ConfigError with everything that is wrong with a strategy, held against the columns of the households."""
    caliper, ratio = strategy.caliper, strategy.ratio
    allowed = {
        "design": (strategy.design in DESIGNS, say("nearest, optimal, full, overlap or entropy is allowed")),
        "covariates": (bool(strategy.covariates), say("a list of columns is allowed")),
        "ratio": (type(ratio) is int and ratio >= 1, say("a whole number from 1 is allowed")),
        "caliper": (caliper is None or 0 < caliper < np.inf, say("a number above 0 or null is allowed")),
        "missing": (strategy.missing in ("complete", "indicator"), say("complete or indicator is allowed")),
        "order": (strategy.order in ("largest", "smallest"), say("largest or smallest is allowed")),
    }
    if strategy.design in DESIGNS:
        allowed |= {
            key: (
                getattr(strategy, key) is None,
                say(
                    "it is allowed with {designs}, not with {design}",
                    designs=joined(" / ", designs),
                    design=strategy.design,
                ),
            )
            for key, designs in CHOICES.items()
            if strategy.design not in designs
        }
    wrong = {key: what for key, (holds, what) in allowed.items() if not holds}
    problems = [
        say(
            "{strategy}: {key} is {value}; {what}.",
            strategy=strategy.named,
            key=key,
            value=repr(getattr(strategy, key)),
            what=what,
        )
        for key, what in wrong.items()
    ]
    known = [name for name in households if name not in RESERVED]
    problems += [
        say(
            "{strategy}: {key} names {name!r}, which is no covariate of the households; there are {known}.",
            strategy=strategy.named,
            key=key,
            name=name,
            known=str(known),
        )
        for key in ("covariates", "exact")
        for name in getattr(strategy, key)
        if name not in known
    ]
    if problems:
        raise ConfigError(problems)


def check_households(households: pd.DataFrame, covariates: Sequence[str]) -> None:
    """InputError with everything that is wrong with the households and these covariates of theirs."""
    problems, order = [], households["order"]
    if households["household"].duplicated().any() or households["household"].isna().any():
        problems.append(say("households: a household is missing or occurs twice: give each household one row."))
    if order.dtype.kind not in "iu" or order.duplicated().any():
        problems.append(say("households: order must be a different whole number for each household: shuffle again."))
    if not households["role"].isin(["approach", "pool"]).all():
        problems.append(say("households: role must be approach or pool in each row: leave out other households."))
    for name in covariates:
        column = households[name]
        if not (pd.api.types.is_numeric_dtype(column) or column.dtype == bool):
            problems.append(
                say(
                    "households: covariate {name} is {dtype}; numbers or 0/1 are allowed: recode it.",
                    name=name,
                    dtype=column.dtype,
                )
            )
        elif column.isna().all():
            problems.append(
                say("households: covariate {name} is missing everywhere: take it out of the strategy.", name=name)
            )
        elif np.isinf(column.to_numpy(dtype=float, na_value=np.nan)).any():
            problems.append(say("households: covariate {name} has infinite values: correct them.", name=name))
        elif f"{name}_missing" in covariates:
            problems.append(
                say("households: {name}_missing is made from {name}: rename the covariate of that name.", name=name)
            )
    if problems:
        raise InputError(problems)


def require_groups(role: pd.Series, having: str, strategy: Strategy, do: str) -> None:
    """MatchingError unless both groups have households `having` this. `do`: what may help."""
    if set(role.unique()) != {"approach", "pool"}:
        raise MatchingError(
            say(
                "Nothing to match in {strategy}: no households of both approach and pool with {having}; {do}.",
                strategy=strategy.named,
                having=having,
                do=do,
            )
        )
