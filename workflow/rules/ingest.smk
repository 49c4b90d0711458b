# REQUIRED INPUTS: raw exports, corrections.csv beside them, config/variables.csv, resources/codebook/
# OUTPUTS: results/cohort/check/: <export>.json, and what is odd, missing or corrected (warnings.csv, never_given.csv,
#          answers.csv, corrections.csv); results/cohort/ingest/<export>.parquet (person-level)
# Checking is a rule of its own because Snakemake removes a rule's results before it runs: a mistake in an
# export then costs the check alone, and every earlier result stays.
rule check_export:
    """Check one raw export; every problem in it is listed."""
    input:
        raw=raw_file,
        codebook=codebook_file,
        code=code("check_export"),
        lock=LOCK,
    output:
        manifest="results/cohort/check/{export}.json",
    log:
        "results/logs/check_export/{export}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        rules=taking_in,
    script:
        "../scripts/check_export.py"


rule ingest_export:
    """Take one checked export in, with pseudonyms for its ids."""
    input:
        raw=raw_file,
        codebook=codebook_file,
        checked="results/cohort/check/{export}.json",
        code=code("ingest_export"),
        lock=LOCK,
    output:
        table="results/cohort/ingest/{export}.parquet",
    log:
        "results/logs/ingest_export/{export}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        rules=taking_in,
        seed=SETTINGS.config["seed"],
        key_file=SETTINGS.config["pseudonym_key_file"],
        key_fingerprint=fingerprint(PSEUDONYM_KEY),
    script:
        "../scripts/ingest_export.py"


rule check_cohort:
    """Check that persons and households are the same over all exports, and count what is odd or missing."""
    input:
        tables=expand("results/cohort/ingest/{export}.parquet", export=EXPORTS),
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        codebooks=expand("resources/codebook/{table}.yaml", table=settings.TABLES),
        code=code("check_cohort"),
        lock=LOCK,
    output:
        warnings="results/cohort/check/warnings.csv",
        never_given="results/cohort/check/never_given.csv",
        answers="results/cohort/check/answers.csv",
        corrections="results/cohort/check/corrections.csv",
    log:
        "results/logs/check_cohort.log",
    conda:
        "../../envs/conda.yaml"
    params:
        waves=WAVES,
    script:
        "../scripts/check_cohort.py"
