"""All that is selected of a cohort for one study, of some units at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from effectstudie.classification.rows import VARIABLE_COLUMNS
from effectstudie.definitions.outcomes import Outcome
from effectstudie.scoring.score_tables import read_scores, score_values
from effectstudie.selection.covariates import household_covariates
from effectstudie.selection.follow_up import days_after_start
from effectstudie.selection.measurements import (
    ANALYSIS_COLUMNS,
    ANALYSIS_KEY,
    WAVE_COLUMNS,
    asked_of,
    rows_asked,
    selected_part,
)
from effectstudie.selection.roles import assign_roles, cohort_counts
from effectstudie.shared.persons.blocks import ROWS, in_blocks, together
from effectstudie.shared.persons.read import parts_of_unit, read_persons, read_unit
from effectstudie.shared.persons.write import parquet_parts


def select_cohort(
    households: str | Path,
    variables: str | Path,
    participation: str | Path,
    scores: Sequence[str | Path],
    names: Sequence[str],
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    covariates: Mapping[str, Mapping],
    first_wave: str,
    analysis: str | Path,
    waves: str | Path,
    dated: Mapping[str, str | Path] | None = None,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Write the two tables of select_study to `analysis` and `waves`; gives the households and what they match on.

    The second of the result is of the whole cohort, see `cohort_counts`.

    `households`, `variables`, `participation` and `scores` are tables of the cohort; `names`: of the scores to read.
    The first has household, order, role and the `covariates`. `dated`: the ingested exports by name, of a study whose
    follow-up is the measurement nearest to a day.
    """
    days = days_after_start(dated, first_wave) if dated else None
    everyone = _everyone(households)
    roles = assign_roles(everyone, study["approach"])
    of_covariates = []
    with (
        parquet_parts(analysis, ANALYSIS_COLUMNS, ANALYSIS_KEY, ANALYSIS_COLUMNS[:-1]) as add_analysis,
        parquet_parts(waves, WAVE_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS[:-1]) as add_waves,
    ):
        tables = {"variables": variables, "participation": participation}
        parts = _selected(tables, scores, names, roles, study, outcomes, covariates, first_wave, days)
        for of_analysis, of_waves, rows in parts:
            add_analysis(of_analysis)
            add_waves(of_waves)
            of_covariates.append(rows)
    matched_on = household_covariates(together(of_covariates), everyone, roles, covariates, first_wave)
    return matched_on, cohort_counts(roles)


def select_to_plan(
    households: str | Path,
    variables: str | Path,
    participation: str | Path,
    scores: Sequence[str | Path],
    names: Sequence[str],
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    first_wave: str,
    dated: Mapping[str, str | Path] | None = None,
) -> pd.DataFrame:
    """The first table of select_study (ANALYSIS_COLUMNS), for a study that may have no family of its approach yet."""
    days = days_after_start(dated, first_wave) if dated else None
    roles = assign_roles(_everyone(households), study["approach"], required=False)
    tables = {"variables": variables, "participation": participation}
    parts = _selected(tables, scores, names, roles, study, outcomes, {}, first_wave, days)
    return together([analysis for analysis, _, _ in parts])


def _everyone(households: str | Path) -> pd.DataFrame:
    return read_persons(households).astype({"regio": "str", "aanpak": "str"})


def _selected(
    tables: Mapping[str, str | Path],
    scores: Sequence[str | Path],
    names: Sequence[str],
    roles: pd.Series,
    study: Mapping,
    outcomes: Mapping[str, Outcome],
    covariates: Mapping[str, Mapping],
    first_wave: str,
    days: pd.DataFrame | None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """selected_part, one after the other. `tables`: where variables and participation are."""
    for unit in sorted(read_persons(tables["participation"], ["unit"])["unit"].unique()):
        for part in _in_parts(tables, scores, names, unit, asked_of(outcomes, covariates)):
            yield selected_part(part, unit, roles, study, outcomes, covariates, first_wave, days)


def _in_parts(
    paths: Mapping[str, str | Path],
    scores: Sequence[str | Path],
    names: Sequence[str],
    unit: str,
    asked: Collection[str],
) -> Iterator[Mapping[str, pd.DataFrame]]:
    """The tables at these paths, and the scores, of one kind of unit; of some units at a time."""
    variables = [rows_asked(part, asked) for part in parts_of_unit(paths["variables"], VARIABLE_COLUMNS, unit)]
    tables = {"participation": read_unit(paths["participation"], unit=unit)}
    tables["variables"] = together(variables or [read_persons(paths["variables"], groups=[])])

    def read(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
        # the household of each unit stands with its participation: a third less to read
        table = read_unit(path, [name for name in columns if name != "household"], unit=unit)
        return score_values(table, Path(path).stem, names)

    tables |= read_scores(scores, names, read)
    yield from in_blocks(tables, "unit_id", ROWS)
