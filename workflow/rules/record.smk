# REQUIRED INPUTS: a study's report and result tables, and every file that they are made with
# OUTPUTS: results/<study>/run.json: settings, exports, definitions, code and versions, by SHA-256; no times, no persons
# Last, so that it never tells of settings whose report failed.
rule record_run:
    """Write down what a study's report was made with, to compare runs."""
    input:
        report="results/{study}/report/{study}.html",
        render="results/{study}/render",
        descriptives="results/{study}/analysis/descriptives.csv",
        tests="results/{study}/analysis/tests.csv",
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        definitions=definition_files,
        texts=text_files,
        words=[
            *REPORT_WORDS,
            f"{PAGES}/report/choices.nl.yaml",
            f"{PAGES}/report/checks.nl.yaml",
            f"{PAGES}/quality/quality.nl.yaml",
        ],
        templates=[
            *REPORT_TEMPLATES,
            f"{PAGES}/quality/quality.html.j2",
            "resources/pages/style.css",
        ],
        program=program_files,
        code=code("record_run"),
        lock=LOCK,
    output:
        "results/{study}/run.json",
    log:
        "results/logs/record_run/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        settings=lambda wildcards: SETTINGS.set_for(wildcards.study),
        corrections={name: SETTINGS.corrections_digest(name) for name in EXPORTS},
    script:
        "../scripts/record_run.py"
