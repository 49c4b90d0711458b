"""What an instrument's definition file says about items and columns."""

from collections.abc import Mapping


def form_columns(form: Mapping) -> dict[tuple[str, int], str]:
    """Which export column holds which (view, item) of a form."""
    columns: dict[tuple[str, int], str] = {}
    for view, spec in form["views"].items():
        if isinstance(spec["columns"], str):
            numbers = range(spec["first"], spec["last"] + 1, spec.get("step", 1))
            named = {number: spec["columns"].format(number) for number in numbers}
        else:
            named = dict(enumerate(spec["columns"], start=1))
        for number, column in named.items():
            columns[view, _item_number(number, spec)] = column
    return columns


def _item_number(number: int, spec: Mapping) -> int:
    """The instrument's number of an item: forms may number the same item otherwise."""
    for span, start in spec.get("move", {}).items():
        first, last = map(int, span.split("-"))
        if first <= number <= last:
            return start + number - first
    return number + spec.get("shift", 0)


def scale_items(scale: Mapping) -> list[int]:
    """Numbers of the items of a scale that is no total."""
    return scale.get("items") or [number for part in scale["parts"].values() for number in part]
