# REQUIRED INPUTS: of each study of the set its selection, its selected matching, and results/<study>/render/
# OUTPUTS: results/<set>/analysis/: the effects of the studies together, what shared controls cost, and what regions without
#          an approach show
rule analyse_regions:
    """Take the effects of several studies together, and put the regions without an approach through the same."""
    input:
        unpack(tables_of_set),
        everyone="results/cohort/ingest/huishoudens.parquet",
        code=code("analyse_regions"),
        lock=LOCK,
    output:
        regions="results/{set}/analysis/regions.csv",
        together="results/{set}/analysis/together.csv",
        controls="results/{set}/analysis/controls.csv",
        placebo="results/{set}/analysis/placebo.csv",
        placebo_spread="results/{set}/analysis/placebo_spread.csv",
    log:
        "results/logs/analyse_regions/{set}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        studies=lambda wildcards: SETTINGS.studies_of_set(wildcards.set),
        controls=lambda wildcards: SETTINGS.sets[wildcards.set]["controls"],
        like=lambda wildcards: SETTINGS.sets[wildcards.set]
        .get("placebo", {})
        .get("like"),
        regions=SETTINGS.regions_without(),
        outcomes=lambda wildcards: SETTINGS.outcomes_of_set(wildcards.set),
        seed=SETTINGS.config["seed"],
        r=installed_r(RSCRIPT),
        optmatch=optmatch_of_set,
    script:
        "../scripts/analyse_regions.py"
