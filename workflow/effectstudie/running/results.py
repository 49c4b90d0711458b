"""Where the results of a study stand, and what a person can ask for of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from effectstudie.definitions.settings import Settings
from effectstudie.own_analysis.variables import FILES
from effectstudie.shared.messages.dutch import in_dutch
from effectstudie.shared.messages.sentences import say

COHORT = "results/cohort"
CHECKS = ("warnings", "never_given", "answers", "corrections", "recodes")
ANALYSES = (
    *("descriptives", "tests", "sensitivity", "verdicts", "robustness"),
    *("moderation", "moderation_cells", "attrition", "estimates", "balance_analysed", "reliable_change"),
    *("within_groups", "within_verdicts", "by_risk", "levels", "follow_up_waves"),
)

# What can be asked for of a study, as report_groningen, and what `--list` says of it.
STAGES = {
    "ingest": say("Check the exports, and take them in under pseudonyms."),
    "score": say("Score the questionnaires that the study reports on."),
    "classify": say("Violence classes, yes/no variables and risk factors."),
    "match": say("Matched control households, by every strategy of the study."),
    "analyse": say("The result tables: descriptives, tests, and whether they hold."),
    "figures": say("The figures, as .svg, .png and their data."),
    "tables": say("The tables of the report, as .csv and in one workbook."),
    "quality": say("What came in, what is missing or odd, and who was left out."),
    "check": say("Can these numbers be, and do figures show what the tables have?"),
    "report": say("The report, as HTML, PDF and for Word, and all that it needs."),
    "power": say("Before a study: what difference it could find, with how many households. For internal use."),
    "data": say("Persons and households for SPSS, R and Excel, under pseudonyms: confidential, not to be published."),
}
# What can be asked for of a set of studies, as report_landelijk.
OF_SET = {
    "analyse": say("The result tables of all regions together."),
    "report": say("All regions together, as a web page and PDF, with the report of each."),
}
# What can be asked for of all studies together, as changes.
CHANGES = "results/release/sinds_vrijgave.html"
CHANGES_TOLD = say("What is new in all studies since their last releases, and which published conclusions turned.")
# The archives of a run, by how the target ends.
ARCHIVED = {
    "": say("A study's run in one file that may be published: report, tables, code, and checksums of the rest."),
    "_intern": say("The same with persons, under pseudonyms, and all counts: confidential, not to be published."),
}


@dataclass(frozen=True)
class Results:
    """Paths of results, from the project's folder."""

    settings: Settings

    def report(self, study: str, version: str = "") -> list[str]:
        """The report to publish, or with version "_intern" the one with small cells, which never leaves the institute.

        Its summary alone, the page on the quality of the data and the workbook with all tables are part of it.
        """
        kinds = (".html", ".pdf", ".docx", "_kwaliteit.html")
        beside = ("_samenvatting{}.html", "_samenvatting{}.pdf", "_tabellen{}.xlsx")
        names = [*(f"{study}{version}{kind}" for kind in kinds), *(study + name.format(version) for name in beside)]
        return [f"results/{study}/report{version}/{name}" for name in names]

    def scores(self, names: Iterable[str]) -> list[str]:
        """The tables that hold these scores."""
        return [f"{COHORT}/score/{instrument}.parquet" for instrument in self.settings.instruments_of(names)]

    def reliability(self, study: str) -> list[str]:
        """The reliability of the instruments that a study reports on."""
        instruments = self.settings.instruments_of(self.settings.scores_behind(study))
        return [f"{COHORT}/score/{instrument}_reliability.csv" for instrument in instruments]

    def matching(self, study: str, *names: str) -> list[str]:
        """These results of every strategy of the study."""
        strategies = sorted(self.settings.studies[study]["matching"]["strategies"])
        return [f"results/{study}/matching/{strategy}/{name}" for strategy in strategies for name in names]

    def selected(self, study: str, name: str) -> str:
        """A result of the matching that the study's analyses use."""
        return f"results/{study}/matching/{self.settings.studies[study]['matching']['selected']}/{name}"

    def imputed(self, study: str) -> list[str]:
        """The effect with missing covariates imputed, of a study that asks for it."""
        return [f"results/{study}/analysis/imputed.csv"] if "imputation" in self.settings.studies[study] else []

    def published(self, study: str) -> list[str]:
        """What may be published of a study: its report with all that is in it, and how each variable is made."""
        return [
            *(f"results/{study}/{name}" for name in ("render", "texts.json", "checks.json")),
            *self.report(study),
            *(f"results/codebook/codebook.{kind}" for kind in ("html", "csv")),
        ]

    def internal(self, study: str) -> list[str]:
        """The same with small cells."""
        files = [f"results/{study}/{name}" for name in ("render_intern", "texts_intern.json")]
        return [*files, *self.report(study, "_intern")]

    def persons(self, study: str) -> list[str]:
        """The tables of persons, under pseudonyms, that a study is made from."""
        return [
            *(f"{COHORT}/ingest/{export}.parquet" for export in self._exports()),
            *(f"{COHORT}/score/{instrument}.parquet" for instrument in sorted(self.settings.instruments)),
            *(f"{COHORT}/classify/{name}.parquet" for name in ("variables", "participation")),
            *(f"results/{study}/select/{name}.parquet" for name in ("analysis", "waves", "households")),
            *self.matching(study, "matched.parquet", "covariates.parquet"),
            f"results/{study}/matching/variants.parquet",
        ]

    def groups(self, study: str) -> list[str]:
        """What of a study and its cohort shows every count, small ones and those of the exports included."""
        return [
            *(f"{COHORT}/check/{export}.json" for export in self._exports()),
            *(f"{COHORT}/check/{name}.csv" for name in CHECKS),
            *(f"{COHORT}/score/{instrument}_reliability.csv" for instrument in sorted(self.settings.instruments)),
            f"results/{study}/select/cohort.json",
            f"results/{study}/matching/variants.csv",
            *self.matching(study, "balance.csv", "overlap.csv", "unmatched.csv", "summary.json"),
            *(f"results/{study}/analysis/{name}.csv" for name in ANALYSES),
            *self.imputed(study),
            f"results/{study}/run.json",
            *(
                f"results/{study}/release/{name}"
                for name in ("withheld.json", "told.json", "audit.json", "vrijgave.html")
            ),
        ]

    def data_units(self, study: str) -> list[str]:
        """The kinds of units that a study has outcomes of."""
        units = {spec["unit"] for spec in self.settings.outcomes_of(study, "unit").values()}
        return [unit for unit in FILES if unit in units]

    def data(self, study: str) -> list[str]:
        """What an analyst works on with: persons, which go in no archive and in no report."""
        folder, endings = f"results/{study}/data", (".sav", ".csv", "_codeboek.csv")
        files = [f"{study}_{FILES[unit]}{ending}" for unit in self.data_units(study) for ending in endings]
        return [f"{folder}/{name}" for name in ("leesmij.txt", *files)]

    def folders(self) -> list[str]:
        """Results that are folders."""
        versions = [f"{study}/render{version}" for study in self.settings.studies for version in ("", "_intern")]
        versions += [f"{name}/render" for name in self.settings.sets]
        return [f"{COHORT}/checked_exports", *(f"results/{version}" for version in versions)]

    def menu(self, study: str) -> dict[str, tuple[list[str], str]]:
        """What a person can ask for of a study, a stage at a time: target → its files, and what `--list` says of it.

        Of a set of studies its page, and the tables behind it.
        """
        if study in self.settings.sets:
            return {
                f"{stage}_{study}": (files, in_dutch(OF_SET[stage])) for stage, files in self._of_set(study).items()
            }
        folder, ingested = f"results/{study}", [f"{COHORT}/ingest/{export}.parquet" for export in self._exports()]
        files = {
            "ingest": [*ingested, f"{COHORT}/check/warnings.csv"],
            "score": self.scores(self.settings.scores_behind(study)),
            "classify": [f"{COHORT}/classify/variables.parquet"],
            "match": [*self.matching(study, "matched.parquet"), f"{folder}/matching/variants.csv"],
            "analyse": [f"{folder}/analysis/tests.csv", *self.imputed(study)],
            "figures": [f"{folder}/render"],
            "tables": [f"{folder}/render", f"{folder}/report/{study}_tabellen.xlsx"],
            "quality": [f"{folder}/report/{study}_kwaliteit.html"],
            "check": [f"{folder}/checks.json"],
            "report": [
                *self.report(study),
                *(f"{folder}/{name}" for name in ("release/vrijgave.html", "release/sinds_vrijgave.html", "run.json")),
            ],
            "power": [f"{folder}/power/{name}" for name in ("power.html", "start.csv", "power.csv")],
            "data": self.data(study),
        }
        internal = say("The same with small cells: confidential, not to be published.")
        menu = {f"{stage}_{study}": (files[stage], in_dutch(told)) for stage, told in STAGES.items()}
        return {**menu, f"report_{study}_intern": (self.report(study, "_intern"), in_dutch(internal))}

    def report_of_set(self, name: str) -> list[str]:
        """The page of a set of studies."""
        return [f"results/{name}/report/{name}.{kind}" for kind in ("html", "pdf")]

    def _of_set(self, name: str) -> dict[str, list[str]]:
        reports = [file for study in self.settings.sets[name]["studies"] for file in self.report(study)]
        return {
            "analyse": [f"results/{name}/analysis/together.csv"],
            "report": [*reports, *self.report_of_set(name)],
        }

    def _exports(self) -> list[str]:
        return self.settings.cohort.exports
