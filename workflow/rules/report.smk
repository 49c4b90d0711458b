# REQUIRED INPUTS: results/<study>/render/, resources/report/ (templates), resources/report/<study>/*.md
# OUTPUTS: results/<study>/report/<study>.html and .pdf
rule write_report:
    """Write the Dutch report of a study, as one HTML file and as PDF."""
    input:
        render="results/{study}/render",
        templates=[
            path
            for path in sorted(Path("resources/report").glob("*.j2"))
            if path.name != "codebook.html.j2"
        ]
        + ["resources/report/style.css"],
        texts=lambda wildcards: sorted(
            map(str, Path("resources/report", wildcards.study).glob("*.md"))
        ),
        code=code("write_report"),
        lock=LOCK,
    output:
        html="results/{study}/report/{study}.html",
        pdf="results/{study}/report/{study}.pdf",
    log:
        "results/logs/write_report/{study}.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/write_report.py"
