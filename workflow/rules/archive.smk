# REQUIRED INPUTS: the report of a study and all that it is made from; what Snakemake noted of the jobs
# OUTPUTS: results/<study>/archive/<study>_<commit>_<content>.zip, archive_intern/<study>_intern_vertrouwelijk_<…>.zip
# An archive's name holds what is in it, which is known only when it is made, and no later run may remove it. So it is no
# output that Snakemake knows: the jobs run whenever they are asked, and write nothing where that archive is there.
for study in STUDIES:

    rule:
        """A study's run in one file that may be published: report, tables, code, and checksums of the rest."""
        name:
            f"archive_{study}"
        input:
            public=published_files(study),
            persons=person_tables(study),
            groups=group_tables(study),
            raw=raw_files,
            code=code("archive_study"),
            lock=LOCK,
        log:
            f"results/logs/archive_study/{study}.log",
        conda:
            "../../envs/conda.yaml"
        params:
            study=SETTINGS.studies[study],
            config=SETTINGS.config,
            internal=False,
            folder=f"results/{study}/archive",
        script:
            "../scripts/archive_study.py"

    rule:
        """The same with persons, under pseudonyms, and all counts: confidential, not to be published."""
        name:
            f"archive_{study}_intern"
        input:
            public=published_files(study),
            persons=person_tables(study),
            groups=group_tables(study),
            internal=[
                f"results/{study}/render_intern",
                f"results/{study}/texts_intern.json",
                *report_files(study, "_intern"),
            ],
            raw=raw_files,
            code=code("archive_study"),
            lock=LOCK,
        log:
            f"results/logs/archive_study/{study}_intern.log",
        conda:
            "../../envs/conda.yaml"
        params:
            study=SETTINGS.studies[study],
            config=SETTINGS.config,
            internal=True,
            folder=f"results/{study}/archive_intern",
        script:
            "../scripts/archive_study.py"
