"""Rule write_data: the persons or households of a study as files for SPSS, R and Excel."""

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.own_analysis.table import table_of_unit
from effectstudie.own_analysis.variables import Layout, groups_of, variables_of
from effectstudie.own_analysis.write import write_data
from effectstudie.shared.logs import log_to
from effectstudie.shared.persons.read import read_persons, read_unit
from effectstudie.shared.storage import read_json
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

with log_to(snakemake.log[0], snakemake.input):
    paths, params = snakemake.input, snakemake.params
    words, definitions = read_words(paths.words), read_yaml(paths.definitions)
    filled = read_persons(paths.covariates).drop(columns="stratum")
    layout = Layout(
        unit=params.unit,
        waves=params.waves,
        outcomes=outcomes_from(params.outcomes),
        covariates={name: definitions[name]["label"] for name in params.covariates},
        filled=list(filled.select_dtypes("number").columns.drop("household")),
        groups=groups_of(params.study, words),
    )
    variables = variables_of(layout, words)
    table = table_of_unit(
        analysis=read_unit(paths.analysis, unit=params.unit),
        waves=read_unit(paths.waves, unit=params.unit),
        matched=read_persons(paths.matched),
        households=read_persons(paths.households, ["household", *params.covariates]),
        filled=filled,
        order=params.waves,
        variables=variables,
    )
    synthetic = any(read_json(path)["synthetic"] for path in paths.manifests)
    write_data(table, variables, snakemake.output, synthetic, words)
    print(f"{len(table)} rows, {len(variables)} columns.")
