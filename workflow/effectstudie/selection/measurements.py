"""One study's data: who is of the approach, who may be a control, T0 and the follow-up of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.scoring.score_tables import long_scores
from effectstudie.selection.covariates import rows_of_covariates
from effectstudie.shared.persons.blocks import together

ANALYSIS_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
WAVE_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "value"]
ANALYSIS_KEY = ["unit", "unit_id", "outcome", "wave"]


def follow_up_wave(participation: pd.DataFrame, waves: Sequence[str]) -> pd.DataFrame:
    """The follow-up of each unit: the first of `waves` in which it took part (unit, unit_id, measured_at)."""
    taken = participation[participation["wave"].isin(waves)].copy()
    taken["rank"] = taken["wave"].map({wave: rank for rank, wave in enumerate(waves)}).astype(int)
    first = taken.sort_values("rank", kind="stable").drop_duplicates(["unit", "unit_id"])
    return first[["unit", "unit_id", "wave"]].rename(columns={"wave": "measured_at"})


def select_study(
    variables: pd.DataFrame,
    participation: pd.DataFrame,
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    first_wave: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The person-level tables that the analyses read, in long form: T0 and follow-up (ANALYSIS_COLUMNS), and each wave.

    The second (WAVE_COLUMNS) has the outcomes that are measured more than once, at each wave as it was, for other rules
    of follow-up than the study's own. In both participation itself is an outcome of value 1, and excluded households
    are left out; `risk_status`, in the first, is that of the household at T0 (100: risk factors accumulate).

    `variables` is classify.VARIABLE_COLUMNS; `participation` has unit (household, adult, child, youth), unit_id,
    household and wave; `outcomes` are those of the study, its background among them.
    """
    chosen = _chosen(variables, participation, study, outcomes)
    waves = chosen[~chosen["outcome"].isin([name for name, outcome in outcomes.items() if outcome.measured])]
    at_start = _risk_cumulation(variables, study["risk_threshold"]).assign(outcome="risk_status")
    chosen = together([chosen, at_start[at_start["wave"] == first_wave]])
    start = chosen[chosen["wave"] == first_wave].assign(measured_at=first_wave, wave="T0")
    start = start[~start["outcome"].isin(_measured_at(outcomes, "follow_up"))]
    later = chosen[~chosen["outcome"].isin(_measured_at(outcomes, "T0"))].rename(columns={"wave": "measured_at"})
    later = later.merge(
        follow_up_wave(participation, study["follow_up"]["waves"]), on=["unit", "unit_id", "measured_at"]
    ).assign(wave="follow_up")
    analysis = together([start, later])
    return _of_study(analysis, roles)[ANALYSIS_COLUMNS], _of_study(waves, roles)[WAVE_COLUMNS]


def _of_study(table: pd.DataFrame, roles: pd.Series) -> pd.DataFrame:
    """The rows of approach and pool, with their role."""
    table = table.assign(role=table["household"].map(roles))
    return table[table["role"].isin(["approach", "pool"])].reset_index(drop=True)


def _measured_at(outcomes: Mapping[str, Outcome], wave: str) -> list[str]:
    """Outcomes of this measurement only."""
    return [name for name, outcome in outcomes.items() if outcome.measured == wave]


def selected_parts(
    parts: Iterable[Mapping[str, pd.DataFrame]],
    scores: Sequence[str],
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    covariates: Mapping[str, Mapping],
    first_wave: str,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Both tables of select_study, and rows_of_covariates, of some units at a time.

    `parts`: of some units their variables, participation, and by instrument the tables of `scores`.
    """
    for part in parts:
        tables = {name: table for name, table in part.items() if name not in ("variables", "participation")}
        of_scores = long_scores(tables, scores)
        of_scores = of_scores[of_scores["status"] == "ok"].rename(columns={"score": "variable"})
        variables = together([part["variables"], of_scores[part["variables"].columns]])
        yield (
            *select_study(variables, part["participation"], roles, study, outcomes, first_wave),
            rows_of_covariates(variables, covariates, first_wave),
        )


def _chosen(
    variables: pd.DataFrame, participation: pd.DataFrame, study: Mapping, outcomes: Mapping[str, Outcome]
) -> pd.DataFrame:
    """Participation and the values of outcomes, in long form at every wave."""
    rows = variables.groupby(["variable", "unit"], observed=True).indices
    frames = {
        "participation": participation[["unit", "unit_id", "household", "wave"]].assign(value=1.0),
        **{name: _values(variables, rows, outcome, study) for name, outcome in outcomes.items()},
    }
    of_rows = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames.values()])
    return together(list(frames.values())).assign(outcome=pd.Categorical.from_codes(of_rows, list(frames)))


def _values(
    variables: pd.DataFrame, rows: Mapping[tuple[str, str], np.ndarray], outcome: Outcome, study: Mapping
) -> pd.DataFrame:
    if outcome.variable == "risk_cumulation":
        return _risk_cumulation(variables, study["risk_threshold"])
    chosen = variables.take(rows.get((outcome.variable, outcome.unit), []))
    return chosen[["unit", "unit_id", "household", "wave", "value"]]


def _risk_cumulation(variables: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """100 where at least `threshold` risk factors are known, 0 where there cannot be so many, else unknown."""
    keys = ["unit", "unit_id", "household", "wave"]
    least, most = (
        variables[variables["variable"] == name].set_index(keys)["value"] for name in ("risk_at_least", "risk_at_most")
    )
    value = pd.Series(np.select([least >= threshold, most < threshold], [100.0, 0.0], np.nan), index=least.index)
    return value.dropna().rename("value").reset_index()
