# REQUIRED INPUTS: a study's report and result tables, and every file that they are made with
# OUTPUTS: results/<study>/run.json: settings, exports, definitions, code and versions, by SHA-256; no times, no persons
# Last, so that it never tells of settings whose report failed.
PROGRAM_FILES = sources.program_files(PROGRAM, ".", STARTED)


rule record_run:
    """Write down what a study's report was made with, to compare runs."""
    input:
        report="results/{study}/report/{study}.html",
        render="results/{study}/render",
        descriptives="results/{study}/analysis/descriptives.csv",
        tests="results/{study}/analysis/tests.csv",
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        definitions=sources.definition_files(SETTINGS, NORMS.values()),
        texts=text_files,
        beside=beside_texts,
        plan=plan_files,
        words=[
            *REPORT_WORDS,
            "resources/words/texts.nl.yaml",
            f"{PAGES}/report/choices.nl.yaml",
            f"{PAGES}/report/checks.nl.yaml",
            f"{PAGES}/quality/quality.nl.yaml",
        ],
        templates=[
            *REPORT_TEMPLATES,
            f"{PAGES}/quality/quality.html.j2",
            "resources/pages/style.css",
            HOUSE_STYLE,
        ],
        program=PROGRAM_FILES,
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
        folder=RAW_FOLDER,
        lists=SETTINGS.lists,
        wiring=sources.wiring_digest(PROGRAM_FILES),
        container=CONTAINER and CONTAINER.digest,
    script:
        "../scripts/record_run.py"
