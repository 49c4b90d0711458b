"""Tables of persons, checked where they are written, and read in little memory.

Pseudonyms are read as the numbers that they are, and names that recur as categories; in the files both are text. A
pseudonym is sixteen hexadecimal digits, so its number sorts as its text does.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.storage import replacement

ID_COLUMNS = ("household", "unit_id", "respondent", "child")


# Rows that are worked on at a time where a stage makes much of each.
ROWS = 300_000


# Cells of a large table that are read at a time.
_CELLS = 5_000_000


# Rows that lie together in a parquet file, of a wide table fewer: the writer holds so many cells, and no more.
_ROW_GROUP, _GROUP_CELLS = 256 * 1024, 8 * 1024 * 1024

_AT_A_TIME = 64 * 1024

_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)

_NO_DIGIT = 16

_VALUES = np.full(256, _NO_DIGIT, dtype=np.uint8)

_VALUES[_DIGITS] = np.arange(16, dtype=np.uint8)


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
    with pq.ParquetFile(path, read_dictionary=names) as file:
        groups = range(file.num_row_groups) if groups is None else groups
        parts = [_numbered(file.read_row_group(group, columns=list(columns)), ids, path) for group in groups]
    table = pa.concat_tables(parts or [_numbered(schema.empty_table(), ids, path)]).unify_dictionaries().select(columns)
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
        parts.append(part.assign(**{name: single_where_exact(one.to_numpy()) for name, one in numbers.items()}))
    return pd.concat(parts, axis=1)


def read_households(path: str | Path, households: Collection[str]) -> pd.DataFrame:
    """The rows of these households and of all of the approach, everything as it stands in the file."""
    return pd.read_parquet(path, filters=[[("household", "in", list(households))], [("role", "==", "approach")]])


def parts_of_unit(path: str | Path, columns: Sequence[str], unit: str) -> Iterator[pd.DataFrame]:
    """The rows of a kind of unit as read_persons gives them, some at a time; the table is sorted by unit."""
    with pq.ParquetFile(path) as file:
        place = file.schema_arrow.get_field_index("unit")
        spans = [file.metadata.row_group(group).column(place).statistics for group in range(file.num_row_groups)]
    for group, span in enumerate(spans):
        if span.min <= unit <= span.max:
            frame = read_persons(path, [*dict.fromkeys(["unit", *columns])], [group])
            yield frame.loc[frame["unit"] == unit, list(columns)]


def together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of these frames; columns that are categories in any of them are categories in the whole, sorted."""
    columns = frames[0].columns
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    for name in columns:
        kinds = {frame[name].dtype for frame in frames}
        if len(kinds) == 1 or not any(isinstance(kind, pd.CategoricalDtype) for kind in kinds):
            continue  # pandas keeps what is the same in all
        named = [frame[name].astype("category") for frame in frames]
        known = sorted(set().union(*(column.cat.categories for column in named)))
        named = [column.cat.set_categories(known) for column in named]
        frames = [frame.assign(**{name: column}) for frame, column in zip(frames, named, strict=True)]
    return pd.concat([frame[columns] for frame in frames], ignore_index=True)


def in_blocks(tables: Mapping[Hashable, pd.DataFrame], key: str, rows: int) -> Iterator[dict[Hashable, pd.DataFrame]]:
    """Of each table the rows of some ids in the column `key`, in their order; about so many rows of all tables a time.

    The ids come in order too, and all rows of an id together. Without any rows: the tables as they are.
    """
    ids = {name: table[key].to_numpy() for name, table in tables.items()}
    # most tables are in order already: of those no copy is made
    order = {name: None if (one[1:] >= one[:-1]).all() else np.argsort(one, kind="stable") for name, one in ids.items()}
    ids = {name: one if order[name] is None else one[order[name]] for name, one in ids.items()}
    total = sum(map(len, ids.values()))
    if not total:
        yield dict(tables)
        return
    known = np.unique(np.concatenate([pd.unique(one) for one in ids.values()]))
    for block in np.array_split(known, min(-(-total // rows), len(known))):
        found = {}
        for name, table in tables.items():
            start, end = np.searchsorted(ids[name], block[0]), np.searchsorted(ids[name], block[-1], side="right")
            place = slice(start, end) if order[name] is None else np.sort(order[name][start:end])
            # a copy, or a block would keep the whole table
            found[name] = table.iloc[place].copy().reset_index(drop=True)
        yield found


def write_parquet(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> None:
    """Write a person-level table that has exactly these columns and one row a key, sorted by it.

    `text`: columns that are ids and categories here, as read_persons gives them, and text in the file.
    EffectstudieError when it has other columns, or a key twice.
    """
    with parquet_parts(path, columns, key, text) as add:
        add(frame)


@contextmanager
def parquet_parts(
    path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> Iterator[Callable[[pd.DataFrame], None]]:
    """A function that adds a part to a table as write_parquet writes it.

    A part is sorted here; all of it must come after the parts before it.
    """
    with replacement(path) as temporary:
        writer, waiting, last = None, None, None
        rows = min(_ROW_GROUP, _GROUP_CELLS // len(columns))

        def add(part: pd.DataFrame) -> None:
            nonlocal writer, waiting, last
            order = _order(part, path, columns, key, text)
            if len(order):
                first, end = (tuple(part[name].iloc[place] for name in key) for place in order[[0, -1]])
                if last is not None and first <= last:
                    raise EffectstudieError(f"{path}: its parts are not in the order of {', '.join(key)}.")
                last = end
            # some rows at a time: a copy of a large table in another order does not fit beside it
            for start in range(0, max(len(order), 1), _AT_A_TIME):
                table = _as_arrow(part.take(order[start : start + _AT_A_TIME]), text)
                writer = writer or pq.ParquetWriter(temporary, table.schema)
                waiting = table if waiting is None else pa.concat_tables([waiting, table])
                while len(waiting) > rows:
                    writer.write_table(waiting.slice(0, rows), row_group_size=rows)
                    waiting = waiting.slice(rows)

        yield add
        writer.write_table(waiting, row_group_size=rows)
        writer.close()


def _order(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str]
) -> np.ndarray:
    """Places of the rows in the order of the key."""
    if list(frame.columns) != list(columns):
        raise EffectstudieError(
            f"{path}: the table has columns {list(frame.columns)}, but {list(columns)} were promised."
        )
    keys = frame[list(key)].reset_index(drop=True)
    for name in set(key) & set(text):
        if keys[name].dtype == "category":
            keys[name] = keys[name].cat.reorder_categories(sorted(keys[name].cat.categories))
    keys = keys.sort_values(list(key), kind="stable")
    same = keys[key[0]].eq(keys[key[0]].shift())
    for name in key[1:]:
        same &= keys[name].eq(keys[name].shift())
    if twice := int(same.sum()):
        raise EffectstudieError(f"{path}: {twice} rows have the same {', '.join(key)}; each may occur once.")
    return keys.index.to_numpy()


def _as_arrow(frame: pd.DataFrame, text: Sequence[str]) -> pa.Table:
    written = frame.assign(**{name: as_text(frame[name]) for name in text})
    return pa.Table.from_pandas(written, preserve_index=False)


def single_where_exact(values: np.ndarray) -> np.ndarray:
    """In single precision, which holds codes as they are; as it is where that would change a number."""
    single = values.astype(np.float32)
    same = single == values
    same |= values != values
    return single if same.all() else values


def as_text(column: pd.Series) -> pd.Series:
    """Ids and categories as they stand in a file."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        text = pa.array(column.cat.categories, pa.large_string()).take(pa.array(codes, mask=codes < 0))
        return pd.Series(text, index=column.index, dtype="str")
    if column.dtype != np.uint64:
        return column.astype("str")
    parts = column.to_numpy().astype(">u8").view(np.uint8)
    digits = np.stack([_DIGITS[parts >> 4], _DIGITS[parts & 15]], axis=-1).tobytes()
    ends = np.arange(len(column) + 1, dtype=np.int64) * 16
    text = pa.LargeStringArray.from_buffers(len(column), pa.py_buffer(ends), pa.py_buffer(digits))
    return pd.Series(text, index=column.index, dtype="str")


def _numbered(table: pa.Table, ids: Sequence[str], path: str | Path) -> pa.Table:
    """The table with numbers for its pseudonyms."""
    for name in ids:
        numbers = [pa.array(_numbers(chunk, f"{path}: column {name}")) for chunk in table[name].chunks]
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.chunked_array(numbers, type=pa.uint64()))
    return table


def _numbers(text: pa.Array, where: str) -> np.ndarray:
    if not len(text):
        return np.empty(0, dtype=np.uint64)
    _, ends, characters = text.buffers()
    ends = np.frombuffer(ends, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    values = _VALUES[np.frombuffer(characters, dtype=np.uint8)[ends[0] : ends[-1]]]
    if text.null_count or (np.diff(ends) != 16).any() or (values == _NO_DIGIT).any():
        raise EffectstudieError(f"{where} holds another id than a pseudonym; delete results/cohort and run again.")
    values = values.reshape(-1, 8, 2)
    return (values[..., 0] << 4 | values[..., 1]).view(">u8").ravel().astype(np.uint64)
