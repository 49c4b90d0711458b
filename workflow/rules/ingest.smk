# REQUIRED INPUTS: raw exports, corrections.csv and recodes.csv beside them, config/variables.csv, resources/exports/
# OUTPUTS: results/cohort/check/: <export>.json, and what is odd, missing or changed (warnings.csv, never_given.csv,
#          answers.csv, corrections.csv, recodes.csv); results/cohort/ingest/<export>.parquet (person-level)
# Checking is a rule of its own because Snakemake removes a rule's results before it runs: a mistake in an
# export then costs the check alone, and every earlier result stays.
INGESTED = {
    export: [
        f"results/cohort/ingest/{export}.parquet",
        f"results/cohort/check/{export}.json",
    ]
    for export in EXPORTS
}
OF_ALL_EXPORTS = ("warnings", "never_given", "answers", "corrections", "recodes")
# what was ingested from what: an export that is as it was is not read again
INGEST_RECORD = f"results/cohort/ingest/{RECORD}"


rule check_exports:
    """Check the raw exports, each and all together, and replace their ids by pseudonyms; every problem is listed."""
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
        waves=WAVES,
        earlier=INGESTED,
        record=INGEST_RECORD,
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
        of_all=update(expand("results/cohort/check/{table}.csv", table=OF_ALL_EXPORTS)),
    log:
        "results/logs/ingest_exports.log",
    conda:
        "../../envs/conda.yaml"
    params:
        rules=taking_in,
        folder=RAW_FOLDER,
        lists=SETTINGS.lists,
        record=INGEST_RECORD,
    script:
        "../scripts/ingest_exports.py"
