# REQUIRED INPUTS: resources/instruments/, resources/classification/, resources/norms/*/manifest.yaml; no data
# OUTPUTS: results/codebook/codebook.html and .csv: every derived variable with its formula
rule codebook:
    """The codebook of all derived variables, HTML and CSV."""
    input:
        "results/codebook/codebook.html",
        "results/codebook/codebook.csv",


rule write_codebook:
    """Write down of every score and variable what it is made from, from the definition files."""
    input:
        instruments=[SETTINGS.definition_files[name] for name in INSTRUMENTS],
        violence="resources/classification/violence.yaml",
        variables="resources/classification/variables.yaml",
        risk_factors="resources/classification/risk_factors.yaml",
        words="resources/pages/derived/codebook.nl.yaml",
        template="resources/pages/derived/codebook.html.j2",
        style="results/style.css",
        code=code("write_codebook"),
        lock=LOCK,
    output:
        html="results/codebook/codebook.html",
        csv="results/codebook/codebook.csv",
    log:
        "results/logs/write_codebook.log",
    conda:
        "../../envs/conda.yaml"
    params:
        norms=NORMS,
        cohort=COHORT,
        thresholds={name: SETTINGS.studies[name]["risk_threshold"] for name in STUDIES},
    script:
        "../scripts/write_codebook.py"
