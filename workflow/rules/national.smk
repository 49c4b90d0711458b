# REQUIRED INPUTS: results/<set>/analysis/, and of each study results/<study>/render/
# OUTPUTS: results/<set>/render/ (render.json, tables and data of figures as .csv, figures as .svg);
#          results/<set>/report/<set>.html and .pdf
rule render_national:
    """Make the tables, figures and sentences of several studies together, treated for small cells."""
    input:
        regions="results/{set}/analysis/regions.csv",
        together="results/{set}/analysis/together.csv",
        controls="results/{set}/analysis/controls.csv",
        placebo="results/{set}/analysis/placebo.csv",
        placebo_spread="results/{set}/analysis/placebo_spread.csv",
        renders=lambda wildcards: expand(
            "results/{study}/render", study=SETTINGS.sets[wildcards.set]["studies"]
        ),
        grid=f"{PAGES}/national/grid.yaml",
        words=f"{PAGES}/national/national.nl.yaml",
        texts=REPORT_WORDS,
        house=HOUSE_STYLE,
        covariates="resources/classification/covariates.yaml",
        code=code("render_national"),
        lock=LOCK,
    output:
        directory("results/{set}/render"),
    log:
        "results/logs/render_national/{set}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        set=lambda wildcards: SETTINGS.sets[wildcards.set],
        studies=lambda wildcards: {
            study: {
                key: SETTINGS.studies[study][key]
                for key in ("region_label", "approach")
            }
            for study in SETTINGS.sets[wildcards.set]["studies"]
        },
        outcomes=lambda wildcards: SETTINGS.outcomes_of_set(wildcards.set),
        regions=SETTINGS.config["regions"],
        rating=SETTINGS.rating,
        privacy=LIMITS,
        final=SETTINGS.config["final"],
        p_style=SETTINGS.config["p_style"],
    script:
        "../scripts/render_national.py"


rule write_national:
    """Write the page of several studies together, as one HTML file that a reader explores, and as PDF."""
    input:
        render="results/{set}/render",
        words=f"{PAGES}/national/national.nl.yaml",
        template=f"{PAGES}/national/landelijk.html.j2",
        beside=[f"{PAGES}/national/landelijk.js", f"{PAGES}/report/macros.html.j2"],
        style="results/style.css",
        code=code("write_national"),
        lock=LOCK,
    output:
        html=report(
            "results/{set}/report/{set}.html",
            caption="../report/report.rst",
            category="Rapporten",
            labels={"studie": "{set}"},
        ),
        pdf="results/{set}/report/{set}.pdf",
    log:
        "results/logs/write_national/{set}.log",
    conda:
        "../../envs/conda.yaml"
    script:
        "../scripts/write_national.py"
