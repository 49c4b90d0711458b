# REQUIRED INPUTS: results/cohort/ingest/<export>.parquet, resources/instruments/, resources/norms/
# OUTPUTS: results/cohort/score/<instrument>.parquet (person-level), <instrument>_reliability.csv
# One job for all questionnaires: to start a job costs more than to score one.
rule score_cohort:
    """Score every questionnaire in all waves."""
    input:
        definitions=[SETTINGS.definition_files[name] for name in INSTRUMENTS],
        tables=[
            f"results/cohort/ingest/{export}.parquet"
            for export in EXPORTS
            if export != "huishoudens"
        ],
        norms=[NORMS[name]["path"] for name in sorted(NORMS)],
        code=code("score_cohort"),
        lock=LOCK,
    output:
        # those of before stay: an instrument of which no answer changed is not scored again
        scores=update(
            expand("results/cohort/score/{instrument}.parquet", instrument=INSTRUMENTS)
        ),
        reliability=update(
            expand(
                "results/cohort/score/{instrument}_reliability.csv",
                instrument=INSTRUMENTS,
            )
        ),
    log:
        "results/logs/score_cohort.log",
    conda:
        "../../envs/conda.yaml"
    params:
        exports={name: SETTINGS.exports_of(name) for name in INSTRUMENTS},
        norms=NORMS,
        cohort=COHORT,
        record=f"results/cohort/score/{RECORD}",
    script:
        "../scripts/score_cohort.py"
