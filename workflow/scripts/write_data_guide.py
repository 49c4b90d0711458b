"""Rule write_data_guide: what to read before the data of a study are used."""

from effectstudie.own_analysis.variables import groups_of
from effectstudie.own_analysis.write import write_guide
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    words = read_words(paths.words)
    write_guide(
        snakemake.output[0],
        paths.template,
        study=params.study,
        files=params.files,
        persons=[words["names"][unit] for unit in params.units if unit != "household"],
        rows=words["rows"],
        groups=groups_of(params.study, words).values(),
        strategy=params.strategy,
        waves=params.waves,
        synthetic=any(read_json(path)["synthetic"] for path in paths.manifests),
    )
