"""Rule render_national: tables, figures and sentences of the page of all regions, in one folder."""

from pathlib import Path

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.regions.treat import TABLES, treat_regions
from effectstudie.national.grid import read_grid
from effectstudie.national.inputs import NationalInputs, sizes_printed
from effectstudie.national.record import national_record
from effectstudie.report.inputs import WITH_ZERO
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_csv, read_json, replace_folder
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    outcomes = outcomes_from(params.outcomes)
    records = {Path(path).parent.name: read_json(Path(path, "render.json")) for path in paths.renders}
    public = {study: sizes_printed(record) for study, record in records.items()}
    tables = {name: read_csv(paths[name]) for name in TABLES}
    inputs = NationalInputs(
        set=params.set,
        studies=params.studies,
        records={study: records[study] for study in params.studies},
        outcomes=outcomes,
        shown=treat_regions(tables, outcomes, public, Limits.of(params.privacy)),
        regions=params.regions,
        grid=read_grid(paths.grid),
        rating=params.rating,
        words=read_words(paths.words, *paths.texts),
        house=read_yaml(paths.house),
        covariates=read_yaml(paths.covariates),
        final=params.final,
        zeros=params.p_style == WITH_ZERO,
    )
    replace_folder(snakemake.output[0], national_record(inputs))
