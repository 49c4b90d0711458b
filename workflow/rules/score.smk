# REQUIRED INPUTS: results/cohort/ingest/<export>.parquet, resources/instruments/, resources/norms/
# OUTPUTS: results/cohort/score/<instrument>.parquet (person-level), <instrument>_reliability.csv
rule score_instrument:
    """Score one questionnaire in all waves."""
    input:
        definition=lambda wildcards: SETTINGS.definition_files[wildcards.instrument],
        tables=lambda wildcards: [
            f"results/cohort/ingest/{export}.parquet"
            for export in SETTINGS.exports_of(wildcards.instrument)
        ],
        norm=lambda wildcards: [
            norm["path"]
            for name, norm in NORMS.items()
            if name == wildcards.instrument
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
    params:
        norm=lambda wildcards: NORMS.get(wildcards.instrument),
    script:
        "../scripts/score_instrument.py"
