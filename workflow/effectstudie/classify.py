"""From scores to what the studies report: violence classes, yes/no variables, risk factors, household totals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.conditions import DOES_NOT_APPLY, ROW, holds, truth
from effectstudie.needed import scores_needed
from effectstudie.persons import ROWS, in_blocks, together
from effectstudie.score_tables import long_scores

VARIABLE_COLUMNS = ["unit", "unit_id", "household", "wave", "variable", "value"]
VARIABLE_KEY = ["unit", "unit_id", "wave", "variable"]
NONE, MILD, FREQUENT_OR_SEVERE = 0, 1, 2


def classify_cohort(
    scores: pd.DataFrame,
    households: pd.DataFrame,
    participation: pd.DataFrame,
    violence: Mapping,
    variables: Mapping,
    risk_factors: Mapping,
    first_wave: str,
) -> pd.DataFrame:
    """What the cohort's scores mean, a row per unit, wave and variable that has a value (VARIABLE_COLUMNS).

    `scores` is score.SCORE_COLUMNS of scores_needed; `households` has household and thv; `participation` is
    from participation_of. The definitions are the files of resources/classification/.
    """
    children = participation[participation["unit"] == "child"]
    parts = [
        violence_class(scores, violence, children),
        child_abuse(scores, violence),
        total_violence(scores, violence, children),
        *[make_variable(scores, name, spec) for name, spec in variables.items()],
        risk_counts(scores, risk_factors),
        _household_facts(households, children, scores, first_wave),
    ]
    parts = [part[VARIABLE_COLUMNS].astype(dict.fromkeys(("unit", "wave", "variable"), "category")) for part in parts]
    table = together(parts)
    return table[table["value"].notna()].reset_index(drop=True)


def classified_parts(
    scores: Mapping[str, pd.DataFrame],
    households: pd.DataFrame,
    participation: pd.DataFrame,
    definitions: Mapping[str, Mapping],
    first_wave: str,
    rows: int = ROWS,
) -> Iterator[pd.DataFrame]:
    """classify_cohort of some households at a time: what one is told of hangs on no other household.

    `scores`: instrument -> its table with the scores_needed; `definitions`: violence, variables and risk_factors; on
    about so many `rows` at a time.
    """
    names = scores_needed(**definitions)
    of_households = {"households": households, "participation": participation}
    for part in in_blocks({**scores, **of_households}, "household", rows):
        others = {name: part.pop(name) for name in of_households}
        yield classify_cohort(long_scores(part, names), **others, **definitions, first_wave=first_wave)


def units_in_order(parts: Iterable[pd.DataFrame], rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """The rows of these parts with kinds of unit and their ids in order, some units at a time."""
    found = defaultdict(list)
    for part in parts:
        for unit, own in part.groupby("unit", observed=True):
            found[unit].append(own)
    for unit in sorted(found):
        for part in in_blocks(dict(enumerate(found.pop(unit))), "unit_id", rows):
            yield together(list(part.values()))


def participation_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Who took part when: unit (household, adult, child, youth), unit_id, household, wave; a row each.

    A child takes part when a parent reports on it or it answers itself; youth are those who answer themselves.
    """
    frames = []
    for name, table in tables.items():
        wave, _, questionnaire = name.partition("_")
        units = {
            "volwassenen": {"household": "household", "adult": "respondent"},
            "kinderen": {"household": "household", "child": "child"},
            "jeugd": {"household": "household", "child": "child", "youth": "child"},
        }.get(questionnaire, {})
        frames += [
            table[["household"]].assign(unit=unit, unit_id=table[column], wave=wave) for unit, column in units.items()
        ]
    taken = pd.concat(frames, ignore_index=True)[["unit", "unit_id", "household", "wave"]]
    taken = taken.astype({"unit": "category", "wave": "category"})
    return taken.drop_duplicates(["unit", "unit_id", "wave"], ignore_index=True)


def _pick(scores: pd.DataFrame, score: str, unit: str) -> pd.DataFrame:
    return scores[(scores["score"] == score) & (scores["unit"] == unit)]


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
    (no partner, no children) is no violence.
    """
    of_partners = _classes(scores, violence["partner_violence"])
    of_children = _classes(scores, violence["child_abuse"])
    heard_of = of_partners.index.union(of_children.index)
    both = pd.concat([of_partners.reindex(heard_of), _children_or_none(of_children, heard_of, children)], axis=1)
    worst = both.max(axis=1)
    known = both.notna().all(axis=1) | (worst == FREQUENT_OR_SEVERE)
    return _household_rows(worst.where(known), "violence_class")


def _classes(scores: pd.DataFrame, spec: Mapping) -> pd.Series:
    """Class per household and wave; of several children the worst.

    Unknown where too much was skipped, unless what was reported makes the highest class certain.
    """
    keys = ["household", "unit_id", "wave"]
    minor, severe, known_minor, known_severe = (
        _pick(scores, f"{spec['score']}.{part}", spec["unit"]).set_index(keys)
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
    """Incidents a year of direct abuse of all children of a household; unknown where one of them is."""
    of_children = _pick(scores, violence["child_abuse"]["score"], "child").set_index(["household", "wave"])
    counts = of_children["value"].mask(of_children["status"] == "not_applicable", 0.0)
    counts = counts.groupby(level=["household", "wave"])
    return _household_rows(counts.sum().where(counts.count() == counts.size()), "child_abuse_household")


def total_violence(scores: pd.DataFrame, violence: Mapping, children: pd.DataFrame) -> pd.DataFrame:
    """Incidents a year in a household: partner violence plus direct abuse of all its children.

    A household without children, or without a partner, has none of that kind. A household with children of
    whom nothing was heard in a wave has no total in that wave.
    """
    partner = _pick(scores, violence["partner_violence"]["score"], "household").set_index(["household", "wave"])
    between_partners = partner["value"].mask(partner["status"] == "not_applicable", 0.0)
    of_children = child_abuse(scores, violence).set_index(["household", "wave"])["value"]
    return _household_rows(
        between_partners + _children_or_none(of_children, between_partners.index, children), "total_violence"
    )


def make_variable(scores: pd.DataFrame, name: str, spec: Mapping) -> pd.DataFrame:
    """A variable of resources/classification/variables.yaml: yes/no (0 or 100), or classes."""
    if "when" not in spec and "classes" not in spec:
        return yes_no_or_bands(scores, name, spec)
    of_unit = scores[scores["unit"] == spec["unit"]]
    value = truth(spec["when"], of_unit) * 100 if "when" in spec else _first_class(of_unit, spec["classes"])
    value = value[np.isfinite(value)]
    return value.rename("value").reset_index().assign(unit=spec["unit"], variable=name)


def _first_class(scores: pd.DataFrame, classes: Sequence[Mapping]) -> pd.Series:
    """The code of the first class whose condition holds; unknown where one before it is unknown."""
    conditions = {one["code"]: truth(one["when"], scores) for one in classes if "when" in one}
    table = pd.concat(conditions, axis=1).sort_index()
    value = pd.Series(np.nan, index=table.index)
    open_ = (table != DOES_NOT_APPLY).any(axis=1)  # nothing applies: no class
    for one in classes:
        met = table[one["code"]].replace(DOES_NOT_APPLY, 0.0) if "when" in one else pd.Series(1.0, index=table.index)
        value = value.mask(open_ & (met == 1), float(one["code"]))
        open_ &= met == 0
    return value.rename_axis(ROW)


def yes_no_or_bands(scores: pd.DataFrame, name: str, spec: Mapping) -> pd.DataFrame:
    """A yes/no variable (0 or 100) or classes, from the valid values of one score."""
    source = _pick(scores, spec["score"], spec["unit"])
    source = source[source["status"] == "ok"]
    if "bands" in spec:
        bounds = [np.inf if bound is None else bound for bound, _ in spec["bands"]]
        codes = np.array([code for _, code in spec["bands"]], dtype=float)
        value = codes[np.searchsorted(bounds, source["value"], side="right")]
    else:
        value = np.where(holds(source["value"], spec["yes_when"]), 100.0, 0.0)
    return source.assign(variable=name, value=value)


def risk_counts(scores: pd.DataFrame, risk_factors: Mapping) -> pd.DataFrame:
    """Risk factors of a household and wave: `risk_at_least` (known) and `risk_at_most` (known or unanswered).

    Any adult with a factor gives it to the household. A factor that does not apply (no partner) is absent.
    """
    present = scores.loc[scores["unit"] == "adult", ["household", "unit_id", "wave"]].drop_duplicates()
    index = pd.MultiIndex.from_frame(present)
    low = pd.Series(0.0, index=pd.MultiIndex.from_frame(present[["household", "wave"]].drop_duplicates()))
    high = low.copy()
    for spec in risk_factors.values():
        factor = _risk_factor(scores, spec).reindex(index)
        if spec.get("keep"):
            person = factor.groupby(level="unit_id").transform("max")
            factor = factor.fillna(person)
        low += factor.fillna(0.0).groupby(level=["household", "wave"]).max()
        high += factor.fillna(1.0).groupby(level=["household", "wave"]).max()
    return pd.concat([_household_rows(low, "risk_at_least"), _household_rows(high, "risk_at_most")])


def _risk_factor(scores: pd.DataFrame, spec: Mapping) -> pd.Series:
    """1, 0 or NaN (unanswered) per adult and wave."""
    keys = ["household", "unit_id", "wave"]
    source = _pick(scores, spec["score"], "adult").set_index(keys)
    factor = holds(source["value"], spec["yes_when"]).astype(float).mask(source["value"].isna())
    if spec.get("bounds"):
        # a count with unanswered items is decided where these could not change it
        least = _pick(scores, f"{spec['score']}.at_least", "adult").set_index(keys)["value"].reindex(factor.index)
        most = _pick(scores, f"{spec['score']}.at_most", "adult").set_index(keys)["value"].reindex(factor.index)
        factor = factor.mask(holds(least, spec["yes_when"]), 1.0)
        factor = factor.mask(most.notna() & ~holds(most, spec["yes_when"]), 0.0)
    return factor.mask(source["status"] == "not_applicable", 0.0)


def _household_facts(
    households: pd.DataFrame, children: pd.DataFrame, scores: pd.DataFrame, first_wave: str
) -> pd.DataFrame:
    """Restraining order and number of children, of the household and of each of its adults."""
    order = households.set_index("household")["thv"].where(lambda values: values >= 0)
    at_start = children[children["wave"] == first_wave].drop_duplicates("unit_id")
    number = at_start.groupby("household").size().reindex(order.index, fill_value=0).astype(float)
    wave = pd.Series(first_wave, index=order.index)
    of_households = [
        _household_rows(_with_wave(order, wave), "household_restraining_order"),
        _household_rows(_with_wave(number, wave), "n_children"),
    ]
    adults = scores[(scores["unit"] == "adult") & (scores["wave"] == first_wave)]
    adults = adults[["unit", "unit_id", "household", "wave"]].drop_duplicates()
    of_adults = [
        adults.assign(variable="restraining_order", value=adults["household"].map(order)),
        adults.assign(variable="children_over_3", value=adults["household"].map(number).clip(upper=3)),
    ]
    return pd.concat(of_households + of_adults)


def _with_wave(values: pd.Series, wave: pd.Series) -> pd.Series:
    return values.set_axis(pd.MultiIndex.from_arrays([values.index, wave], names=["household", "wave"]))


def _household_rows(values: pd.Series, variable: str) -> pd.DataFrame:
    frame = values.rename("value").reset_index()
    return frame.assign(unit="household", unit_id=frame["household"], variable=variable)
