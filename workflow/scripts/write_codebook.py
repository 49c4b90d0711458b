"""Rule write_codebook: every derived variable with its formula, as HTML and as CSV."""

from pathlib import Path

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.fitted import classification_of, scores_of
from effectstudie.derived.page import codebook_html
from effectstudie.derived.sources import Sources
from effectstudie.derived.variables import derived_variables
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import replace_file, write_csv
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    cohort = Cohort(**params.cohort)
    instruments = cohort.instruments({Path(path).stem: read_yaml(path) for path in paths.instruments})
    words = read_words(paths.words, true=cohort.conditions)
    written = {name: read_yaml(paths[name]) for name in ("violence", "variables", "risk_factors")}
    sources = Sources(
        instruments=instruments,
        classification=classification_of(written, scores_of(instruments)),
        norms=params.norms,
        **params.cohort,
        thresholds=params.thresholds,
        words=words,
    )
    variables = derived_variables(sources)
    write_csv(variables, snakemake.output.csv)
    style = Path(paths.style).read_text(encoding="utf-8")
    html = codebook_html(variables, instruments, words, Path(paths.template).parent, style)
    replace_file(snakemake.output.html, lambda path: path.write_text(html, encoding="utf-8"))
    print(f"{len(variables)} derived variables.")
