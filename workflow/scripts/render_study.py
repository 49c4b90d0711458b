"""Rule render_study: tables, figures and sentences of a study."""

from pathlib import Path

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.plans.registered import registered
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.quality import corrections_in_all
from effectstudie.disclosure.study import treat_study
from effectstudie.quality.of_outcomes import warnings_of_outcomes
from effectstudie.release.inputs import read_results
from effectstudie.report.choices import choices_of
from effectstudie.report.inputs import ReportInputs
from effectstudie.report.record import study_record
from effectstudie.running.provenance import python_versions
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_csv, read_json, replace_folder
from effectstudie.shared.words import read_words, with_parts
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    (selected,) = [path for path in paths.matching if Path(path).parent.name == params.study["matching"]["selected"]]
    matching = read_json(selected)
    manifests = [read_json(path) for path in paths.manifests]
    cohort = Cohort(**params.cohort)
    instruments = [cohort.instrument(read_yaml(path)) for path in paths.instruments]
    outcomes, limits = outcomes_from(params.outcomes), Limits.of(params.privacy)
    withheld = read_json(paths.withheld) if paths.withheld else []
    texts, odd = read_words(*paths.texts, true=cohort.conditions), read_words(paths.quality_words)
    choices = with_parts(read_yaml(paths.choices), cohort.conditions)
    inputs = ReportInputs(
        study=params.study,
        outcomes=outcomes,
        shown=treat_study(read_results(paths), params.study, outcomes, limits, withheld),
        cohort=cohort,
        wave_times=params.wave_times,
        instruments=instruments,
        norms=params.norms,
        covariates=read_yaml(paths.covariates),
        violence=read_yaml(paths.violence),
        risk_factors=read_yaml(paths.risk_factors),
        choices=choices_of(choices, params.study, instruments, params.fisher_for, texts["choices"]),
        effect_sizes=params.effect_sizes,
        synthetic=any(manifest["synthetic"] for manifest in manifests),
        corrections=corrections_in_all(manifests, limits),
        recoded=sum(len({one["column"] for one in manifest["recodes"]}) for manifest in manifests),
        versions={**matching["versions"], **params.mice, **python_versions()},
        matchit=matching.get("matchit", {}),
        texts=texts,
        house=read_yaml(paths.house[0]),
        plan=registered([read_yaml(path) for path in paths.plan], params.plan),
        data_warnings=warnings_of_outcomes(read_csv(paths.warnings), params.columns_behind, params.study, odd),
        **{name: params[name] for name in ("rating", "invented", "figure_titles", "final", "p_style")},
    )
    replace_folder(snakemake.output[0], study_record(inputs))
