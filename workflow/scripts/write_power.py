"""Rule write_power: what a study could find with how many households."""

from pathlib import Path

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.plans.planning import Planning
from effectstudie.definitions.result_tables.planning import TABLES
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.disclosure.limits import Limits
from effectstudie.planning.page import power_html
from effectstudie.planning.study import plan_study
from effectstudie.selection.study import select_to_plan
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths, params, output = snakemake.input, snakemake.params, snakemake.output
    outcomes = outcomes_from(params.outcomes)
    analysis = select_to_plan(
        **{name: paths[name] for name in ("households", "variables", "participation", "scores")},
        names=params.scores,
        study=params.study,
        outcomes=outcomes,
        first_wave=params.first_wave,
        dated={Path(path).stem: path for path in paths.dated},
    )
    record, tables = plan_study(
        analysis,
        study=params.study,
        outcomes=outcomes,
        primary=params.primary,
        planning=Planning.of(params.planning),
        limits=Limits.of(params.privacy),
        synthetic=any(read_json(path)["synthetic"] for path in paths.manifests),
        words=read_words(paths.words, paths.labels),
    )
    write_tables(tables, output, TABLES)
    html = power_html(record, Path(paths.template).parent, Path(paths.style).read_text(encoding="utf-8"))
    replace_file(output.page, lambda path: path.write_text(html, encoding="utf-8"))
