"""The result tables of a study, read from the files that a rule names."""

from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.disclosure.study import TABLES, StudyResults
from effectstudie.quality.flow import flow_steps
from effectstudie.selection.roles import assign_roles
from effectstudie.shared.storage import read_json


def read_results(paths: Any) -> StudyResults:
    """`paths`: a rule's input with the names of `tables_of_study` (workflow/rules/common/inputs.smk)."""
    return StudyResults(
        **{name: pd.read_csv(paths[name]) for name in TABLES},
        imputed=IMPUTED.read(paths.imputed),
        balance={Path(path).parent.name: pd.read_csv(path) for path in paths.balance},
        overlaps={Path(path).parent.name: pd.read_csv(path) for path in paths.overlaps},
        matching={Path(path).parent.name: read_json(path) for path in paths.matching},
        cohort=read_json(paths.cohort),
        reliability=pd.concat([pd.read_csv(path) for path in paths.reliability], ignore_index=True),
    )


def read_steps(paths: Any, approach: dict[str, str]) -> pd.DataFrame:
    """quality.flow.flow_steps of a study. `paths`: a rule's input with the names of `flow_of_households`."""
    of_households = {"outcome": "participation", "unit": "household", "wave": "follow_up"}
    asked = [(column, "==", value) for column, value in of_households.items()]
    followed = pd.read_parquet(paths.analysis, columns=["household"], filters=asked)
    return flow_steps(
        assign_roles(pd.read_parquet(paths.exported), approach),
        pd.read_parquet(paths.households),
        pd.read_parquet(paths.matched),
        followed["household"],
        read_json(paths.summary),
    )
