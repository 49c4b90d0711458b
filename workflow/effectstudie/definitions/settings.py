"""The configuration as a whole, once it was read and found right."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effectstudie.definitions import lineage
from effectstudie.definitions.export_columns import table_of
from effectstudie.definitions.lineage import scores_needed
from effectstudie.definitions.outcomes import named_outcomes, subscales
from effectstudie.shared.vocabulary import PLACES

INSTRUMENTS = "resources/instruments"


@dataclass(frozen=True)
class Settings:
    """Everything that was read and found right."""

    config: Mapping
    studies: Mapping[str, Mapping]
    outcomes: Mapping[str, Mapping]
    instruments: Mapping[str, Mapping]
    definition_files: Mapping[str, str]
    norms: Mapping[str, Mapping[str, Any]]
    classification: Mapping[str, Mapping]
    variables: Sequence[Mapping[str, str]]
    corrections: Sequence[Mapping[str, str]]

    def outcomes_of(self, study: str, *keys: str) -> dict[str, dict]:
        """A study's background, problems at T0, outcomes and scales of its appendix, with these keys of each."""
        chosen = self.studies[study]
        outcomes = {name: self.outcomes[name] for name in named_outcomes(chosen)}
        outcomes |= subscales(chosen, self.instruments)
        return {name: {key: spec[key] for key in keys or spec if key in spec} for name, spec in outcomes.items()}

    def covariates_of(self, study: str) -> list[str]:
        """Covariates that any strategy of the study names, sorted."""
        strategies = self.studies[study]["matching"]["strategies"].values()
        return sorted({name for strategy in strategies for name in strategy["covariates"] + strategy["exact"]})

    def instruments_of(self, variables: Iterable[str]) -> list[str]:
        """The instruments whose scores are among these variables, sorted."""
        return sorted({name.split(".")[0] for name in variables if "." in name})

    def scores_to_classify(self) -> list[str]:
        """Names of the scores that the classification of the cohort looks at."""
        parts = {name: self.classification[name] for name in ("violence", "variables", "risk_factors")}
        return scores_needed(**parts)

    def scores_of(self, study: str) -> list[str]:
        """Names of the scores that a study reports or matches on, sorted."""
        named = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        named += [self.classification["covariates"][name]["variable"] for name in self.covariates_of(study)]
        return sorted({name for name in named if "." in name})

    def scores_behind(self, study: str) -> list[str]:
        """The scores that a study's background and outcomes are made from."""
        variables = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        return [name for variable in variables for name in lineage.scores_behind(variable, self.classification)]

    def exports_of(self, instrument: str) -> list[str]:
        """Exports that hold answers of an instrument."""
        definition = self.instruments[instrument]
        tables = dict.fromkeys(form["table"] for form in definition["forms"].values())
        return [f"{wave}_{table}" for table in tables for wave in definition.get("waves", self.config["waves"])]

    def variables_of(self, export: str) -> dict[str, str]:
        """Raw name -> canonical name for an export; a row may name one export or a questionnaire of all waves."""
        rows = sorted(self.variables, key=lambda row: row["file"] == export)
        return {row["raw_name"]: row["canonical_name"] for row in rows if row["file"] in (export, table_of(export))}

    def set_for(self, study: str) -> dict[str, Any]:
        """What is set for a study and the cohort, but for places on this machine."""
        names: dict[str, dict[str, str]] = {}
        for row in self.variables:
            names.setdefault(row["file"], {})[row["raw_name"]] = row["canonical_name"]
        return {
            "config": {key: value for key, value in self.config.items() if key not in PLACES},
            "study": self.studies[study],
            "outcomes": self.outcomes_of(study),
            "variables": names,
        }

    def corrections_digest(self, export: str) -> str:
        """A digest of the corrections of an export: it shows a change without showing an id."""
        rows = [row for row in self.corrections if row["file"] == export]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
