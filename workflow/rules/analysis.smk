# REQUIRED INPUTS: results/<study>/select/: analysis.parquet, waves.parquet; of the selected strategy matched.parquet and
#          covariates.parquet; results/<study>/matching/: variants.parquet, variants.csv; results/cohort/score/: reliability
# OUTPUTS: results/<study>/analysis/, the source of every number downstream: how everyone is (descriptives) and those with
#          both measurements (levels), what was tested (tests), the estimated effect and on whom it rests (estimates,
#          balance_analysed); beside them whether conclusions hold (sensitivity, verdicts, robustness, within_groups,
#          within_verdicts), for whom (moderation, moderation_cells, by_risk, reliable_change), who was lost (attrition)
#          and when the others were seen again (follow_up_waves)
rule analyse_outcomes:
    """Describe and test the background and the outcomes of a study."""
    input:
        analysis="results/{study}/select/analysis.parquet",
        waves="results/{study}/select/waves.parquet",
        matched=lambda wildcards: RESULTS.selected(wildcards.study, "matched.parquet"),
        covariates=lambda wildcards: RESULTS.selected(
            wildcards.study, "covariates.parquet"
        ),
        variants="results/{study}/matching/variants.parquet",
        ways_to_match="results/{study}/matching/variants.csv",
        reliability=lambda wildcards: RESULTS.reliability(wildcards.study),
        code=code("analyse_outcomes"),
        lock=LOCK,
    output:
        descriptives="results/{study}/analysis/descriptives.csv",
        tests="results/{study}/analysis/tests.csv",
        levels="results/{study}/analysis/levels.csv",
        sensitivity="results/{study}/analysis/sensitivity.csv",
        verdicts="results/{study}/analysis/verdicts.csv",
        robustness="results/{study}/analysis/robustness.csv",
        moderation="results/{study}/analysis/moderation.csv",
        moderation_cells="results/{study}/analysis/moderation_cells.csv",
        attrition="results/{study}/analysis/attrition.csv",
        follow_up_waves="results/{study}/analysis/follow_up_waves.csv",
        estimates="results/{study}/analysis/estimates.csv",
        balance_analysed="results/{study}/analysis/balance_analysed.csv",
        reliable_change="results/{study}/analysis/reliable_change.csv",
        within_groups="results/{study}/analysis/within_groups.csv",
        within_verdicts="results/{study}/analysis/within_verdicts.csv",
        by_risk="results/{study}/analysis/by_risk.csv",
    log:
        "results/logs/analyse_outcomes/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study,
            "variable",
            "unit",
            "kind",
            "section",
            "measured",
            "classes",
            "norm",
            "counts",
            "better",
            "margin",
        ),
        problems=lambda wildcards: SETTINGS.studies[wildcards.study].get("problems", []),
        reported=lambda wildcards: SETTINGS.studies[wildcards.study]["outcomes"],
        follow_up=follow_up_of_study,
        waves=WAVES,
        effect_sizes=SETTINGS.config["effect_sizes"],
        estimand=lambda wildcards: SETTINGS.estimand_of(wildcards.study),
        design=lambda wildcards: SETTINGS.design_of(wildcards.study),
        primary=lambda wildcards: SETTINGS.primary_of(wildcards.study),
        contain=lambda wildcards: SETTINGS.covariates_with(wildcards.study),
        own_factors=lambda wildcards: SETTINGS.risk_factors_with(wildcards.study),
        fisher_for=SETTINGS.config["fisher_exact_for"],
        r=installed_r(RSCRIPT),
    script:
        "../scripts/analyse_outcomes.py"
