"""Good cohorts to write in many ways: small ones, other families and ids with every seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from given.good_exports import CODEBOOKS, CONFIG, make_exports

from effectstudie.definitions.export_columns import ID_NAMES, Column, columns_of_export, export_names, table_of

WAVES = ("T0", "T1")
EXPORTS = tuple(export_names(WAVES))
# The first questions of every questionnaire: every kind of column is among them.
FEW = {
    table: codebook
    | {
        "item_blocks": [
            block | ({} if "over" in block else {"last": min(block["last"], block["first"] + 1)})
            for block in codebook.get("item_blocks", [])
            if block.get("over") is None or "ontvangen" in block["pattern"]
        ]
    }
    for table, codebook in CODEBOOKS.items()
}
COLUMNS = {export: columns_of_export(FEW[table_of(export)], export) for export in EXPORTS}
KEYS = {export: FEW[table_of(export)]["key"] for export in EXPORTS}
# A name with letters of every encoding.
APPROACH = "Één gezin, één plan"
APPROACHES = [*CONFIG["approaches"], APPROACH]
_HOUSEHOLDS = 12
REMARKS = ("", "Het hielp; wij praten weer.", 'Zij zei: "kom terug",\nmaar dat was te laat.', "Eén half jaar wachten")
REMARKS += ("– beter, of toch niet…", "foto’s en een crèche, € 5", "meer\tdan genoeg", "n.v.t.", "NA", "=1+1")


@dataclass(frozen=True)
class Cohort:
    """`tables`: codes and numbers as floats, days as datetimes, the rest as text.

    `corrections`: (export, row from 0, column) → what the export says there; the tables have what is right.
    """

    tables: Mapping[str, pd.DataFrame]
    corrections: Mapping[tuple[str, int, str], float] = field(default_factory=dict)

    def exported(self, export: str) -> pd.DataFrame:
        """A table as the export has it, before corrections."""
        table = self.tables[export].copy()
        for (of, row, column), value in self.corrections.items():
            if of == export:
                table.loc[row, column] = value
        return table


_MADE = make_exports(FEW)


def good_cohort(seed: int) -> Cohort:
    """Some households, ids of some kind, answers left out and refused, and a few cells that corrections mend."""
    rng = random.Random(f"cohort {seed}")
    homes = _MADE["huishoudens"]["huishouden_id"]
    # one family that is asked twice is always there
    chosen = {homes[0], *rng.sample(list(homes), _HOUSEHOLDS - 1)}
    tables = {name: _MADE[name][_MADE[name]["huishouden_id"].isin(chosen)].reset_index(drop=True) for name in EXPORTS}
    texts = sorted({text for table in tables.values() for name in ID_NAMES if name in table for text in table[name]})
    renamed = dict(zip(texts, _ids(texts, rng), strict=True))
    for name, table in tables.items():
        for column in COLUMNS[name].values():
            if column.kind == "id":
                table[column.name] = table[column.name].map(renamed)
            elif column.kind == "free_text":
                table[column.name] = [rng.choice(REMARKS) for _ in range(len(table))]
            elif column.kind == "code":
                table[column.name] = _with_gaps(table[column.name], rng)
    places = tables["huishoudens"]
    places["aanpak"] = places["aanpak"].replace({"Multifocus": APPROACH})
    return Cohort(tables, _slips(tables, rng))


def _ids(texts: list[str], rng: random.Random) -> list[str]:
    """As many ids of one kind: with a prefix, numbers with and without zeros in front, short codes with letters."""
    kind = rng.choice(("prefix", "numbers", "zeros", "letters", "mixed"))
    if kind == "prefix":
        return texts
    numbers = rng.sample(range(1, 9_999 if kind in ("letters", "mixed") else 900_000), len(texts))
    if kind == "letters":
        return [f"{rng.choice('ABCDEFGH')}{number:04d}{rng.choice('xyz')}" for number in numbers]
    if kind == "mixed":
        return [f"K-{number}.{rng.choice('ab')}" for number in numbers]
    return [f"{number:08d}" if kind == "zeros" else str(number + 1_000) for number in numbers]


def _with_gaps(codes: pd.Series, rng: random.Random) -> pd.Series:
    return codes.map(lambda code: rng.choice((np.nan, 99.0, 98.0)) if rng.random() < 0.06 else code)


def _slips(tables: Mapping[str, pd.DataFrame], rng: random.Random) -> dict[tuple[str, int, str], float]:
    """Codes that are allowed and not those of the table."""
    slips = {}
    for export in rng.sample(EXPORTS[1:], 3):
        columns = [one for one in COLUMNS[export].values() if one.kind == "code" and _codes(one)[1:]]
        column, row = rng.choice(columns), rng.randrange(len(tables[export]))
        right = tables[export].loc[row, column.name]
        if right >= 0 and right < 90:
            slips[export, row, column.name] = float(rng.choice([code for code in _codes(column) if code != right]))
    return slips


def _codes(column: Column) -> list[int]:
    return list(column.values) if column.values else list(range(int(column.low), int(column.high) + 1))
