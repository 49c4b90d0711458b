import re
from dataclasses import replace

import pytest
from given.paths import ROOT

from effectstudie.definitions.load import load
from effectstudie.running.results import ANALYSES, CHECKS, STAGES, Results
from effectstudie.shared.yaml_files import read_yaml

RULES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "workflow/rules").glob("*.smk")))


@pytest.fixture(scope="module")
def results():
    return Results(load(read_yaml(ROOT / "config/config.yaml"), ROOT, check=False))


def as_in_rules(path, settings):
    """A path as a rule writes it, with a wildcard for the study, version, export, instrument and strategy."""
    named = {
        "strategy": [name for study in settings.studies.values() for name in study["matching"]["strategies"]],
        "study": list(settings.studies),
        "instrument": list(settings.instruments),
    }
    for name in settings.sets:
        if path.startswith(f"results/{name}/"):
            return path.replace(name, "{set}")
    path = re.sub(r"cohort/(ingest|check)/(?:huishoudens|T\d_\w+)\.", r"cohort/\1/{export}.", path)
    path = re.sub(r"_intern(?=[^a-z]|$)|(?<=report)(?=/)|(?<=render)$|(?<=texts|hecks)(?=\.json)", "{version}", path)
    path = re.sub(r"(?<=_)(huishoudens|volwassenen|kinderen|jeugd)(?=[._])", "{file}", path)
    path = re.sub(r"(report\{version\}/\w+?)(?=\.|_kwaliteit)", r"\1{version}", path)
    for wildcard, names in named.items():
        path = re.sub(rf"/({'|'.join(names)})(?=[/._{{]|$)", f"/{{{wildcard}}}", path)
    return path


def test_every_file_that_is_archived_or_asked_for_is_made_by_a_rule(results):
    asked = [
        file
        for files, _ in [*results.menu("groningen").values(), *results.menu("landelijk").values()]
        for file in files
    ]
    kept = [*results.published("groningen"), *results.internal("groningen")]
    tables = [*results.persons("groningen"), *results.groups("groningen")]
    paths = {as_in_rules(path, results.settings) for path in [*asked, *kept, *tables]}
    assert len(paths) >= 38
    assert sorted(path for path in paths if f'"{path}"' not in RULES) == []


def test_every_result_that_is_a_folder_is_looked_at_for_what_it_lacks(results):
    folders = set(re.findall(r'directory\("(.+?)"\)', RULES))
    assert len(folders) == 3 and {as_in_rules(path, results.settings) for path in results.folders()} == folders


def test_the_tables_of_a_rule_are_all_archived():
    made = re.findall(r'(\w+)="results/(?:cohort/check|{study}/analysis)/(\w+)\.csv"', RULES.replace("code=", ""))
    assert {name for key, name in made if key == name} - set(ANALYSES) - set(CHECKS) == set()


def test_persons_are_in_no_list_of_what_may_be_published(results):
    public = set(results.published("groningen"))
    assert public.isdisjoint([*results.persons("groningen"), *results.groups("groningen")])
    assert not [path for path in public if "_intern" in path or path.endswith(".parquet")]
    assert all("_intern" in path for path in results.internal("groningen"))


def test_the_data_to_work_on_with_are_in_no_list_of_an_archive_and_in_no_other_target(results):
    data = results.data("groningen")
    kinds = [results.published, results.internal, results.persons, results.groups]
    others = [files for name, (files, _) in results.menu("groningen").items() if name != "data_groningen"]
    kept = {path for files in [*(of("groningen") for of in kinds), *others] for path in files}
    assert kept.isdisjoint(data) and not [path for path in kept if path.startswith("results/groningen/data")]
    assert data[:2] == ["results/groningen/data/leesmij.txt", "results/groningen/data/groningen_huishoudens.sav"]
    assert len(data) == 1 + 3 * 3  # nobody of a kind that the study has no outcome of


def test_a_person_can_ask_for_every_stage_of_a_study_and_is_told_what_it_is(results):
    menu = results.menu("groningen")
    assert list(menu) == [*(f"{stage}_groningen" for stage in STAGES), "report_groningen_intern"]
    assert all(files and told.endswith((".", "?")) for files, told in menu.values())
    assert results.selected("groningen", "matched.parquet") in menu["match_groningen"][0]
    assert "results/cohort/score/tsc.parquet" not in menu["score_groningen"][0]


def test_the_effect_with_covariates_imputed_is_of_a_study_that_asks_for_it(results):
    path = "results/groningen/analysis/imputed.csv"
    lists = (results.groups, lambda study: results.menu(study)[f"analyse_{study}"][0], results.imputed)
    assert not any(path in files("groningen") for files in lists)
    settings = results.settings
    studies = {**settings.studies, "groningen": {**settings.studies["groningen"], "imputation": {"m": 20}}}
    asks = Results(replace(settings, studies=studies))
    lists = (asks.groups, lambda study: asks.menu(study)[f"analyse_{study}"][0], asks.imputed)
    assert all(path in files("groningen") for files in lists)
    assert as_in_rules(path, settings) in RULES and asks.imputed("haaglanden") == []
