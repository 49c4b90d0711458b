# REQUIRED INPUTS: results/<study>/select/analysis.parquet, the matched households of the selected strategy
# OUTPUTS: results/<study>/analysis/descriptives.csv, tests.csv: the source of every number downstream; beside them whether
#          conclusions hold (sensitivity, verdicts, robustness), for whom (moderation) and who was lost (attrition)
rule analyse_outcomes:
    """Describe and test the background and the outcomes of a study."""
    input:
        analysis="results/{study}/select/analysis.parquet",
        waves="results/{study}/select/waves.parquet",
        matched=lambda wildcards: RESULTS.selected(wildcards.study, "matched.parquet"),
        variants="results/{study}/matching/variants.parquet",
        code=code("analyse_outcomes"),
        lock=LOCK,
    output:
        descriptives="results/{study}/analysis/descriptives.csv",
        tests="results/{study}/analysis/tests.csv",
        sensitivity="results/{study}/analysis/sensitivity.csv",
        verdicts="results/{study}/analysis/verdicts.csv",
        robustness="results/{study}/analysis/robustness.csv",
        moderation="results/{study}/analysis/moderation.csv",
        moderation_cells="results/{study}/analysis/moderation_cells.csv",
        attrition="results/{study}/analysis/attrition.csv",
    log:
        "results/logs/analyse_outcomes/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study,
            "unit",
            "kind",
            "section",
            "measured",
            "classes",
            "norm",
            "counts",
        ),
        problems=lambda wildcards: SETTINGS.studies[wildcards.study].get("problems", []),
        reported=lambda wildcards: SETTINGS.studies[wildcards.study]["outcomes"],
        follow_up=lambda wildcards: SETTINGS.studies[wildcards.study]["follow_up"][
            "waves"
        ],
        waves=WAVES,
        effect_sizes=SETTINGS.config["effect_sizes"],
        fisher_for=SETTINGS.config["fisher_exact_for"],
        r=installed_r(),
    script:
        "../scripts/analyse_outcomes.py"
