"""Rule score_cohort: answers to scale scores of every questionnaire, in all waves."""

from pathlib import Path

from effectstudie.definitions.cohort import Cohort
from effectstudie.scoring.cohort import score_cohort
from effectstudie.shared.logs import log_to
from effectstudie.shared.messages.dutch import in_dutch
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    cohort = Cohort(**params.cohort)
    told = score_cohort(
        definitions=[cohort.instrument(read_yaml(path)) for path in paths.definitions],
        exports={Path(path).stem: path for path in paths.tables},
        exports_of=params.exports,
        norms=params.norms,
        scores=snakemake.output.scores,
        reliability=snakemake.output.reliability,
        kept=Kept(params.record, [*paths.code, paths.lock]),
    )
    print(*map(in_dutch, told), sep="\n\n")
