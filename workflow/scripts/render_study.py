"""Rule render_study: tables, figures and sentences of a study."""

from pathlib import Path

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.study import TABLES, StudyResults, treat_study
from effectstudie.report.choices import choices_of
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.record import study_record
from effectstudie.running.provenance import python_versions, run_mark
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_folder
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0]):
    paths, params = snakemake.input, snakemake.params
    summaries = {Path(path).parent.name: read_json(path) for path in paths.matching}
    manifests = [read_json(path) for path in paths.manifests]
    instruments = [read_yaml(path) for path in paths.instruments]
    results = StudyResults(
        **{name: pd.read_csv(paths[name]) for name in TABLES},
        balance={Path(path).parent.name: pd.read_csv(path) for path in paths.balance},
        overlaps={Path(path).parent.name: pd.read_csv(path) for path in paths.overlaps},
        matching=summaries,
        reliability=pd.concat([pd.read_csv(path) for path in paths.reliability], ignore_index=True),
    )
    limits = Limits.of(params.privacy)
    texts = read_words(*paths.texts)
    inputs = ReportInputs(
        study=params.study,
        outcomes=params.outcomes,
        shown=treat_study(results, params.study, params.outcomes, limits, params.fisher_for),
        instruments=instruments,
        norms=params.norms,
        covariates=read_yaml(paths.covariates),
        violence=read_yaml(paths.violence),
        risk_factors=read_yaml(paths.risk_factors),
        choices=choices_of(read_yaml(paths.choices), params.study, instruments, params.fisher_for, texts["choices"]),
        effect_sizes=params.effect_sizes,
        synthetic=any(manifest["synthetic"] for manifest in manifests),
        corrections=sum(len(manifest["corrections"]) for manifest in manifests),
        versions={**summaries[params.study["matching"]["selected"]]["versions"], **python_versions()},
        texts=texts,
        p_style=params.p_style,
        run=run_mark([manifest["sha256"] for manifest in manifests], params.study, [paths.descriptives, paths.tests]),
    )
    replace_folder(snakemake.output[0], study_record(inputs))
