"""All result tables of a set of studies, in the order in which they are made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from effectstudie.shared.persons.read import read_households
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

    def values(self, matchings: Iterable[Matched]) -> pd.DataFrame:
        """The measurements of the households of these matchings: read once, as the file has those of the whole pool."""
        households = {name for matched in matchings for name in matched.households["household"]}
        return read_households(self.analysis, households, _VALUES)

    def own_matching(self) -> Matched:
        """As its report has it."""
        candidates = pd.read_parquet(self.covariates).set_index("household").drop(columns="stratum")
        unmatched = read_json(self.summary)["n_unmatched_approach"]
        return Matched(pd.read_parquet(self.matched), candidates, pd.read_csv(self.balance), unmatched)

    def effects(self, values: pd.DataFrame, matched: Matched) -> dict[str, RegionEffect]:
        """Of a matching; `values`: of `values`, of this matching among others."""
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
    told = {study.name: study.told() for study in studies}
    over_time = compared_over_time(outcomes)
    named = [name for name in over_time if any(name in study.outcomes for study in studies)]
    matched: dict[str, dict[str, Matched]] = {choice: {} for choice in CHOICES}
    effects: dict[str, dict[str, dict[str, RegionEffect]]] = {choice: {} for choice in CHOICES}
    for study, once in zip(studies, _each_once(studies, seed), strict=True):
        matchings = {"shared": study.own_matching()} | ({"once": once} if once else {})
        values = study.values(matchings.values())
        for choice, one in matchings.items():
            effects[choice][study.name] = study.effects(values, one)
            matched[choice][study.name] = one.without_candidates()
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
    effects = placebo_effects(
        pd.read_parquet(like.households),
        region_of,
        regions,
        like.strategy,
        lambda matched: like.effects(like.values([matched]), matched),
        seed,
    )
    return placebo_tables(effects, like.outcomes, like.name)


def _each_once(studies: Sequence[StudyOfSet], seed: int) -> Iterator[Matched | None]:
    """The matching of each study, from the controls that those before it left; None where too few are left.

    None for all where one takes the whole pool.
    """
    if any(study.strategy.weighted for study in studies):
        yield from (None for _ in studies)
        return
    taken: set[str] = set()
    for study in studies:
        try:
            found = match_without(pd.read_parquet(study.households), taken, study.strategy, seed)
        except EffectstudieError as error:
            print(f"{study.name}: {error}")
            yield None
            continue
        taken |= found.controls
        yield found
