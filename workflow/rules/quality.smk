# REQUIRED INPUTS: results/cohort/check/, results/<study>/select/, the matched households of the selected strategy
# OUTPUTS: results/<study>/report/<study>_kwaliteit.html; report_intern/ the same with all small counts and case numbers
rule write_quality:
    """Write the data-quality page of a study, which its report links to."""
    input:
        unpack(flow_of_households),
        withheld=withheld,
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        warnings="results/cohort/check/warnings.csv",
        never_given="results/cohort/check/never_given.csv",
        answers="results/cohort/check/answers.csv",
        corrections="results/cohort/check/corrections.csv",
        recodes="results/cohort/check/recodes.csv",
        words="resources/pages/quality/quality.nl.yaml",
        texts=REPORT_WORDS,
        template="resources/pages/quality/quality.html.j2",
        style="results/style.css",
        code=code("write_quality"),
        lock=LOCK,
    output:
        page=report(
            "results/{study}/report{version}/{study}{version}_kwaliteit.html",
            caption="../report/report.rst",
            category="Kwaliteit van de gegevens",
            labels={"studie": "{study}"},
        ),
    log:
        "results/logs/write_quality/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study("study", "title", "region_label", "report_date", "approach"),
        privacy=lambda wildcards: (None if wildcards.version else LIMITS),
    script:
        "../scripts/write_quality.py"
