# REQUIRED INPUTS: raw exports, corrections.csv and recodes.csv beside them, config/variables.csv, resources/exports/
# OUTPUTS: results/cohort/check/: <export>.json, and what is odd, missing or changed (warnings.csv, never_given.csv,
#          answers.csv, corrections.csv, recodes.csv); results/cohort/ingest/<export>.parquet (person-level)
# Checking is a rule of its own because Snakemake removes a rule's results before it runs: a mistake in an
# export then costs the check alone, and every earlier result stays.
rule check_exports:
    """Check the raw exports, and replace their ids by pseudonyms; every problem of every export is listed."""
    input:
        raw=raw_files,
        codebooks=expand("resources/exports/{table}.yaml", table=TABLES),
        code=code("check_exports"),
        lock=LOCK,
    output:
        temp(directory("results/cohort/checked_exports")),
    log:
        "results/logs/check_exports.log",
    conda:
        "../../envs/conda.yaml"
    threads: 8
    params:
        rules=taking_in,
        seed=SETTINGS.config["seed"],
        key_file=SETTINGS.config["pseudonym_key_file"],
        own_exports=SETTINGS.config["raw_dir"] is not None,
        key_fingerprint=fingerprint(PSEUDONYM_KEY),
    script:
        "../scripts/check_exports.py"


rule ingest_exports:
    """Put the checked exports where the earlier ones stand."""
    input:
        checked="results/cohort/checked_exports",
        code=code("ingest_exports"),
        lock=LOCK,
    output:
        # those of before stay where an export is replaced between its check and this
        tables=update(expand("results/cohort/ingest/{export}.parquet", export=EXPORTS)),
        manifests=update(expand("results/cohort/check/{export}.json", export=EXPORTS)),
    log:
        "results/logs/ingest_exports.log",
    conda:
        "../../envs/conda.yaml"
    params:
        rules=taking_in,
        folder=RAW_FOLDER,
        lists=SETTINGS.lists,
    script:
        "../scripts/ingest_exports.py"


rule check_cohort:
    """Check that persons and households are the same over all exports, and count what is odd or missing."""
    input:
        tables=expand("results/cohort/ingest/{export}.parquet", export=EXPORTS),
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        codebooks=expand("resources/exports/{table}.yaml", table=TABLES),
        code=code("check_cohort"),
        lock=LOCK,
    output:
        warnings="results/cohort/check/warnings.csv",
        never_given="results/cohort/check/never_given.csv",
        answers="results/cohort/check/answers.csv",
        corrections="results/cohort/check/corrections.csv",
        recodes="results/cohort/check/recodes.csv",
    log:
        "results/logs/check_cohort.log",
    conda:
        "../../envs/conda.yaml"
    params:
        waves=WAVES,
    script:
        "../scripts/check_cohort.py"
