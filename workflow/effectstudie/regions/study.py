"""All result tables of a set of studies, in the order in which they are made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.analysis.effect.analysed import Estimand
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.regions import CHOICES, CONTROLS, TOGETHER
from effectstudie.definitions.strategies import Strategy
from effectstudie.regions.effects import RegionEffect, study_effects
from effectstudie.regions.once import Matched, costs, match_without
from effectstudie.regions.placebo import placebo_effects, placebo_tables
from effectstudie.regions.together import region_rows, together_rows
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.storage import read_json

_VALUES = ["household", "unit", "unit_id", "outcome", "wave", "value"]


@dataclass(frozen=True, eq=False, kw_only=True)
class StudyOfSet:
    """A study as the set needs it: its `strategy`, its definitions of `outcomes` (those compared over time), whose
    effect it estimates, and where its results lie.
    """

    name: str
    strategy: Strategy
    outcomes: Mapping[str, Outcome]
    estimand: Estimand
    analysis: str | Path
    households: str | Path
    matched: str | Path
    covariates: str | Path
    balance: str | Path
    summary: str | Path
    record: str | Path

    def values(self) -> pd.DataFrame:
        """The rows of its outcomes, of everyone: approach and pool."""
        return pd.read_parquet(self.analysis, columns=_VALUES, filters=[("outcome", "in", list(self.outcomes))])

    def own_matching(self) -> Matched:
        """As its report has it."""
        candidates = pd.read_parquet(self.covariates).set_index("household").drop(columns="stratum")
        unmatched = read_json(self.summary)["n_unmatched_approach"]
        return Matched(pd.read_parquet(self.matched), candidates, pd.read_csv(self.balance), unmatched)

    def effects(self, values: pd.DataFrame, matched: Matched) -> dict[str, RegionEffect]:
        """Of a matching; `values`: of `values()`, which are many, so that they are read once for all matchings."""
        return study_effects(values, matched.households, matched.candidates, self.outcomes, self.estimand)

    def told(self) -> set[str]:
        """The outcomes whose effect its public report prints."""
        return set(read_json(Path(self.record, "render.json"))["estimated"])


def studies_of(paths: Mapping[str, Any], params: Mapping[str, Mapping[str, Any]]) -> list[StudyOfSet]:
    """The studies of a set. `paths`: lists in the order of `params`, which is Settings.studies_of_set."""
    kinds = ("analysis", "households", "matched", "covariates", "balance", "summary", "record")
    return [
        StudyOfSet(
            name=name,
            strategy=Strategy.of(given["strategy"]),
            outcomes=compared_over_time(
                {id: Outcome.of(id, spec) for id, spec in given["outcomes"].items() if id in given["reported"]}
            ),
            estimand=given["estimand"],
            **{kind: paths[kind][place] for kind in kinds},
        )
        for place, (name, given) in enumerate(params.items())
    ]


def set_tables(
    studies: Sequence[StudyOfSet],
    controls: str,
    like: str | None,
    region_of: pd.Series,
    regions: Iterable[str],
    outcomes: Mapping[str, Outcome],
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Name → result table (result_tables.regions). `controls`: the choice whose weights stand in `regions`.

    `like`: the study whose workflow the `regions` without an approach are put through, if any; `region_of`: household →
    region; `outcomes`: all that a study may name, in the order of the page.
    """
    matched = {"shared": {study.name: study.own_matching() for study in studies}, "once": _each_once(studies, seed)}
    told = {study.name: study.told() for study in studies}
    over_time = compared_over_time(outcomes)
    named = [name for name in over_time if any(name in study.outcomes for study in studies)]
    effects: dict[str, dict[str, dict[str, RegionEffect]]] = {choice: {} for choice in CHOICES}
    for study in studies:
        values = study.values()
        for choice, of_choice in matched.items():
            if study.name in of_choice:
                effects[choice][study.name] = study.effects(values, of_choice[study.name])
    rows, spent, shares = [], [], {}
    for choice, of_choice in matched.items():
        if not of_choice:
            continue
        made, of_studies = together_rows(effects[choice], told, {name: over_time[name] for name in named}, choice)
        rows += made
        spent += costs(of_choice, choice)
        if choice == controls:
            shares = of_studies
    example = next((study for study in studies if study.name == like), None)
    placebo, spread = placebo_tables({}, {}, "") if example is None else _placebo(example, region_of, regions, seed)
    return {
        "regions": region_rows(
            effects[controls], told, {study.name: study.outcomes for study in studies}, named, shares
        ),
        "together": TOGETHER.typed(rows),
        "controls": CONTROLS.typed(spent),
        "placebo": placebo,
        "placebo_spread": spread,
    }


def _placebo(
    like: StudyOfSet, region_of: pd.Series, regions: Iterable[str], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    of_regions = placebo_effects(
        pd.read_parquet(like.households),
        like.values(),
        region_of,
        regions,
        like.strategy,
        like.outcomes,
        like.estimand,
        seed,
    )
    return placebo_tables(of_regions, like.outcomes, like.name)


def _each_once(studies: Sequence[StudyOfSet], seed: int) -> dict[str, Matched]:
    """Study → its matching, each from the controls that those before it left; nothing where one takes the whole pool.

    A study for which too few are left is not among them.
    """
    found: dict[str, Matched] = {}
    if any(study.strategy.weighted for study in studies):
        return found
    taken: Collection[str] = set()
    for study in studies:
        try:
            found[study.name] = match_without(pd.read_parquet(study.households), taken, study.strategy, seed)
        except EffectstudieError as error:
            print(f"{study.name}: {error}")
            continue
        taken = {*taken, *found[study.name].controls}
    return found
