# REQUIRED INPUTS: results/<study>/render/, resources/pages/report/ (templates), resources/texts/<study>/*.md (or _general/)
# OUTPUTS: results/<study>/texts.json: the texts that people wrote, with numbers in them;
#          results/<study>/report/<study>.html, .pdf, .docx, <study>_samenvatting.html and .pdf, and
#          <study>_tabellen.xlsx; report_intern/ the same with all small cells
# What can be wrong in a text without numbers is told before any job (common/settings.smk). What the numbers of this run
# make wrong is found here, in a rule of its own, because Snakemake removes a rule's results before it runs: a mistake in
# a text leaves the earlier report in its place.
rule check_texts:
    """Fill numbers, pictures and literature into the texts that people wrote for a study, and check the result."""
    input:
        render="results/{study}/render{version}",
        texts=text_files,
        beside=beside_texts,
        words="resources/words/texts.nl.yaml",
        code=code("check_texts"),
        lock=LOCK,
    output:
        texts="results/{study}/texts{version}.json",
    log:
        "results/logs/check_texts/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        libraries=lambda wildcards: files_of_texts.library_files(wildcards.study),
    script:
        "../scripts/check_texts.py"


rule write_report:
    """Write the Dutch report of a study, as one HTML file, as PDF and for Word."""
    input:
        render="results/{study}/render{version}",
        templates=REPORT_TEMPLATES,
        style="results/style.css",
        palette=HOUSE_STYLE,
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
        summary_html="results/{study}/report{version}/{study}_samenvatting{version}.html",
        summary_pdf="results/{study}/report{version}/{study}_samenvatting{version}.pdf",
    log:
        "results/logs/write_report/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    # PDF beside Word; of many studies each report has a core, which is faster for all of them together
    threads: 2 if len(STUDIES) <= 2 else 1
    script:
        "../scripts/write_report.py"


rule write_tables:
    """Write all tables of a study's report, and the data of its figures, as one workbook."""
    input:
        render="results/{study}/render{version}",
        words="resources/pages/report/workbook.nl.yaml",
        palette=HOUSE_STYLE,
        code=code("write_tables"),
        lock=LOCK,
    output:
        workbook=report(
            "results/{study}/report{version}/{study}_tabellen{version}.xlsx",
            caption="../report/report.rst",
            category="Rapporten",
            labels={"studie": "{study}, tabellen"},
        ),
    log:
        "results/logs/write_tables/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/write_tables.py"
