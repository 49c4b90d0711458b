"""The tables of scores: read only what is needed of them, and in long form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from effectstudie.definitions.instruments import QUALITY
from effectstudie.scoring.rules import RULES, Rule
from effectstudie.shared.persons.blocks import together
from effectstudie.shared.persons.ids import ID_COLUMNS
from effectstudie.shared.persons.read import read_narrow

# A score table has one row per unit and wave: these columns, then one per score and the quality of each scale.
ROW_COLUMNS = ["unit", "unit_id", "household", "wave", "n_reporters", "definition", "norm"]
ROW_KEY = ["unit", "unit_id", "wave"]
SCORE_COLUMNS = ["unit", "unit_id", "household", "wave", "score", "value", "status"]


def long_form(table: pd.DataFrame, instrument: str, names: Iterable[str] | None = None) -> pd.DataFrame:
    """Scores as one row per unit, wave and score (SCORE_COLUMNS); `names` without the instrument, None: all.

    Status is ok, missing (too few answers) or not_applicable; scores that nobody was asked for have no row.
    """
    rules = [name for name in table.columns if name.endswith(".rule")]
    if names is None:
        quality = [f"{rule.removesuffix('.rule')}.{about}" for rule in rules for about in QUALITY]
        names = [name for name in table.columns if name not in (*ROW_COLUMNS, *quality)]
    kinds = ["ok", "missing", "not_applicable"]
    names = list(names)
    scores = [f"{instrument}.{name}" for name in names]
    frames = []
    for place, name in enumerate(names):
        # a unit without this score has no rule for it either
        rule = pd.Categorical(table[f"{name.split('.')[0]}.rule"], RULES).codes
        rows = np.flatnonzero((rule != Rule.NOT_ASKED) & (rule >= 0))
        value = table[name].to_numpy()[rows].astype(float)
        status = np.select([rule[rows] == Rule.NOT_APPLICABLE, np.isnan(value)], [2, 1], 0)
        frames.append(
            table[ROW_COLUMNS[:4]]
            .take(rows)
            .assign(
                score=pd.Categorical.from_codes(np.full(len(rows), place), scores),
                value=value,
                status=pd.Categorical.from_codes(status, kinds),
            )
        )
    empty = pd.DataFrame(columns=SCORE_COLUMNS)
    return pd.concat(frames, ignore_index=True)[SCORE_COLUMNS] if frames else empty


def read_ingested(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
    """These columns of an ingested table as read_narrow gives them, with the ids that it has."""
    return read_narrow(path, with_ids(path, columns))


def with_ids(path: str | Path, columns: Sequence[str]) -> list[str]:
    """The ids that an ingested table has, and these columns."""
    names = pq.read_schema(path).names
    return [*(name for name in ID_COLUMNS if name in names), *columns]


def read_scores(
    paths: Sequence[str | Path], names: Sequence[str], read: Callable[..., pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Instrument -> its score table with these scores (instrument.scale…) and their rules only.

    `read`: of a path and columns makes a table, as read_persons and its like do.
    """
    return {Path(path).stem: read(path, columns_of_scores(path, names)) for path in paths}


def columns_of_scores(path: str | Path, names: Sequence[str]) -> list[str]:
    """The columns of a score table that these scores stand in, of all instruments, with who they are of."""
    wanted = _of_instrument(Path(path).stem, names)
    return [*ROW_COLUMNS[:4], *wanted, *dict.fromkeys(f"{name.split('.')[0]}.rule" for name in wanted)]


def long_scores(tables: Mapping[str, pd.DataFrame], names: Sequence[str]) -> pd.DataFrame:
    """These scores of tables of read_scores in long form (SCORE_COLUMNS)."""
    tables = {stem: table for stem, table in tables.items() if len(table)} or tables
    return together([long_form(table, stem, _of_instrument(stem, names)) for stem, table in tables.items()])


def score_values(table: pd.DataFrame, instrument: str, names: Sequence[str]) -> pd.DataFrame:
    """These scores of a table of read_scores: unit_id, wave and a column of each, NaN where there is no score."""
    scores = {}
    for name in _of_instrument(instrument, names):
        rule = table[f"{name.split('.')[0]}.rule"].astype("category").cat.set_categories(RULES).cat.codes.to_numpy()
        holds = (rule >= 0) & (rule != Rule.NOT_ASKED) & (rule != Rule.NOT_APPLICABLE)
        scores[f"{instrument}.{name}"] = np.where(holds, table[name].to_numpy(dtype=float), np.nan)
    return table[["unit_id", "wave"]].assign(**scores)


def _of_instrument(instrument: str, names: Sequence[str]) -> list[str]:
    return [name.removeprefix(f"{instrument}.") for name in names if name.startswith(f"{instrument}.")]
