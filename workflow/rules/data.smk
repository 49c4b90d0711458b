# REQUIRED INPUTS: results/<study>/select/, the matched households of the selected strategy
# OUTPUTS: results/<study>/data/<study>_<file>.sav, .csv and _codeboek.csv (person-level), leesmij.txt
# Persons under pseudonyms, for who works on with SPSS, R or Excel: in no archive and in no report.
rule write_data:
    """Write the persons or households of a study as files for SPSS, R and Excel."""
    input:
        analysis="results/{study}/select/analysis.parquet",
        waves="results/{study}/select/waves.parquet",
        households="results/{study}/select/households.parquet",
        matched=lambda wildcards: RESULTS.selected(wildcards.study, "matched.parquet"),
        covariates=lambda wildcards: RESULTS.selected(
            wildcards.study, "covariates.parquet"
        ),
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        definitions="resources/classification/covariates.yaml",
        words=f"{PAGES}/own_analysis/texts.nl.yaml",
        code=code("write_data"),
        lock=LOCK,
    output:
        sav="results/{study}/data/{study}_{file}.sav",
        csv="results/{study}/data/{study}_{file}.csv",
        codebook="results/{study}/data/{study}_{file}_codeboek.csv",
    log:
        "results/logs/write_data/{study}_{file}.log",
    wildcard_constraints:
        file="|".join(FILES.values()),
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study("approach", "control_label", "rest_label"),
        unit=lambda wildcards: next(
            unit for unit, file in FILES.items() if file == wildcards.file
        ),
        outcomes=lambda wildcards: SETTINGS.outcomes_of(
            wildcards.study,
            "unit",
            "kind",
            "section",
            "label",
            "measure",
            "measured",
            "classes",
            "better",
        ),
        covariates=lambda wildcards: SETTINGS.covariates_of(wildcards.study),
        waves=WAVES,
    script:
        "../scripts/write_data.py"


rule write_data_guide:
    """Write what to read before the data of a study are used."""
    input:
        manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
        words=f"{PAGES}/own_analysis/texts.nl.yaml",
        template=f"{PAGES}/own_analysis/leesmij.txt.j2",
        code=code("write_data_guide"),
        lock=LOCK,
    output:
        "results/{study}/data/leesmij.txt",
    log:
        "results/logs/write_data_guide/{study}.log",
    conda:
        "../../envs/conda.yaml"
    params:
        study=of_study(
            "study", "title", "region_label", "approach", "control_label", "rest_label"
        ),
        units=lambda wildcards: RESULTS.data_units(wildcards.study),
        files=lambda wildcards: [
            FILES[unit] for unit in RESULTS.data_units(wildcards.study)
        ],
        strategy=lambda wildcards: SETTINGS.strategy_of(wildcards.study)["label"],
        waves=WAVES,
    script:
        "../scripts/write_data_guide.py"
