# REQUIRED INPUTS: results/cohort/score/, results/cohort/ingest/, resources/classification/
# OUTPUTS: results/cohort/classify/variables.parquet, participation.parquet (person-level)
rule classify_cohort:
    """Make violence classes, yes/no variables, risk factors and household totals from the scores."""
    input:
        scores=RESULTS.scores(SETTINGS.scores_to_classify()),
        tables=expand("results/cohort/ingest/{export}.parquet", export=EXPORTS),
        violence="resources/classification/violence.yaml",
        variables="resources/classification/variables.yaml",
        risk_factors="resources/classification/risk_factors.yaml",
        code=code("classify_cohort"),
        lock=LOCK,
    output:
        # those of before stay where no score behind them changed
        variables=update("results/cohort/classify/variables.parquet"),
        participation=update("results/cohort/classify/participation.parquet"),
    log:
        "results/logs/classify_cohort.log",
    conda:
        "../../envs/conda.yaml"
    params:
        first_wave=WAVES[0],
        known=SETTINGS.units_to_classify(),
        record=f"results/cohort/classify/{RECORD}",
    script:
        "../scripts/classify_cohort.py"
