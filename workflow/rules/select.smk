# REQUIRED INPUTS: results/cohort/classify/, results/cohort/ingest/huishoudens.parquet
# OUTPUTS: results/<study>/select/analysis.parquet, waves.parquet, households.parquet (person-level);
#          cohort.json: households of the cohort by their role
rule select_study:
    """Choose a study's households and measurements, and what households are matched on."""
    input:
        scores=lambda wildcards: RESULTS.scores(SETTINGS.scores_of(wildcards.study)),
        variables="results/cohort/classify/variables.parquet",
        participation="results/cohort/classify/participation.parquet",
        households="results/cohort/ingest/huishoudens.parquet",
        dated=dates_of_study,
        covariates="resources/classification/covariates.yaml",
        code=code("select_study"),
        lock=LOCK,
    output:
        analysis="results/{study}/select/analysis.parquet",
        waves="results/{study}/select/waves.parquet",
        households="results/{study}/select/households.parquet",
        cohort="results/{study}/select/cohort.json",
    log:
        "results/logs/select_study/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study("approach", "follow_up", "risk_threshold"),
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study, "variable", "unit", "measured", "about"
        ),
        scores=lambda wildcards: SETTINGS.scores_of(wildcards.study),
        covariates=lambda wildcards: SETTINGS.covariates_of(wildcards.study),
        first_wave=WAVES[0],
    script:
        "../scripts/select_study.py"
