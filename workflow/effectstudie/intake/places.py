"""Where in an export something is: one message for all rows of a column, with the first of them."""

from collections.abc import Iterable
from typing import Any

from effectstudie.intake.spelling.letters import shown
from effectstudie.shared.messages.sentences import private, say

_ROWS, _VALUES = 8, 5


def rows_told(numbers: Iterable[int]) -> str:
    """`row 3`, `rows 3, 5, 8`, or the first of them and how many more; `numbers`: of cases, the first is 1."""
    numbers = sorted(int(number) for number in numbers)
    if len(numbers) == 1:
        return say("row {number}", number=numbers[0])
    if len(numbers) > _ROWS:
        return say("rows {numbers} and {more} more", numbers=numbers[:_ROWS], more=len(numbers) - _ROWS)
    return say("rows {numbers}", numbers=numbers)


def values_told(values: Iterable[Any]) -> str:
    """The values in a problem, each once and cut short: enough to find them back. Nothing for no values."""
    values = list(dict.fromkeys(map(quoted, values)))
    if not values:
        return ""
    if len(values) == 1:
        return private(say(", value {value}", value=values[0]))
    return private(say(", values {values}", values=[*values[:_VALUES], *["…"] * (len(values) > _VALUES)]))


def quoted(value: Any) -> str:
    """A value between quotes, cut short, with letters that are not seen by their number."""
    text = str(value)
    return f"'{shown(text if len(text) <= 40 else text[:37] + '...')}'"
