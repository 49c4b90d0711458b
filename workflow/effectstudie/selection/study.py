"""All that is selected of a cohort for one study, of some units at a time."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.scoring.score_tables import read_scores
from effectstudie.selection.covariates import household_covariates
from effectstudie.selection.follow_up import days_after_start
from effectstudie.selection.measurements import ANALYSIS_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS, selected_parts
from effectstudie.selection.roles import assign_roles, cohort_counts
from effectstudie.shared.persons.blocks import ROWS, in_blocks, together
from effectstudie.shared.persons.read import read_persons, read_unit
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
    everyone = read_persons(households).astype({"regio": "str", "aanpak": "str"})
    roles = assign_roles(everyone, study["approach"])
    of_covariates = []
    with (
        parquet_parts(analysis, ANALYSIS_COLUMNS, ANALYSIS_KEY, ANALYSIS_COLUMNS[:-1]) as add_analysis,
        parquet_parts(waves, WAVE_COLUMNS, ANALYSIS_KEY, WAVE_COLUMNS[:-1]) as add_waves,
    ):
        for unit in sorted(read_persons(participation, ["unit"])["unit"].unique()):
            parts = _in_parts({"variables": variables, "participation": participation}, scores, names, unit)
            selected = selected_parts(parts, names, roles, study, outcomes, covariates, first_wave, days)
            for of_analysis, of_waves, rows in selected:
                add_analysis(of_analysis)
                add_waves(of_waves)
                of_covariates.append(rows)
    matched_on = household_covariates(together(of_covariates), everyone, roles, covariates, first_wave)
    return matched_on, cohort_counts(roles)


def _in_parts(
    paths: Mapping[str, str | Path], scores: Sequence[str | Path], names: Sequence[str], unit: str
) -> Iterator[Mapping[str, pd.DataFrame]]:
    """The tables at these paths, and the scores, of one kind of unit; of some units at a time."""
    tables = {name: read_unit(path, unit=unit) for name, path in paths.items()}
    tables |= read_scores(scores, names, partial(read_unit, unit=unit))
    yield from in_blocks(tables, "unit_id", ROWS)
