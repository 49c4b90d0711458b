# REQUIRED INPUTS: results/<study>/select/households.parquet
# OUTPUTS: results/<study>/matching/<strategy>/matched.parquet, covariates.parquet (both person-level), balance.csv, overlap.csv, unmatched.csv,
#          summary.json
rule match_households:
    """Find comparable control households by one strategy, with R's MatchIt, and check what it returns."""
    input:
        households="results/{study}/select/households.parquet",
        code=code("match_households"),
        lock=LOCK,
    output:
        matched="results/{study}/matching/{strategy}/matched.parquet",
        covariates="results/{study}/matching/{strategy}/covariates.parquet",
        balance="results/{study}/matching/{strategy}/balance.csv",
        overlap="results/{study}/matching/{strategy}/overlap.csv",
        unmatched="results/{study}/matching/{strategy}/unmatched.csv",
        summary="results/{study}/matching/{strategy}/summary.json",
    log:
        "results/logs/match_households/{study}_{strategy}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        strategy=lambda wildcards: SETTINGS.studies[wildcards.study]["matching"][
            "strategies"
        ][wildcards.strategy],
        seed=SETTINGS.config["seed"],
        r=installed_r(RSCRIPT),
        optmatch=optmatch_of,
    script:
        "../scripts/match_households.py"


# OUTPUTS: results/<study>/matching/variants.csv, variants.parquet (person-level)
rule match_variants:
    """Match again by the selected strategy with another ratio, caliper or order."""
    input:
        households="results/{study}/select/households.parquet",
        code=code("match_variants"),
        lock=LOCK,
    output:
        variants="results/{study}/matching/variants.csv",
        matched="results/{study}/matching/variants.parquet",
    log:
        "results/logs/match_variants/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        strategy=lambda wildcards: SETTINGS.studies[wildcards.study]["matching"][
            "strategies"
        ][SETTINGS.studies[wildcards.study]["matching"]["selected"]],
        seed=SETTINGS.config["seed"],
        r=installed_r(RSCRIPT),
        optmatch=optmatch_of,
    script:
        "../scripts/match_variants.py"
