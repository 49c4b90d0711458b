"""A cohort of any number of households as SPSS exports: the demonstration cohort, its pool as often as needed."""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import TABLES, columns_of, table_of
from effectstudie.demo.cohort import make_cohort
from effectstudie.demo.export import write_sav
from effectstudie.shared.yaml_files import read_yaml

# Of the answers to questionnaires this share is drawn anew in each copy, so that no two people answer alike.
DRAWN_ANEW = 0.05
# SPSS, compressed: a cell is a byte where it holds a small whole number, else eight bytes follow.
_BIAS, _FULL, _MISSING = 100, 253, 255
_NUMBER_OF_CASES = 80
_END_OF_DICTIONARY = (999).to_bytes(4, "little") + bytes(4)
_DAY = np.timedelta64(1, "D")
_FIRST_DAY = np.datetime64("1582-10-14")


def write_cohort(project: Path, folder: Path, size: int, seed: int, times: int = 1) -> None:
    """The ten exports of `size` households; those of the approaches come `times` times."""
    codebooks = {table: read_yaml(project / f"resources/exports/{table}.yaml") for table in TABLES}
    demo = make_cohort(read_yaml(project / "resources/demo/cohort.yaml"), codebooks, seed)
    homes = demo["huishoudens"]
    pool = homes["aanpak"].fillna("") == ""
    often, left = homes.loc[pool, "huishouden_id"].to_list(), size - times * int((~pool).sum())
    copies = math.ceil(left / len(often))
    last = set(often[: left - (copies - 1) * len(often)])
    folder.mkdir(parents=True)
    for export, table in demo.items():
        in_pool = table["huishouden_id"].isin(often).to_numpy()
        in_last = table["huishouden_id"].isin(last).to_numpy()
        rows = [np.flatnonzero(in_pool)] * (copies - 1) + [np.flatnonzero(in_last)] + [np.flatnonzero(~in_pool)] * times
        copy = np.repeat(np.arange(len(rows)), [len(part) for part in rows])
        wave = export.split("_")[0] if "_" in export else None
        rng = np.random.default_rng([seed, list(demo).index(export)])
        _write(table, np.concatenate(rows), copy, folder / f"{export}.sav", codebooks[table_of(export)], wave, rng)


def _write(
    table: pd.DataFrame,
    rows: np.ndarray,
    copy: np.ndarray,
    path: Path,
    codebook: Mapping,
    wave: str | None,
    rng: np.random.Generator,
) -> None:
    """pyreadstat writes the dictionary, numpy the rows: cell by cell a million households would take half an hour."""
    columns = columns_of(codebook, wave)
    texts = [name for name, column in columns.items() if column.kind in ("id", "text", "free_text")]
    # `first` has texts as long as the longest
    first = table.iloc[:1].copy()
    for name in texts:
        suffix = 7 if columns[name].kind == "id" else 0
        first[name] = "x" * (-(-(int(table[name].fillna("").str.len().max()) + suffix) // 8) * 8)
    write_sav(first, path, codebook, wave)
    head = bytearray(path.read_bytes())
    del head[head.index(_END_OF_DICTIONARY) + len(_END_OF_DICTIONARY) :]
    head[_NUMBER_OF_CASES : _NUMBER_OF_CASES + 4] = len(rows).to_bytes(4, "little")
    asked = {name for name, column in columns.items() if name not in codebook["columns"]}
    cells = []  # per eight bytes of a row: the byte, and the eight bytes where it says that they follow
    for name in table:
        values = table[name].to_numpy()
        if name in texts:
            given = table[name].fillna("").to_numpy(dtype="S")[rows]
            if columns[name].kind == "id":
                given = np.char.add(np.char.add(given, b"-"), copy.astype("S6"))
            width = len(first[name].iloc[0])
            padded = np.char.ljust(given, width).astype(f"S{width}")
            full = padded.view(np.uint8).reshape(len(rows), width)
            cells += [(np.uint8(_FULL), full[:, at : at + 8]) for at in range(0, width, 8)]
        elif columns[name].kind == "date":
            seconds = (values.astype("datetime64[D]") - _FIRST_DAY) / _DAY * 86400
            seconds = np.where(np.isnan(seconds), -np.finfo(float).max, seconds)[rows]
            cells.append((np.uint8(_FULL), seconds.view(np.uint8).reshape(len(rows), 8)))
        else:
            codes = np.where(np.isnan(values), _MISSING, np.nan_to_num(values) + _BIAS).astype(np.uint8)[rows]
            if name in asked:
                column = columns[name]
                allowed = (
                    list(column.values) if column.values is not None else range(int(column.low), int(column.high) + 1)
                )
                answers = np.isin(codes, np.array(list(allowed)) + _BIAS)
                drawn = answers & (rng.random(len(rows), dtype=np.float32) < DRAWN_ANEW) & (copy > 0)
                codes[drawn] = rng.choice(np.array(list(allowed), dtype=np.uint8) + _BIAS, int(drawn.sum()))
            cells.append((codes, None))
    blocks = []
    for at in range(0, len(cells), 8):
        block = cells[at : at + 8]
        padding = [(np.uint8(0), None)] * (8 - len(block))
        blocks += [np.broadcast_to(byte, len(rows))[:, None] for byte, _ in block + padding]
        blocks += [full for _, full in block if full is not None]
    with open(path, "wb") as file:
        file.write(head)
        np.concatenate(blocks, axis=1).tofile(file)
