# REQUIRED INPUTS: the report of a study, and the register of its versions (config/releases/)
# OUTPUTS: results/<study>/release/since.json and sinds_vrijgave.html: what is new since the last version, and which
#          conclusions turned; results/release/sinds_vrijgave.html: the same of all studies. All of them stay inside.
# Nothing of a report depends on these.
from effectstudie.running.results import CHANGES_TOLD
from effectstudie.shared.messages.dutch import in_dutch

PAGE_OF_CHANGES = {
    "words": f"{PAGES}/compare/compare.nl.yaml",
    "said": f"{PAGES}/compare/since.nl.yaml",
    "template": f"{PAGES}/compare/since.html.j2",
    "parts": [f"{PAGES}/compare/{name}.j2" for name in ("grid.html", "page.css")],
    "style": f"{PAGES}/style.css",
    "house": HOUSE_STYLE,
}


rule compare_release:
    """Say what is new in a study since its last release, and which published conclusions turned."""
    input:
        **PAGE_OF_CHANGES,
        render="results/{study}/render",
        quality="results/{study}/report/{study}_kwaliteit.html",
        report=lambda wildcards: RESULTS.report(wildcards.study),
        versions=lambda wildcards: registered(wildcards.study),
        code=code("compare_release"),
        lock=LOCK,
    output:
        record="results/{study}/release/since.json",
        page="results/{study}/release/sinds_vrijgave.html",
    log:
        "results/logs/compare_release/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study("study", "title", "region_label"),
        allowed={key: SETTINGS.config[key] for key in ("regions", "approaches")},
    script:
        "../scripts/compare_release.py"


rule compare_releases:
    """Say it of all studies on one page."""
    input:
        **PAGE_OF_CHANGES,
        records=expand("results/{study}/release/since.json", study=STUDIES),
        code=code("compare_releases"),
        lock=LOCK,
    output:
        page="results/release/sinds_vrijgave.html",
    log:
        "results/logs/compare_releases.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/compare_releases.py"


rule changes:
    input:
        CHANGES,


workflow.get_rule("changes").docstring = in_dutch(CHANGES_TOLD)
