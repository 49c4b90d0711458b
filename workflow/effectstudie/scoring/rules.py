"""What stands where a unit has no score, and which rule each score came from."""

from dataclasses import dataclass
from enum import IntEnum
from math import inf

import numpy as np

# The value of an answer or score that does not apply; one that is missing is NaN.
DOES_NOT_APPLY = -inf


class Rule(IntEnum):
    """The missing rules that a score can come from, each outranking those before it when scores add up."""

    COMPLETE = 0
    PERSON_MEAN = 1
    COUNTS_NOTHING = 2
    TOO_FEW = 3
    NOT_APPLICABLE = 4
    NOT_ASKED = 5


RULES = [rule.name.lower() for rule in Rule]


@dataclass(frozen=True)
class Quality:
    """Of a scale, per row: the rule (index of RULES), numbers of answers, missing answers and impossible codes."""

    rule: np.ndarray
    n_valid: np.ndarray
    n_missing: np.ndarray
    n_out_of_range: np.ndarray
