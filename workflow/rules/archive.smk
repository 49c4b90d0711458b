# REQUIRED INPUTS: the report of a study and all that it is made from; what Snakemake noted of the jobs
# OUTPUTS: results/<study>/archive/<study>_<commit>_<content>.zip, archive_intern/<study>_intern_vertrouwelijk_<…>.zip
# An archive's name holds what is in it, which is known only when it is made, and no later run may remove it. So it is no
# output that Snakemake knows: the jobs run whenever they are asked, and write nothing where that archive is there.
from effectstudie.running.results import ARCHIVED
from effectstudie.shared.messages.dutch import in_dutch

for study in STUDIES:
    for ending, explanation in ARCHIVED.items():
        internal = bool(ending)

        rule:
            name:
                f"archive_{study}{ending}"
            input:
                public=RESULTS.published(study),
                persons=RESULTS.persons(study),
                groups=RESULTS.groups(study),
                internal=RESULTS.internal(study) if internal else [],
                raw=raw_files,
                manifests=expand("results/cohort/check/{export}.json", export=EXPORTS),
                code=code("archive_study"),
                lock=LOCK,
            log:
                f"results/logs/archive_study/{study}{ending}.log",
            conda:
                "../../envs/conda.yaml"
            params:
                study=SETTINGS.studies[study],
                config=SETTINGS.config,
                internal=internal,
                folder=f"results/{study}/archive{ending}",
                raw_folder=RAW_FOLDER,
                container=CONTAINER and CONTAINER.digest,
            script:
                "../scripts/archive_study.py"

        workflow.get_rule(f"archive_{study}{ending}").docstring = in_dutch(
            explanation
        )
