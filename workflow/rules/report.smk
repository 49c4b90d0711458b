# REQUIRED INPUTS: results/<study>/render/, resources/report/ (templates), resources/report/<study>/*.md (or _general/)
# OUTPUTS: results/<study>/report/<study>.html, .pdf and .docx; report_intern/<study>_intern.* with all small cells
rule write_report:
    """Write the Dutch report of a study, as one HTML file, as PDF and for Word."""
    input:
        render="results/{study}/render{version}",
        templates=[
            path
            for path in sorted(Path("resources/report").glob("*.j2"))
            if path.name != "codebook.html.j2"
        ]
        + ["resources/report/style.css"],
        texts=text_files,
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
    script:
        "../scripts/write_report.py"
