"""The configuration as a whole, once it was read and found right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from effectstudie.definitions import lineage
from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import table_of
from effectstudie.definitions.fitted import scores_of
from effectstudie.definitions.lineage import scores_needed
from effectstudie.definitions.lists import digest_of
from effectstudie.definitions.outcomes import compared_over_time, named_outcomes, outcomes_from, subscales
from effectstudie.definitions.plans.resolve import DEFAULT_ESTIMAND, resolved
from effectstudie.definitions.plans.versions import followed, versions_of
from effectstudie.definitions.strategies import Strategy
from effectstudie.shared.vocabulary import LISTS, PLACES

INSTRUMENTS = "resources/instruments"


@dataclass(frozen=True)
class Settings:
    """Everything that was read and found right, as far as the cohort has its tables and measurements (`fitted`).

    `plans`, `frozen`: study → its plan, and its frozen plan; `house`: config/house_style.yaml; `figure_titles`: study →
    outcome → the title of its figure, of the studies that give any; `cleared`: the lines of config/cleared.yaml;
    `recodes`: by line of their file; `sets`: studies that are told together.
    """

    config: Mapping
    studies: Mapping[str, Mapping]
    outcomes: Mapping[str, Mapping]
    instruments: Mapping[str, Mapping]
    definition_files: Mapping[str, str]
    norms: Mapping[str, Mapping[str, Any]]
    classification: Mapping[str, Mapping]
    variables: Sequence[Mapping[str, str]]
    corrections: Sequence[Mapping[str, str]]
    rating: Mapping[str, Any] = field(default_factory=dict)
    plans: Mapping[str, Mapping] = field(default_factory=dict)
    frozen: Mapping[str, Mapping] = field(default_factory=dict)
    house: Mapping[str, Any] = field(default_factory=dict)
    figure_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cleared: Sequence[Mapping[str, str]] = ()
    recodes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    sets: Mapping[str, Mapping] = field(default_factory=dict)

    @property
    def cohort(self) -> Cohort:
        """The measurements and tables of the cohort."""
        return Cohort.of(self.config)

    def outcomes_of(self, study: str, *keys: str) -> dict[str, dict]:
        """A study's background, problems at T0, outcomes and scales of its appendix, with these keys of each.

        A margin of the study's plan goes before that of config/outcomes.yaml.
        """
        chosen = self.studies[study]
        outcomes = {name: self.outcomes[name] for name in named_outcomes(chosen)}
        outcomes |= subscales(chosen, self.instruments)
        margins = self.plans.get(study, {}).get("margins", {})
        for name in outcomes.keys() & margins.keys():
            own = {"margin": margins[name]["value"], "margin_source": margins[name]["source"]}
            outcomes[name] = {**outcomes[name], **own}
        return {name: {key: spec[key] for key in keys or spec if key in spec} for name, spec in outcomes.items()}

    def outcomes_over_time(self, study: str) -> dict[str, dict]:
        """The outcomes of a study that are compared over time, with what the planning needs of each."""
        keys = ("variable", "unit", "kind", "section", "measured", "label", "measure", "decimals", "margin")
        outcomes = self.outcomes_of(study, *keys)
        reported = {name: outcomes[name] for name in self.studies[study]["outcomes"]}
        return {name: reported[name] for name in compared_over_time(outcomes_from(reported))}

    def outcomes_to_show(self, study: str) -> dict[str, dict]:
        """The same, with what of its variable tells what follows from it: of whom it is, what it is the sum of, and
        what else is made from the same answers.
        """
        found, covariates = self.outcomes_of(study), self.classification["covariates"]
        for name, spec in found.items():
            variable = spec["variable"]
            shared = lineage.shared_questions(variable, self.instruments)
            facts = {
                "parts": lineage.parts_of(variable, self.instruments),
                "shared_questions": shared,
                "largest_answer": lineage.largest_answer(variable, self.instruments) if shared else 0,
                "of_youth": lineage.only_youth_answers(variable, self.instruments),
                "persons": lineage.persons_of(variable, self.classification["variables"]),
                "covariates": lineage.same_source(variable, covariates, self.classification),
                "scores": tuple(sorted(lineage.scores_behind(variable.removesuffix(".t"), self.classification))),
            }
            found[name] = {**spec, **{key: fact for key, fact in facts.items() if fact}}
        return found

    def planned_now(self, study: str) -> dict[str, Any] | None:
        """The plan of a study as it is in force (plans.resolve), frozen or not; None where it has none."""
        if study not in self.plans:
            return None
        return resolved(self.plans[study], self.studies[study], self.outcomes_of(study), self.classification)

    def primary_of(self, study: str) -> list[str]:
        """The primary outcomes of the frozen plan that a study follows, as far as it still reports them."""
        if study not in self.frozen:
            return []
        primary = followed(versions_of(self.frozen[study])).plan["primary"]
        return [name for name in primary if name in self.studies[study]["outcomes"]]

    def beside(self, study: str) -> list[str]:
        """The studies of the same cohort whose reports go out before or with that of a study, sorted."""
        return sorted(self.studies[study].get("published_beside", []))

    def studies_of_set(self, name: str) -> dict[str, dict[str, Any]]:
        """Study → what the page of a set needs to know of it: strategy, estimand, outcomes and which it reports."""
        keys = ("variable", "unit", "kind", "section", "measured", "better", "margin")
        return {
            study: {
                "strategy": self.strategy_of(study),
                "estimand": self.estimand_of(study),
                "outcomes": self.outcomes_of(study, *keys),
                "reported": self.studies[study]["outcomes"],
            }
            for study in self.sets[name]["studies"]
        }

    def outcomes_of_set(self, name: str) -> dict[str, dict]:
        """The outcomes that any study of a set compares over time, as config/outcomes.yaml has them, in its order."""
        studies = self.sets[name]["studies"]
        reported = {outcome for study in studies for outcome in self.studies[study]["outcomes"]}
        over_time = compared_over_time(outcomes_from(self.outcomes))
        return {id: spec for id, spec in self.outcomes.items() if id in reported & over_time.keys()}

    def regions_without(self) -> list[str]:
        """The regions of the cohort that no study is of, sorted."""
        of_studies = {study["approach"]["regio"] for study in self.studies.values()}
        return sorted(set(self.config["regions"]) - of_studies)

    def estimand_of(self, study: str) -> str:
        """Over whom a study estimates: persons or households."""
        return self.studies[study].get("estimand", DEFAULT_ESTIMAND)

    def strategy_of(self, study: str) -> Mapping[str, Any]:
        """The strategy that a study has selected."""
        matching = self.studies[study]["matching"]
        return matching["strategies"][matching["selected"]]

    def design_of(self, study: str) -> str:
        """The design of the strategy that a study has selected."""
        return Strategy.of(self.strategy_of(study)).design

    def covariates_of(self, study: str) -> list[str]:
        """Covariates that any strategy of the study names, sorted."""
        strategies = self.studies[study]["matching"]["strategies"].values()
        return sorted({name for strategy in strategies for name in strategy["covariates"] + strategy["exact"]})

    def covariates_with(self, study: str) -> dict[str, list[str]]:
        """Outcome -> the covariates of the study that are made from some of the same answers."""
        variables = {name: self.classification["covariates"][name]["variable"] for name in self.covariates_of(study)}
        return self._with_answers_of_outcomes(study, {name: self._answers(of) for name, of in variables.items()})

    def risk_factors_with(self, study: str) -> dict[str, list[str]]:
        """Outcome -> the risk factors that are made from some of the same answers."""
        factors = self.classification["risk_factors"]
        return self._with_answers_of_outcomes(study, {name: self._answers(of["score"]) for name, of in factors.items()})

    def invented_of(self, study: str) -> list[str]:
        """The outcomes of a study that rest on an invented key or norm table."""
        cohort = {**self.classification, "instruments": self.instruments}
        statuses = {name: norm["status"] for name, norm in self.norms.items()}
        return [
            name
            for name in self.studies[study]["outcomes"]
            if any(lineage.invented(self.outcomes[name]["variable"], cohort, statuses))
        ]

    def _answers(self, variable: str) -> set[tuple[str, int]]:
        return lineage.answers_behind(variable, {**self.classification, "instruments": self.instruments})

    def _with_answers_of_outcomes(self, study: str, answers: Mapping[str, set]) -> dict[str, list[str]]:
        behind = {name: self._answers(self.outcomes[name]["variable"]) for name in self.studies[study]["outcomes"]}
        return {outcome: [name for name, of in answers.items() if of & own] for outcome, own in behind.items()}

    def instruments_of(self, variables: Iterable[str]) -> list[str]:
        """The instruments whose scores are among these variables, sorted."""
        return sorted({name.split(".")[0] for name in variables if "." in name})

    def scores_to_classify(self) -> list[str]:
        """Names of the scores that the classification of the cohort looks at."""
        parts = {name: self.classification[name] for name in ("violence", "variables", "risk_factors")}
        return scores_needed(**parts)

    def units_to_classify(self) -> dict[str, list[str]]:
        """Those scores, each with the units that it exists for."""
        units = scores_of(self.instruments)
        return {name: sorted(units[name]) for name in self.scores_to_classify() if name in units}

    def scores_of(self, study: str) -> list[str]:
        """Names of the scores that a study reports or matches on, sorted."""
        outcomes = self.outcomes_of(study, "variable", "about").values()
        named = [name for spec in outcomes for name in spec.values()]
        named += [self.classification["covariates"][name]["variable"] for name in self.covariates_of(study)]
        return sorted({name for name in named if "." in name})

    def scores_behind(self, study: str) -> list[str]:
        """The scores that a study's background and outcomes are made from."""
        variables = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        return [name for variable in variables for name in lineage.scores_behind(variable, self.classification)]

    def columns_behind(self, study: str) -> dict[str, list[str]]:
        """Table → the columns of its exports that a study's background and outcomes are made from."""
        variables = [spec["variable"] for spec in self.outcomes_of(study, "variable").values()]
        return lineage.columns_behind(variables, {**self.classification, "instruments": self.instruments})

    def exports_of(self, instrument: str) -> list[str]:
        """Exports that hold answers of an instrument."""
        definition = self.instruments[instrument]
        tables = dict.fromkeys(form["table"] for form in definition["forms"].values())
        return [f"{wave}_{table}" for table in tables for wave in self.cohort.waves_of(definition.get("waves"))]

    def approaches(self) -> list[str]:
        """The approaches that a household may be in: those of the studies, and those that the configuration lists."""
        named = [study["approach"]["aanpak"] for study in self.studies.values()]
        # sorted: a study of a listed approach changes nothing of the cohort
        return sorted({*named, *self.config["approaches"]})

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
            "plan": self._plan_followed(study),
        }

    def _plan_followed(self, study: str) -> dict[str, Any] | None:
        if study not in self.frozen:
            return None
        version = followed(versions_of(self.frozen[study]))
        return {"version": version.version, "frozen_at": version.frozen_at, "sha256": version.sha256}

    def corrections_digest(self, export: str) -> str:
        """lists.digest_of, as the corrections were when they were read."""
        return digest_of(self.corrections, export)

    @property
    def lists(self) -> dict[str, str | None]:
        """Where the lists beside the exports are, by the key of vocabulary.LISTS; None for one that is not there."""
        return {key: self.config[key] for key in LISTS}

    def recodes_digest(self, export: str) -> str:
        """The same of the recodes."""
        return digest_of(self.recodes.values(), export)
