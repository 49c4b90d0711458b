"""Who serves as control in more than one study, and what it costs to have none do so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.match import match_households
from effectstudie.methods.balance import effective_sample_size


@dataclass(frozen=True, eq=False)
class Matched:
    """The matching of a study: `households` as matched.parquet, `candidates` with role and covariates by household."""

    households: pd.DataFrame
    candidates: pd.DataFrame
    balance: pd.DataFrame
    unmatched: int

    @property
    def controls(self) -> set[str]:
        return set(self.households.loc[self.households["group"] == "control", "household"])

    def without_candidates(self) -> "Matched":
        """Of all studies of a set the candidates would be the cohort as many times."""
        return replace(self, candidates=pd.DataFrame())

    def cost(self, elsewhere: Collection[str]) -> dict[str, Any]:
        """What of the matching tells its worth. `elsewhere`: controls of other studies."""
        of_groups = self.households.groupby("group")["weight"]
        after = self.balance[(self.balance["sample"] == "matched") & (self.balance["covariate"] != "propensity_score")]
        sizes = after["smd"].abs()
        return {
            "households_approach": int((self.households["group"] == "approach").sum()),
            "unmatched_approach": self.unmatched,
            "households_control": len(self.controls),
            "shared": len(self.controls & set(elsewhere)),
            "ess_controls": effective_sample_size(of_groups.get_group("control").to_numpy()),
            "max_smd": sizes.max(),
            "worst": after.loc[sizes.idxmax(), "covariate"] if sizes.notna().any() else "",
        }


def match_without(households: pd.DataFrame, taken: Collection[str], strategy: Strategy, seed: int) -> Matched:
    """Match a study from the controls that are not taken. `households`: select's households.parquet."""
    free = households[(households["role"] == "approach") | ~households["household"].isin(list(taken))]
    result = match_households(free, strategy, seed)
    return Matched(
        result.matched,
        result.covariates_of_candidates.set_index("household").drop(columns="stratum"),
        balance_table(result.candidates, result.matched, result.covariates),
        result.summary["n_unmatched_approach"],
    )


def costs(matched: Mapping[str, Matched], controls: str) -> list[dict[str, Any]]:
    """Rows of CONTROLS of one choice. `matched`: study → its matching."""
    return [
        {
            "controls": controls,
            "study": study,
            **of.cost(set().union(*(other.controls for name, other in matched.items() if name != study))),
        }
        for study, of in matched.items()
    ]
