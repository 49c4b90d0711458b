"""Choice of words: of alternatives, verbs and numbers in a sentence."""

from collections.abc import Mapping, Sequence

from effectstudie.shared import formats


def pick(wordings: str | Sequence[str], place: int) -> str:
    """One of several wordings that mean the same: outcomes take turns by their place in the report."""
    return wordings if isinstance(wordings, str) else wordings[place % len(wordings)]


def verb(texts: Mapping, name: str, plural: bool) -> str:
    return texts["verbs"][name]["plural" if plural else "singular"]


def spoken(unit: Mapping[str, str] | None, printed: str) -> str:
    """A number as it stands in a sentence: a mark is `een 7,4`, others stay `7,4`."""
    return f"{unit['before']}{formats.NBSP}{printed}" if unit and "before" in unit else printed


def unit_text(unit: Mapping[str, str] | None, printed: str) -> str:
    """The words behind a printed number: ` incident per jaar` after 1, ` incidenten per jaar` after others."""
    if not unit or "many" not in unit:
        return ""
    one = printed.rstrip("0").rstrip(",") == "1" if "," in printed else printed == "1"
    return formats.NBSP + unit["one" if one else "many"]
