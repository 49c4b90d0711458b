"""Rule check_outputs: a study's numbers, before they are reported."""

from pathlib import Path

import pandas as pd

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import largest_difference
from effectstudie.report.checks import check_outputs
from effectstudie.shared.logs import log_to
from effectstudie.shared.storage import DUTCH, read_json, write_json
from effectstudie.shared.words import read_words

with log_to(snakemake.log[0], snakemake.input):
    paths = snakemake.input
    balance = pd.read_csv(paths.balance)
    checks = check_outputs(
        **{name: pd.read_csv(paths[name]) for name in ("descriptives", "levels", "tests")},
        worst=largest_difference(balance),
        unweighted=largest_difference(balance, "matched_unweighted"),
        summary=read_json(paths.summary),
        shown={path.name: pd.read_csv(path, **DUTCH) for path in sorted(Path(paths.render).glob("figure_*.csv"))},
        outcomes=outcomes_from(snakemake.params.outcomes),
        size_as_told=Limits.of(snakemake.params.privacy).down,
        in_fives=read_json(Path(paths.render, "render.json"))["in_fives"],
        words=read_words(paths.words),
    )
    write_json(checks, snakemake.output.checks)
    print("\n".join(f"{check['state']}: {check['id']}" for check in checks))
