"""Rule write_quality: the data-quality page of a study."""

from pathlib import Path

import pandas as pd

from effectstudie.quality.page import flow_steps, quality_html, quality_record
from effectstudie.selection.roles import assign_roles
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import read_json, replace_file
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0]):
    paths, params = snakemake.input, snakemake.params
    words = read_words(paths.words, *paths.texts)
    of_households = {"outcome": "participation", "unit": "household", "wave": "follow_up"}
    asked = [(column, "==", value) for column, value in of_households.items()]
    followed = pd.read_parquet(paths.analysis, columns=["household"], filters=asked)
    record = quality_record(
        study=params.study,
        manifests={Path(path).stem: read_json(path) for path in paths.manifests},
        **{name: pd.read_csv(paths[name]) for name in ("warnings", "never_given", "answers", "corrections")},
        steps=flow_steps(
            assign_roles(pd.read_parquet(paths.cohort), params.study["approach"]),
            pd.read_parquet(paths.households),
            pd.read_parquet(paths.matched),
            followed["household"],
            read_json(paths.summary),
        ),
        privacy=params.privacy,
        words=words,
    )
    page, style = Path(snakemake.output.page), Path(paths.style).read_text(encoding="utf-8")
    html = quality_html(record, words, Path(paths.template).parent, style, page.name.replace("_kwaliteit", ""))
    replace_file(page, lambda path: path.write_text(html, encoding="utf-8"))
