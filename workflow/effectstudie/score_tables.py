"""The tables of scores: read only what is needed of them, and in long form."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from effectstudie.instruments import QUALITY
from effectstudie.scales import DOES_NOT_APPLY, NOT_ASKED, RULES

# A score table has a row per unit and wave: these columns, then a column a score and the quality of each scale.
ROW_COLUMNS = ["unit", "unit_id", "household", "wave", "n_reporters", "definition", "norm"]
ROW_KEY = ["unit", "unit_id", "wave"]
SCORE_COLUMNS = ["unit", "unit_id", "household", "wave", "score", "value", "status"]


def long_form(table: pd.DataFrame, instrument: str, names: Iterable[str] | None = None) -> pd.DataFrame:
    """Scores as a row per unit, wave and score (SCORE_COLUMNS); `names` without the instrument, None: all.

    Status is ok, missing (too few answers) or not_applicable; scores that nobody was asked for have no row.
    """
    rules = [name for name in table.columns if name.endswith(".rule")]
    if names is None:
        quality = [f"{rule.removesuffix('.rule')}.{about}" for rule in rules for about in QUALITY]
        names = [name for name in table.columns if name not in (*ROW_COLUMNS, *quality)]
    frames = []
    for name in names:
        scale = name.split(".")[0]
        rule = table[f"{scale}.rule"].astype(str)
        rows = table[ROW_COLUMNS[:4]].assign(
            score=f"{instrument}.{name}",
            value=table[name],
            status=np.select([rule == RULES[DOES_NOT_APPLY], table[name].isna()], ["not_applicable", "missing"], "ok"),
        )
        # a unit without this score has no rule for it either
        frames.append(rows[(rule != RULES[NOT_ASKED]) & table[f"{scale}.rule"].notna()])
    empty = pd.DataFrame(columns=SCORE_COLUMNS)
    return pd.concat(frames, ignore_index=True)[SCORE_COLUMNS] if frames else empty


def read_export(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
    """These columns of an ingested table, with the ids that it has."""
    names = pq.read_schema(path).names
    ids = [name for name in ("household", "respondent", "child") if name in names]
    return pd.read_parquet(path, columns=[*ids, *columns])


def read_scores(paths: Sequence[str | Path], names: Sequence[str]) -> pd.DataFrame:
    """Named scores (instrument.scale…) out of the score tables, in long form (score.SCORE_COLUMNS)."""
    frames = []
    for path in paths:
        instrument = Path(path).stem
        wanted = [name.removeprefix(f"{instrument}.") for name in names if name.startswith(f"{instrument}.")]
        rules = dict.fromkeys(f"{name.split('.')[0]}.rule" for name in wanted)
        table = pd.read_parquet(path, columns=[*ROW_COLUMNS, *wanted, *rules])
        frames.append(long_form(table, instrument, wanted))
    return pd.concat(frames, ignore_index=True)
