# REQUIRED INPUTS: results/<study>/select/households.parquet, analysis.parquet
# OUTPUTS: results/<study>/analysis/imputed.csv, of a study with the key imputation in its file
rule impute_matching:
    """Impute missing covariates with R's mice, match in each imputation, and pool the effects."""
    input:
        households="results/{study}/select/households.parquet",
        analysis="results/{study}/select/analysis.parquet",
        code=code("impute_matching"),
        lock=LOCK,
    output:
        "results/{study}/analysis/imputed.csv",
    log:
        "results/logs/impute_matching/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        m=lambda wildcards: SETTINGS.studies[wildcards.study]["imputation"]["m"],
        strategy=lambda wildcards: SETTINGS.studies[wildcards.study]["matching"][
            "strategies"
        ][SETTINGS.studies[wildcards.study]["matching"]["selected"]],
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study, "variable", "unit", "kind", "section", "measured"
        ),
        reported=lambda wildcards: SETTINGS.studies[wildcards.study]["outcomes"],
        estimand=lambda wildcards: SETTINGS.estimand_of(wildcards.study),
        seed=SETTINGS.config["seed"],
        r=installed_r(RSCRIPT),
        mice=mice_of,
        optmatch=optmatch_of,
    script:
        "../scripts/impute_matching.py"
