"""What is asked of a run names studies that exist."""

import pytest

from effectstudie.running.targets import check_targets, refuse_without_follow_up
from effectstudie.shared.errors import ConfigError


def test_targets_of_studies_that_exist_are_right():
    check_targets(["--cores", "8", "report_groningen", "results/cohort/score/ace.parquet"], {"groningen": {}})
    check_targets(["results/groningen/select/analysis.parquet", "-n", "all"], {"groningen": {}})
    check_targets(["--until", "check_exports"], {"groningen": {}}, rules=["check_exports"])


@pytest.mark.parametrize(
    "target", ["report_gronigen", "data_gronigen", "archive_gronigen_intern", "results/gronigen/report/gronigen.html"]
)
def test_a_misspelt_study_in_a_target_gets_the_studies_that_exist(target):
    with pytest.raises(ConfigError) as error:
        check_targets([target], {"groningen": {}, "haaglanden": {}})
    assert str(error.value) == (
        "There is no study 'gronigen'. Did you mean 'groningen'? The studies are: groningen, haaglanden; "
        "a new one is a file in config/studies/."
    )


def test_a_study_without_a_follow_up_can_be_planned_and_not_compared():
    refuse_without_follow_up("groningen", {"waves": ["T1"]})
    with pytest.raises(ConfigError, match="groningen has nothing to compare yet.* ask for power_groningen"):
        refuse_without_follow_up("groningen", {"waves": []})


def test_a_snakemake_report_of_an_internal_version_is_refused():
    check_targets(["report_groningen", "--report", "run.html"], {"groningen": {}})
    with pytest.raises(ConfigError, match="leave out the targets that end in _intern"):
        check_targets(["report_groningen_intern", "--report", "run.html"], {"groningen": {}})
