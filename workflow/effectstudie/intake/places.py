"""Where in an export something is: one message for all rows of a column, with the first of them."""

from collections.abc import Iterable

_ROWS = 8


def rows_told(numbers: Iterable[int]) -> str:
    """`row 3`, `rows 3, 5, 8`, or the first of them and how many more; `numbers`: of cases, the first is 1."""
    numbers = sorted(int(number) for number in numbers)
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    more = f" and {len(numbers) - _ROWS} more" if len(numbers) > _ROWS else ""
    return f"rows {', '.join(map(str, numbers[:_ROWS]))}{more}"
