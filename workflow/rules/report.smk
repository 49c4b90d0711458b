# REQUIRED INPUTS: results/<study>/render/, resources/pages/report/ (templates), resources/texts/<study>/*.md (or _general/)
# OUTPUTS: results/<study>/texts.json: the texts that people wrote, with numbers in them;
#          results/<study>/report/<study>.html, .pdf and .docx; report_intern/<study>_intern.* with all small cells
# Checking is a rule of its own because Snakemake removes a rule's results before it runs: a mistake in a text leaves
# the earlier report in its place.
rule check_texts:
    """Check the texts that people wrote for a study, and fill in their numbers."""
    input:
        render="results/{study}/render{version}",
        texts=text_files,
        code=code("check_texts"),
        lock=LOCK,
    output:
        texts="results/{study}/texts{version}.json",
    log:
        "results/logs/check_texts/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        outcomes=lambda wildcards: SETTINGS.studies[wildcards.study]["outcomes"],
    script:
        "../scripts/check_texts.py"


rule write_report:
    """Write the Dutch report of a study, as one HTML file, as PDF and for Word."""
    input:
        render="results/{study}/render{version}",
        templates=REPORT_TEMPLATES,
        style="results/style.css",
        texts="results/{study}/texts{version}.json",
        checks="results/{study}/checks{version}.json",
        code=code("write_report"),
        lock=LOCK,
    output:
        html=report(
            "results/{study}/report{version}/{study}{version}.html",
            caption="../report/report.rst",
            category="Rapporten",
            labels={"studie": "{study}"},
        ),
        pdf="results/{study}/report{version}/{study}{version}.pdf",
        docx="results/{study}/report{version}/{study}{version}.docx",
    log:
        "results/logs/write_report/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    threads: 2
    script:
        "../scripts/write_report.py"
