"""One study's data: who is of the approach, who may be a control, T0 and the follow-up of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.lineage import RISK_FACTOR
from effectstudie.definitions.outcomes import Outcome
from effectstudie.selection.covariates import rows_of_covariates
from effectstudie.selection.follow_up import follow_up_by_rule
from effectstudie.selection.values import Values, values_of
from effectstudie.shared.persons.blocks import together

ANALYSIS_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
WAVE_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "value"]
# The outcome that holds the risk status of a household at T0; with a dot and a factor behind it, without that factor.
RISK_STATUS = "risk_status"
ANALYSIS_KEY = ["unit", "unit_id", "outcome", "wave"]
_CUMULATION, _LEAST, _MOST = "risk_cumulation", "risk_at_least", "risk_at_most"
_START, _LATER = "T0", "follow_up"


def select_study(
    variables: pd.DataFrame,
    participation: pd.DataFrame,
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    first_wave: str,
    days: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The person-level tables that the analyses read, in long form: T0 and follow-up (ANALYSIS_COLUMNS), and each wave.

    The second (WAVE_COLUMNS) has the outcomes that are measured more than once, at each wave as it was, for other rules
    of follow-up than the study's own. In both participation itself is an outcome of value 1, and excluded households
    are left out; `risk_status`, in the first, is that of the household at T0 (100: risk factors accumulate), and
    `risk_status.<factor>` the same when this factor is not counted. Of an outcome that says what its values are about,
    the approach group has only those about the approach itself. Both are sorted by ANALYSIS_KEY.

    `variables` is classify.VARIABLE_COLUMNS; `participation` has unit (household, adult, child, youth), unit_id,
    household and wave; `outcomes` are those of the study, its background among them; `days`: of
    follow_up.days_after_start, where the rule of the study asks for it.
    """
    tables = {"variables": variables, "participation": participation}
    units = sorted(set(variables["unit"].unique()) | set(participation["unit"].unique()))
    parts = {unit: {name: table[table["unit"] == unit] for name, table in tables.items()} for unit in units}
    found = [selected_part(parts[unit], unit, roles, study, outcomes, {}, first_wave, days) for unit in units]
    analysis, waves, _ = zip(*found, strict=True)
    return together(analysis), together(waves)


def selected_part(
    part: Mapping[str, pd.DataFrame],
    unit: str,
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    covariates: Mapping[str, Mapping],
    first_wave: str,
    days: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Both tables of select_study, and rows_of_covariates, of some units of one kind. `part`: as values_of takes it."""
    roles = roles[roles.isin(["approach", "pool"])]
    factors = _risk_factors(part["variables"], first_wave)
    values = values_of(part, unit, asked_of(outcomes, covariates) | set(factors), roles.index, first_wave)
    of_units = roles.reindex(values.households).to_numpy()
    found = _of_outcomes(values, of_units, study, outcomes)
    statuses = _risk_at_start(values, study["risk_threshold"], first_wave, factors)
    later = follow_up_by_rule(part["participation"], study["follow_up"], days)
    return (
        _analysis(values, of_units, found, statuses, outcomes, first_wave, later),
        _at_each_wave(values, of_units, found, outcomes),
        rows_of_covariates(values, covariates, first_wave),
    )


def asked_of(outcomes: Mapping[str, Outcome], covariates: Mapping[str, Mapping]) -> set[str]:
    """The variables and scores that a study is selected from, but for risk factors."""
    named = {name for outcome in outcomes.values() for name in (outcome.variable, outcome.about) if name}
    named |= {spec["variable"] for spec in covariates.values()}
    return (named - {_CUMULATION}) | {_LEAST, _MOST}


def rows_asked(variables: pd.DataFrame, asked: Collection[str]) -> pd.DataFrame:
    """The rows of these variables and of risk factors; and one of each unit and wave, as who has any is known.

    `variables`: in the order of classify's VARIABLE_KEY, of one kind of unit.
    """
    names = variables["variable"].cat.categories
    known = [name in asked or name.startswith(RISK_FACTOR) for name in names]
    ids, wave = variables["unit_id"].to_numpy(), variables["wave"].cat.codes.to_numpy()
    first = np.append(True, (ids[1:] != ids[:-1]) | (wave[1:] != wave[:-1]))[: len(ids)]
    return variables[first | np.array(known, dtype=bool)[variables["variable"].cat.codes]]


def _risk_factors(variables: pd.DataFrame, first_wave: str) -> list[str]:
    """The risk factors that anybody has or has not at the start."""
    at_start = variables.loc[variables["wave"] == first_wave, "variable"]
    return sorted(name for name in at_start.unique() if name.startswith(RISK_FACTOR))


def _of_outcomes(
    values: Values, roles: np.ndarray, study: Mapping, outcomes: Mapping[str, Outcome]
) -> dict[str, np.ndarray]:
    """Participation and the outcomes of this kind of unit, each as units x waves."""
    code = study["approach"].get("help_code")
    found = {"participation": np.where(values.took_part, 1.0, np.nan)}
    for name, outcome in outcomes.items():
        if outcome.variable == _CUMULATION:
            found[name] = _cumulated(values.of(_LEAST), values.of(_MOST), study["risk_threshold"])
        elif outcome.unit == values.unit:
            found[name] = values.of(outcome.variable)
            if outcome.about and code is not None:
                # others than the approach may be about any help
                counts = (roles != "approach")[:, None] | (values.of(outcome.about) == code)
                found[name] = np.where(counts, found[name], np.nan)
    return found


def _risk_at_start(values: Values, threshold: int, first_wave: str, factors: Iterable[str]) -> dict[str, np.ndarray]:
    """Risk status of each unit at the first wave: of all factors together, and without each."""
    least, most = (values.at(first_wave, values.of(name)) for name in (_LEAST, _MOST))
    statuses = {RISK_STATUS: _cumulated(least, most, threshold)}
    for name in factors:
        factor = values.at(first_wave, values.of(name))
        # an unanswered factor counts in `most` alone
        without = least - np.nan_to_num(factor, nan=0.0), most - np.nan_to_num(factor, nan=1.0)
        statuses[f"{RISK_STATUS}.{name.removeprefix(RISK_FACTOR)}"] = _cumulated(*without, threshold)
    return statuses


def _cumulated(least: np.ndarray, most: np.ndarray, threshold: int) -> np.ndarray:
    """100 where at least `threshold` risk factors are known, 0 where there cannot be so many, else unknown."""
    return np.select([least >= threshold, most < threshold], [100.0, 0.0], np.nan)


def _analysis(
    values: Values,
    roles: np.ndarray,
    found: Mapping[str, np.ndarray],
    statuses: Mapping[str, np.ndarray],
    outcomes: Mapping[str, Outcome],
    first_wave: str,
    later: pd.DataFrame,
) -> pd.DataFrame:
    """ANALYSIS_COLUMNS. `found`: of _of_outcomes; `statuses`: of _risk_at_start; `later`: of follow_up_by_rule."""
    names = sorted({*found, *statuses})
    at = pd.Index(values.ids).get_indexer(later["unit_id"])
    of_later = pd.Categorical(later["measured_at"].astype(str), values.waves).codes
    wave = np.full(len(values.ids), -1, dtype=np.int8)
    wave[at[at >= 0]] = of_later[at >= 0]
    measured = {name: outcome.measured for name, outcome in outcomes.items()}
    numbers = np.full((len(values.ids), len(names), 2), np.nan)
    for place, name in enumerate(names):
        if name in statuses:
            numbers[:, place, 0] = statuses[name]
            continue
        if measured.get(name) != _LATER:
            numbers[:, place, 0] = values.at(first_wave, found[name])
        if measured.get(name) != _START:
            at_wave = np.take_along_axis(found[name], wave[:, None].clip(0), axis=1)[:, 0]
            numbers[:, place, 1] = np.where(wave >= 0, at_wave, np.nan)
    table, units = _long(values, roles, names, [_START, _LATER], numbers)
    at_wave = np.where(table["wave"].cat.codes == 0, values.waves.index(first_wave), wave[units])
    table["measured_at"] = pd.Categorical.from_codes(at_wave, values.waves)
    return table[ANALYSIS_COLUMNS]


def _at_each_wave(
    values: Values, roles: np.ndarray, found: Mapping[str, np.ndarray], outcomes: Mapping[str, Outcome]
) -> pd.DataFrame:
    """WAVE_COLUMNS. `found`: of _of_outcomes."""
    names = sorted(name for name in found if name not in outcomes or not outcomes[name].measured)
    numbers = np.stack([found[name] for name in names], axis=1)
    return _long(values, roles, names, values.waves, numbers)[0][WAVE_COLUMNS]


def _long(
    values: Values, roles: np.ndarray, names: Sequence[str], waves: Sequence[str], numbers: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """What is known of `numbers` (units x names x waves), a row each and in order; and which unit each row is of."""
    units, outcome, wave = (places.astype(np.int32) for places in np.nonzero(~np.isnan(numbers)))
    kinds = ["approach", "pool"]
    table = pd.DataFrame(
        {
            "unit": pd.Categorical.from_codes(np.zeros(len(units), dtype=np.int8), [values.unit]),
            "unit_id": values.ids[units],
            "household": values.households[units],
            "role": pd.Categorical(roles, kinds)[units],
            "outcome": pd.Categorical.from_codes(outcome, names),
            "wave": pd.Categorical.from_codes(wave, waves),
            "value": numbers[units, outcome, wave],
        }
    )
    return table, units
