"""The first page: a headline, what regions have in common and what not, and how sure that is."""

from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.national.across import Across
from effectstudie.national.inputs import NationalInputs, Study
from effectstudie.report.prose.effect import VERDICTS
from effectstudie.report.prose.wording import NAMED_AT_MOST, listed
from effectstudie.shared import formats


def summary_said(inputs: NationalInputs, studies: Mapping[str, Study], found: Sequence[Across]) -> dict[str, Any]:
    """`about`, `headline`, `answers` (question and answer) and `numbers`."""
    words, primary = inputs.words["in_short"], inputs.set["primary"]
    means = [one for one in found if one.mean is not None and isinstance(one.mean["verdict"], str)]
    first = [one for one in means if one.outcome.id in primary]
    answers = {
        "together": _together(means, words),
        "common": _common(means, words),
        "apart": _apart(means, words),
        "placebo": _placebo(found, words),
        "sure": _sure(inputs, words),
    }
    names = [study.name if study.approach in study.name else f"{study.name} ({study.approach})"
             for study in studies.values()]  # fmt: skip
    named = words["names"].format(names=formats.joined(names)) if len(names) <= NAMED_AT_MOST else ""
    without = max((one.spread["n_regions"] for one in found if one.spread), default=0)
    return {
        "about": words["about"].format(number=len(studies), names=named),
        "headline": _headline(first or means, len(studies), words),
        "answers": [{"question": words["questions"][key], "answer": " ".join(said)} for key, said in answers.items()],
        "numbers": [
            {"number": formats.number(len(studies)), "label": words["numbers"]["with"]},
            {"number": formats.number(len(means)), "label": words["numbers"]["outcomes"]},
            {"number": formats.number(without), "label": words["numbers"]["without"]},
        ],
    }


def _of(verdict: str, means: Sequence[Across], words: Mapping[str, Any]) -> str:
    return listed([one.title.lower() for one in means if one.mean["verdict"] == verdict], words["listed"])


def _headline(means: Sequence[Across], number: int, words: Mapping[str, Any]) -> str:
    """At most twenty words on the primary outcomes, or on all where none of them has a mean."""
    sides = {one.mean["verdict"] for one in means} & {"better", "worse"}
    branch = "nothing" if not means else sides.pop() if len(sides) == 1 else "both" if sides else "none"
    if branch in ("better", "worse") and all(one.mean["verdict"] == branch for one in means):
        branch = f"all_{branch}"
    counted = sum(one.mean["verdict"] == branch for one in means)
    return words["headline"][branch].format(number=number, count=counted, total=len(means))


def _together(means: Sequence[Across], words: Mapping[str, Any]) -> list[str]:
    if not means:
        return [words["together"]["nothing"]]
    said = [words["together"]["total"].format(total=len(means))]
    if not any(one.mean["verdict"] in ("better", "worse") for one in means):
        said.append(words["together"]["none"])
    for verdict in VERDICTS:
        if any(one.mean["verdict"] == verdict for one in means):
            said.append(words["together"][verdict].format(items=_of(verdict, means, words)))
    return said


def _common(means: Sequence[Across], words: Mapping[str, Any]) -> list[str]:
    """Where all regions point one way, beside how often that would be so if each pointed either way by chance."""
    if not means:
        return [words["common"]["nothing"]]
    alike = [one for one in means if one.one_way]
    by_chance = sum(2 ** (1 - len(one.known)) for one in means)
    good = sum(one.turn * one.mean["value"] > 0 for one in alike)
    filled = {"count": len(alike), "total": len(means), "good": good, "bad": len(alike) - good}
    chance = words["common"]["chance" if by_chance >= 0.5 else "hardly"].format(chance=formats.number(by_chance))
    return [words["common"]["some" if alike else "none"].format(**filled), chance]


def _apart(means: Sequence[Across], words: Mapping[str, Any]) -> list[str]:
    judged = [one for one in means if one.outcome.margin is not None]
    few = bool(means) and max(len(one.known) for one in means) == 2
    apart = [one.title.lower() for one in judged if one.apart]
    kind = "pair" if few else "more"
    if not judged:
        return [words["apart"]["nothing" if means else "no_mean"]]
    branch = "some" if apart else "none"
    filled = {"items": listed(apart, words["listed"]), "count": len(apart), "total": len(judged)}
    said = [words["apart"][kind][branch].format(**filled)]
    return [*said, words["apart"]["few"]] if few and apart else said


def _placebo(found: Sequence[Across], words: Mapping[str, Any]) -> list[str]:
    """Of all estimates of regions how many lie outside of what regions without an approach show."""
    beside = [one for one in found if one.band and one.known]
    if not beside:
        return [words["placebo"]["nothing"]]
    total, outside, clear = (sum(len(getattr(one, name)) for one in beside) for name in ("known", "outside", "clear"))
    said = {"total": total, "count": formats.number(outside), "clear": formats.number(clear) if clear else words["no"]}
    return [words["placebo"]["some" if outside else "none"].format(**said)]


def _sure(inputs: NationalInputs, words: Mapping[str, Any]) -> list[str]:
    steps = sorted({record["summary"]["rating"]["step"] for record in inputs.records.values()})
    of = next(iter(inputs.records.values()))["summary"]["rating"]["of"]
    branch = "one" if len(steps) == 1 else "more"
    return [words["sure"][branch].format(low=steps[0], high=steps[-1], of=of), words["sure"]["limits"]]
