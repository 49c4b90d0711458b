"""Rule check_outputs: a study's numbers, before they are reported."""

import json
from pathlib import Path

import pandas as pd

from effectstudie.config import read_yaml
from effectstudie.logs import log_to
from effectstudie.output_checks import check_outputs
from effectstudie.storage import replace_file

with log_to(snakemake.log[0]):
    paths = snakemake.input
    checks = check_outputs(
        **{name: pd.read_csv(paths[name]) for name in ("descriptives", "tests", "balance")},
        summary=json.loads(Path(paths.summary).read_text(encoding="utf-8")),
        shown={path.name: pd.read_csv(path) for path in sorted(Path(paths.render).glob("figure_*.csv"))},
        outcomes=snakemake.params.outcomes,
        words=read_yaml(paths.words),
    )
    text = json.dumps(checks, indent=1, ensure_ascii=False) + "\n"
    replace_file(snakemake.output.checks, lambda path: path.write_text(text, encoding="utf-8"))
    print("\n".join(f"{check['state']}: {check['id']}" for check in checks))
