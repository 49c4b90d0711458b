# REQUIRED INPUTS: resources/pages/style.css, config/house_style.yaml, the packages with the typefaces
# OUTPUTS: results/style.css: the style of every page, with its colours and typefaces inside; no data
# A rule of its own because to cut the typefaces to size takes seconds, and every page needs them.
rule write_style:
    """Put the colours and typefaces into the style of the pages."""
    input:
        style="resources/pages/style.css",
        palette=HOUSE_STYLE,
        code=code("write_style"),
        lock=LOCK,
    output:
        "results/style.css",
    log:
        "results/logs/write_style.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/write_style.py"
