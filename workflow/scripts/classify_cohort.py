"""Rule classify_cohort: scores to violence classes, yes/no variables, risk factors and household totals."""

from pathlib import Path

from effectstudie.classification.cohort import classify_exports
from effectstudie.definitions.fitted import classification_of
from effectstudie.shared.logs import log_to
from effectstudie.shared.messages.dutch import in_dutch
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    written = {name: read_yaml(paths[name]) for name in ("violence", "variables", "risk_factors")}
    told = classify_exports(
        exports={Path(path).stem: path for path in paths.tables},
        scores=paths.scores,
        definitions=classification_of(written, params.known),
        first_wave=params.first_wave,
        variables=snakemake.output.variables,
        participation=snakemake.output.participation,
        kept=Kept(params.record, [*paths.code, paths.lock]),
    )
    print(*map(in_dutch, told), sep="\n")
