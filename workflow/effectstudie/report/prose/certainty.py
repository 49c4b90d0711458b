"""Sentences on how certain the outcomes are."""

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from effectstudie.disclosure.shown import Conclusion
from effectstudie.report.prose.wording import largest, listed, of_number
from effectstudie.report.values import Named
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED, LARGE_DIFFERENCE


def verdict_text(conclusion: Conclusion, words: Mapping) -> str:
    """`houdt stand`, `nergens significant`, or which analyses say otherwise."""
    items = formats.joined([words["analyses"][name] for name in conclusion.against])
    return words["verdicts"][conclusion.verdict].format(items=items)


def conclusion_sentences(conclusions: Mapping[str, Conclusion], objects: Named, words: Mapping) -> list[str]:
    """Which conclusions hold, which do not, and how many differences are nowhere significant.

    `objects`: outcome → how a sentence names it.
    """
    if not conclusions:
        return [words["none_judged"]]
    total, sentences = len(conclusions), []
    for verdict in ("holds", "nowhere", "differs"):
        of_verdict = [o for o in objects if o in conclusions and conclusions[o].verdict == verdict]
        if of_verdict:
            number = "all" if len(of_verdict) == total else "one" if len(of_verdict) == 1 else "some"
            items = listed([objects[outcome] for outcome in of_verdict], words["listed"])
            pattern = words["judged"][verdict][number]
            sentences.append(pattern.format(total=total, count=len(of_verdict), items=items))
    return sentences


def headline_sentences(verdicts: pd.DataFrame, changed: Collection[str], titles: Named, words: Mapping) -> list[str]:
    """Which significant changes of both groups, and distances from a norm, hold in the other analyses.

    `verdicts`: `Shown.within_verdicts`; `changed`: outcomes of which the report says that they change; `titles`: what
    an outcome is called in a list.
    """
    together = verdicts["group"].isna() | (verdicts["group"] == "")
    asked = {
        "change": verdicts[together & (verdicts["what"] == "change")],
        "norm": verdicts[verdicts["what"] == "norm"],
    }
    sentences = []
    for what, rows in asked.items():
        holds, differs = (set(rows.loc[rows["verdict"] == one, "outcome"]) for one in ("holds", "differs"))
        # of a norm there are several questions an outcome: it holds where all of its significant ones do
        for verdict, found in (("holds", holds - differs), ("differs", differs)):
            items = [titles[name] for name in rows["outcome"].unique() if name in found]
            if items:
                sentences.append(words["headlines"][what][verdict].format(items=listed(items, words["listed"])))
    judged = set(asked["change"]["outcome"])
    if hidden := [title for name, title in titles.items() if name in changed and name not in judged]:
        sentences.append(words["headlines"]["change"]["hidden"].format(items=listed(hidden, words["listed"])))
    return sentences


def risk_sentences(
    by_risk: pd.DataFrame, risk: pd.DataFrame, titles: Named, amounts: Callable[[str, float], str], words: Mapping
) -> list[str]:
    """What goes with an accumulation of risk factors at the start: the level there, the change, and the effect.

    `by_risk`: `Shown.effect_by_risk`; `risk`: `Shown.risk`, for outcomes of which the effect is not shown there;
    `amounts`: a difference of an outcome as it is printed.
    """
    if by_risk.empty:
        return [words["risk_none"], *([risk_difference(risk, titles, words)] if len(risk) else [])]
    sentences = []
    for what in ("level_t0", "change"):
        rows = by_risk[by_risk["what"] == what]
        if rows.empty:
            continue
        found, before = rows[rows["p"] < ALPHA], len(sentences)
        for side, of_side in (("more", found[found["value"] > 0]), ("less", found[found["value"] < 0])):
            items = [
                # the first ones are those that are least likely to be chance
                (1 - row.p, f"{titles[row.outcome]} ({amounts(row.outcome, row.value)})")
                for row in of_side.itertuples()
            ]
            if items:
                name = side if len(sentences) == before else f"{side}_too"
                sentences.append(words["risk"][what][name].format(items=largest(items, words["listed"])))
        if found.empty:
            sentences.append(of_number(words["risk"][what], "none", len(rows)).format(total=len(rows)))
    apart = by_risk[by_risk["what"] == "difference_between_groups"]
    others = risk[~risk["outcome"].isin(apart["outcome"])]
    tested = pd.concat([apart.rename(columns={"p": "p_both"})[["outcome", "p_both"]], others[["outcome", "p_both"]]])
    return sentences + ([risk_difference(tested, titles, words)] if len(tested) else [])


def risk_difference(risk: pd.DataFrame, titles: Named, words: Mapping) -> str:
    """Whether the groups differ in what risk at the start does. `risk`: outcome, p_both."""
    different = risk.loc[risk["p_both"] < ALPHA, "outcome"].unique()
    if not len(different):
        return words["risk_same"]
    return words["risk_different"].format(items=listed([titles[outcome] for outcome in different], words["listed"]))


def loss_sentences(
    at_start: pd.DataFrame,
    analyses: pd.DataFrame,
    titles: Named,
    decimals: Mapping[str, int],
    phrases: Mapping[str, str],
    words: Mapping,
) -> list[str]:
    """How the lost differed at T0 from those who stayed, per group, and what corrections for loss make of the headline.

    Told is a difference of LARGE_DIFFERENCE or more, significant or not: in small groups a large one seldom is.
    `at_start`, `analyses`: of `Shown`; `titles`: in order, the first one that is compared is the headline.
    """
    at_start = at_start[at_start["smd"].notna()]
    if at_start.empty:
        return [words["lost"]["none"], *_corrected(analyses, titles, decimals, words["lost"])]
    sentences = []
    for group in COMPARED:
        rows = at_start[(at_start["group"] == group) & (at_start["smd"].abs() >= LARGE_DIFFERENCE)]
        before = len(sentences)
        for side, of_side in (("higher", rows[rows["smd"] > 0]), ("lower", rows[rows["smd"] < 0])):
            items = [
                (
                    row.smd,
                    words["lost"]["item"].format(outcome=titles[row.outcome], smd=formats.number(abs(row.smd), 2)),
                )
                for row in of_side.itertuples()
            ]
            if items:
                told = largest(items, words["listed"])
                name = side if len(sentences) == before else f"{side}_too"
                sentences.append(words["lost"][name].format(group=phrases[group], items=told))
    sentences = sentences or [words["lost"]["alike"].format(count=len(at_start))]
    return sentences + _corrected(analyses, titles, decimals, words["lost"])


def _corrected(analyses: pd.DataFrame, titles: Named, decimals: Mapping[str, int], words: Mapping) -> list[str]:
    """The difference in change of the first outcome, as it is and with corrections for loss."""
    known = analyses[analyses["value"].notna()].set_index(["outcome", "analysis"])["value"]
    name = next((name for name in titles if (name, "main") in known.index), None)
    if name is None:
        return []
    items = [
        words["with"][analysis].format(value=formats.number(known[name, analysis], decimals[name]))
        for analysis in ("staying_weights", "all_waves_reml")
        if (name, analysis) in known.index
    ]
    main = formats.number(known[name, "main"], decimals[name])
    return [words["corrected"].format(outcome=titles[name], main=main, items=formats.joined(items))] if items else []
