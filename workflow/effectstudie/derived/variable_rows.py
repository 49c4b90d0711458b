"""The rows of the variables of resources/classification/variables.yaml."""

from collections.abc import Mapping

from effectstudie.classification.conditions import OPERATORS
from effectstudie.definitions.instruments import digest
from effectstudie.definitions.lineage import variable_scores
from effectstudie.derived.numerals import plain
from effectstudie.derived.questionnaires import behind
from effectstudie.derived.sources import Sources
from effectstudie.shared.formats import joined

SYMBOLS = dict(zip(OPERATORS, "=<≥>", strict=True))


def variable_row(name: str, spec: Mapping, given: Sources) -> dict[str, str]:
    """The row of one of them."""
    words, say = given.words, given.words["variables"]
    scores = [given.scores[score, spec["unit"]] for score in dict.fromkeys(variable_scores(spec))]
    key = "score" if "score" in spec else "condition"
    return {
        "variabele": name,
        "eenheid": words["units"][spec["unit"]],
        "omschrijving": spec["label"],
        "formule": _formula(spec, say),
        "ontbrekend": words["missing"][key].format(name=spec.get("score")),
        "bereik": say["range_yes_no"] if "when" in spec or "yes_when" in spec else _code_range(spec),
        "beter": words["better"]["unknown"],
        "bron": spec.get("source", say["no_source"]),
        "versie": digest(spec),
        **behind(scores, given),
    }


def _formula(spec: Mapping, say: Mapping[str, str]) -> str:
    if "yes_when" in spec:
        return say["yes_when"].format(test=threshold(spec["score"], spec["yes_when"]))
    if "bands" in spec:
        ends = [None, *(end for end, _ in spec["bands"])]
        pairs = zip(ends, spec["bands"], strict=False)
        tests = [(code, [_end("≥", low), _end("<", high)]) for low, (high, code) in pairs]
        bands = [(code, say["all"].join(filter(None, ends))) for code, ends in tests]
        return f"{spec['score']}: {'; '.join(say['band'].format(code=c, test=test) for c, test in bands)}"
    if "when" in spec:
        return say["when"].format(test=_condition(spec["when"], say))
    classes = []
    for level in spec["classes"]:
        test = _condition(level["when"], say) if "when" in level else ""
        classes.append(say["class" if test else "rest"].format(code=level["code"], label=level["label"], test=test))
    return say["then"].join(classes)


def _condition(condition: Mapping, say: Mapping[str, str], inner: bool = False) -> str:
    for key in ("any", "all"):
        if key in condition:
            parts = [_condition(part, say, inner=True) for part in condition[key]]
            text = say[key].join(parts)
            return f"({text})" if inner and len(parts) > 1 else text
    names = condition.get("scores", [condition.get("score")])
    subject = names[0] if len(names) == 1 else say["one_of"].format(names=joined(names))
    return threshold(subject, condition)


def threshold(subject: str, condition: Mapping) -> str:
    """`ace.count ≥ 4`."""
    ((operator, value),) = [(key, condition[key]) for key in OPERATORS if key in condition]
    return f"{subject} {SYMBOLS[operator]} {plain(value)}"


def _end(symbol: str, bound: float | None) -> str:
    return "" if bound is None else f"{symbol} {plain(bound)}"


def _code_range(spec: Mapping) -> str:
    codes = [code for _, code in spec["bands"]] if "bands" in spec else [level["code"] for level in spec["classes"]]
    return f"{min(codes)}–{max(codes)}"
