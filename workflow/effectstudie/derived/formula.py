"""The formula of a score and its missing rule in words, out of the definition file and a file with the words.

`words` is resources/pages/derived/codebook.nl.yaml, `norm` what norm_tables.norm_file gives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import floor

from effectstudie.definitions.instruments import answer_range
from effectstudie.derived.score import Score
from effectstudie.shared.formats import joined, number, percent


def plain(value: float) -> str:
    """A number with as many decimals as it has: 0.23 → `0,23`."""
    return number(value, len(f"{value:.10f}".rstrip("0").partition(".")[2]))


def spans(numbers: Iterable[int]) -> str:
    """1, 2, 3, 9 → `1–3, 9`."""
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs(numbers))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of three or more whole numbers; others stand alone."""
    found: list[list[int]] = []
    for one in sorted(set(numbers)):
        if found and one == found[-1][-1] + 1:
            found[-1].append(one)
        else:
            found.append([one])
    parts = [part for run in found for part in ([run] if len(run) > 2 else [[one] for one in run])]
    return [(part[0], part[-1]) for part in parts]


def becomes(table: Mapping[int, float]) -> str:
    """`1→0, 2→0, 3→1`: what each answer becomes."""
    return ", ".join(f"{code}→{plain(value)}" for code, value in sorted(table.items()))


def formula(score: Score, norm: Mapping | None, words: Mapping) -> str:
    """How a score is made; how several informants become one value included."""
    say, name = words["formula"], score.raw().name
    if score.kind == "t":
        return _t_formula(name, norm, words)
    if score.kind == "discrepancy":
        return say["discrepancy"].format(name=name)
    if score.kind == "chronicity":
        text = say["chronicity"].format(name=name)
    elif score.is_total:
        names = [term.name for term in score.terms()]
        text = say["total_any"].format(names=joined(names)) if score.version else " + ".join(names)
    elif not score.cells:
        return say["no_items"]
    else:
        text = _from_answers(score, words) + _gate_clauses(score, words)
    # at items: combined before the scale was made, so said of what is made from answers only
    said_here = score.at_scale or not (score.is_total or score.kind == "chronicity")
    return text + (_informant_clause(score, words) if score.of_several and said_here else "")


def _from_answers(score: Score, words: Mapping) -> str:
    say = words["formula"]
    if score.version:
        codes = spans(score.definition["prevalence"][score.version])
        text = say["any"].format(count=_count(score, words, "answers"), codes=codes)
    elif score.part or score.side or score.kind:
        text = say["sum"].format(count=_count(score, words)) + _recoded(score, words) + _turned(score, words)
        least, most = map(plain, answer_range(score.definition))
        text += say.get(score.kind, "").format(least=least, most=most)
    else:
        text = _of_scale(score, words)
    for move in score.spec.get("moves", []) if score.part else []:
        moved = say["moved_in" if move["item"] in score.moved_in else "moved_out"]
        if move["item"] in score.moved_in + score.moved_out:
            text += moved.format(item=move["item"], age=plain(move["below_age"]))
    return text


def _of_scale(score: Score, words: Mapping) -> str:
    """The score of a scale itself, by its op."""
    say, spec, op = words["formula"], score.spec, score.op
    filled = {"count": _count(score, words), "item": score.items[0]}
    if op == "count":
        filled["code"] = plain(spec["code"])
    elif op == "product":
        factors = [say["factor"].format(item=n, table=becomes(spec["tables"][n])) for n in spec["items"]]
        filled["factors"] = " × ".join(factors)
    elif op == "weighted_mean":
        weights = set(spec["weights"])
        filled |= {"items": spans(set(score.items) - weights), "weights": spans(weights)}
    elif op == "inconsistency":
        terms = " + ".join(f"|{one} − {other}|" for one, other in spec["pairs"])
        filled |= {"n": len(spec["pairs"]), "terms": terms}
    single = op == "sum" and len(score.cells) == 1
    text = say["single" if single else op].format(**filled) + _recoded(score, words)
    if "rescale" in spec:
        (low, high), (new_low, new_high) = spec["rescale"]["from"], spec["rescale"]["to"]
        named = {"low": low, "high": high, "new_low": new_low, "new_high": new_high}
        named |= {"span": high - low, "new_span": new_high - new_low}
        text += say["rescale"].format(**{key: plain(value) for key, value in named.items()})
    text += _turned(score, words)
    # counts of answers are whole already
    whole = op in ("count", "inconsistency")
    return text + (say["rounded"] if score.missing_rule.get("round") == "half_up" and not whole else "")


def _count(score: Score, words: Mapping, kind: str = "items") -> str:
    """`12 items`, or with several views `24 antwoorden (12 items, elk over …)`."""
    say, n = words["count"], len(score.cells) - len(score.moved_in)
    views = dict.fromkeys(view for form in score.forms for view in score.definition["forms"][form]["views"])
    views = [view for view in views if any(cell[0] == view for cell in score.cells)]
    if len(views) > 1:
        over = say["mirrored"] if "mirror" in score.of_unit else joined([say["views"].get(v, v) for v in views])
        return say["answers_of_items"].format(n=n, items=len(score.items), over=over)
    over = say["side"].format(over=say["views"].get(views[0], views[0])) if score.side else ""
    return say[f"{kind}_one" if n == 1 else kind].format(n=n) + over


def _recoded(score: Score, words: Mapping) -> str:
    definition = score.definition
    if "recode" not in definition:
        return ""
    months = definition.get("reference_period_months")
    period = (
        "" if months is None else words["period"]["year" if months == 12 else "months"].format(months=plain(months))
    )
    key = "incidents" if "prevalence" in definition else "recoded"
    return words["formula"][key].format(period=period, table=becomes(definition["recode"]))


def _turned(score: Score, words: Mapping) -> str:
    turned = [item for item in score.items if item in score.definition.get("reverse", [])]
    if not turned:
        return ""
    key = "reversed_one" if len(turned) == 1 else "reversed"
    return words["formula"][key].format(items=spans(turned), sum=plain(sum(score.definition["answers"])))


def _gate_clauses(score: Score, words: Mapping) -> str:
    """What the answers that close a gate make of the items of this score."""
    say, numbers, text = words["formula"], {item for _, item in score.cells}, ""
    for gate in score.definition.get("gates", []):
        closed = [str(n) for n in gate.get("not_applicable", []) if n in numbers]
        made = [say["gate_closed"].format(items=joined(closed))] if closed else []
        given = {n: value for n, value in gate.get("set", {}).items() if n in numbers}
        made += [say["gate_set"].format(item=n, value=plain(value)) for n, value in given.items()]
        if made:
            text += say["gate"].format(item=gate["item"], equals=plain(gate["equals"]), made=", ".join(made))
    return text


def _informant_clause(score: Score, words: Mapping) -> str:
    say, unit = words["informants"], score.of_unit
    at_items = "mirror" if "mirror" in unit else "item"
    how = unit.get("combine", "highest") if score.at_scale else at_items
    text = say[how].format(who=joined([say["who"][table] for table in score.informants()]))
    return text + (say["same"] if unit.get("reporters") == "same" else "")


def _t_formula(name: str, norm: Mapping | None, words: Mapping) -> str:
    say = words["formula"]
    if norm is None:
        return say["t_none"]
    entry = norm["entry"]
    standardise = {key: plain(value) for key, value in entry.get("standardise", {}).items()}
    key = "t_standardised" if standardise else f"t_{entry['kind']}"
    text = say[key].format(name=name, status=words["norm_status"][norm["status"]], **standardise)
    text += say["rounded"] if entry.get("round") == "half_up" else ""
    return text + "".join(say[f"t_{end}"].format(value=plain(entry[end])) for end in ("floor", "cap") if end in entry)


def missing_rule(score: Score, norm: Mapping | None, words: Mapping) -> str:
    """When a score has no value although it was asked, and what stands in for single answers that are missing."""
    say, kind = words["missing"], score.kind
    if kind == "t":
        return say["t" if norm else "t_none"].format(name=score.raw().name)
    if kind == "discrepancy":
        return say["discrepancy" if score.of_several else "discrepancy_never"]
    if kind == "chronicity":
        return say["chronicity"].format(name=score.raw().name)
    if score.is_total:
        return say["total_any" if score.version else "total_known" if kind == "known" else "total"]
    if kind or (score.version and not score.cells):
        return say["nothing"]
    if score.version:
        return say["any"]
    if score.op == "weighted_mean":
        return say["weighted_mean"]
    return _share(score, words) + (say["part"] if score.part and score.cells else "")


def _share(score: Score, words: Mapping) -> str:
    """How many answers may be missing: of the whole scale for its parts, of one side for that side."""
    say, rule = words["missing"], score.missing_rule
    k = len(score.cells if score.side else replace(score, suffix="").cells)
    allowed = min(floor(rule["max_share"] * k + 1e-9), k - 1)
    if allowed == 0:
        return say["single" if k == 1 else "none"].format(k=k)
    # parts and sides are never filled in
    fill = "mean" if score.op == "mean" else "nothing" if score.side or score.part else rule["fill"]
    share = say["share"].format(share=percent(100 * rule["max_share"]), allowed=allowed, k=k)
    return share + say[f"fill_{fill}"]
