# REQUIRED INPUTS: the result tables, the matching of every strategy, reliability, report texts
# OUTPUTS: results/<study>/render/: tables and figure data (.csv), figures (.svg, .png), render.json (all that the report says);
#          render_intern/ the same with small cells, never to be published
rule render_study:
    """Make a study's tables, figures and sentences, treated for small cells."""
    input:
        descriptives="results/{study}/analysis/descriptives.csv",
        tests="results/{study}/analysis/tests.csv",
        sensitivity="results/{study}/analysis/sensitivity.csv",
        verdicts="results/{study}/analysis/verdicts.csv",
        robustness="results/{study}/analysis/robustness.csv",
        moderation="results/{study}/analysis/moderation.csv",
        moderation_cells="results/{study}/analysis/moderation_cells.csv",
        attrition="results/{study}/analysis/attrition.csv",
        variants="results/{study}/matching/variants.csv",
        overlaps=lambda wildcards: expand(
            "results/{{study}}/matching/{strategy}/overlap.csv",
            strategy=strategies(wildcards),
        ),
        balance=lambda wildcards: expand(
            "results/{{study}}/matching/{strategy}/balance.csv",
            strategy=strategies(wildcards),
        ),
        matching=lambda wildcards: expand(
            "results/{{study}}/matching/{strategy}/summary.json",
            strategy=strategies(wildcards),
        ),
        reliability=lambda wildcards: expand(
            "results/cohort/score/{instrument}_reliability.csv",
            instrument=SETTINGS.instruments_of(
                SETTINGS.scores_behind(wildcards.study)
            ),
        ),
        instruments=lambda wildcards: [
            SETTINGS.definition_files[name]
            for name in SETTINGS.instruments_of(
                SETTINGS.scores_behind(wildcards.study)
            )
        ],
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        covariates="resources/classification/covariates.yaml",
        violence="resources/classification/violence.yaml",
        risk_factors="resources/classification/risk_factors.yaml",
        texts=REPORT_WORDS,
        choices="resources/pages/report/choices.nl.yaml",
        code=code("render_study"),
        lock=LOCK,
    output:
        report(
            directory("results/{study}/render{version}"),
            patterns=["{name}.svg", "{name}.csv"],
            caption="../report/part.rst",
            category="Figuren en tabellen",
            subcategory="{study}",
            labels={"onderdeel": "{name}"},
        ),
    log:
        "results/logs/render_study/{study}{version}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=lambda wildcards: SETTINGS.studies[wildcards.study],
        outcomes=lambda wildcards: SETTINGS.outcomes_of(wildcards.study),
        norms=lambda wildcards: {
            name: NORMS[name]
            for name in SETTINGS.instruments_of(
                score
                for score in SETTINGS.scores_behind(wildcards.study)
                if score.endswith(".t")
            )
            if name in NORMS
        },
        effect_sizes=SETTINGS.config["effect_sizes"],
        fisher_for=SETTINGS.config["fisher_exact_for"],
        p_style=SETTINGS.config["p_style"],
        privacy=lambda wildcards: (
            None if wildcards.version else SETTINGS.config["privacy"]
        ),
    script:
        "../scripts/render_study.py"
