"""What a variable has from the questionnaires of the scores it is made from."""

import re
from collections.abc import Mapping, Sequence

from effectstudie.definitions.export_columns import REPORTING
from effectstudie.derived.numerals import plain, runs, spans
from effectstudie.derived.score import Score
from effectstudie.derived.sources import Sources


def behind(scores: Sequence[Score], given: Sources) -> dict[str, str]:
    """Columns of the codebook: items, columns of the exports, waves, ages, norm and key."""
    words = given.words
    by_stem: dict[str, list[Score]] = {}
    for score in scores:
        by_stem.setdefault(score.stem, []).append(score)
    labels = {stem: given.instruments[stem]["label"] for stem in by_stem}
    definitions = {stem: given.instruments[stem] for stem in by_stem}
    columns: dict[str, dict[str, None]] = {}
    for score in scores:
        for table, names in score.columns().items():
            columns.setdefault(table, {}).update(dict.fromkeys(names))
    asked = {wave for definition in definitions.values() for wave in given.cohort.waves_of(definition.get("waves"))}
    normed = {score.stem for score in scores if score.kind == "t"}
    items = {labels[stem]: _items(of_stem, words) for stem, of_stem in by_stem.items()}
    norms = {labels[stem]: _norm(given.norms.get(stem), words["norm_status"]) for stem in by_stem if stem in normed}
    ages = {labels[stem]: _ages(definition.get("ages", {}), words["ages"]) for stem, definition in definitions.items()}
    keys = {labels[stem]: words["key_status"][definition["key"]["status"]] for stem, definition in definitions.items()}
    return {
        "vragenlijst": ", ".join(labels.values()),
        "items": _each(items, always=len(items) > 1) or words["none"],
        "kolommen": compact_columns({table: list(names) for table, names in columns.items()}) or words["none"],
        "metingen": ", ".join(wave for wave in given.waves if wave in asked),
        "leeftijd": _each(ages),
        "norm": _each(norms) or words["none"],
        "sleutel": _each(keys),
    }


def compact_columns(columns: Mapping[str, Sequence[str]]) -> str:
    """Columns by table in short: `jeugd: tscc_01, 03, 10…12; kinderen: ctspc_01…ctspc_22`."""
    return "; ".join(f"{table}: {_compact(columns[table])}" for table in REPORTING if columns.get(table))


def _compact(names: Sequence[str]) -> str:
    numbered: dict[str, dict[int, str]] = {}
    others = []
    for name in names:
        prefix, digits = re.fullmatch(r"(.*?)(\d*)", name).groups()
        if digits:
            numbered.setdefault(prefix, {})[int(digits)] = digits
        else:
            others.append(name)
    parts = []
    for prefix, digits in numbered.items():
        ends = [(digits[first], digits[last]) for first, last in runs(digits)]
        # the prefix is not repeated, but for a single run
        again = prefix if len(ends) == 1 else ""
        texts = [first if first == last else f"{first}…{again}{last}" for first, last in ends]
        parts.append(f"{prefix}{', '.join(texts)}")
    return ", ".join(parts + others)


def _items(scores: Sequence[Score], words: Mapping) -> str:
    say = words["items"]
    numbers = {item for score in scores for item in score.items}
    if len(scores) > 1:
        return spans(numbers)
    (score,) = scores
    weights = set(score.spec.get("weights", []))
    text = spans(numbers - weights) or words["none"]
    text = say["weighted"].format(items=text, weights=spans(weights)) if weights else text
    for term in [score, *score.raw().terms()]:
        for move in term.spec.get("moves", []):
            if move["item"] in term.moved_in:
                text = say["moved"].format(items=text, item=move["item"], age=plain(move["below_age"]))
    return text


def _norm(norm: Mapping | None, status: Mapping[str, str]) -> str:
    if norm is None:
        return status["none"]
    entry = norm["entry"]
    known = [] if norm["status"] == "illustrative" else [entry[k] for k in ("source", "edition") if k in entry]
    return ", ".join([f"{status[norm['status']]}: {entry['file']}", *known])


def _ages(ages: Mapping[str, float], say: Mapping[str, str]) -> str:
    low, below = ages.get("from"), ages.get("below")
    whole = below is not None and float(below).is_integer()
    shown = {"from": plain(low or 0), "below": plain(below or 0), "to": plain((below or 1) - 1)}
    if below is None:
        return say["all" if low is None else "from"].format(**shown)
    if low is None:
        return say["to" if whole else "below"].format(**shown)
    return say["between" if whole else "from_below"].format(**shown)


def _each(texts: Mapping[str, str], always: bool = False) -> str:
    """What holds for each questionnaire, said once where it is the same for all."""
    if not always and len(set(texts.values())) <= 1:
        return next(iter(texts.values()), "")
    return "; ".join(f"{label}: {text}" for label, text in texts.items())
