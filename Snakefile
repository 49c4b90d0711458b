# What a person can ask for, then the stages. `snakemake --list` is the menu.
from snakemake.utils import min_version

min_version("9.0")


include: "workflow/rules/common/environment.smk"  # of all jobs, and who may read what they write


configfile: "config/config.yaml"


report: "workflow/report/workflow.rst"


include: "workflow/rules/common/settings.smk"  # the configuration, read and checked; what follows from it


container: CONTAINER and CONTAINER.image  # of jobs, where --sdm apptainer asks for one


include: "workflow/rules/common/inputs.smk"  # functions of wildcards
include: "workflow/rules/common/asked.smk"  # what was asked for
include: "workflow/rules/common/progress.smk"  # how far a run is


rule all:
    """The reports of all studies, what is new in them, and the codebook."""
    default_target: True
    input:
        of_everything,


# a job asks for none of them
for name in [*STUDIES, *SETS] if workflow.is_main_process else []:
    for target, (_, explanation) in RESULTS.menu(name).items():

        rule:
            name:
                target
            input:
                of_menu(target),

        workflow.get_rule(target).docstring = explanation


include: "workflow/rules/demo.smk"  # raw exports of a synthetic cohort, where there are no others
include: "workflow/rules/ingest.smk"  # a raw export -> a checked table, pseudonyms for ids
include: "workflow/rules/score.smk"  # answers -> scale scores, an instrument at a time
include: "workflow/rules/style.smk"  # the style of all pages, with their typefaces
include: "workflow/rules/codebook.smk"  # every derived variable with its formula
include: "workflow/rules/classify.smk"  # scores -> violence classes, yes/no variables, risk factors
include: "workflow/rules/select.smk"  # a study: approach, candidate controls, T0 and follow-up
include: "workflow/rules/power.smk"  # before a study: what difference it could find
include: "workflow/rules/matching.smk"  # comparable control households, a strategy at a time
include: "workflow/rules/analysis.smk"  # the two result tables of a study
include: "workflow/rules/imputation.smk"  # of a study that asks for it: the effect with missing covariates imputed
include: "workflow/rules/protect.smk"  # what would tell of a few people: withheld from what is published
include: "workflow/rules/render.smk"  # tables, figures and sentences from the result tables
include: "workflow/rules/checks.smk"  # can these numbers be, and are those of the figures theirs
include: "workflow/rules/report.smk"  # HTML, PDF and Word
include: "workflow/rules/quality.smk"  # what came in, what is missing or odd, who was left out
include: "workflow/rules/regions.smk"  # several studies together, and regions without an approach
include: "workflow/rules/national.smk"  # the page of several studies together
include: "workflow/rules/data.smk"  # persons and households for SPSS, R and Excel
include: "workflow/rules/record.smk"  # what the report was made with
include: "workflow/rules/changes.smk"  # what is new since the last release
include: "workflow/rules/archive.smk"  # a run of a study in one file
