# What rules need to know Snakemake for: functions of wildcards, and the checkpoint of the demonstration cohort.
from functools import partial

from effectstudie.definitions.follow_up import NEAREST
from effectstudie.definitions.strategies import OPTIMAL
from effectstudie.intake.files.raw_files import find_export
from effectstudie.own_analysis.variables import FILES
from effectstudie.release.register import registered
from effectstudie.running import sources
from effectstudie.running.provenance import installed_mice, installed_optmatch
from effectstudie.running.results import ANALYSES
from effectstudie.running.targets import refuse_without_follow_up
from effectstudie.texts import files as files_of_texts

code = partial(sources.code_of, project=".")


def raw_files(wildcards):
    """The exports; the demonstration cohort is made first where it is the input."""
    if SETTINGS.config["raw_dir"] is None:
        checkpoints.make_demo_cohort.get()
    return [str(find_export(RAW_FOLDER, export)) for export in EXPORTS]


def taking_in(wildcards):
    return sources.rules_of_intake(SETTINGS, RAW_FOLDER)


def text_files(wildcards):
    return files_of_texts.text_files(wildcards.study)


def beside_texts(wildcards):
    return files_of_texts.beside_texts(wildcards.study)


def house_files(wildcards):
    """The house style, and the logo where there is one."""
    logo = SETTINGS.house["logo"]
    return [HOUSE_STYLE, *([logo] if logo else [])]


def plan_files(wildcards):
    return sources.plan_files(wildcards.study)


def follow_up_of_study(wildcards):
    """How a study chooses its follow-up; a cohort that has none yet is told at the start of a run."""
    follow_up = SETTINGS.studies[wildcards.study]["follow_up"]
    try:
        refuse_without_follow_up(wildcards.study, follow_up)
    except EffectstudieError as error:
        raise WorkflowError(told(error))
    return follow_up


def mice_of(wildcards):
    """Program → version where the study asks for imputation; a machine without it is told at the start of a run."""
    try:
        return (
            {"mice": installed_mice(RSCRIPT)}
            if RESULTS.imputed(wildcards.study)
            else {}
        )
    except EffectstudieError as error:
        raise WorkflowError(f"config/studies/{wildcards.study}.yaml: {told(error)}")


def optmatch_for(study):
    """Program → version where a strategy of the study asks for it; told at the start of a run, as mice is."""
    strategies = SETTINGS.studies[study]["matching"]["strategies"]
    asked = any(one.get("design") in OPTIMAL for one in strategies.values())
    try:
        return {"optmatch": installed_optmatch(RSCRIPT)} if asked else {}
    except EffectstudieError as error:
        raise WorkflowError(f"config/studies/{study}.yaml: {told(error)}")


def optmatch_of(wildcards):
    return optmatch_for(wildcards.study)


def optmatch_of_set(wildcards):
    """The same where a study of the set asks for it: its regions are matched again, and those without an approach."""
    return dict(
        item
        for study in SETTINGS.sets[wildcards.set]["studies"]
        for item in optmatch_for(study).items()
    )


def of_study(*keys):
    """A function that gives these keys of the study's file, so that a rule reruns for no others."""
    return lambda wildcards: {
        key: SETTINGS.studies[wildcards.study][key] for key in keys
    }


def dates_of_study(wildcards):
    """The exports with their dates, where the follow-up of the study is the measurement nearest to a day."""
    if SETTINGS.studies[wildcards.study]["follow_up"].get("rule") != NEAREST:
        return []
    return [f"results/cohort/ingest/{export}.parquet" for export in EXPORTS[1:]]


def tables_of_study(wildcards):
    """The result tables of a study, as effectstudie.release.inputs.read_results takes them."""
    study = wildcards.study
    return {
        **{
            name: f"results/{study}/analysis/{name}.csv"
            for name in ANALYSES
            if name != "balance_analysed"
        },
        "variants": f"results/{study}/matching/variants.csv",
        "imputed": RESULTS.imputed(study),
        "overlaps": RESULTS.matching(study, "overlap.csv"),
        "balance": RESULTS.matching(study, "balance.csv"),
        "matching": RESULTS.matching(study, "summary.json"),
        "cohort": f"results/{study}/select/cohort.json",
        "reliability": RESULTS.reliability(study),
    }


def tables_of_set(wildcards):
    """What effectstudie.regions.study.studies_of takes of each study of a set, in its order."""
    studies = SETTINGS.sets[wildcards.set]["studies"]
    return {
        "analysis": expand("results/{study}/select/analysis.parquet", study=studies),
        "households": expand(
            "results/{study}/select/households.parquet", study=studies
        ),
        "matched": [RESULTS.selected(study, "matched.parquet") for study in studies],
        "covariates": [
            RESULTS.selected(study, "covariates.parquet") for study in studies
        ],
        "balance": [RESULTS.selected(study, "balance.csv") for study in studies],
        "summary": [RESULTS.selected(study, "summary.json") for study in studies],
        "record": expand("results/{study}/render", study=studies),
    }


def flow_of_households(wildcards):
    """From the export to the follow-up, as effectstudie.release.inputs.read_steps takes it."""
    study = wildcards.study
    return {
        "exported": "results/cohort/ingest/huishoudens.parquet",
        "households": f"results/{study}/select/households.parquet",
        "analysis": f"results/{study}/select/analysis.parquet",
        "matched": RESULTS.selected(study, "matched.parquet"),
        "summary": RESULTS.selected(study, "summary.json"),
    }


def withheld(wildcards):
    """What the audit found that may not be published; of the version that stays inside nothing is hidden."""
    return (
        [] if wildcards.version else f"results/{wildcards.study}/release/withheld.json"
    )
