# REQUIRED INPUTS: the result tables, the matching of every strategy, reliability, report texts
# OUTPUTS: results/<study>/render/: tables and figure data (.csv), figures (.svg, .png), render.json (all that the report says);
#          render_intern/ the same with small cells, never to be published
rule render_study:
    """Make a study's tables, figures and sentences, treated for small cells."""
    input:
        unpack(tables_of_study),
        withheld=withheld,
        instruments=lambda wildcards: [
            SETTINGS.definition_files[name]
            for name in SETTINGS.instruments_of(
                SETTINGS.scores_behind(wildcards.study)
            )
        ],
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        warnings="results/cohort/check/warnings.csv",
        quality_words="resources/pages/quality/quality.nl.yaml",
        covariates="resources/classification/covariates.yaml",
        violence="resources/classification/violence.yaml",
        risk_factors="resources/classification/risk_factors.yaml",
        texts=REPORT_WORDS,
        plan=plan_files,
        choices="resources/pages/report/choices.nl.yaml",
        house=house_files,
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
        outcomes=lambda wildcards: SETTINGS.outcomes_to_show(wildcards.study),
        plan=lambda wildcards: SETTINGS.planned_now(wildcards.study),
        norms=lambda wildcards: {
            name: NORMS[name]
            for name in SETTINGS.instruments_of(
                score
                for score in SETTINGS.scores_behind(wildcards.study)
                if score.endswith(".t")
            )
            if name in NORMS
        },
        columns_behind=lambda wildcards: SETTINGS.columns_behind(wildcards.study),
        rating=SETTINGS.rating,
        cohort=COHORT,
        wave_times=SETTINGS.config.get("wave_times", {}),
        invented=lambda wildcards: SETTINGS.invented_of(wildcards.study),
        effect_sizes=SETTINGS.config["effect_sizes"],
        fisher_for=SETTINGS.config["fisher_exact_for"],
        mice=mice_of,
        final=SETTINGS.config["final"],
        figure_titles=lambda wildcards: SETTINGS.figure_titles.get(wildcards.study, {}),
        p_style=SETTINGS.config["p_style"],
        privacy=lambda wildcards: (None if wildcards.version else LIMITS),
    script:
        "../scripts/render_study.py"
