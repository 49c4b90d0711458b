"""One study's data: who is of the approach, who may be a control, T0 and the follow-up of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.lineage import RISK_FACTOR
from effectstudie.definitions.outcomes import Outcome
from effectstudie.scoring.score_tables import long_scores
from effectstudie.selection.covariates import rows_of_covariates
from effectstudie.selection.follow_up import follow_up_by_rule
from effectstudie.shared.persons.blocks import together

ANALYSIS_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
WAVE_COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "value"]
# The outcome that holds the risk status of a household at T0; with a dot and a factor behind it, without that factor.
RISK_STATUS = "risk_status"
ANALYSIS_KEY = ["unit", "unit_id", "outcome", "wave"]


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
    the approach group has only those about the approach itself.

    `variables` is classify.VARIABLE_COLUMNS; `participation` has unit (household, adult, child, youth), unit_id,
    household and wave; `outcomes` are those of the study, its background among them; `days`: of
    follow_up.days_after_start, where the rule of the study asks for it.
    """
    chosen = _chosen(variables, participation, roles, study, outcomes)
    waves = chosen[~chosen["outcome"].isin([name for name, outcome in outcomes.items() if outcome.measured])]
    chosen = together([chosen, _risk_at_start(variables, study["risk_threshold"], first_wave)])
    start = chosen[chosen["wave"] == first_wave].assign(measured_at=first_wave, wave="T0")
    start = start[~start["outcome"].isin(_measured_at(outcomes, "follow_up"))]
    later = chosen[~chosen["outcome"].isin(_measured_at(outcomes, "T0"))].rename(columns={"wave": "measured_at"})
    of_units = follow_up_by_rule(participation, study["follow_up"], days)
    later = later.merge(of_units, on=["unit", "unit_id", "measured_at"]).assign(wave="follow_up")
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
    days: pd.DataFrame | None = None,
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
            *select_study(variables, part["participation"], roles, study, outcomes, first_wave, days),
            rows_of_covariates(variables, covariates, first_wave),
        )


def _chosen(
    variables: pd.DataFrame,
    participation: pd.DataFrame,
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
) -> pd.DataFrame:
    """Participation and the values of outcomes, in long form at every wave."""
    rows = variables.groupby(["variable", "unit"], observed=True).indices
    frames = {
        "participation": participation[["unit", "unit_id", "household", "wave"]].assign(value=1.0),
        **{name: _values(variables, rows, outcome, roles, study) for name, outcome in outcomes.items()},
    }
    of_rows = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames.values()])
    return together(list(frames.values())).assign(outcome=pd.Categorical.from_codes(of_rows, list(frames)))


def _values(
    variables: pd.DataFrame,
    rows: Mapping[tuple[str, str], np.ndarray],
    outcome: Outcome,
    roles: pd.Series,
    study: Mapping,
) -> pd.DataFrame:
    if outcome.variable == "risk_cumulation":
        return _risk_cumulation(variables, study["risk_threshold"])
    chosen = variables.take(rows.get((outcome.variable, outcome.unit), []))
    values = chosen[["unit", "unit_id", "household", "wave", "value"]]
    code = study["approach"].get("help_code")
    if not outcome.about or code is None:
        return values
    about = variables.take(rows.get((outcome.about, outcome.unit), []))
    return _about_the_approach(values, about[about["value"] == code], roles)


def _about_the_approach(values: pd.DataFrame, about: pd.DataFrame, roles: pd.Series) -> pd.DataFrame:
    """The values, of approach households only of units and waves in `about`; others may be about any help."""
    of_approach = (values["household"].map(roles) == "approach").to_numpy()
    known = set(zip(about["unit_id"], about["wave"], strict=True))
    judged = [row in known for row in zip(values["unit_id"], values["wave"], strict=True)]
    return values[~of_approach | np.array(judged, dtype=bool)]


def _risk_at_start(variables: pd.DataFrame, threshold: int, first_wave: str) -> pd.DataFrame:
    """Risk status at the first wave: of all factors together, and without each."""
    at_start = variables[variables["wave"] == first_wave]
    factors = sorted(name for name in at_start["variable"].unique() if name.startswith(RISK_FACTOR))
    statuses = [_risk_cumulation(at_start, threshold).assign(outcome=RISK_STATUS)]
    for name in factors:
        without = _risk_cumulation(at_start, threshold, name)
        statuses.append(without.assign(outcome=f"{RISK_STATUS}.{name.removeprefix(RISK_FACTOR)}"))
    return together(statuses)


def _risk_cumulation(variables: pd.DataFrame, threshold: int, without: str = "") -> pd.DataFrame:
    """100 where at least `threshold` risk factors are known, 0 where there cannot be so many, else unknown.

    `without`: a factor that is not counted.
    """
    keys = ["unit", "unit_id", "household", "wave"]
    least, most = (
        variables[variables["variable"] == name].set_index(keys)["value"] for name in ("risk_at_least", "risk_at_most")
    )
    if without:
        factor = variables[variables["variable"] == without].set_index(keys)["value"].reindex(least.index)
        # an unanswered factor counts in `most` alone
        least, most = least - factor.fillna(0.0), most - factor.fillna(1.0)
    value = pd.Series(np.select([least >= threshold, most < threshold], [100.0, 0.0], np.nan), index=least.index)
    return value.dropna().rename("value").reset_index()
