# REQUIRED INPUTS: results/cohort/ingest/<export>.parquet, resources/instruments/<instrument>.yaml
# OUTPUTS: results/cohort/score/<instrument>.parquet (person-level), <instrument>_reliability.csv
rule score_instrument:
    """Score one questionnaire in all waves."""
    input:
        definition="resources/instruments/{instrument}.yaml",
        tables=lambda wildcards: [
            f"results/cohort/ingest/{export}.parquet"
            for export in SETTINGS.exports_of(wildcards.instrument)
        ],
        code=code("score_instrument"),
        lock=LOCK,
    output:
        scores="results/cohort/score/{instrument}.parquet",
        reliability="results/cohort/score/{instrument}_reliability.csv",
    log:
        "results/logs/score_instrument/{instrument}.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/score_instrument.py"
