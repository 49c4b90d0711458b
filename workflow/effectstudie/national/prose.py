"""Sentences on one outcome over the regions. The words, with several wordings of each, are in national.nl.yaml."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.national.across import Across
from effectstudie.report.prose.effect import verdict_text
from effectstudie.report.prose.wording import pick, verb
from effectstudie.shared import formats


class Turns:
    """Wordings that take turns within a theme, so that no pattern comes back more than its share."""

    def __init__(self, words: Mapping[str, Any]):
        self.words, self.used = words, Counter()

    def __call__(self, name: str, **filled: Any) -> str:
        kind, _, branch = name.partition(".")
        wording = pick(self.words[kind][branch] if branch else self.words[kind], self.used[name])
        self.used[name] += 1
        return wording.format(**filled)


def outcome_sentences(across: Across, turns: Turns) -> list[str]:
    """What the mean is and what it may be called, how far regions differ, and what regions without an approach say."""
    object_ = across.outcome.object
    if across.mean is None:
        names = list(across.known)
        if len(names) > 1:
            said = turns("alone.hidden")
        else:
            said = turns("alone.one", region=names[0]) if names else turns("alone.none", object=object_)
        return [said, _placebo(across, turns)] if across.band else [said]
    sentences = [_mean(across, turns), *(_pair(across, turns) if len(across.known) == 2 else _spread(across, turns))]
    return [*sentences, _placebo(across, turns)] if across.band else sentences


def _mean(across: Across, turns: Turns) -> str:
    row, words = across.mean, across.words
    equal = across.said(row["value"]) == across.said(0)
    return turns(
        "mean.equal" if equal else "mean.apart",
        object=across.outcome.object,
        be=verb(words, "be", across.outcome.plural),
        lie=verb(words, "lie", across.outcome.plural),
        amount=across.amount(row["value"]),
        comparison=words["comparison"]["higher" if row["value"] > 0 else "lower"],
        ci=across.interval(row["ci_low"], row["ci_high"]),
        good=words["estimate"]["good"][across.outcome.better],
        verdict=verdict_text(row, words["effect"]),
    )


def _pair(across: Across, turns: Turns) -> list[str]:
    """How far two regions are apart, against the margin: the better one first."""
    order = sorted(across.known.items(), key=lambda item: -across.turn * item[1]["value"])
    (first, one), (second, other) = order
    margin = across.outcome.margin
    branch = "plain" if margin is None else "beyond" if across.apart else "within"
    gap = across.amount(one["value"] - other["value"])
    if gap == across.amount(0):
        branch = "alike"
    filled = {"first": first, "second": second, "one": across.said(one["value"]), "other": across.said(other["value"])}
    return [turns(f"pair.{branch}", **filled, gap=gap, margin=across.said(margin or 0))]


def _spread(across: Across, turns: Turns) -> list[str]:
    """How far true effects of three regions or more differ, and where that of a next region would lie."""
    row, margin = across.mean, across.outcome.margin
    branch = "plain" if margin is None else "above" if across.apart else "below"
    if across.said(row["tau"]) == across.said(0):
        branch = "none"
    said = [turns(f"spread.{branch}", tau=across.amount(row["tau"]), margin=across.said(margin or 0))]
    if row["next_low"] == row["next_low"]:
        ends = {"low": across.said(row["next_low"]), "high": across.said(row["next_high"])}
        said.append(turns(f"next.{_next(across)}", **ends))
    return said


def _next(across: Across) -> str:
    """What the prediction interval leaves open."""
    row, margin = across.mean, across.outcome.margin
    low, high = sorted(across.turn * row[name] for name in ("next_low", "next_high"))
    if low > 0 or high < 0:
        return "better" if low > 0 else "worse"
    if margin is None:
        return "plain"
    harm, gain = low < -margin, high > margin
    return "both" if harm and gain else "harm" if harm else "gain" if gain else "within"


def _placebo(across: Across, turns: Turns) -> str:
    """Whether regions with an approach stand out from those without one, and how many of these went as far."""
    band = dict(zip(("low", "high"), map(across.said, across.band), strict=True))
    known, outside, clear = across.known, across.outside, across.clear
    if not known:
        return turns("placebo.alone", **band)
    branch = "clear" if clear else "touch" if outside else "all" if len(known) > 1 else "one"
    said = turns(f"placebo.{branch}", **band, names=formats.joined(clear or outside or list(known)))
    if not across.placebo:
        return said
    furthest = max(known, key=lambda name: abs(known[name]["value"]))
    count = sum(abs(value) >= abs(known[furthest]["value"]) for value in across.placebo.values())
    branch = {0: "no", 1: "single"}.get(count, "many")
    counted = turns(f"as_far.{branch}", count=formats.number(count), total=len(across.placebo), region=furthest)
    return f"{said} {counted}"


def theme_notes(members: Sequence[Across], turns: Turns) -> list[str]:
    """The finding that opens a theme: what the means allow to say, by verdict."""
    means = [one for one in members if one.mean is not None and isinstance(one.mean["verdict"], str)]
    sure = {side: [one.title.lower() for one in means if one.mean["verdict"] == side] for side in ("better", "worse")}
    if not means:
        return [turns("theme.nothing")]
    said = [turns(f"theme.{side}", items=formats.joined(items)) for side, items in sure.items() if items]
    return said or [turns("theme.none_one" if len(means) == 1 else "theme.none", total=len(means))]
