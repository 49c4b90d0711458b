# REQUIRED INPUTS: results/cohort/classify/, score/ and ingest/huishoudens.parquet; of T0 alone is enough
# OUTPUTS: results/<study>/power/power.html, start.csv, power.csv: what difference a study could find with how many
#          households. For those who plan it: in no archive and in no report.
# It selects by itself, for select_study refuses a study without a family of its approach.
rule write_power:
    """Work out from the cohort at T0 what difference a study could find, with how many households."""
    input:
        scores=lambda wildcards: RESULTS.scores(SETTINGS.scores_of(wildcards.study)),
        variables="results/cohort/classify/variables.parquet",
        participation="results/cohort/classify/participation.parquet",
        households="results/cohort/ingest/huishoudens.parquet",
        dated=dates_of_study,
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        words=f"{PAGES}/power/power.nl.yaml",
        labels=f"{PAGES}/report/labels.nl.yaml",
        template=f"{PAGES}/power/power.html.j2",
        style="results/style.css",
        code=code("write_power"),
        lock=LOCK,
    output:
        page="results/{study}/power/power.html",
        power_start="results/{study}/power/start.csv",
        power="results/{study}/power/power.csv",
    log:
        "results/logs/write_power/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study(
            *("study", "title", "region_label", "approach", "follow_up"),
            "risk_threshold",
        ),
        outcomes=lambda wildcards: SETTINGS.outcomes_over_time(wildcards.study),
        scores=lambda wildcards: SETTINGS.scores_of(wildcards.study),
        primary=lambda wildcards: SETTINGS.plans.get(wildcards.study, {}).get(
            "primary", []
        ),
        planning=lambda wildcards: SETTINGS.studies[wildcards.study].get("planning", {}),
        first_wave=WAVES[0],
        privacy=LIMITS,
    script:
        "../scripts/write_power.py"
