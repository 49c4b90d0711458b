# REQUIRED INPUTS: the result tables of a study, and what others of its cohort and earlier versions tell
# OUTPUTS: results/<study>/release/withheld.json: numbers that are not published, because a small one would follow from them;
#          told.json: what the report tells, for the audit of others; audit.json and vrijgave.html: for the person who
#          releases it. All of them stay inside.
rule protect_study:
    """Work out what a reader could, from all that a study publishes, and withhold what would tell of a few people."""
    input:
        unpack(tables_of_study),
        unpack(flow_of_households),
        beside=lambda wildcards: [
            f"results/{study}/release/told.json"
            for study in SETTINGS.beside(wildcards.study)
        ],
        earlier=lambda wildcards: registered(wildcards.study),
        code=code("protect_study"),
        lock=LOCK,
    output:
        withheld="results/{study}/release/withheld.json",
        told="results/{study}/release/told.json",
        audit="results/{study}/release/audit.json",
    log:
        "results/logs/protect_study/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study("outcomes", "approach", "matching"),
        outcomes=lambda wildcards: SETTINGS.outcomes_to_show(wildcards.study),
        privacy=SETTINGS.config["privacy"],
    script:
        "../scripts/protect_study.py"


rule write_release:
    """Write the page for the person who releases a report: what it publishes, and what it hides and why."""
    input:
        audit="results/{study}/release/audit.json",
        earlier=lambda wildcards: registered(wildcards.study),
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        words=f"{PAGES}/release/release.nl.yaml",
        texts=REPORT_WORDS,
        template=f"{PAGES}/release/vrijgave.html.j2",
        style="results/style.css",
        code=code("write_release"),
        lock=LOCK,
    output:
        page="results/{study}/release/vrijgave.html",
    log:
        "results/logs/write_release/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study(
            *("study", "title", "region_label", "report_date", "approach"),
            *("control_label", "rest_label", "matching", "follow_up"),
        ),
        outcomes=lambda wildcards: SETTINGS.outcomes_of(wildcards.study),
        beside=lambda wildcards: [
            f"{SETTINGS.studies[study]['title']}: {SETTINGS.studies[study]['region_label']}"
            for study in SETTINGS.beside(wildcards.study)
        ],
        privacy=SETTINGS.config["privacy"],
    script:
        "../scripts/write_release.py"
