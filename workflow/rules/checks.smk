# REQUIRED INPUTS: the result tables of a study, its selected matching, results/<study>/render/
# OUTPUTS: results/<study>/checks.json: what was checked of them; the report shows it, and is not written when it fails
rule check_outputs:
    """Check a study's numbers: group sizes, balance, ranges, totals, and figures against result tables."""
    input:
        descriptives="results/{study}/analysis/descriptives.csv",
        levels="results/{study}/analysis/levels.csv",
        tests="results/{study}/analysis/tests.csv",
        balance=lambda wildcards: RESULTS.selected(wildcards.study, "balance.csv"),
        summary=lambda wildcards: RESULTS.selected(wildcards.study, "summary.json"),
        render="results/{study}/render{version}",
        words="resources/pages/report/checks.nl.yaml",
        code=code("check_outputs"),
        lock=LOCK,
    output:
        checks="results/{study}/checks{version}.json",
    log:
        "results/logs/check_outputs/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study, "kind", "decimals", "classes", "merge"
        ),
        privacy=lambda wildcards: (None if wildcards.version else LIMITS),
    script:
        "../scripts/check_outputs.py"
