# REQUIRED INPUTS: resources/demo/cohort.yaml, resources/exports/
# OUTPUTS: results/demo_cohort/<export>.sav, the contract of the raw exports
checkpoint make_demo_cohort:
    """Write the raw exports of the synthetic demonstration cohort."""
    input:
        definition="resources/demo/cohort.yaml",
        codebooks=expand("resources/exports/{table}.yaml", table=TABLES),
        code=code("make_demo_cohort"),
        lock=LOCK,
    output:
        # those of before stay where the new ones cannot be made
        update(expand(f"{DEMO_FOLDER}/{{export}}.sav", export=EXPORTS)),
    log:
        "results/logs/make_demo_cohort.log",
    conda:
        "../../envs/conda.yaml"
    params:
        seed=SETTINGS.config["seed"],
        cohort=COHORT,
    script:
        "../scripts/make_demo_cohort.py"
