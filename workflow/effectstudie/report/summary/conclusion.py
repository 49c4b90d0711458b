"""The conclusion: the four questions answered in their order, each with its reasons and its limits.

It counts and names where the results tell numbers, so that it repeats no sentence of theirs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.report.prose.summary import finding
from effectstudie.report.prose.wording import of_number
from effectstudie.report.summary.answers import Asked, help_answer, risk_answer
from effectstudie.report.summary.rating import RATINGS, Rating

# Verdicts of the estimate that the second answer names, in this order.
NAMED = ("better", "worse", "no_relevant_difference", "not_relevantly_worse", "not_relevantly_better")


def conclusion_said(
    asked: Asked, unlike: Sequence[Mapping[str, str]], rating: Rating, rating_words: Sequence[str]
) -> list[dict[str, Any]]:
    """Per question its sentences. `unlike`: comparison.remaining_imbalance, of covariates."""
    words = asked.texts["conclusion"]
    parts = [
        [*(_change(asked, words) or [asked.words["unknown"]]), *([words["regression"]] if _improves(asked) else [])],
        [*_difference(asked, words), *_unlike(unlike, words), _sure(rating, rating_words, words)],
        [risk_answer(asked), *_theme(asked, "risk", words)],
        _help(asked, words),
    ]
    return [
        {
            "question": question.format(**asked.phrases),
            "sentences": [text.format(**asked.phrases) for text in sentences],
        }
        for question, sentences in zip(asked.words["questions"], parts, strict=True)
    ]


def _change(asked: Asked, words: Mapping[str, Any]) -> list[str]:
    return [sentence for section in ("violence", "wellbeing") for sentence in _theme(asked, section, words)]


def _improves(asked: Asked) -> bool:
    return any(finding(one) == "improved" for one in asked.facts)


def _theme(asked: Asked, section: str, words: Mapping[str, Any]) -> list[str]:
    """How many outcomes of a theme improve or worsen over both groups, and which."""
    of_theme = asked.of_section(section)
    tested = [one for one in of_theme if finding(one) not in ("too_small", "untested")]
    if not tested:
        return []
    theme, sentences = words["themes"][section], []
    for kind in ("improved", "worsened"):
        found = [one for one in tested if finding(one) == kind]
        if found:
            many = "all" if len(found) == len(tested) else "one" if len(found) == 1 else "some"
            sentences.append(
                of_number(words[kind], many, len(tested)).format(
                    theme=theme, items=asked.listed(found), count=len(found), total=len(tested), **asked.phrases
                )
            )
    return sentences or [of_number(words, "unchanged", len(tested)).format(theme=theme, total=len(tested))]


def _difference(asked: Asked, words: Mapping[str, Any]) -> list[str]:
    estimated = [one for one in asked.facts if one.estimated]
    if not estimated:
        return [words["no_estimate"]]
    sentences = []
    for verdict in NAMED:
        found = [one for one in estimated if one.estimated.verdict == verdict]
        if found:
            sentences.append(words["verdicts"][verdict].format(items=asked.listed(found), **asked.phrases))
        elif verdict == "worse" and not sentences:
            none = of_number(words["verdicts"], "none", len(estimated))
            sentences.append(none.format(total=len(estimated), **asked.phrases))
    left = [one for one in estimated if one.estimated.verdict == "undecided"]
    if left:
        kind = "undecided_one" if len(left) == 1 else "undecided"
        sentences.append(words["verdicts"][kind].format(count=len(left), items=asked.listed(left), **asked.phrases))
    return sentences


def _unlike(unlike: Sequence[Mapping[str, str]], words: Mapping[str, Any]) -> list[str]:
    """In what the groups are still unlike, and what that could do."""
    return [words["unlike"].format(label=one["label"].lower(), could=one["could"]) for one in unlike]


def _sure(rating: Rating, rating_words: Sequence[str], words: Mapping[str, Any]) -> str:
    word = rating_words[RATINGS.index(rating.rating)]
    return words["sure"].format(step=rating.rating, of=RATINGS[0], word=word)


def _help(asked: Asked, words: Mapping[str, Any]) -> list[str]:
    """What participants say of the help stands in the results; here what that is worth."""
    asked_once = [one for one in asked.outcomes.values() if one.section == "help"]
    return [help_answer(asked), words["help"]] if asked_once else [words["no_help"]]
