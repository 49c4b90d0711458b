"""Violence classes: from scores of frequency and severity to none, mild, frequent or severe."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.classification.rows import household_rows, pick

NONE, MILD, FREQUENT_OR_SEVERE = 0, 1, 2
NO_ROW = pd.Series(dtype=float, index=pd.MultiIndex.from_arrays([[], []], names=["household", "wave"]))


def class_of(minor: pd.Series, severe: pd.Series, cutoffs: Mapping) -> pd.Series:
    """Class 0, 1 or 2 of counts a year; NaN where a count is missing."""
    incidents = minor + severe
    classes = np.select(
        [
            (severe >= cutoffs["severe_from"]) | (incidents >= cutoffs["frequent_from"]),
            incidents >= cutoffs["mild_from"],
        ],
        [FREQUENT_OR_SEVERE, MILD],
        NONE,
    ).astype(float)
    return pd.Series(classes, index=minor.index).mask(incidents.isna())


def violence_class(scores: pd.DataFrame, violence: Mapping, children: pd.DataFrame) -> pd.DataFrame:
    """The class of a household: the worse of its partner violence and the child abuse of any of its children.

    Unknown where one of these is unknown, unless the other is the highest class already. What does not apply
    (no partner, no children) is no violence; a cohort without questionnaires about children has partner violence only.
    """
    of_partners = _classes(scores, violence["partner_violence"])
    of_children = _classes(scores, violence["child_abuse"]) if "child_abuse" in violence else of_partners[:0]
    heard_of = of_partners.index.union(of_children.index)
    both = pd.concat([of_partners.reindex(heard_of), _children_or_none(of_children, heard_of, children)], axis=1)
    worst = both.max(axis=1)
    known = both.notna().all(axis=1) | (worst == FREQUENT_OR_SEVERE)
    return household_rows(worst.where(known), "violence_class")


def _classes(scores: pd.DataFrame, spec: Mapping) -> pd.Series:
    """Class per household and wave; of several children the worst.

    Unknown where too much was skipped, unless what was reported makes the highest class certain.
    """
    keys = ["household", "unit_id", "wave"]
    minor, severe, known_minor, known_severe = (
        pick(scores, f"{spec['score']}.{part}", spec["unit"]).set_index(keys)
        for part in ("minor", "severe", "minor.known", "severe.known")
    )
    classes = class_of(minor["value"], severe["value"].reindex(minor.index), spec)
    certain = class_of(known_minor["value"], known_severe["value"], spec).reindex(minor.index) == FREQUENT_OR_SEVERE
    classes = classes.mask(classes.isna() & certain, FREQUENT_OR_SEVERE)
    classes = classes.mask(minor["status"] == "not_applicable", NONE)
    levels = ["household", "wave"]
    worst = classes.groupby(level=levels).max()
    known = classes.notna().groupby(level=levels).all() | (worst == FREQUENT_OR_SEVERE)
    return worst.where(known)


def _children_or_none(values: pd.Series, index: pd.MultiIndex, children: pd.DataFrame) -> pd.Series:
    """Values of the children of households: zero without children, unknown where nothing was heard of them."""
    childless = ~index.get_level_values("household").isin(children["household"])
    return values.reindex(index).mask(pd.Series(childless, index=index), 0.0)


def child_abuse(scores: pd.DataFrame, violence: Mapping) -> pd.DataFrame:
    """Incidents a year of direct abuse of all children of a household; unknown where one of them is.

    No row where the cohort has no questionnaires about children.
    """
    if "child_abuse" not in violence:
        return household_rows(NO_ROW, "child_abuse_household")
    of_children = pick(scores, violence["child_abuse"]["score"], "child").set_index(["household", "wave"])
    counts = of_children["value"].mask(of_children["status"] == "not_applicable", 0.0)
    counts = counts.groupby(level=["household", "wave"])
    return household_rows(counts.sum().where(counts.count() == counts.size()), "child_abuse_household")


def total_violence(scores: pd.DataFrame, violence: Mapping, children: pd.DataFrame) -> pd.DataFrame:
    """Incidents a year in a household: partner violence plus direct abuse of all its children.

    A household without children, or without a partner, has none of that kind. A household with children of
    whom nothing was heard in a wave has no total in that wave.
    """
    partner = pick(scores, violence["partner_violence"]["score"], "household").set_index(["household", "wave"])
    between_partners = partner["value"].mask(partner["status"] == "not_applicable", 0.0)
    of_children = child_abuse(scores, violence).set_index(["household", "wave"])["value"]
    return household_rows(
        between_partners + _children_or_none(of_children, between_partners.index, children), "total_violence"
    )
