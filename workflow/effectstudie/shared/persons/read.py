"""Tables of persons as stages read them: ids are numbers, names that recur categories; in files both are text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from effectstudie.shared.persons.blocks import together
from effectstudie.shared.persons.ids import ID_COLUMNS, with_numbers

# Cells of a large table that are read at a time.
_CELLS = 5_000_000


def read_persons(
    path: str | Path, columns: Sequence[str] | None = None, groups: Iterable[int] | None = None
) -> pd.DataFrame:
    """These columns (None: all) of a table of write_parquet: ids are uint64, other text is categories, sorted.

    `groups`: of these of its row groups (None: all). EffectstudieError when an id is no pseudonym.
    """
    schema = pq.read_schema(path)
    columns = schema.names if columns is None else columns
    text = [name for name in columns if pa.types.is_large_string(schema.field(name).type)]
    ids = [name for name in text if name in ID_COLUMNS]
    names = [name for name in text if name not in ids]
    with pq.ParquetFile(path, read_dictionary=text) as file:
        groups = range(file.num_row_groups) if groups is None else groups
        parts = [with_numbers(file.read_row_group(group, columns=list(columns)), ids, path) for group in groups]
    table = (
        pa.concat_tables(parts or [with_numbers(schema.empty_table(), ids, path)]).unify_dictionaries().select(columns)
    )
    del parts
    frame = table.replace_schema_metadata().to_pandas(split_blocks=True, self_destruct=True)
    for name in names:
        column = frame[name].astype("category")
        frame[name] = column.cat.reorder_categories(sorted(column.cat.categories))
    return frame


def read_unit(path: str | Path, columns: Sequence[str] | None = None, *, unit: str) -> pd.DataFrame:
    """All of parts_of_unit in one table (columns None: all)."""
    columns = columns or pq.read_schema(path).names
    return together(list(parts_of_unit(path, columns, unit)) or [read_persons(path, columns, [])])


def read_narrow(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
    """As read_persons, numbers in single precision where that is exact for all of a column, as it is for codes."""
    step = max(_CELLS // max(pq.read_metadata(path).num_rows, 1), 1)
    parts = []
    for start in range(0, len(columns), step):
        part = read_persons(path, columns[start : start + step])
        numbers = part.select_dtypes("float64")
        parts.append(part.assign(**{name: single_where_exact(column.to_numpy()) for name, column in numbers.items()}))
    return pd.concat(parts, axis=1)


def read_households(
    path: str | Path, households: Collection[str], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """The rows of these households and of all of the approach, these columns (None: all) as they stand in the file."""
    schema = pq.read_schema(path)
    text = [field.name for field in schema if pa.types.is_large_string(field.type)]
    known = pa.array(list(households), pa.large_string())
    parts = [schema.empty_table()]
    with pq.ParquetFile(path, read_dictionary=text) as file:
        for group in range(file.num_row_groups):
            part = file.read_row_group(group)
            mine = _among(part["household"], known) | _among(part["role"], pa.array(["approach"], pa.large_string()))
            parts.append(part.filter(mine).cast(schema))
    return pa.concat_tables(parts).select(columns or schema.names).to_pandas()


def _among(column: pa.ChunkedArray, known: pa.Array) -> np.ndarray:
    """In which rows of a column, read as places in a list, one of these stands: the list is looked at, not the rows."""
    found = [
        pc.is_in(chunk.dictionary.cast(known.type), known).to_numpy(zero_copy_only=False)[chunk.indices.to_numpy()]
        for chunk in column.chunks
    ]
    return np.concatenate(found)


def parts_of_unit(path: str | Path, columns: Sequence[str], unit: str) -> Iterator[pd.DataFrame]:
    """The rows of a kind of unit as read_persons gives them, some at a time; the table is sorted by unit."""
    with pq.ParquetFile(path) as file:
        place = file.schema_arrow.get_field_index("unit")
        spans = [file.metadata.row_group(group).column(place).statistics for group in range(file.num_row_groups)]
    for group, span in enumerate(spans):
        if span.min <= unit <= span.max:
            frame = read_persons(path, [*dict.fromkeys(["unit", *columns])], [group])
            yield frame.loc[frame["unit"] == unit, list(columns)]


def single_where_exact(values: np.ndarray) -> np.ndarray:
    """In single precision, which holds codes as they are; as it is where that would change a number."""
    single = values.astype(np.float32)
    same = single == values
    same |= values != values
    return single if same.all() else values
