"""Pseudonyms as the numbers that they are, and as text again.

A pseudonym is sixteen hexadecimal digits, so its number sorts as its text does.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

ID_COLUMNS = ("household", "unit_id", "respondent", "child")
_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_NO_DIGIT = 16
_VALUES = np.full(256, _NO_DIGIT, dtype=np.uint8)
_VALUES[_DIGITS] = np.arange(16, dtype=np.uint8)


def written_text(column: pd.Series) -> pd.Series:
    """Ids and categories as they stand in a file."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        text = pa.array(column.cat.categories, pa.large_string()).take(pa.array(codes, mask=codes < 0))
        return pd.Series(text, index=column.index, dtype="str")
    if column.dtype != np.uint64:
        return column.astype("str")
    places, ids = pd.factorize(column.to_numpy())
    parts = ids.astype(">u8").view(np.uint8)
    digits = np.stack([_DIGITS[parts >> 4], _DIGITS[parts & 15]], axis=-1).tobytes()
    ends = np.arange(len(ids) + 1, dtype=np.int64) * 16
    text = pa.LargeStringArray.from_buffers(len(ids), pa.py_buffer(ends), pa.py_buffer(digits))
    return pd.Series(text.take(pa.array(places)), index=column.index, dtype="str")


def with_numbers(table: pa.Table, ids: Sequence[str], path: str | Path) -> pa.Table:
    """The table with numbers for its pseudonyms."""
    for name in ids:
        where = say("{path}: column {name}", path=path, name=name)
        numbers = [pa.array(_numbers_of(chunk, where)) for chunk in table[name].chunks]
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.chunked_array(numbers, type=pa.uint64()))
    return table


def _numbers_of(ids: pa.Array, where: str) -> np.ndarray:
    """Of ids as text, or as places in a list in which each stands once."""
    if not pa.types.is_dictionary(ids.type) or ids.null_count:
        return _numbers(ids.cast(pa.large_string()), where)
    return _numbers(ids.dictionary.cast(pa.large_string()), where)[ids.indices.to_numpy()]


def _numbers(text: pa.Array, where: str) -> np.ndarray:
    if not len(text):
        return np.empty(0, dtype=np.uint64)
    _, ends, characters = text.buffers()
    ends = np.frombuffer(ends, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    values = _VALUES[np.frombuffer(characters, dtype=np.uint8)[ends[0] : ends[-1]]]
    if text.null_count or (np.diff(ends) != 16).any() or (values == _NO_DIGIT).any():
        raise EffectstudieError(
            say("{where} holds another id than a pseudonym; delete results/cohort and run again.", where=where)
        )
    values = values.reshape(-1, 8, 2)
    return (values[..., 0] << 4 | values[..., 1]).view(">u8").ravel().astype(np.uint64)
