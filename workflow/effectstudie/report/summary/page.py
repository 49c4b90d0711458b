"""All that the summary page says. A text that people wrote for a place of it goes before the one that is made here."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.strategies import WEIGHTED
from effectstudie.report.summary.answers import Asked, answers, headline, key_numbers
from effectstudie.report.summary.rating import RATINGS, Rating
from effectstudie.report.values import count_cell, find, size_text
from effectstudie.shared.vocabulary import COMPARED


def summary_said(
    asked: Asked,
    study: Mapping[str, Any],
    rating: Rating,
    rating_words: Sequence[str],
    imbalance: Sequence[str],
    waves: Mapping[str, str],
) -> dict[str, Any]:
    """The page as its template reads it.

    `rating_words`: of config/rating.yaml; `imbalance`: in what the groups are unlike after matching, in sentences;
    `waves`: front.measurements.waves_said.
    """
    words = asked.words
    return {
        "study": _study(asked, study, words, waves["follow_up"]),
        "headline": headline(asked),
        "answers": [
            {"question": question.format(**asked.phrases), "answer": answer}
            for question, answer in zip(words["questions"], answers(asked), strict=True)
        ],
        "numbers": key_numbers(asked),
        "rating": {
            "step": rating.rating,
            "of": RATINGS[0],
            "word": rating_words[RATINGS.index(rating.rating)],
            "reasons": _reasons(rating, words),
        },
        "limits": _limits(study, words, asked.phrases | {"left": waves["left"]}, imbalance),
    }


def _study(asked: Asked, study: Mapping[str, Any], words: Mapping[str, Any], later: str) -> str:
    """The study in one sentence, and what was measured when; `later`: when the follow-up was."""
    about = study["approach"].get("about", "")
    values, matched = asked.shown.values, asked.shown.matched[study["matching"]["selected"]]
    n = {}
    for group, of_matched in zip(COMPARED, (matched.approach, matched.controls), strict=True):
        row = find(values, outcome="participation", unit="household", group=group, wave="T0")
        known = row is not None and pd.notna(row["n"])
        n[f"n_{group}"] = size_text(row) if known else str(count_cell(of_matched, asked.texts["counts"]))
    filled = {**n, **asked.phrases, "region": study["region_label"], "later": later}
    filled["about"] = words["about"].format(about=about) if about else ""
    weighed = study["matching"]["strategies"][study["matching"]["selected"]].get("design") in WEIGHTED
    return " ".join(words[name].format(**filled) for name in ("study_weighed" if weighed else "study", "measured"))


def _reasons(rating: Rating, words: Mapping[str, Any]) -> list[str]:
    """The points that keep the rating where it is, each with its fact, or that this may not be shown."""
    said = []
    for point in rating.weakest:
        unknown = point.fact == words["facts"]["unknown"] and words["reasons_unknown"].get(point.name)
        said.append(unknown or words["reasons"][point.name].format(fact=point.fact))
    return said


def _limits(
    study: Mapping[str, Any],
    words: Mapping[str, Any],
    phrases: Mapping[str, str],
    imbalance: Sequence[str],
) -> list[str]:
    """What the comparison cannot take away; the months of help only where the study tells them."""
    limits = words["limits"]
    months = study["approach"].get("months")
    said = [limits["no_lot"], limits["region"], limits["regression"], limits["volunteers"]]
    if months:
        said.insert(3, limits["months"].format(months=limits["range"].format(*months), **phrases))
    return [text.format(**phrases) for text in said] + list(imbalance)
