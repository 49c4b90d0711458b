"""Choice of words: of alternatives, verbs and numbers in a sentence."""

from collections.abc import Mapping, Sequence

from effectstudie.shared import formats


def pick(wordings: str | Sequence[str], place: int) -> str:
    """One of several wordings that mean the same: outcomes take turns by their place in the report."""
    return wordings if isinstance(wordings, str) else wordings[place % len(wordings)]


def verb(texts: Mapping, name: str, plural: bool) -> str:
    return texts["verbs"][name]["plural" if plural else "singular"]


def of_number(words: Mapping[str, str], name: str, total: int) -> str:
    """The wording of a name, and of one thing its own where it has that: `none_one` beside `none`."""
    return words.get(f"{name}_one", words[name]) if total == 1 else words[name]


def spoken(unit: Mapping[str, str] | None, printed: str) -> str:
    """A number as it stands in a sentence: a mark is `een 7,4`, others stay `7,4`."""
    return f"{unit['before']}{formats.NBSP}{printed}" if unit and "before" in unit else printed


# A sentence names no more outcomes than a reader keeps in mind.
NAMED_AT_MOST = 4


def listed(items: Sequence[str], words: Mapping[str, str]) -> str:
    """The items as a list, or how many they are where they are many. `words`: `outcomes_listed` in the texts."""
    return formats.joined(items) if len(items) <= NAMED_AT_MOST else words["many"].format(count=len(items))


def largest(items: Sequence[tuple[float, str]], words: Mapping[str, str]) -> str:
    """The items with the largest sizes as a list, and how many more there are. `items`: size and text."""
    named = [text for _, text in sorted(items, key=lambda item: -abs(item[0]))]
    if len(named) <= NAMED_AT_MOST:
        return formats.joined(named)
    kept = named[: NAMED_AT_MOST - 1]
    return formats.joined([*kept, words["more"].format(count=len(named) - len(kept))])


def unit_of_difference(unit: Mapping[str, str] | None, kind: str, printed: str, texts: Mapping) -> str:
    """The words behind a difference: ` incidenten per jaar`, ` procentpunten`, ` punt`.

    `unit`: of the outcome, in `units_in_sentences` of the texts; `kind`: mean or percentage.
    """
    return unit_text(unit if unit and "many" in unit else texts["difference_units"][kind], printed)


def unit_text(unit: Mapping[str, str] | None, printed: str) -> str:
    """The words behind a printed number: ` incident per jaar` after 1, ` incidenten per jaar` after others."""
    if not unit or "many" not in unit:
        return ""
    one = printed.rstrip("0").rstrip(",") == "1" if "," in printed else printed == "1"
    return formats.NBSP + unit["one" if one else "many"]
